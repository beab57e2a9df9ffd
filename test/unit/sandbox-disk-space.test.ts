import { beforeEach, expect, it } from "vitest";
import { DiskSpace } from "../../src/sandbox/disk-space.ts";
import { FakeClock } from "./checks-fakes.ts";

let clock: FakeClock;
let freeKiB: number;
let runs: number;
let disk: DiskSpace;

beforeEach(() => {
  clock = new FakeClock();
  freeKiB = 500_000;
  runs = 0;
  disk = new DiskSpace(
    {
      run() {
        runs++;
        const stdout = `Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/root 1000000 1 ${freeKiB} 50% /\n`;
        return Promise.resolve({ exitCode: 0, stdout, stderr: "" });
      },
    },
    clock,
  );
});

it("looks once, a while after the last of several events", async () => {
  disk.look();
  await clock.pass(2000);
  disk.look();
  await clock.pass(2000);
  expect(runs).toBe(0);
  await clock.pass(2000);
  expect(runs).toBe(1);
  expect(disk.isShort.value).toBe(false);
});

it("tells when the disk is nearly full, and when there is room again", async () => {
  freeKiB = 10_000;
  disk.readOutput("write /x: no space left on device\r\n");
  await clock.pass(0);
  expect(disk.isShort.value).toBe(true);
  freeKiB = 500_000;
  disk.look();
  await clock.pass(3000);
  expect(disk.isShort.value).toBe(false);
});

it("takes ordinary output for no alarm", async () => {
  disk.readOutput("Hello from Docker!");
  await clock.pass(10_000);
  expect(runs).toBe(0);
});
