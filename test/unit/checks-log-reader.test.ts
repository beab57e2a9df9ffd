import { expect, it } from "vitest";
import { createLogReader } from "../../src/checks/log-reader.ts";
import type { ContainersApi } from "../../src/engine/containers.ts";

/** Containers of which the test decides the state; `read` has the ids of those whose logs were read. */
function createContainers() {
  const states = new Map<string, { Status: string; StartedAt?: string; FinishedAt?: string }>();
  const read: string[] = [];
  const containers = {
    inspect: (id: string) => Promise.resolve({ Id: id, Config: { Tty: false }, State: states.get(id) }),
    logs: (id: string, { terminal }: { terminal?: boolean }) => {
      read.push(id);
      const bytes = new TextEncoder().encode(`${String(terminal)} ${read.length}\r\n`);
      return Promise.resolve([{ stream: "stdout", bytes }]);
    },
  } as unknown as Pick<ContainersApi, "inspect" | "logs">;
  return { states, read, readLog: createLogReader(containers) };
}

it("reads the log of a container that runs every time, and of one that has ended once", async () => {
  const { states, read, readLog } = createContainers();
  states.set("job", { Status: "running", StartedAt: "1" });
  await readLog("job");
  await readLog("job");
  expect(read).toHaveLength(2);
  states.set("job", { Status: "exited", StartedAt: "1", FinishedAt: "2" });
  expect(await readLog("job")).toEqual({ stdout: "false 3\n", stderr: "" });
  expect(await readLog("job")).toEqual({ stdout: "false 3\n", stderr: "" });
  expect(read).toHaveLength(3);
});

it("reads it again after the container has run again", async () => {
  const { states, read, readLog } = createContainers();
  states.set("job", { Status: "exited", StartedAt: "1", FinishedAt: "2" });
  await readLog("job");
  states.set("job", { Status: "exited", StartedAt: "3", FinishedAt: "4" });
  await readLog("job");
  expect(read).toHaveLength(2);
});

it("keeps the logs of no more than twenty", async () => {
  const { states, read, readLog } = createContainers();
  for (let n = 0; n < 21; n++) {
    states.set(`c${n}`, { Status: "exited", StartedAt: "1", FinishedAt: "2" });
    await readLog(`c${n}`);
  }
  await readLog("c20");
  expect(read).toHaveLength(21);
  await readLog("c0");
  expect(read).toHaveLength(22);
});
