import { malformedAnswer } from "./error.ts";

/** The JSON values of a body that holds one a line, as they come. Leaving the loop drops the connection. */
export async function* readJsonLines(body: ReadableStream<Uint8Array>): AsyncGenerator<unknown, void, undefined> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
      const lines = rest.split("\n");
      rest = done ? "" : (lines.pop() ?? "");
      if (rest.length > MAX_LINE_CHARACTERS) throw malformedAnswer("The answer has a JSON value that does not end.");
      for (const line of lines) if (line.trim() !== "") yield parseJson(line);
      if (done) return;
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

/** Rejects with `malformed-answer`. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw malformedAnswer("The answer is not JSON.", error);
  }
}

const MAX_LINE_CHARACTERS = 4 * 1024 * 1024;
