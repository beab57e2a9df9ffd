import * as z from "zod/mini";
import { loopbackCounterpart } from "../preview/origins.ts";

/** Which other sites may show pages of `/embed/` in a frame, and which of them may run commands there; origins, such as `https://blog.example.org`. */
export interface EmbedHosts {
  readonly frame: readonly string[] | typeof anyone;
  readonly run: readonly string[];
}

/** Said in place of origins by an operator who means every site there is. */
export const anyone = "anyone";

export const nobody: EmbedHosts = { frame: [], run: [] };

/** Where the built site says it, below its base. The local server reads it for its headers; an embedded page, for a host that sends none. */
export const hostsFile = "embed/hosts.json";

const origin = z.string().check(
  z.maxLength(300),
  z.refine((text) => URL.parse(text)?.origin === text),
);
const hostsShape = z.object({
  frame: z.union([z.literal(anyone), z.array(origin)]),
  run: z.array(origin),
});

/** Throws an `Error` that names the file, where it is not what a build writes. */
export function parseEmbedHosts(json: string): EmbedHosts {
  try {
    return hostsShape.parse(JSON.parse(json));
  } catch (cause) {
    throw new Error(`${hostsFile} of the built site is not what a build writes. Build the site again.`, { cause });
  }
}

/**
 * Reads `DRYDOCK_EMBED_ORIGINS` and `DRYDOCK_EMBED_RUN_ORIGINS`, origins with spaces between. Throws an `Error` with a line for each
 * mistake, which says what would be right.
 */
export function readEmbedSettings(frameSetting: string | undefined, runSetting: string | undefined): EmbedHosts {
  const mistakes: string[] = [];
  const frame = wordsOf(frameSetting);
  const run = wordsOf(runSetting);
  const note = (name: string, word: string) => {
    const mistake = mistakeIn(word);
    if (mistake !== undefined) mistakes.push(`${name} has "${word}", which ${mistake}`);
  };
  if (frame.includes(anyone)) {
    if (frame.length > 1)
      mistakes.push(
        `${frameName} has "${anyone}" beside origins. Write "${anyone}" alone for every site, or the origins alone.`,
      );
  } else for (const word of frame) note(frameName, word);
  for (const word of run) {
    if (word === anyone)
      mistakes.push(`${runName} is "${anyone}". Name each site that may run commands, such as ${example}`);
    else note(runName, word);
  }
  if (mistakes.length > 0) throw new Error(mistakes.join("\n"));
  const allowed = frame.includes(anyone) ? anyone : originsOf(frame);
  const running = originsOf(run);
  const strangers = allowed === anyone ? [] : running.filter((each) => !allowed.includes(each));
  if (strangers.length > 0)
    throw new Error(
      strangers
        .map(
          (each) =>
            `${runName} has ${each}, which ${frameName} has not. Add it there too: who runs commands has to show the frame.`,
        )
        .join("\n"),
    );
  return { frame: allowed, run: running };
}

/** The sources for `frame-ancestors` beside `'self'`. */
export function frameSources({ frame }: EmbedHosts): readonly string[] {
  return frame === anyone ? ["*"] : frame;
}

/** Whether a page of `from` may show the frame. `own` is the site's own origin. */
export function mayFrame({ frame }: EmbedHosts, from: string, own: string): boolean {
  return from === own || frame === anyone || frame.includes(from);
}

/** Whether it may also run commands there. The site's own pages could do so without being asked. */
export function mayRun({ run }: EmbedHosts, from: string, own: string): boolean {
  return from === own || run.includes(from);
}

const frameName = "DRYDOCK_EMBED_ORIGINS";
const runName = "DRYDOCK_EMBED_RUN_ORIGINS";
const example = "https://blog.example.org";

function wordsOf(setting: string | undefined): string[] {
  return (setting ?? "").split(/\s+/).filter(Boolean);
}

function originsOf(words: readonly string[]): string[] {
  return [...new Set(words.map((word) => new URL(word).origin))];
}

function mistakeIn(word: string): string | undefined {
  if (word === "*") return `is every site. If you mean that, write "${anyone}" as ${frameName}.`;
  if (/[,;]/.test(word)) return "has a comma or semicolon in it. Put spaces between origins.";
  if (word.includes("*")) return "has a star in it. Name each host by itself.";
  const url = URL.parse(word);
  if (url === null || !/^https?:$/.test(url.protocol) || !/^[\w.:[\]-]+$/.test(url.hostname))
    return `is no web address. Begin it with https://, as in ${example}`;
  if (url.protocol === "http:" && loopbackCounterpart(url.origin) === undefined)
    return "does not begin with https://. Whoever is between could put a page of theirs in its place.";
  if (url.href !== `${url.origin}/`) return `is more than an origin. Leave off what comes after ${url.origin}`;
  return undefined;
}
