import { parseArgs } from "node:util";
import { accept } from "../new-lesson/questions.ts";

export const importUsage = `npm run import -- FOLDER [--course NAME] [--content FOLDER]

Turns a Killercoda scenario or a Docker Labspace into a lesson. What has no place in a lesson stays in it as a comment
that begins with IMPORT and holds the original.

  --course NAME     folder of the course the lesson goes into; default imported, which is made if need be
  --content FOLDER  where the courses are, instead of content`;

export interface ImportArguments {
  readonly folder: string;
  readonly course: string;
  readonly content: string | undefined;
}

/** It was called as it cannot be; the message says how. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Throws a `UsageError`, or an `AuthoringError` for a course that cannot be. */
export function readArguments(argv: readonly string[]): ImportArguments | "help" {
  const { values, positionals } = parse(argv);
  if (values.help === true) return "help";
  const [folder, surplus] = positionals;
  if (folder === undefined) throw new UsageError("Name the folder to be imported.");
  if (surplus !== undefined) throw new UsageError(`One folder is imported at a time; “${surplus}” is one more.`);
  return { folder, course: accept("course", values.course), content: values.content };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        course: { type: "string", default: "imported" },
        content: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (cause) {
    // Node says in its first sentence which argument it is.
    if (!(cause instanceof TypeError)) throw cause;
    throw new UsageError(`${cause.message.split(". ")[0] ?? cause.message}.`, { cause });
  }
}
