import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { HandoutError } from "./handout-error.ts";

export const usage = `npm run handouts [-- NAME…]

Makes a PDF of each lesson, handouts/<course>/<lesson>.pdf, and one of each course, handouts/<course>.pdf: the text, the
commands, what they printed when the lesson was recorded, and a code that leads to the lesson.

  NAME           a lesson (containers/first-image or first-image) or a course (containers); all without a name
  --out FOLDER   where the PDFs go, instead of handouts
  --paper SIZE   A4 or Letter; A4 where it is not said
  --list         names the courses and lessons, and makes nothing
  --help         this text

SITE_URL=https://learn.example.org, and SITE_BASE where the site is below a path, say where the codes lead.
CHROMIUM is the path of the browser that prints, where it is not Debian's.`;

export const papers = ["A4", "Letter"] as const;
export type Paper = (typeof papers)[number];

export interface CommandLine {
  readonly does: "help" | "list" | "make";
  readonly names: readonly string[];
  /** Absolute. */
  readonly out: string;
  readonly paper: Paper;
}

/** Throws a `HandoutError` with the code `misused` for what the usage does not have. */
export function readCommandLine(argv: readonly string[]): CommandLine {
  const { values, positionals } = parse(argv);
  const paper = papers.find((known) => known.toLowerCase() === values.paper.toLowerCase());
  if (!paper) throw misused(`There is no paper called "${values.paper}".`, `Write --paper ${papers.join(" or ")}.`);
  if (values.out === "") throw misused("--out names no folder.", "Write one after it.");
  const does = values.help ? "help" : values.list ? "list" : "make";
  return { does, names: positionals, out: resolve(values.out), paper };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        out: { type: "string", default: "handouts" },
        paper: { type: "string", default: "A4" },
        list: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    // Node says in its first sentence which argument it is.
    throw misused(`${cause.message.split(". ")[0] ?? cause.message}.`, "These are known:", cause);
  }
}

/** The path that the site's addresses are below, with a slash at both ends. Throws a `HandoutError` for settings that make no address. */
export function readBase(environment: Readonly<Record<string, string | undefined>>): string {
  const settings = siteSettings.safeParse(environment);
  if (settings.success) return `/${settings.data.SITE_BASE}/`.replace(/\/+/g, "/");
  const name = String(settings.error.issues[0]?.path[0]);
  const example = name === "SITE_URL" ? "https://learn.example.org" : "/drydock/";
  throw misused(`${name} is "${environment[name]}", which makes no address of a page.`, `Write ${name}=${example}`);
}

const siteSettings = z.object({
  SITE_URL: z.url({ protocol: /^https?$/ }).optional(),
  SITE_BASE: z
    .string()
    .regex(/^[\w.~/-]*$/)
    .default(""),
});

function misused(problem: string, hint: string, cause?: unknown): HandoutError {
  return new HandoutError("misused", problem, { hint, cause });
}
