import * as z from "zod/mini";
import { stageThemes, views } from "./talk-messages.ts";

/** What of a talk outlives a reload of the stage. */
const talkRecord = z.object({
  talk: z.string().check(z.maxLength(100)),
  slide: z.int().check(z.nonnegative()),
  view: z.enum(views),
  theme: z.enum(stageThemes),
  size: z.int().check(z.gte(0), z.lte(4)),
  pace: z.enum(["slow", "usual", "fast"]),
  beganAt: z.nullable(z.number()),
  stepMs: z.record(z.string(), z.number().check(z.nonnegative())),
  acts: z.array(
    z.object({
      step: z.string(),
      n: z.int(),
      text: z.string(),
      state: z.enum(["open", "typing", "typed", "running", "done", "skipped"]),
      exitCode: z.optional(z.int()),
    }),
  ),
});
export type TalkRecord = z.infer<typeof talkRecord>;

export interface TalkStore {
  load(): TalkRecord | undefined;
  save(record: TalkRecord): void;
}

export const talkKeyPrefix = "drydock:talk:";

/** Kept for this tab, until it is closed. What cannot be read is no talk; what cannot be kept ends with a reload. */
export function sessionTalkStore(lesson: string, storage: () => Storage = () => sessionStorage): TalkStore {
  const key = `${talkKeyPrefix}${lesson}`;
  return {
    load() {
      try {
        const { success, data } = talkRecord.safeParse(JSON.parse(storage().getItem(key) ?? "null"));
        return success ? data : undefined;
      } catch {
        return undefined;
      }
    },
    save(record) {
      try {
        storage().setItem(key, JSON.stringify(record));
      } catch {
        // Storage may be refused, or full.
      }
    },
  };
}
