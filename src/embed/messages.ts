import * as z from "zod/mini";

/**
 * What an embedded page (`/embed/…`) and the page around it say to each other by `postMessage`: plain objects that can be sent on and kept as JSON. Each has
 * `drydock: "embed"`, the version of this interface, and its kind. A later version may add kinds and fields; whoever reads passes over what it
 * does not know. The table for hosts is in README.md.
 */

/** Goes up when something changes its meaning or goes. */
export const embedVersion = 1;

/** Of a command, in bytes of UTF-8. */
export const maxCommandBytes = 4096;

const envelope = { drydock: z.literal("embed"), version: z.literal(embedVersion) };
const id = z.string().check(z.minLength(1), z.maxLength(200));
const line = z.string().check(z.maxLength(500));
const terminal = z.int().check(z.gte(1), z.lte(3));
const command = z.string().check(z.refine(canBeTyped));

/** Any message for an embedded page, of whichever version: what is asked before it is read. */
export const anyEmbedMessage = z.object({ drydock: z.literal("embed"), version: z.number(), kind: id });

/** Host to embedded page. */
export const toEmbed = z.discriminatedUnion("kind", [
  /** Before all others, and again whenever the embedded page says `here`. */
  z.object({ ...envelope, kind: z.literal("hello") }),
  /** Types a command into a terminal and enters it. */
  z.object({ ...envelope, kind: z.literal("run"), command, terminal: z._default(terminal, 1) }),
  /** Brings a step of the lesson before the reader. */
  z.object({ ...envelope, kind: z.literal("open"), step: id }),
]);
export type ToEmbed = z.infer<typeof toEmbed>;

export const machinePhases = [
  "idle",
  "unsupported",
  "waiting",
  "elsewhere",
  "booting",
  "ready",
  "unresponsive",
  "resetting",
  "ending",
  "failed",
] as const;
export type MachinePhase = (typeof machinePhases)[number];

/**
 * `not-allowed`: this host may show the frame, and not run commands. `no-machine`: there is none that could run it, and only the reader starts one.
 * `no-such-step`: the lesson does not have it. `malformed`: it is not what this version says. `too-many`: more in a second than are taken.
 * `version`: this page does not speak that one.
 */
export const refusals = ["not-allowed", "no-machine", "no-such-step", "malformed", "too-many", "version"] as const;
export type Refusal = (typeof refusals)[number];

const step = z.object({ id, title: line });

/** Embedded page to host. */
export const fromEmbed = z.discriminatedUnion("kind", [
  /** It is there and wants to hear `hello`. Says nothing else, because it may go to whoever is around. */
  z.object({ ...envelope, kind: z.literal("here") }),
  /** The answer to `hello`, and said again when the reader goes to another lesson in the frame. `lesson` is null where there is none. */
  z.object({ ...envelope, kind: z.literal("ready"), lesson: z.nullable(id), title: line, steps: z.array(step) }),
  /** Said at first, and when it changes. */
  z.object({ ...envelope, kind: z.literal("machine"), phase: z.enum(machinePhases) }),
  /** Each step once after `ready`, and then when it changes. */
  z.object({
    ...envelope,
    kind: z.literal("step"),
    lesson: id,
    id,
    title: line,
    state: z.enum(["open", "current", "done", "skipped"]),
  }),
  /** A command that the host ran has ended; without `exitCode` where its machine went before. */
  z.object({ ...envelope, kind: z.literal("ran"), command, terminal, exitCode: z.optional(z.int()) }),
  /** `of` is the kind of what is refused; `message` says why in English, for whoever writes the host. */
  z.object({ ...envelope, kind: z.literal("refused"), of: id, why: z.enum(refusals), message: line }),
  /** Something in the frame does not work, which the reader is told there too. */
  z.object({ ...envelope, kind: z.literal("error"), message: line }),
]);
export type FromEmbed = z.infer<typeof fromEmbed>;

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
/** A message without what every one has. */
export type EmbedNews = Without<FromEmbed, "drydock" | "version">;

/** As it is sent. Throws where it is no message of this version. */
export function formatNews(news: EmbedNews): FromEmbed {
  return fromEmbed.parse({ drydock: "embed", version: embedVersion, ...news });
}

/** Whether it is what keys type: not nothing, not too much, and without control characters but the tab and the new line. */
function canBeTyped(text: string): boolean {
  if (text.length > maxCommandBytes || new TextEncoder().encode(text).length > maxCommandBytes) return false;
  return text.trim() !== "" && !/\p{Cc}/u.test(text.replaceAll(/[\t\n]/g, ""));
}
