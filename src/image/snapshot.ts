import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { DiskIndex } from "../machine/v86/manifest.ts";
import { PartsDisk } from "../machine/v86/parts-disk.ts";
import { kernelCommandLine, startGuest, type Guest } from "./guest.ts";
import { partBytes } from "./parts.ts";
import type { Progress } from "./progress.ts";
import type { MachineShape } from "./shape.ts";
import { exact } from "./provision.ts";
import type { Kernel } from "./kernel.ts";

/**
 * The second boot, from the disk as readers will load it: starts Docker Engine, runs what readers run first so that its pages are in
 * memory, drops everything else, and takes the whole machine. The result is v86's state, uncompressed.
 */
export async function takeSnapshot(
  kernel: Kernel,
  index: DiskIndex,
  parts: string,
  shape: MachineShape,
  progress: Progress,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  progress.phase("snapshot", "second boot");
  await using machine = await startOnParts(index, parts, shape, kernel, signal);
  const { guest } = machine;
  await guest.sh("until docker version >/dev/null 2>&1; do sleep 1; done", { minutes: 4 });
  progress.detail("running what readers run first");
  await guest.sh(`${everydayCommands}${buildCommands}${forgetBuilds}`, { minutes: 6 });
  progress.detail("keeping in memory what the first minute needs");
  await guest.sh(startLean, { minutes: 6 });
  await guest.sh(everydayCommands, { minutes: 6 });
  await guest.sh(settle, { minutes: 2 });
  progress.detail("taking the snapshot");
  const state = await guest.emulator.saveState({ signal });
  machine.throwIfFailed();
  return state;
}

/** Restores the snapshot as a reader's machine does, runs the first commands again and returns the disk parts they read, in order. */
export async function tryOut(
  state: Uint8Array<ArrayBuffer>,
  index: DiskIndex,
  parts: string,
  shape: MachineShape,
  progress: Progress,
  signal: AbortSignal,
): Promise<number[]> {
  progress.detail("restoring it, to see that it works and which disk parts come first");
  await using machine = await startOnParts(index, parts, { ...shape, initialState: state }, undefined, signal);
  await machine.guest.sh(`${everydayCommands}${buildCommands}`, { minutes: 6 });
  machine.throwIfFailed();
  return machine.partsRead();
}

interface PartsMachine extends AsyncDisposable {
  readonly guest: Guest;
  partsRead(): number[];
  throwIfFailed(): void;
}

async function startOnParts(
  { parts }: DiskIndex,
  folder: string,
  shape: MachineShape & { initialState?: Uint8Array<ArrayBuffer> },
  kernel: Kernel | undefined,
  signal: AbortSignal,
): Promise<PartsMachine> {
  const read = new Set<string>();
  let failure: Error | undefined;
  const disk = new PartsDisk({
    byteLength: parts.length * partBytes,
    partBytes,
    parts,
    fetchPart: (hash) => {
      read.add(hash);
      return readFile(join(folder, `${hash}.zst`));
    },
    onFailure: (error) => {
      failure = error;
    },
  });
  const boot = kernel && {
    kernel: { bzImage: exact(kernel.bzImage), initrd: exact(kernel.initrd), cmdline: kernelCommandLine },
  };
  const guest = await startGuest({ ...shape, disk, ...boot }, "snapshot", signal);
  return {
    guest,
    partsRead: () => [...read].map((hash) => parts.indexOf(hash)),
    throwIfFailed: () => {
      if (failure) throw failure;
    },
    [Symbol.asyncDispose]: () => guest[Symbol.asyncDispose](),
  };
}

/** What a reader is likely to type in the first minute. Its pages stay in the snapshot; bash asks the web server, as curl's libraries are more than a megabyte of it. */
const everydayCommands = `
bash -ic 'complete -p docker; ls -l --color=auto' >/dev/null 2>&1 || true
docker version >/dev/null
docker images >/dev/null
docker run --rm busybox true
docker run -d --name first -p 8080:80 busybox httpd -f -h /etc >/dev/null
docker ps -a >/dev/null
docker exec first ps >/dev/null
docker logs first
until bash -c 'exec 3<>/dev/tcp/localhost/8080 && printf "GET /passwd HTTP/1.0\\r\\n\\r\\n" >&3 && grep -q root <&3' 2>/dev/null; do sleep 0.2; done
docker rm -f first >/dev/null
`;

/** What comes later. The disk parts it reads are fetched in the background once the prompt is there. */
const buildCommands = `
mkdir -p /tmp/first && cd /tmp/first
printf 'FROM busybox\\nRUN echo hello > /hello\\nCOPY page /page\\nCMD ["cat", "/hello"]\\n' >Dockerfile
echo hi >page
docker build -q -t first . >/dev/null
docker run --rm first >/dev/null
docker history first >/dev/null
docker rmi first >/dev/null
curl -s http://localhost:8080 || true
cd / && rm -rf /tmp/first
`;

const forgetBuilds = `
docker builder prune -af >/dev/null
rm -rf /root/.docker/buildx/activity/*
`;

/**
 * Starts the engine afresh, without garbage in its heap, over an empty page cache and without reading ahead, so that of a 66 MB
 * program only the pages it runs through are kept. What a running program has mapped cannot be dropped, hence the order.
 */
const startLean = `
touch /run/drydock/hold
pkill -x dockerd
while pgrep -x 'dockerd|containerd' >/dev/null; do sleep 0.2; done
sync
echo 3 >/proc/sys/vm/drop_caches
busybox blockdev --setra 8 /dev/sda
rm /run/drydock/hold
until docker version >/dev/null 2>&1; do sleep 0.5; done
`;

/**
 * Freed pages keep their bytes, which would be compressed and sent; filled with zeros they cost nothing. With the kernel's own reserve made small for the moment, all but 4 MB are
 * filled without a page of the cache being given up.
 */
const settle = `
busybox blockdev --setra 256 /dev/sda
rm -f /root/.bash_history
: >/var/log/docker.log
sync
reserve=$(cat /proc/sys/vm/min_free_kbytes)
echo 1024 >/proc/sys/vm/min_free_kbytes
free=$(awk '/^MemFree/ { print int($2 / 1024) }' /proc/meminfo)
mount -t tmpfs -o size=100% zero /mnt
busybox dd if=/dev/zero of=/mnt/zero bs=64k count=$(((free - 4) * 16)) 2>/dev/null
umount /mnt
echo "$reserve" >/proc/sys/vm/min_free_kbytes
sleep 2
`;
