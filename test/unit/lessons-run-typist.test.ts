import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { SolutionAction } from "../../src/lessons/model.ts";
import { createTypist, type WorkAction } from "../lessons/typist.ts";

const begins = "\u001b]633;E;1  x\u0007\u001b]133;C\u0007";
const prompt = (code = 0) => `\u001b]133;D;${code}\u0007root@sandbox:/workspace# \u001b[?2004h`;

describe("the typist", () => {
  it("pastes a command of several lines as one, and waits for the shell to say that it has ended", async () => {
    const shell = new FakeShell();
    using typist = createTypist(shell.machine);
    const done = typist.carryOut(command("cat <<EOF\nhi\nEOF"), AbortSignal.timeout(5000));
    await shell.typed("\r");
    shell.shows(prompt());
    await shell.typed("\u0005\u0015\u001b[200~cat <<EOF\rhi\rEOF\u001b[201~\r");
    shell.shows(`\u001b[?2004l${begins}root@sandbox:/fake# hi\n`);
    shell.shows(prompt().slice(0, 5));
    shell.shows(prompt().slice(5));
    const { shown } = await done;
    expect(shown).toContain("hi\n");
    expect(shown).not.toContain("\u001b");
  });

  it("tells how a command ended, and not how one before it did", async () => {
    const shell = new FakeShell();
    using typist = createTypist(shell.machine);
    shell.shows(`${begins}${prompt(7)}`);
    const comment = typist.carryOut(command("# no"), AbortSignal.timeout(5000));
    await shell.typed("\u0005\u0015\u001b[200~# no\u001b[201~\r");
    shell.shows(`\u001b[?2004l${prompt(7)}`);
    expect(await comment).toMatchObject({ exitCode: undefined, commands: 0 });
    const done = typist.carryOut(command("false"), AbortSignal.timeout(5000));
    await shell.typed("\u0005\u0015\u001b[200~false\u001b[201~\r");
    shell.shows(`\u001b[?2004l${begins}${prompt(1)}`);
    expect(await done).toMatchObject({ exitCode: 1, commands: 1 });
  });

  it("counts commands that were entered as one, of which the shell tells the last one's end", async () => {
    const shell = new FakeShell();
    using typist = createTypist(shell.machine);
    shell.shows(prompt());
    const done = typist.carryOut(command("false\ntrue"), AbortSignal.timeout(5000));
    await shell.typed("\u0005\u0015\u001b[200~false\rtrue\u001b[201~\r");
    shell.shows(`\u001b[?2004l${begins}${begins}${prompt()}`);
    expect(await done).toMatchObject({ exitCode: 0, commands: 2 });
  });

  it("does not take the prompt for a continued line, or what looks like a prompt, for the end", async () => {
    const shell = new FakeShell();
    using typist = createTypist(shell.machine);
    shell.shows(prompt());
    const done = typist.carryOut(command("sleep 1"), AbortSignal.timeout(300));
    shell.shows(`${begins}root@sandbox:/workspace# \u001b[?2004h`);
    await expect(done).rejects.toThrow("The shell's prompt did not come back. The terminal shows:");
  });

  it("waits for a command that goes on running to have begun, no longer", async () => {
    const shell = new FakeShell();
    using typist = createTypist(shell.machine);
    shell.shows(prompt());
    const done = typist.carryOut(command("docker events", { background: true }), AbortSignal.timeout(5000));
    shell.shows(`\u001b[?2004l${begins}`);
    expect(await done).toMatchObject({ exitCode: undefined });
  });

  it("presses Ctrl+C first where it is told to, and waits for the prompt", async () => {
    const shell = new FakeShell();
    using typist = createTypist(shell.machine);
    shell.shows(`${prompt()}\u001b[?2004l${begins}`);
    const done = typist.carryOut(command("ls", { interrupt: true }), AbortSignal.timeout(5000));
    await shell.typed("\u0003");
    shell.shows(prompt(130));
    await shell.typed("\u0005\u0015\u001b[200~ls\u001b[201~\r");
    shell.shows(`\u001b[?2004l${begins}file\n${prompt()}`);
    expect(await done).toMatchObject({ shown: expect.stringContaining("file") as string, exitCode: 0 });
  });

  it("presses Ctrl+C again where nobody noticed, after longer than a program may take to stop", async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const shell = new FakeShell();
    using typist = createTypist(shell.machine);
    shell.shows(`${prompt()}\u001b[?2004l${begins}`);
    const done = typist.carryOut(command("ls", { interrupt: true }), new AbortController().signal);
    await shell.typed("\u0003");
    await vi.advanceTimersByTimeAsync(11_000);
    await shell.typed("");
    shell.shows("^C");
    await vi.advanceTimersByTimeAsync(2000);
    await shell.typed("\u0003");
    shell.shows(prompt(130));
    await shell.typed("\u0005\u0015\u001b[200~ls\u001b[201~\r");
    shell.shows(`\u001b[?2004l${begins}file\n${prompt()}`);
    await done;
  });

  it("presses Ctrl+C once where the program shows that it has noticed: twice would kill it", async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const shell = new FakeShell();
    using typist = createTypist(shell.machine);
    shell.shows(`${prompt()}\u001b[?2004l${begins}`);
    const done = typist.carryOut(command("ls", { interrupt: true }), new AbortController().signal);
    await shell.typed("\u0003");
    shell.shows("^CGracefully Stopping...");
    await vi.advanceTimersByTimeAsync(50_000);
    await shell.typed("");
    shell.shows(prompt(130));
    await shell.typed("\u0005\u0015\u001b[200~ls\u001b[201~\r");
    shell.shows(`\u001b[?2004l${begins}file\n${prompt()}`);
    await done;
  });

  it("tells what was shown as it was drawn last", async () => {
    const shell = new FakeShell();
    using typist = createTypist(shell.machine);
    shell.shows(prompt());
    const done = typist.carryOut(command("ls"), AbortSignal.timeout(5000));
    shell.shows(`\u001b[7mls\u001b[27m\b\bls\r\n\u001b[?2004l${begins}10%\r100%\r\ndone?\rdone\u001b[K\n${prompt()}`);
    expect((await done).shown).toBe("ls\n100%\ndone\nroot@sandbox:/workspace# ");
  });

  it("types into the program that runs in the foreground once it is silent", async () => {
    const shell = new FakeShell();
    using typist = createTypist(shell.machine);
    shell.shows(`${prompt()}\u001b[?2004l${begins}/ # `);
    const done = typist.carryOut(command("exit"), AbortSignal.timeout(10_000));
    await shell.typed("exit\r");
    shell.shows(prompt(3));
    expect(await done).toMatchObject({ exitCode: 3 });
  });

  it("writes files as they are", async () => {
    const shell = new FakeShell();
    using typist = createTypist(shell.machine);
    await typist.carryOut({ type: "file", path: "a/b", content: "c\n" }, AbortSignal.timeout(1000));
    expect(shell.files).toEqual(new Map([["a/b", "c\n"]]));
    expect(shell.modes).toEqual(new Map());
  });

  it("writes a file's mode with it where it is told", async () => {
    const shell = new FakeShell();
    using typist = createTypist(shell.machine);
    const file = { type: "file", content: "" } as const;
    await typist.carryOut({ ...file, path: "a", executable: true }, AbortSignal.timeout(1000));
    await typist.carryOut({ ...file, path: "b", executable: false }, AbortSignal.timeout(1000));
    expect(shell.modes).toEqual(
      new Map([
        ["a", 0o755],
        ["b", 0o644],
      ]),
    );
  });
});

