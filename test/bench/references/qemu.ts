import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createConnection } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { createControl, type Control } from "../../../src/machine/v86/control.ts";
import { measureCommands, prepareCommands } from "../docker-commands.ts";
import { floorScript, readFloor } from "../floor-programs.ts";
import { holdFolder, type PartContext } from "../part.ts";
import { assembleDisk, readBoot, readImage, readIndex } from "./image.ts";

/** For the boot, for Docker Engine's start, and for one command. */
const limitMs = 300_000;

/** The same kernel, disk and commands under QEMU's translating emulator. They are asked through the machine's agent, as there is no page. */
export async function measureQemu(context: PartContext): Promise<void> {
  const { runs, ledger, versions } = context;
  const { stdout } = await promisify(execFile)("qemu-system-i386", ["--version"]);
  versions["QEMU TCG"] = /version (\S+)/.exec(stdout)?.[1] ?? "";
  const control = await bootQemu(context);
  const run = async (command: string): Promise<string> => {
    const script = `export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin HOME=/root\n${command}`;
    const result = await control.run(["/bin/bash", "-c", script], { folder: "/root", timeoutMs: limitMs });
    if (result.exitCode !== 0) throw new Error(`${command} ended with ${result.exitCode} under QEMU: ${result.stderr}`);
    return result.stdout;
  };
  await run("until docker version >/dev/null 2>&1; do sleep 1; done");
  versions["Docker under QEMU"] = (await run("docker version --format '{{.Server.Version}}'")).trim();
  await run(`mkdir -p /root/bench && cd /root/bench && ${prepareCommands}`);
  const inFolder = (command: string): string => `cd /root/bench && ${command}`;
  await measureCommands(
    runs,
    {
      run: (command) => run(inFolder(command)),
      async time(command) {
        const start = performance.now();
        await run(inFolder(command));
        return (performance.now() - start) / 1000;
      },
    },
    (name, seconds) => ledger.record(`qemu ${name}`, seconds),
  );
  await run("docker rm -f bench");
  for (let count = 0; count < runs; count++) {
    for (const [name, seconds] of readFloor(await run(floorScript))) ledger.record(`floor qemu ${name}`, seconds);
  }
}

async function bootQemu(context: PartContext): Promise<Control> {
  const manifest = await readImage();
  const boot = readBoot(manifest);
  const folder = await holdFolder(context);
  const [disk, socket] = [join(folder, "disk.img"), join(folder, "control.sock")];
  await assembleDisk(await readIndex(manifest), manifest, disk);
  const consoles = [0, 1, 2].flatMap((nr) => ["-chardev", `null,id=c${nr}`, "-device", `virtconsole,chardev=c${nr}`]);
  const child = spawn(
    "qemu-system-i386",
    [
      ...[
        "-accel",
        "tcg",
        "-machine",
        "pc",
        "-m",
        String(manifest.memoryBytes >> 20),
        "-nodefaults",
        "-display",
        "none",
      ],
      ...["-kernel", boot.kernel, "-initrd", boot.initrd, "-append", boot.commandLine],
      ...["-drive", `if=ide,format=raw,file=${disk}`],
      ...[
        "-netdev",
        "user,id=net,net=192.168.86.0/24,host=192.168.86.1,restrict=on",
        "-device",
        "virtio-net-pci,netdev=net",
      ],
      ...["-device", "virtio-rng-pci", "-device", "virtio-serial-pci", ...consoles],
      ...["-chardev", `socket,id=control,path=${socket},server=on,wait=off`, "-device", "virtconsole,chardev=control"],
      ...["-serial", "stdio"],
    ],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  const ended = once(child, "exit");
  context.held.defer(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => (said = (said + text).slice(-2000)));
  }
  const failed = ended.then(() => {
    throw new Error("QEMU ended.");
  });
  failed.catch(() => undefined);
  try {
    return await Promise.race([connectControl(context, socket), failed]);
  } catch (cause) {
    throw new Error(`The machine did not come up under QEMU. It said last:\n${said}`, { cause });
  }
}

/** The agent answers once the machine has booted; what is written before that is lost, so it is asked again. */
async function connectControl({ held }: PartContext, path: string): Promise<Control> {
  const deadline = AbortSignal.timeout(limitMs);
  const socket = await connectWhenThere(path, deadline);
  held.defer(() => {
    socket.destroy();
  });
  const control = held.use(
    createControl({
      onOutput(listener) {
        socket.on("data", listener);
        return { [Symbol.dispose]: () => void socket.off("data", listener) };
      },
      write: (bytes) => void socket.write(bytes),
    }),
  );
  await control.ready({ signal: deadline });
  return control;
}

async function connectWhenThere(path: string, signal: AbortSignal) {
  for (;;) {
    signal.throwIfAborted();
    const socket = createConnection(path);
    try {
      await once(socket, "connect");
      return socket;
    } catch {
      await delay(100, undefined, { signal });
    }
  }
}
