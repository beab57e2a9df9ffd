import type { Problem } from "./problem.ts";
import { modeOf } from "./language-of.ts";

/** What is wrong in a file, as far as something here can tell by its name; loaded when it is first needed. */
export async function findProblems(path: string, text: string): Promise<readonly Problem[]> {
  switch (modeOf(path)) {
    case "dockerfile":
      return (await import("./dockerfile-service.ts")).dockerfileProblems(text);
    case "json":
      return (await import("./json-problems.ts")).jsonProblems(text);
    case "yaml":
      return (await import("./yaml-problems.ts")).yamlProblems(text);
    default:
      return [];
  }
}
