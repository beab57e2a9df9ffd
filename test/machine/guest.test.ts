import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createControl, type Control } from "../../src/machine/v86/control.ts";
import { createEmulator, type Emulator } from "../../src/machine/v86/emulator.ts";
import { parseDiskIndex, parseManifest, partPath, type ImageFile } from "../../src/machine/v86/manifest.ts";
import { PartsDisk } from "../../src/machine/v86/parts-disk.ts";
import { until } from "./guest.ts";

const imageFolder = process.env.DRYDOCK_MACHINE ?? join(import.meta.dirname, "../../public/machine");

let emulator: Emulator;
let control: Control;

beforeAll(async () => {
  const manifest = parseManifest(await readFile(join(imageFolder, "manifest.json"), "utf8"));
  const read = async ({ path }: ImageFile) => new Uint8Array(await readFile(join(imageFolder, path)));
  const index = parseDiskIndex(new TextDecoder().decode(await read(manifest.files.diskIndex)), manifest);
  const disk = new PartsDisk({
    byteLength: manifest.disk.bytes,
    partBytes: manifest.disk.partBytes,
    parts: index.parts,
    fetchPart: (sha256) => readFile(join(imageFolder, partPath(sha256))),
    onFailure: (error) => {
      throw error;
    },
  });
  emulator = await createEmulator({
    wasm: await read(manifest.files.wasm),
    bios: await read(manifest.files.bios),
    vgaBios: await read(manifest.files.vgaBios),
    memoryBytes: manifest.memoryBytes,
    vgaMemoryBytes: manifest.vgaMemoryBytes,
    disk,
    initialState: await read(manifest.files.state),
  });
  control = createControl(emulator.control);
  emulator.run();
  await control.ready();
});

afterAll(async () => {
  control[Symbol.dispose]();
  await emulator.destroy();
});

// Without the page's heartbeat nothing else wakes an agent that has missed the end of a program.
test("the agent notices the end of every program, however soon it ends", { timeout: 180_000 }, async () => {
  const exitCodes = new Set<number>();
  for (let run = 0; run < 150; run++) {
    const { exitCode } = await control.run(["/bin/sh", "-c", "exit 7"], { folder: "/", timeoutMs: 20_000 });
    exitCodes.add(exitCode);
  }
  expect([...exitCodes]).toEqual([7]);
});

test("the shell has what people type without thinking", async () => {
  const tools =
    "awk bc cat clear cmp cp curl diff docker find grep head hexdump hostname ip jq kill killall less ls more nano nc nslookup " +
    "patch perl pgrep ping ps reset route sed sort tail tar top traceroute unzip vi watch wget which xargs xxd";
  const { stdout } = await control.run(
    [
      "/bin/bash",
      "-c",
      `for tool in ${tools}; do type -P $tool >/dev/null || echo $tool; done; printf a | awk '{ print "b" }'; cat <(echo c)`,
    ],
    { folder: "/" },
  );
  expect(stdout).toBe("b\nc\n");
});

test("containerd's shim is started and cleaned up after as by its own program", { timeout: 240_000 }, async () => {
  const shims = "pgrep -f '^/usr/bin/containerd-shim-runc-v2'";
  const sockets = "ls /run/containerd/s";
  expect((await shell("docker run -d --name kept busybox sleep 1000 && docker run --rm busybox true")).exitCode).toBe(
    0,
  );
  // One container runs: one shim, in a group of its own, to be killed before containerd, behind one socket.
  const shim = (await shell(shims)).stdout.trim();
  expect(shim).toMatch(/^\d+$/);
  expect((await shell(`ps -o pgid= -p ${shim}`)).stdout.trim()).toBe(shim);
  const score = "oom_score_adj";
  const containerd = (await shell(`cat /proc/$(pgrep -x containerd)/${score}`)).stdout;
  expect(Number((await shell(`cat /proc/${shim}/${score}`)).stdout)).toBe(Number(containerd) + 1);
  await until("the other socket is gone", async () => (await shell(sockets)).stdout.trim().split("\n").length === 1);
  // A shim that dies leaves a container behind, which containerd's own program kills and forgets.
  expect((await shell(`kill -9 ${shim}`)).exitCode).toBe(0);
  await until("the container is known to be dead", async () => (await shell("docker ps -q")).stdout === "");
  expect((await shell("docker inspect -f '{{.State.Status}} {{.State.ExitCode}}' kept")).stdout).toBe("exited 137\n");
  expect((await shell("ls /run/docker/runtime-runc/moby; pgrep -x sleep")).stdout).toBe("");
  expect((await shell("docker start kept && docker rm -f kept")).exitCode).toBe(0);
  await until("no shim is left", async () => (await shell(shims)).stdout === "");
});

test(
  "a second engine is another computer: beside the first one's restart, closed to containers, gone when it is cut off",
  { timeout: 300_000 },
  async () => {
    const second = "docker -H tcp://node2:2375";
    const toItsApi = "nc -w 3 192.168.86.102 2375 </dev/null";
    expect((await shell("second-engine kill")).exitCode).toBe(1);
    expect((await shell("ip netns list; ls -d /sys/fs/cgroup/node2")).stdout).toBe("");

    expect(await shell("second-engine start")).toMatchObject({ exitCode: 0 });
    expect((await shell(`${second} info --format '{{.Name}} {{.Images}}'`)).stdout).toBe("node2 0\n");
    expect(await shell(`docker save busybox | ${second} load && ${second} volume create kept`)).toMatchObject({
      exitCode: 0,
    });
    const pidOfSecond = (await shell("cat /var/lib/node2/docker.pid")).stdout;
    await control.restartEngine();
    await until("the first engine answers", async () => (await shell("docker version")).exitCode === 0);
    expect((await shell("cat /var/lib/node2/docker.pid; docker -H tcp://node2:2375 version")).exitCode).toBe(0);
    expect((await shell("cat /proc/$(cat /var/lib/node2/docker.pid)/comm; cat /var/lib/node2/docker.pid")).stdout).toBe(
      `dockerd\n${pidOfSecond}`,
    );
    expect((await shell(toItsApi)).exitCode).toBe(0);
    expect((await shell(`docker run --rm busybox sh -c '${toItsApi}'`)).exitCode).toBe(1);
    expect((await shell(`${second} run --rm busybox sh -c '${toItsApi}'`)).exitCode).toBe(1);

    expect(await shell(`${second} run -d --name lost busybox sleep 1000 && second-engine kill`)).toMatchObject({
      exitCode: 0,
    });
    expect(
      (await shell("ip netns list; ls -d /sys/fs/cgroup/node2; iptables-save | grep node2; pgrep -f 'sleep 1000'"))
        .stdout,
    ).toBe("");
    expect(await shell("second-engine start")).toMatchObject({ exitCode: 0 });
    expect((await shell(`${second} volume ls -q; ${second} ps -a --format '{{.Names}} {{.State}}'`)).stdout).toBe(
      "kept\nlost exited\n",
    );
    expect(await shell("second-engine stop")).toMatchObject({ exitCode: 0 });
  },
);

const shell = (command: string) => control.run(["/bin/bash", "-c", command], { folder: "/", timeoutMs: 120_000 });