/** A console of which the test says what it shows. */
class FakeShell {
  readonly files = new Map<string, string>();
  readonly modes = new Map<string, number>();
  readonly #listeners = new Set<(bytes: Uint8Array) => void>();
  #typed = "";
  #onTyped: (() => void) | undefined;

  readonly machine = {
    consoles: [
      {
        onOutput: (listener: (bytes: Uint8Array) => void) => {
          this.#listeners.add(listener);
          return { [Symbol.dispose]: () => this.#listeners.delete(listener) };
        },
        write: (bytes: Uint8Array) => {
          this.#typed += new TextDecoder().decode(bytes);
          this.#onTyped?.();
        },
        resize: () => undefined,
      },
    ],
    workspace: {
      write: (path: string, content: Uint8Array, { mode }: { mode?: number } = {}) => {
        this.files.set(path, new TextDecoder().decode(content));
        if (mode !== undefined) this.modes.set(path, mode);
        return Promise.resolve();
      },
    },
  } as unknown as Parameters<typeof createTypist>[0];

  shows(text: string): void {
    for (const listener of this.#listeners) listener(new TextEncoder().encode(text));
  }

  /** Waits until exactly this has been typed since the last time; nothing at all must have been typed already. */
  async typed(text: string): Promise<void> {
    while (this.#typed !== text) {
      if (!text.startsWith(this.#typed)) throw new Error(`Typed was ${JSON.stringify(this.#typed)}`);
      await new Promise<void>((resolve) => (this.#onTyped = resolve));
    }
    this.#typed = "";
  }
}

function command(line: string, changes: Partial<Extract<SolutionAction, { type: "command" }>> = {}): WorkAction {
  return { type: "command", command: line, terminal: 1, background: false, interrupt: false, ...changes };
}
