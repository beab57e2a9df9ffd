import { composeFlags, flagsOf, globalFlags, runningCommands } from "./docker-flags.ts";
import { canonicalPath } from "./docker-path.ts";
import { readArguments, type Arguments } from "./read-arguments.ts";

interface DockerCommand {
  /** Which command it is, such as `compose` and `up`, by one name for all that Docker calls it. */
  readonly path: readonly string[];
  /** The same as it was written. */
  readonly written: readonly string[];
  /** Those before the last word of `written`. */
  readonly flagsBefore: Arguments["flags"];
  readonly arguments: Arguments;
  /** It runs another command, which is in what is left of its arguments: flags there are not its own. */
  readonly runsAnother: boolean;
}

/** What follows the word `docker`, as Docker reads it. */
export function readDockerCommand(parts: readonly string[]): DockerCommand {
  const written: string[] = [];
  const flagsBefore: Arguments["flags"][number][] = [];
  let rest = parts;
  do {
    const read = readArguments(rest, written[0] === "compose" ? composeFlags : globalFlags, "first word");
    written.push(...read.words.map(({ word }) => word));
    flagsBefore.push(...read.flags);
    rest = read.rest;
  } while (written.length === 1 && groups.has(written[0] ?? "") && rest.length > 0);
  const path = canonicalPath(written);
  const running = runningCommands.get(path.join(" "));
  const own = running ?? flagsOf(path.join(" "));
  const until = running === undefined ? "end" : "first word";
  const runsAnother = running !== undefined;
  return { path, written, flagsBefore, arguments: readArguments(rest, own, until), runsAnother };
}

/** Words that another word must follow to be a command. */
const groups: ReadonlySet<string> = new Set(
  (
    "buildx builder checkpoint compose config container context image manifest network node plugin secret service stack swarm system " +
    "trust volume"
  ).split(" "),
);
