import { parseDocument } from "yaml";

/** The data in a YAML file, as Docker Compose reads it; or what is wrong with it, to follow the file's name. */
export function readYaml(text: string): { value: unknown } | { problem: string } {
  const document = parseDocument(text, { merge: true, prettyErrors: true });
  const [error] = document.errors;
  if (error !== undefined) {
    const line = error.linePos?.[0].line;
    const reason = error.message.split(/ at line \d+|\n/, 1)[0] ?? "it cannot be read";
    return { problem: `is not YAML${line === undefined ? "" : `, line ${line}`}: ${reason.replace(/[.:]$/, "")}` };
  }
  try {
    return { value: document.toJS({ maxAliasCount: 100 }) as unknown };
  } catch {
    return { problem: "has too many references in it to be looked at" };
  }
}
