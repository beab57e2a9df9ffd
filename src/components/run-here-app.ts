import type { RunHere } from "../lessons/run-here.ts";

/** Below it are the pages, by their lessons' ids. */
export const runHereFolder = "run-here";

/** Under which what becomes of an app's files in the machine is kept, as a lesson's is under its id. */
export function runHerePlace(lesson: string): string {
  return `${runHereFolder}/${lesson.replace("/", "-")}`;
}

/** The folder of the machine's workspace that has the app's files. */
export const appFolder = "app";

/** The catalogue's image that runs it. */
export const nodeImage = "node";

/** Runs the app in a container: the folder mounted, so that it is the very same files. */
export function containerCommand({ start, port }: Pick<RunHere, "start" | "port">): string {
  return `docker run --rm -v /workspace/${appFolder}:/app -w /app -p ${port}:${port} ${nodeImage} ${start}`;
}
