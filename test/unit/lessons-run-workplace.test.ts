import { expect, it } from "vitest";
import type { SolutionAction } from "../../src/lessons/model.ts";
import { beginLesson } from "../lessons/lesson-workplace.ts";
import { FakeWorld, settle } from "./checks-fakes.ts";
import { command, failureOf } from "./lessons-run-fakes.ts";

it("what the lesson begins from does not count as done in a step, with an engine that tells whole seconds", async ({
  signal,
}) => {
  const world = new FakeWorld();
  world.engine.time = () => Promise.resolve((world.nanoseconds / second) * second);
  await using workplace = await begin(world, [command("docker tag busybox boat")], signal);
  workplace.runner.open([{ kind: "event", type: "image", action: "tag" }]);
  await workplace.watch.until(([outcome]) => outcome !== undefined && outcome.result !== "unknown", signal);
  await settle();
  expect(workplace.watch.outcomes).toMatchObject([{ result: "not-yet" }]);
});

it("a lesson does not begin from what a command could not do", async ({ signal }) => {
  const failure = await failureOf(begin(new FakeWorld(), [command("false")], signal));
  expect(failure.code).toBe("command-failed");
  expect(failure.message).toContain(
    'Lesson "ships/later": the command "false" of "Earlier", from which it goes on, ended with exit code 1.',
  );
});

const second = 1_000_000_000n;

/** On a machine whose shell ends each command at once: `false` badly, and `docker tag` tags an image before. */
function begin(world: FakeWorld, actions: SolutionAction[], signal: AbortSignal) {
  const start = { lesson: "ships/earlier", title: "Earlier", files: [], actions };
  const listeners = new Set<(bytes: Uint8Array) => void>();
  const show = (text: string) => {
    for (const listener of listeners) listener(new TextEncoder().encode(text));
  };
  const prompt = (code: number) => `\u001b]133;D;${code}\u0007# \u001b[?2004h`;
  const terminal = {
    onOutput: (listener: (bytes: Uint8Array) => void) => {
      listeners.add(listener);
      return { [Symbol.dispose]: () => listeners.delete(listener) };
    },
    write: (bytes: Uint8Array) => {
      const typed = new TextDecoder().decode(bytes);
      const isEmpty = typed === "\r";
      if (typed.includes("docker tag")) world.happens("image", "tag", { name: "boat:latest" });
      show(`\u001b[?2004l${isEmpty ? "" : "\u001b]133;C\u0007"}`);
      setTimeout(() => show(prompt(typed.includes("false") ? 1 : 0)), 10);
    },
    resize: () => undefined,
  };
  const machine = { consoles: [terminal], workspace: { write: () => Promise.resolve() } };
  type Given = Parameters<typeof beginLesson>[1]["machine"];
  return beginLesson({ id: "ships/later", start, files: [] }, { machine: machine as unknown as Given, world, signal });
}
