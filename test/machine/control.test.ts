import { describe, expect, test } from "vitest";
import { createControl } from "../../src/machine/v86/control.ts";

describe("the control channel", () => {
  test("is ready when the agent greets", async () => {
    const { control, say } = channel();
    const ready = control.ready();
    say("0 ready 1\n");
    await ready;
  });

  test("is ready when the agent, long started, answers a ping", async () => {
    const { control, answer } = channel();
    const ready = control.ready();
    answer(/^(\d+) ping$/, (id) => `${id} ok\n`);
    await ready;
  });

  test("refuses an agent of another version", async () => {
    const { control, say } = channel();
    const ready = control.ready();
    say("0 ready 2\n");
    await expect(ready).rejects.toMatchObject({ code: "image-mismatch" });
  });

  test("sends the clock with nanoseconds and the seed in hexadecimal", async () => {
    const { control, sent, answer } = channel();
    answer(/^(\d+) (?:clock|seed) /, (id) => `${id} ok\n`);
    await control.setClock(1_700_000_000_125);
    await control.seedRandom(Uint8Array.of(0, 255, 16));
    expect(sent).toEqual(["1 clock 1700000000.125000000", "2 seed 00ff10"]);
  });

  test("runs a program: words in hexadecimal, stdin in pieces, output put together across pieces", async () => {
    const { control, sent, say } = channel();
    const running = control.run(["echo", "", "ü"], { stdin: "a".repeat(20_000), folder: "/tmp" });
    expect(sent[0]).toBe("1 run 2f746d70 6563686f - c3bc");
    expect(sent.slice(1, -1).map((line) => line.split(" ")[2]?.length)).toEqual([32_768, 7_232]);
    expect(sent.at(-1)).toBe("1 eof");
    say("1 out c3\n1 out bc0a\n1 err 21\n1 exit 3\n");
    expect(await running).toEqual({ exitCode: 3, stdout: "ü\n", stderr: "!" });
  });

  test("takes lines however they are cut, and ignores what is not an answer", async () => {
    const { control, say } = channel();
    const ping = control.ping();
    for (const piece of ["1 pi", "ng\r\n", "garbage\n7 ok\n1 nonsense\n", "x".repeat(70_000), "\n", "1 o", "k", "\n"])
      say(piece);
    await ping;
  });

  test("passes on what the agent refuses", async () => {
    const { control, answer } = channel();
    answer(/^(\d+) shell /, (id) => `${id} error ${Buffer.from("no such terminal").toString("hex")}\n`);
    await expect(control.restartShell(2)).rejects.toMatchObject({
      code: "guest-error",
      message: expect.stringContaining("no such terminal") as string,
    });
  });

  test("gives up on an agent that is silent", async () => {
    const { control } = channel();
    await expect(control.ping({ deadlineMs: 10 })).rejects.toMatchObject({ code: "unresponsive" });
  });

  test("kills a program that is over its time or unwanted", async () => {
    const { control, sent } = channel();
    await expect(control.run(["sleep", "9"], { timeoutMs: 10 })).rejects.toMatchObject({ code: "timeout" });
    expect(sent.at(-1)).toBe("1 kill 9");
    const stop = new AbortController();
    const running = control.run(["sleep", "9"], { signal: stop.signal });
    stop.abort();
    await expect(running).rejects.toMatchObject({ code: "cancelled" });
    expect(sent.at(-1)).toBe("2 kill 9");
  });

  test("fails what was asked of an agent that was started anew", async () => {
    const { control, say } = channel();
    const running = control.run(["sleep", "9"]);
    say("0 ready 1\n");
    await expect(running).rejects.toMatchObject({ code: "guest-error" });
  });

  test("reads the status", async () => {
    const { control, answer } = channel();
    const text = "engine=up\ndisk_free=10\ndisk_total=20\nmemory_free=30\n";
    answer(/^(\d+) status$/, (id) => `${id} ok ${Buffer.from(text).toString("hex")}\n`);
    expect(await control.status()).toEqual({ engine: "up", disk_free: 10, disk_total: 20, memory_free: 30 });
  });

  test("refuses a status that makes no sense", async () => {
    const { control, answer } = channel();
    answer(/^(\d+) status$/, (id) => `${id} ok ${Buffer.from("engine=perhaps\n").toString("hex")}\n`);
    await expect(control.status()).rejects.toMatchObject({ code: "guest-error" });
  });

  test("rejects what waits when it is disposed", async () => {
    const { control } = channel();
    const ping = control.ping();
    control[Symbol.dispose]();
    await expect(ping).rejects.toMatchObject({ code: "disposed" });
    await expect(control.ping()).rejects.toMatchObject({ code: "disposed" });
  });
});

/** A control channel whose other end is the test. */
function channel() {
  const listeners = new Set<(bytes: Uint8Array) => void>();
  const sent: string[] = [];
  const answers: ((line: string) => void)[] = [];
  const say = (text: string) => {
    for (const listener of listeners) listener(new TextEncoder().encode(text));
  };
  const control = createControl({
    onOutput(listener) {
      listeners.add(listener);
      return { [Symbol.dispose]: () => void listeners.delete(listener) };
    },
    write(bytes) {
      for (const line of new TextDecoder().decode(bytes).trimEnd().split("\n")) {
        sent.push(line);
        for (const answer of answers) answer(line);
      }
    },
  });
  return {
    control,
    sent,
    say,
    answer(request: RegExp, reply: (id: string) => string) {
      const respond = (line: string) => {
        const id = request.exec(line)?.[1];
        if (id !== undefined)
          queueMicrotask(() => {
            say(reply(id));
          });
      };
      for (const line of sent) respond(line);
      answers.push(respond);
    },
  };
}
