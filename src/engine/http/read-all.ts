import { EngineError } from "../error.ts";

/** Reads a body to its end. Rejects with `answer-too-large` beyond `maxBytes`, and drops the connection then. */
export async function readAll(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > maxBytes) {
      await reader.cancel();
      throw new EngineError("answer-too-large", `The answer is larger than ${String(maxBytes)} bytes.`, {
        hint: "Ask for less of it.",
      });
    }
    chunks.push(value);
  }
  const all = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    all.set(chunk, offset);
    offset += chunk.length;
  }
  return all;
}
