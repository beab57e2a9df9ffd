import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { MachineFeature } from "../machine/contract.ts";
import { MemoryDisk } from "../machine/v86/memory-disk.ts";
import { createWorkspaceFiles } from "../machine/v86/workspace-files.ts";
import { copyToWorkspace, kernelCommandLine, startGuest, writeToWorkspace } from "./guest.ts";
import type { MachineShape } from "./shape.ts";
import { recipeFolder } from "./places.ts";
import type { Progress } from "./progress.ts";
import type { UnpackedMachine } from "./tree.ts";

export interface ProvisionedDisk {
  readonly disk: Uint8Array<ArrayBuffer>;
  readonly engineVersion: string;
  readonly containerImages: readonly string[];
  /** `docker save` of them. */
  readonly savedImages: Uint8Array<ArrayBuffer>;
  /** What was tried in it and worked. */
  readonly features: readonly MachineFeature[];
}

/** The first boot: compiles the small programs, starts Docker Engine, builds the container images, and shuts down in order. */
export async function provision(
  machine: UnpackedMachine,
  shape: MachineShape,
  progress: Progress,
  signal: AbortSignal,
): Promise<ProvisionedDisk> {
  progress.phase("provision", "first boot");
  const disk = new MemoryDisk(machine.disk);
  await using guest = await startGuest(
    {
      ...shape,
      disk,
      kernel: {
        bzImage: exact(machine.kernel.bzImage),
        initrd: exact(machine.kernel.initrd),
        cmdline: kernelCommandLine,
      },
    },
    "provision",
    signal,
  );
  const { fs } = guest.emulator;
  await copyToWorkspace(fs, machine.toolsFolder, "tools");
  await copyToWorkspace(fs, join(recipeFolder, "guest"), "guest");
  const context = fs.Search(fs.Search(fs.Search(0, "guest"), "container-images"), "busybox");
  await writeToWorkspace(fs, "busybox", machine.busybox, context);

  progress.detail("compiling");
  await guest.sh(compile);
  progress.detail("starting Docker Engine");
  await guest.sh(`until docker version >/dev/null 2>&1; do sleep 1; done`, { minutes: 4 });
  const engineVersion = (await guest.sh("docker version --format '{{.Server.Version}}'")).trim();
  progress.detail(`building container images with Docker Engine ${engineVersion}`);
  for (const name of ["busybox", "hello-world"]) {
    await guest.sh(`docker build --provenance=false -q -t ${name} /workspace/guest/container-images/${name}`, {
      minutes: 5,
    });
  }
  await guest.sh("docker run --rm hello-world >/dev/null && docker run --rm busybox true", { minutes: 3 });
  const containerImages = (await guest.sh("docker image ls --format '{{.Repository}}:{{.Tag}}'"))
    .trim()
    .split("\n")
    .sort();
  await guest.sh(`docker save -o /workspace/images.tar ${containerImages.join(" ")}`, { minutes: 3 });
  const savedImages = await createWorkspaceFiles(fs).read("images.tar");
  progress.detail("trying what lessons may ask for");
  const features: MachineFeature[] = [];
  for (const [feature, trial] of Object.entries(trials) as [MachineFeature, string][]) {
    await guest.sh(trial, { minutes: 3 });
    features.push(feature);
  }
  progress.detail("shutting down");
  await guest.sh(cleanUp, { minutes: 3 });
  const down = guest.serialShows("reboot: ", 3);
  await guest.sh("(sleep 1; exec busybox poweroff) >/dev/null 2>&1 </dev/null &");
  await down;
  return { disk: disk.bytes, engineVersion, containerImages, savedImages, features };
}

/** The compiler is reached through the workspace so that it leaves nothing on the disk. What Docker's plugins say of themselves is kept for `cli-plugin`. */
const compile = `
tcc() {
  /workspace/tools/usr/bin/tcc -B/workspace/tools/usr/lib/i386-linux-gnu/tcc -nostdinc -nostdlib -static "$@"
}
tcc -o /usr/lib/drydock/runc /workspace/guest/runc.c
tcc -o /usr/lib/drydock/shim /workspace/guest/shim.c
tcc -o /workspace/guest/container-images/hello-world/hello /workspace/guest/hello.c
chmod 755 /usr/lib/drydock/runc /usr/lib/drydock/shim /workspace/guest/container-images/hello-world/hello
runc --version >/dev/null
containerd-shim-runc-v2 -v >/dev/null
cp /etc/passwd /etc/group /workspace/guest/container-images/busybox/
for name in docker-buildx docker-compose; do
  /usr/libexec/docker/$name docker-cli-plugin-metadata >/usr/lib/drydock/$name.json
done
`;

/** A machine in which one of these fails is not released. */
const trials: Readonly<Record<MachineFeature, string>> = {
  buildkit: "docker buildx version >/dev/null",
  compose: "docker compose version >/dev/null",
  // Its lesson proves a whole swarm; what failed for want of anything was its networks, for want of these.
  swarm: "for module in vxlan ip_vs_rr xt_ipvs dummy; do modprobe $module || exit 1; done",
};

const cleanUp = `
docker builder prune -af >/dev/null
rm -rf /root/.docker/buildx/activity/* /var/log/*.log /root/.bash_history
rm -rf /workspace/tools /workspace/guest /workspace/images.tar
touch /usr/lib/drydock/provisioned
sync
`;

export async function readBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  return exact(await readFile(path));
}

export function exact(buffer: Buffer): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer);
}
