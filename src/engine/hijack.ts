import { demultiplex, type OutputChunk, readRaw } from "./docker-stream.ts";
import { EngineError } from "./error.ts";
import type { HttpResponse } from "./http/exchange.ts";

/** The streams of a running command. */
export interface AttachedStream extends AsyncDisposable {
  /** Ends with the command. Can be read once. */
  readonly output: AsyncGenerator<OutputChunk, void, undefined>;
  /** Closing it ends the command's input. */
  readonly input: WritableStream<Uint8Array>;
}

/** What an upgraded answer carries; `terminal` says that its output is one raw stream. */
export async function attachedStream(response: HttpResponse, terminal: boolean): Promise<AttachedStream> {
  const { upgraded } = response;
  if (!upgraded) {
    await response.body.cancel();
    throw new EngineError("unexpected-answer", "The engine did not hand over the command's streams.", {
      hint: "A proxy between here and the engine may not let upgraded connections through.",
      status: response.status,
    });
  }
  return {
    output: terminal ? readRaw(upgraded.readable) : demultiplex(upgraded.readable),
    input: upgraded.writable,
    [Symbol.asyncDispose]() {
      upgraded.abort();
      return Promise.resolve();
    },
  };
}
