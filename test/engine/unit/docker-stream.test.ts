import { describe, expect, test } from "vitest";
import { demultiplex, readRaw } from "../../../src/engine/docker-stream.ts";
import { streamOf } from "../stream-of.ts";

describe("Docker's stream framing", () => {
  const framed = join(frame(1, "out"), frame(2, "err"), frame(1, ""), frame(1, "put"), frame(3, "!"), frame(0, "in"));

  test("is taken off wherever the pieces part", async () => {
    for (let cut = 0; cut <= framed.length; cut++) {
      const pieces = demultiplex(streamOf(framed.slice(0, cut), framed.slice(cut)));
      expect(await collect(pieces)).toEqual({ stdout: "outputin", stderr: "err!" });
    }
  });

  test("is taken off byte by byte, keeping the order of the streams", async () => {
    const bytes = Array.from(framed, (byte) => new Uint8Array([byte]));
    const order: string[] = [];
    for await (const { stream } of demultiplex(streamOf(...bytes))) if (order.at(-1) !== stream) order.push(stream);
    expect(order).toEqual(["stdout", "stderr", "stdout", "stderr", "stdout"]);
  });

  test("hands a long piece over before it is complete", async () => {
    const header = new Uint8Array([1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]);
    const pieces = demultiplex(streamOf(header, "the beginning"));
    expect(new TextDecoder().decode((await pieces.next()).value?.bytes)).toBe("the beginning");
    await pieces.return();
  });

  for (const [name, bytes] of Object.entries({
    "an unknown stream": new Uint8Array([4, 0, 0, 0, 0, 0, 0, 1, 65]),
    "a header whose zeros are none": new Uint8Array([1, 0, 7, 0, 0, 0, 0, 1, 65]),
    "text that was never framed": new TextEncoder().encode("plain text"),
    "half a header": new Uint8Array([1, 0, 0]),
    "half a piece": new Uint8Array([1, 0, 0, 0, 0, 0, 0, 5, 65]),
  })) {
    test(`refuses ${name}`, async () => {
      await expect(collect(demultiplex(streamOf(bytes)))).rejects.toMatchObject({ code: "malformed-answer" });
    });
  }

  test("leaving the loop cancels the stream", async () => {
    let cancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(frame(1, "x")),
      cancel: () => void (cancelled = true),
    });
    for await (const { stream } of demultiplex(endless)) if (stream === "stdout") break;
    expect(cancelled).toBe(true);
  });
});

test("a terminal's stream is given as it is", async () => {
  expect(await collect(readRaw(streamOf("a\r\n", "b")))).toEqual({ stdout: "a\r\nb", stderr: "" });
});

function frame(stream: number, text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array([stream, 0, 0, 0, 0, 0, 0, text.length, ...new TextEncoder().encode(text)]);
}

function join(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat(parts));
}

async function collect(pieces: ReturnType<typeof demultiplex>): Promise<{ stdout: string; stderr: string }> {
  const joined = { stdout: "", stderr: "" };
  for await (const { stream, bytes } of pieces) joined[stream] += new TextDecoder().decode(bytes);
  return joined;
}
