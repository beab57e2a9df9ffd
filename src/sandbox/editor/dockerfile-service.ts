import { DockerfileLanguageServiceFactory } from "dockerfile-language-service";
import { DockerRegistryClient } from "dockerfile-language-service/lib/dockerRegistryClient.js";
import type { Problem } from "./problem.ts";
import { applyEdits, type Place } from "./text-edits.ts";

const service = DockerfileLanguageServiceFactory.createLanguageService();
service.setCapabilities({
  completion: { completionItem: { documentationFormat: ["markdown"], snippetSupport: true } },
  hover: { contentFormat: ["markdown"] },
});

type ImageNames = () => Promise<readonly string[]>;
let imageNames: ImageNames = () => Promise.resolve([]);

// It would ask a registry on the network for tags. Here those count that the learner's own engine has.
DockerRegistryClient.prototype.getTags = async (image) =>
  (await imageNames()).flatMap((name) => (name.startsWith(`${image}:`) ? [name.slice(image.length + 1)] : []));

/** Whom to ask for the references of the images that need no pull. */
export function suggestImages(names: ImageNames): void {
  imageNames = names;
}

/** What is wrong in a Dockerfile, and what could be better, from its top. */
export function dockerfileProblems(text: string): Problem[] {
  // An empty file is one that is about to be written.
  if (text.trim() === "") return [];
  return withBuffer(() => service.validate(text))
    .map(({ range: { start, end }, message, severity }): Problem => ({
      line: start.line + 1,
      column: start.character + 1,
      endLine: end.line + 1,
      endColumn: end.character + 1,
      severity: severity === 1 ? "error" : severity === 2 ? "warning" : "hint",
      message,
    }))
    .sort((a, b) => a.line - b.line || a.column - b.column);
}

/** `cursor` is an offset, and stays with what it was at. */
export function formatDockerfile(text: string, cursor: number): { text: string; cursor: number } {
  const edits = withBuffer(() => service.format(text, { insertSpaces: true, tabSize: 4 }));
  const formatted = applyEdits(text, edits, cursor);
  // The service leaves a last line without an end, which hides the prompt behind what `cat` shows.
  return /[^\n]$/.test(formatted.text) ? { ...formatted, text: `${formatted.text}\n` } : formatted;
}

export type Completion = ReturnType<typeof service.resolveCompletionItem>;

export async function completeDockerfile(text: string, place: Place): Promise<Completion[]> {
  const found = await withBuffer(() => service.computeCompletionItems(text, place));
  const items = found.map((item) => service.resolveCompletionItem(item));
  const base = /^\s*FROM\s+(?:--platform=\S+\s+)?(?<typed>[^\s:]*)$/i.exec(lineBefore(text, place))?.groups?.typed;
  if (base === undefined) return items;
  const start = { line: place.line, character: place.character - base.length };
  const images = (await imageNames()).flatMap((name) => (name.startsWith(base) ? name.replace(/:latest$/, "") : []));
  return [...images.map((name) => imageItem(name, start, place)), ...items];
}

export function hoverDockerfile(text: string, place: Place) {
  return withBuffer(() => service.computeHover(text, place));
}

export function dockerfileSignatures(text: string, place: Place) {
  return withBuffer(() => service.computeSignatureHelp(text, place));
}

/**
 * To look for a byte order mark the service takes the bytes of a character by Node's `Buffer`, which pages do not have: it gets
 * a stand-in for as long as it parses.
 */
function withBuffer<T>(act: () => T): T {
  const scope = globalThis as { Buffer?: unknown };
  if (scope.Buffer !== undefined) return act();
  scope.Buffer = { from: (character: string) => new TextEncoder().encode(character) };
  try {
    return act();
  } finally {
    delete scope.Buffer;
  }
}

function imageItem(name: string, start: Place, end: Place): Completion {
  // 18: a reference, as the protocol of language servers numbers kinds.
  return { label: name, kind: 18, textEdit: { range: { start, end }, newText: name } };
}

function lineBefore(text: string, { line, character }: Place): string {
  return (text.split("\n")[line] ?? "").slice(0, character);
}
