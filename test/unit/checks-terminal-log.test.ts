import { describe, expect, it } from "vitest";
import { createTerminalLog } from "../../src/checks/terminal-log.ts";
import type { TypedCommand } from "../../src/checks/world.ts";
import { PageSmallConsole } from "../../src/sandbox/small-machine/small-console.ts";

/** What the shell of the machine writes for a command. */
const entered = (line: string) => `\u001b]633;E;  12  ${line}\u0007\u001b]133;C\u0007`;
const ended = (exitCode: number) => `\u001b]133;D;${exitCode}\u0007root@box:/workspace# `;

function createTerminals(count = 1) {
  const listeners = Array.from({ length: count }, () => new Set<(bytes: Uint8Array) => void>());
  const consoles = listeners.map((set) => ({
    onOutput: (listener: (bytes: Uint8Array) => void) => {
      set.add(listener);
      return { [Symbol.dispose]: () => void set.delete(listener) };
    },
  }));
  const heard: TypedCommand[] = [];
  const log = createTerminalLog(consoles);
  const watching = log.watch((command) => heard.push(command));
  const encoder = new TextEncoder();
  return {
    heard,
    log,
    watching,
    listenerCount: () => listeners.reduce((sum, set) => sum + set.size, 0),
    write(text: string, { terminal = 1, piece = Infinity } = {}) {
      const bytes = encoder.encode(text);
      for (let at = 0; at < bytes.length; at += piece) {
        for (const listener of listeners[terminal - 1] ?? []) listener(bytes.subarray(at, at + piece));
      }
    },
  };
}

describe("the terminal log", () => {
  it("tells of a command when it is entered and when it has ended", () => {
    const { heard, write } = createTerminals();
    write(`${ended(0)}docker ps\r\n${entered("docker ps")}`);
    expect(heard).toEqual([{ number: 1, terminal: 1, line: "docker ps", exitCode: undefined }]);
    write(`CONTAINER ID\r\n${ended(1)}`);
    expect(heard[1]).toEqual({ number: 1, terminal: 1, line: "docker ps", exitCode: 1 });
  });

  it.each([1, 2, 3, 7])("reads it the same in pieces of %i bytes", (piece) => {
    const { heard, write } = createTerminals();
    write(`${entered("echo Grüße 🐳")}Grüße\u001b[0m\r\n${ended(0)}${entered("false")}${ended(1)}`, { piece });
    expect(heard.map(({ line, exitCode }) => [line, exitCode])).toEqual([
      ["echo Grüße 🐳", undefined],
      ["echo Grüße 🐳", 0],
      ["false", undefined],
      ["false", 1],
    ]);
  });

  it("keeps the lines of a command with several", () => {
    const { heard, write } = createTerminals();
    write(entered("cat > Dockerfile <<EOF\r\nFROM busybox\r\nEOF"));
    expect(heard[0]?.line).toBe("cat > Dockerfile <<EOF\nFROM busybox\nEOF");
  });

  it("ignores the prompt that comes back without a command", () => {
    const { heard, write } = createTerminals();
    write(`${ended(0)}^C${ended(130)}${ended(130)}`);
    expect(heard).toEqual([]);
  });

  it("takes a sequence that ends with ESC \\ as well, and is not thrown off by other ones", () => {
    const { heard, write } = createTerminals();
    write("\u001b]0;a title\u0007\u001b[1mbold\u001b[0m\u001b\u001b]633;E;1  ls\u001b\\\u001b]133;C\u001b\\");
    write("\u001b]8;;http://x\u001b]133;D;0\u0007");
    expect(heard.map(({ line, exitCode }) => [line, exitCode])).toEqual([
      ["ls", undefined],
      ["ls", 0],
    ]);
  });

  it("keeps the beginning of a line that is too long, and no more", () => {
    const { heard, write } = createTerminals();
    write(entered(`echo ${"x".repeat(100_000)}`), { piece: 1000 });
    expect(heard[0]?.line.length).toBeLessThanOrEqual(16 * 1024);
    expect(heard[0]?.line).toMatch(/^echo x+$/);
  });

  it("goes on after a sequence that never ends", () => {
    const { heard, write } = createTerminals();
    write("\u001b]633;E;1  a");
    for (let n = 0; n < 3; n++) write("y".repeat(1024 * 1024));
    write(entered("ls"));
    expect(heard.map(({ line }) => line)).toEqual(["ls"]);
  });

  it("numbers the commands of all terminals and tells them apart", () => {
    const { heard, write } = createTerminals(2);
    write(entered("sleep 9"));
    write(entered("docker ps"), { terminal: 2 });
    write(ended(0), { terminal: 2 });
    write(ended(130));
    expect(heard.map(({ number, terminal, exitCode }) => [number, terminal, exitCode])).toEqual([
      [1, 1, undefined],
      [2, 2, undefined],
      [2, 2, 0],
      [1, 1, 130],
    ]);
  });

  it("listens only while it is watched", () => {
    const { log, watching, listenerCount } = createTerminals(3);
    expect(listenerCount()).toBe(3);
    const second = log.watch(() => undefined);
    expect(listenerCount()).toBe(3);
    watching[Symbol.dispose]();
    second[Symbol.dispose]();
    expect(listenerCount()).toBe(0);
  });
});

describe("the terminal log of a small machine", () => {
  /** Its prompt: what was entered last, and how that ended. */
  const prompt = (line: string, exitCode = 0) =>
    `\u001b]633;E;    3 ${line}\u0007\u001b]133;C\u0007\u001b]133;D;${exitCode}\u0007small:~# \u001b]133;B\u0007`;

  function createSmall() {
    const console = new PageSmallConsole();
    console.connect(() => undefined);
    const heard: TypedCommand[] = [];
    createTerminalLog([], console).watch((command) => heard.push(command));
    const encoder = new TextEncoder();
    return {
      heard,
      type: (text: string) => console.write(encoder.encode(text)),
      write: (text: string) => console.take(encoder.encode(text)),
    };
  }

  it("tells of a command with the prompt after it", () => {
    const { heard, type, write } = createSmall();
    write(prompt(""));
    type("uname -r\r");
    write(`6.1.0\r\n${prompt("uname -r", 1)}`);
    expect(heard).toEqual([
      { number: 1, terminal: "vm", line: "uname -r", exitCode: undefined },
      { number: 1, terminal: "vm", line: "uname -r", exitCode: 1 },
    ]);
  });

  it("tells of it once, however often Enter is pressed after it", () => {
    const { heard, type, write } = createSmall();
    type("date\r");
    write(prompt("date"));
    for (const nothing of ["\r", " \r", "\u001b[12;1R", "half\u0003"]) {
      type(nothing);
      write(prompt("date"));
    }
    expect(heard).toHaveLength(2);
  });

  it("tells of the same command again when it was fetched back by a key", () => {
    const { heard, type, write } = createSmall();
    type("date\r");
    write(prompt("date"));
    type("\u001b[A\r");
    write(prompt("date"));
    expect(heard.map(({ number }) => number)).toEqual([1, 1, 2, 2]);
  });
});
