import { expect, test } from "vitest";
import { readJsonLines } from "../../../src/engine/json-lines.ts";
import { streamOf } from "../stream-of.ts";

test("values are given line by line wherever the pieces part, also within a character", async () => {
  const bytes = new TextEncoder().encode('{"a":"Grüße"}\r\n\n{"b":2}\n[3]');
  for (let cut = 0; cut <= bytes.length; cut++) {
    expect(await collect(streamOf(bytes.slice(0, cut), bytes.slice(cut)))).toEqual([{ a: "Grüße" }, { b: 2 }, [3]]);
  }
});

test("a value is given as soon as its line ends", async () => {
  const values = readJsonLines(
    new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('1\n{"not yet"')) }),
  );
  expect((await values.next()).value).toBe(1);
});

test("what is no JSON, and what never ends, is refused", async () => {
  await expect(collect(streamOf("{}\noops\n"))).rejects.toMatchObject({ code: "malformed-answer" });
  await expect(collect(streamOf('{"cut":'))).rejects.toMatchObject({ code: "malformed-answer" });
  const long = "1".repeat(1_000_000);
  await expect(collect(streamOf(long, long, long, long, long))).rejects.toMatchObject({ code: "malformed-answer" });
});

async function collect(body: ReadableStream<Uint8Array>): Promise<unknown[]> {
  const values: unknown[] = [];
  for await (const value of readJsonLines(body)) values.push(value);
  return values;
}
