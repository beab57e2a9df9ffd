import { expect, test } from "vitest";
import { command } from "../../../src/image/command.ts";
import { ImageError } from "../../../src/image/error.ts";

const options = { phase: "packages", signal: new AbortController().signal } as const;

test("returns what the program prints", async () => {
  expect(await command("cat", [], { ...options, stdin: "hello" })).toBe("hello");
});

test("names the phase and repeats the program's last words when it fails", async () => {
  const failure = await command("sh", ["-c", "echo the mirror is gone >&2; exit 3"], options).catch(
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(ImageError);
  expect(failure).toMatchObject({ phase: "packages", message: "sh ended with 3: the mirror is gone" });
});

test("says what to install when there is no such program", async () => {
  const failure = await command("no-such-program", [], options).catch((error: unknown) => error);
  expect(failure).toMatchObject({ message: "no-such-program could not be started.", hint: "Install no-such-program." });
});

test("ends the program when it is cancelled", async () => {
  const stop = new AbortController();
  const running = command("sleep", ["60"], { ...options, signal: stop.signal });
  stop.abort(new Error("cancelled"));
  await expect(running).rejects.toThrow("cancelled");
});
