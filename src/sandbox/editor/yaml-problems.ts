import { LineCounter, parseAllDocuments } from "yaml";
import type { Problem } from "./problem.ts";

/** What is wrong in a YAML file, from its top. */
export function yamlProblems(text: string): Problem[] {
  const counter = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: counter, prettyErrors: false });
  if (!Array.isArray(documents)) return [];
  const found = documents.flatMap(({ errors, warnings }) => [
    ...errors.map((error) => ({ error, severity: "error" as const })),
    ...warnings.map((error) => ({ error, severity: "warning" as const })),
  ]);
  return found.map(({ error: { message, pos }, severity }) => {
    const start = counter.linePos(pos[0]);
    const end = counter.linePos(pos[1]);
    return { line: start.line, column: start.col, endLine: end.line, endColumn: end.col, severity, message };
  });
}
