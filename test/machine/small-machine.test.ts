import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createTerminalLog } from "../../src/checks/terminal-log.ts";
import type { TypedCommand } from "../../src/checks/world.ts";
import { startSmallMachineInNode } from "../../src/machine/node.ts";
import type { SmallMachineStatus } from "../../src/machine/small-machine.ts";
import { SmallDesk } from "../../src/sandbox/small-machine/small-desk.ts";
import { root } from "../../src/server/build-site.ts";
import { createShellScreen } from "../lessons/shell-screen.ts";

const imageFolder = join(root, "public/machine");

describe("the small machine", () => {
  it("boots from nothing, runs what is typed, tells how it ended, and ends by itself", async ({ signal }) => {
    const phases: SmallMachineStatus["phase"][] = [];
    const desk = new SmallDesk({
      now: () => performance.now(),
      start: ({ onStatus, ...options }) =>
        startSmallMachineInNode({
          imageFolder,
          ...options,
          onStatus(status, times) {
            if (phases.at(-1) !== status.phase) phases.push(status.phase);
            onStatus?.(status, times);
          },
        }),
    });
    using screen = createShellScreen(desk.console);
    const told: TypedCommand[] = [];
    using log = createTerminalLog([], desk.console);
    log.watch((command) => told.push(command));
    using shown = desk.show();
    expect(shown).toBeDefined();
    desk.console.resize(100, 30);

    await desk.start();
    expect(desk.state.value).toEqual({ phase: "running" });
    expect(phases).toEqual(["downloading", "emulator", "kernel", "init", "ready"]);
    const { downloaded = NaN, emulator = NaN, kernel = NaN, program = NaN, prompt = NaN } = desk.times.value;
    expect([downloaded, emulator, kernel, program, prompt]).toEqual(
      [downloaded, emulator, kernel, program, prompt].toSorted((a, b) => a - b),
    );
    expect(screen.text()).toMatch(/Linux version 6\..*\n[^]*init: process 1 .*\n.*Linux small 6\./);

    screen.clear();
    const type = (line: string) => screen.ends(() => screen.type(`${line}\r`), signal);
    await type("stty size; hostname; ls /sys/class/net; false");
    expect(screen.text()).toMatch(/30 100\n[^]*small\n[^]*lo/);
    expect(screen.text()).not.toMatch(/eth0/);
    await type("");
    expect(told.map(({ terminal, line, exitCode }) => [terminal, line, exitCode])).toEqual([
      ["vm", "stty size; hostname; ls /sys/class/net; false", undefined],
      ["vm", "stty size; hostname; ls /sys/class/net; false", 1],
    ]);

    const ended = new Promise((resolve) => desk.state.subscribe(({ phase }) => phase === "off" && resolve(undefined)));
    screen.type("exit\r");
    await ended;
    expect(phases.at(-1)).toBe("ended");
  });

  it("is not booted when it is cancelled meanwhile", async () => {
    const stop = new AbortController();
    const starting = startSmallMachineInNode({
      imageFolder,
      columns: 80,
      rows: 24,
      onOutput: () => undefined,
      onStatus: ({ phase }) => phase === "kernel" && stop.abort(),
      signal: stop.signal,
    });
    await expect(starting).rejects.toMatchObject({ code: "cancelled" });
  });
});
