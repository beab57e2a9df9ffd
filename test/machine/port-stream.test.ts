import { expect, test } from "vitest";
import { MachineError } from "../../src/machine/error.ts";
import { createPortStream } from "../../src/machine/v86/port-stream.ts";
import type { Connection } from "../../src/machine/contract.ts";

test("bytes written at one end are read at the other, and closing both ends it", async () => {
  const [near, far] = pair();
  const writer = near.writable.getWriter();
  void writer.write(Uint8Array.of(1, 2, 3)).then(() => writer.close());
  expect(await collect(far)).toEqual([1, 2, 3]);
  const back = far.writable.getWriter();
  void back.write(Uint8Array.of(4)).then(() => back.close());
  expect(await collect(near)).toEqual([4]);
  await Promise.all([near.closed, far.closed]);
});

test("a writer waits for a reader after a window of bytes", async () => {
  const [near, far] = pair();
  const writer = near.writable.getWriter();
  const writing = writer.write(new Uint8Array(1 << 20));
  let done = false;
  void writing.then(() => (done = true));
  const reader = far.readable.getReader();
  let read = (await reader.read()).value?.length ?? 0;
  await settle();
  expect(done).toBe(false);
  while (read < 1 << 20) read += (await reader.read()).value?.length ?? 0;
  await writing;
  near.abort();
});

test("an abort reaches both directions of the other end with its reason", async () => {
  const [near, far] = pair();
  near.abort(new MachineError("connection-reset", "gone", { hint: "Try again." }));
  await expect(near.closed).rejects.toMatchObject({ code: "connection-reset" });
  await expect(far.closed).rejects.toMatchObject({ code: "connection-reset", message: "gone", hint: "Try again." });
  await expect(far.readable.getReader().read()).rejects.toMatchObject({ code: "connection-reset" });
  await expect(far.writable.getWriter().write(Uint8Array.of(1))).rejects.toMatchObject({ code: "connection-reset" });
});

test("an abort does not wait for a write that nobody takes", async () => {
  const [near, far] = pair();
  const writer = near.writable.getWriter();
  writer.write(new Uint8Array(1 << 20)).catch(() => undefined);
  writer.abort(new MachineError("cancelled", "enough", { hint: "None." })).catch(() => undefined);
  await expect(far.closed).rejects.toMatchObject({ code: "cancelled" });
  await expect(near.closed).rejects.toMatchObject({ code: "cancelled" });
});

test("an end that does not want to read lets the other go on writing", async () => {
  const [near, far] = pair();
  await far.readable.cancel();
  const writer = near.writable.getWriter();
  await writer.write(new Uint8Array(1 << 20));
  await writer.close();
  await far.writable.close();
  await near.closed;
});

test("what was sent before the end can be read after it", async () => {
  const [near, far] = pair();
  await far.writable.close();
  const writer = near.writable.getWriter();
  await writer.write(Uint8Array.of(7, 8));
  await writer.close();
  await near.closed;
  await settle();
  expect(await collect(far)).toEqual([7, 8]);
});

function pair(): [Connection, Connection] {
  const { port1, port2 } = new MessageChannel();
  return [createPortStream(port1), createPortStream(port2)];
}

async function collect(connection: Connection): Promise<number[]> {
  const all: number[] = [];
  const reader = connection.readable.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return all;
    all.push(...value);
  }
}

/** Lets messages that are on their way arrive. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}
