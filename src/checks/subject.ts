/** What a check is about, to begin a sentence with. */
export function subjectOf(kind: string, parameters: unknown): string {
  const noun = subjects[kind] ?? `The ${kind}`;
  const name = namedBy(parameters);
  return name === undefined || kind in subjects ? noun : `${noun} ${name}`;
}

/** For the kinds that ask about no single thing with a name. */
const subjects: Readonly<Record<string, string>> = {
  event: "What happened",
  http: "What the web server answers",
  command: "What a command answers",
  terminal: "What was entered in the terminal",
  quiz: "The answer to the question",
  logs: "What a container wrote",
};

function namedBy(parameters: unknown): string | undefined {
  if (typeof parameters !== "object" || parameters === null) return undefined;
  for (const key of ["name", "reference", "path", "image", "project"]) {
    const value: unknown = (parameters as Record<string, unknown>)[key];
    if (typeof value === "string") return value;
  }
  return undefined;
}
