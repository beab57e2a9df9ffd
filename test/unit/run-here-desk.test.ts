import { describe, expect, it, vi } from "vitest";
import { RunHereDesk, type RunHereOptions } from "../../src/sandbox/run-here/run-here-desk.ts";
import { RunHereError } from "../../src/sandbox/run-here/run-here-error.ts";
import type { Runtime, RuntimeProcess } from "../../src/sandbox/run-here/runtime.ts";

const files = [{ path: "server.mjs", content: "", encoding: "utf8", executable: false }] as const;

/** A runtime in which one program is started, that does what the test says. */
function fakeRuntime() {
  let serverListener: (port: number, url: string) => void = () => undefined;
  let errorListener: (message: string) => void = () => undefined;
  let printer: ReadableStreamDefaultController<string> | undefined;
  const exit = Promise.withResolvers<number>();
  const started = Promise.withResolvers<void>();
  const process: RuntimeProcess = {
    output: new ReadableStream({ start: (controller) => void (printer = controller) }),
    exit: exit.promise,
    kill: vi.fn(),
  };
  const runtime: Runtime = {
    mount: vi.fn(() => Promise.resolve()),
    spawn: vi.fn(() => {
      started.resolve();
      return Promise.resolve(process);
    }),
    onServer: (listener) => {
      serverListener = listener;
      return { [Symbol.dispose]: () => (serverListener = () => undefined) };
    },
    onError: (listener) => {
      errorListener = listener;
      return { [Symbol.dispose]: () => (errorListener = () => undefined) };
    },
    [Symbol.asyncDispose]: vi.fn(() => Promise.resolve()),
  };
  return {
    runtime,
    process,
    started: started.promise,
    print: (text: string) => printer?.enqueue(text),
    serve: (port: number, url: string) => serverListener(port, url),
    fail: (message: string) => errorListener(message),
    end: (code: number) => exit.resolve(code),
  };
}

function deskOn(runtime: Runtime, options: Partial<RunHereOptions> = {}): RunHereDesk {
  return new RunHereDesk({
    files,
    start: "node --no-warnings server.mjs",
    port: 3000,
    look: () => Promise.resolve(),
    boot: () => Promise.resolve(runtime),
    ...options,
  });
}

describe("an app that runs in the tab", () => {
  it("is mounted, started with its words, shown once its own port answers, and ended", async () => {
    const fake = fakeRuntime();
    const desk = deskOn(fake.runtime);
    const run = desk.run();
    await fake.started;
    expect(fake.runtime.mount).toHaveBeenCalledWith(files);
    expect(fake.runtime.spawn).toHaveBeenCalledWith("node", ["--no-warnings", "server.mjs"]);
    await vi.waitFor(() => expect(desk.state.value).toEqual({ phase: "running", url: undefined }));
    fake.serve(9229, "https://inspector.example");
    expect(desk.state.value).toEqual({ phase: "running", url: undefined });
    fake.serve(3000, "https://app.example");
    expect(desk.state.value).toEqual({ phase: "running", url: "https://app.example" });
    fake.end(3);
    await run;
    expect(desk.state.value).toEqual({ phase: "ended", exitCode: 3 });
  });

  it("prints without the terminal's sequences, also those that come in two pieces", async () => {
    const fake = fakeRuntime();
    const desk = deskOn(fake.runtime);
    void desk.run();
    await fake.started;
    fake.print("\u001b[32mHel\u001b[");
    fake.print("0mlo\r\n[INFO] \u001b]0;title\u0007there");
    await vi.waitFor(() => expect(desk.output.value).toBe("Hello\n[INFO] there"));
    desk.stop();
  });

  it("keeps the last of what is printed, in whole lines", async () => {
    const fake = fakeRuntime();
    const desk = deskOn(fake.runtime);
    void desk.run();
    await fake.started;
    for (let n = 0; n < 3000; n++) fake.print(`line ${String(n)}\n`);
    await vi.waitFor(() => expect(desk.output.value).toMatch(/line 2999\n$/));
    expect(desk.output.value.length).toBeLessThanOrEqual(20_000);
    expect(desk.output.value).toMatch(/^line \d+\n/);
    desk.stop();
  });

  it("is killed when it is stopped, and runs again on the same runtime", async () => {
    const fake = fakeRuntime();
    const boot = vi.fn(() => Promise.resolve(fake.runtime));
    const desk = deskOn(fake.runtime, { boot });
    const run = desk.run();
    await vi.waitFor(() => expect(desk.state.value.phase).toBe("running"));
    desk.stop();
    await run;
    expect(fake.process.kill).toHaveBeenCalledOnce();
    expect(desk.state.value).toEqual({ phase: "ended", exitCode: undefined });
    void desk.run();
    await vi.waitFor(() => expect(fake.runtime.mount).toHaveBeenCalledTimes(2));
    expect(boot).toHaveBeenCalledOnce();
    desk.stop();
  });

  it("fails with the runtime's own words when the runtime does", async () => {
    const fake = fakeRuntime();
    const desk = deskOn(fake.runtime);
    const run = desk.run();
    await vi.waitFor(() => expect(desk.state.value.phase).toBe("running"));
    fake.fail("Out of memory");
    await run;
    expect(desk.state.value).toEqual({ phase: "failed", code: "broken", message: "Out of memory" });
  });
});

it("boots nothing when something is in the way, and says what", async () => {
  const boot = vi.fn();
  const look = () => Promise.reject(new RunHereError("unreachable", "stackblitz.com did not answer."));
  const desk = deskOn(fakeRuntime().runtime, { look, boot });
  await desk.run();
  expect(desk.state.value).toEqual({
    phase: "failed",
    code: "unreachable",
    message: "stackblitz.com did not answer.",
  });
  expect(boot).not.toHaveBeenCalled();
});

it("can be stopped while it boots", async () => {
  const boot: RunHereOptions["boot"] = ({ signal }) =>
    new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
  const desk = deskOn(fakeRuntime().runtime, { boot });
  const run = desk.run();
  await vi.waitFor(() => expect(desk.state.value.phase).toBe("booting"));
  desk.stop();
  await run;
  expect(desk.state.value).toEqual({ phase: "ended", exitCode: undefined });
});

it("gives the runtime back when its page goes", async () => {
  const fake = fakeRuntime();
  const desk = deskOn(fake.runtime);
  const run = desk.run();
  await vi.waitFor(() => expect(desk.state.value.phase).toBe("running"));
  await desk[Symbol.asyncDispose]();
  await run;
  expect(fake.runtime[Symbol.asyncDispose]).toHaveBeenCalledOnce();
});
