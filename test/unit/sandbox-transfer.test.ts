import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Machine } from "../../src/machine/contract.ts";
import { putIntoMachine, takeFromMachine } from "../../src/sandbox/transfer/machine-files.ts";
import { TransferDesk } from "../../src/sandbox/transfer/transfer-desk.ts";
import { FakeWorkspace } from "./sandbox-fakes.ts";

// What is run in the machine is run here, on the computer that tests: the commands are those of any Debian.

let folder: string;
const runs: (readonly string[])[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "drydock-transfer-"));
  runs.length = 0;
});
afterEach(() => rm(folder, { recursive: true }));

const run: Machine["run"] = (argv, { stdin, signal } = {}) => {
  runs.push(argv);
  const [program = "", ...rest] = argv;
  return new Promise((resolve, reject) => {
    const child = execFile(program, rest, { signal, maxBuffer: 2 ** 24 }, (error, stdout, stderr) => {
      if (error !== null && signal?.aborted === true) reject(new Error("aborted", { cause: error }));
      else resolve({ exitCode: typeof error?.code === "number" ? error.code : 0, stdout, stderr });
    });
    // It may have ended before it reads.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(stdin ?? "");
  });
};

function place() {
  const workspace = new FakeWorkspace();
  return { run, workspace };
}

function options(onProgress: (done: number, all: number) => void = () => undefined) {
  return { signal: new AbortController().signal, onProgress };
}

const bytes = Uint8Array.from({ length: 500_000 }, (_, n) => (n * 31 + (n >> 8)) % 256);

it("takes a file of any bytes out of the machine, piece by piece, and says how far it is", async () => {
  await writeFile(join(folder, "a b'c.bin"), bytes);
  const progress: number[] = [];
  const file = await takeFromMachine(
    place(),
    join(folder, "a b'c.bin"),
    options((done) => progress.push(done)),
  );
  expect(file.name).toBe("a b'c.bin");
  expect(new Uint8Array(await file.arrayBuffer())).toEqual(bytes);
  expect(progress).toEqual([0, 196_608, 393_216, 500_000]);
});

it("follows a link, and takes a folder as one archive that leaves nothing behind", async () => {
  await mkdir(join(folder, "ship/hold"), { recursive: true });
  await writeFile(join(folder, "ship/hold/rope"), "rope\n");
  await symlink("ship", join(folder, "boat"));
  const file = await takeFromMachine(place(), join(folder, "boat"), options());
  expect(file.name).toBe("ship.tar.gz");
  const archive = join(folder, "out.tar.gz");
  await writeFile(archive, new Uint8Array(await file.arrayBuffer()));
  const { stdout } = await promisify(execFile)("tar", ["tzf", archive]);
  expect(stdout.trim().split("\n").sort()).toEqual(["ship/", "ship/hold/", "ship/hold/rope"]);
  const packed = runs.flat().find((word) => word.startsWith("/tmp/drydock-download."));
  expect(packed).toBeDefined();
  await expect(readFile(packed ?? "")).rejects.toThrow(/ENOENT/);
});

it("says in words what cannot be taken", async () => {
  await expect(takeFromMachine(place(), "etc", options())).rejects.toThrow("Write a path from the root on");
  await expect(takeFromMachine(place(), join(folder, "none"), options())).rejects.toThrow("There is no");
  await expect(takeFromMachine(place(), "/dev/null", options())).rejects.toThrow("neither a file nor a folder");
  await promisify(execFile)("truncate", ["-s", "40M", join(folder, "large")]);
  await expect(takeFromMachine(place(), join(folder, "large"), options())).rejects.toThrow(/has 42 MB; at most 32 MB/);
  await mkdir(join(folder, "hold"));
  await promisify(execFile)("fallocate", ["-l", "130M", join(folder, "hold/cargo")]);
  await expect(takeFromMachine(place(), join(folder, "hold"), options())).rejects.toThrow(/has 136 MB; at most 128 MB/);
});

it("puts files into a folder that it makes, whole or not at all", async () => {
  const to = join(folder, "new/place");
  const there = place();
  expect(await putIntoMachine(there, to, [new File([bytes], "it's.bin"), new File([], "empty")], options())).toBe(to);
  expect(new Uint8Array(await readFile(join(to, "it's.bin")))).toEqual(bytes);
  expect((await readdir(to)).sort()).toEqual(["empty", "it's.bin"]);

  const stop = new AbortController();
  const late = { signal: stop.signal, onProgress: () => stop.abort() };
  await expect(putIntoMachine(there, to, [new File([bytes], "half.bin")], late)).rejects.toThrow();
  expect((await readdir(to)).sort()).toEqual(["empty", "it's.bin"]);
});

it("gives what is in the workspace over the workspace, where nothing has a line to go through", async () => {
  const there = place();
  there.run = (argv) => {
    if (argv[2]?.startsWith("mkdir")) return Promise.resolve({ exitCode: 0, stdout: "/workspace/in", stderr: "" });
    return Promise.resolve({ exitCode: 0, stdout: "regular file|4|1.2\n/workspace/in/a.txt", stderr: "" });
  };
  await putIntoMachine(there, "/workspace/in", [new File(["rope"], "a.txt")], options());
  expect(there.workspace.text()).toEqual({ "in/a.txt": "rope" });
  expect(await (await takeFromMachine(there, "/workspace/in/a.txt", options())).text()).toBe("rope");
});

it("tells of a transfer from its start to its end, and hands over the file", async () => {
  await writeFile(join(folder, "note"), "rope\n");
  const give = vi.fn<(file: File) => void>();
  const desk = new TransferDesk({ machine: place, give });
  const done = desk.download(` ${join(folder, "note")} `);
  expect(desk.state.value.is).toBe("working");
  await done;
  expect(desk.state.value).toEqual({ is: "done", words: "note (5 bytes) was given to your browser’s downloads." });
  expect(await give.mock.calls[0]?.[0].text()).toBe("rope\n");
});

it("can be cancelled, and says so", async () => {
  const desk = new TransferDesk({ machine: place, give: () => undefined });
  const done = desk.download("/");
  desk.cancel();
  await done;
  expect(desk.state.value).toEqual({ is: "asking", problem: "Cancelled." });
});

it("asks for a file, and for a machine, where there is none", async () => {
  const desk = new TransferDesk({ machine: () => undefined, give: () => undefined });
  await desk.upload([], "/workspace");
  expect(desk.state.value).toEqual({ is: "asking", problem: "Choose a file first." });
  await desk.upload([new File([], "a")], "/workspace");
  expect(desk.state.value).toEqual({ is: "asking", problem: "There is no machine yet. Start it first." });
});
