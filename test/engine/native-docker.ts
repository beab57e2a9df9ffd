import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type NetConnectOpts } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { createEngine } from "../../src/engine/create-engine.ts";
import type { Dialer } from "../../src/engine/dialer.ts";
import { packFiles } from "../../src/engine/tar.ts";
import type { EngineUnderTest } from "./contract.ts";
import { connectNode } from "./node-connection.ts";

export interface NativeDockerOptions {
  /** Gives it a network namespace of its own, with a bridge, addresses and a firewall in it, as Docker has at home. */
  readonly bridge?: boolean;
}

export interface NativeDocker extends EngineUnderTest {
  /** The UNIX socket that it listens on. */
  readonly socket: string;
}

/**
 * A Docker Engine of this machine's own, started by hand with all its state in a private folder and stopped with it. It touches neither
 * a Docker that already runs here nor the firewall: no default bridge, no iptables, a containerd namespace of its own.
 * Its image is made from Debian's busybox-static.
 */
export async function startNativeDocker(options: NativeDockerOptions = {}): Promise<NativeDocker> {
  const dockerd = findDockerd();
  const folder = await mkdtemp(join(tmpdir(), "drydock-docker-"));
  const tcpPort = await freePort();
  const failures: string[] = [];
  for (const driver of ["overlay2", "vfs"]) {
    const daemon = await startDaemon(dockerd, join(folder, driver), driver, tcpPort, options);
    if (typeof daemon === "string") {
      failures.push(`with ${driver}: ${daemon}`);
      continue;
    }
    const dialer = localDialer(daemon.address);
    try {
      await buildBase(dialer, folder);
    } catch (error) {
      await daemon.stop();
      throw error;
    }
    return {
      dialer,
      socket: daemon.socket,
      image: BASE_IMAGE,
      async [Symbol.asyncDispose]() {
        await daemon.stop();
        await rm(folder, { recursive: true, force: true });
      },
    };
  }
  await rm(folder, { recursive: true, force: true });
  throw new Error(`dockerd does not start here.\n${failures.join("\n")}`);
}

const BASE_IMAGE = "drydock-busybox:1";
const START_MS = 60_000;
const run = promisify(execFile);

function findDockerd(): string {
  const found = ["/usr/sbin/dockerd", "/usr/bin/dockerd", "/usr/local/bin/dockerd"].find((path) => existsSync(path));
  if (found === undefined) {
    throw new Error(
      "The engine tests need dockerd: run  sudo apt-get install -y --no-install-recommends docker.io  (npm test does so by itself where it may).",
    );
  }
  if (process.getuid?.() !== 0) {
    throw new Error("The engine tests start a dockerd of their own, which only root can: run them with sudo.");
  }
  return found;
}

/** A string is why it did not start. */
async function startDaemon(
  dockerd: string,
  folder: string,
  driver: string,
  tcpPort: number,
  { bridge = false }: NativeDockerOptions,
) {
  const execRoot = join(folder, "exec");
  const socket = join(folder, "docker.sock");
  await mkdir(folder, { recursive: true });
  // A file of its own, so that the machine's /etc/docker/daemon.json is not read.
  const configuration = join(folder, "daemon.json");
  await writeFile(configuration, "{}");
  // From outside of its network namespace only the socket is reached.
  const address: NetConnectOpts = bridge ? { path: socket } : { host: "127.0.0.1", port: tcpPort };
  const network = bridge
    ? ["--bip=172.30.0.1/24"]
    : ["--bridge=none", "--iptables=false", "--ip6tables=false", "--ip-forward=false"];
  const daemon = spawn(
    bridge ? "unshare" : dockerd,
    [
      ...(bridge ? ["--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh", dockerd] : []),
      `--config-file=${configuration}`,
      `--data-root=${join(folder, "data")}`,
      `--exec-root=${execRoot}`,
      `--pidfile=${join(folder, "pid")}`,
      `--host=unix://${socket}`,
      `--host=tcp://127.0.0.1:${String(tcpPort)}`,
      "--tls=false",
      `--storage-driver=${driver}`,
      `--containerd-namespace=drydock-${String(process.pid)}`,
      `--containerd-plugins-namespace=drydock-plugins-${String(process.pid)}`,
      ...network,
      "--shutdown-timeout=2",
    ],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  const log: string[] = [];
  daemon.stderr.setEncoding("utf8").on("data", (text: string) => {
    log.push(text);
    if (log.length > 500) log.shift();
  });
  const ended = once(daemon, "exit");
  const stop = async () => {
    if (daemon.exitCode === null) daemon.kill("SIGTERM");
    await ended;
    await killLeftovers(folder);
  };
  try {
    await Promise.race([
      answering(address),
      ended.then(() => {
        throw new Error("it ended");
      }),
    ]);
  } catch (error) {
    await stop();
    return `${error instanceof Error ? error.message : String(error)}\n${log.join("").split("\n").slice(-8).join("\n")}`;
  }
  return { stop, socket, address };
}

/** dockerd tells nobody that it listens, so it is asked. */
async function answering(address: NetConnectOpts): Promise<void> {
  const engine = createEngine(localDialer(address));
  const deadline = performance.now() + START_MS;
  for (;;) {
    try {
      await engine.system.ping();
      return;
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** The engine's own port 2375 is `engine` here; every other port is the machine's. */
function localDialer(engine: NetConnectOpts): Dialer {
  return {
    dial: (port, options) => connectNode(port === 2375 ? engine : { host: "127.0.0.1", port }, options?.signal),
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("No free port was found.");
  return address.port;
}

async function buildBase(dialer: Dialer, folder: string): Promise<void> {
  const packages = join(folder, "packages");
  await mkdir(packages);
  // apt fetches as its own user.
  await chmod(folder, 0o755);
  await chmod(packages, 0o777);
  await run("apt-get", ["download", "busybox-static"], { cwd: packages }).catch((error: unknown) => {
    throw new Error("busybox-static cannot be fetched through apt. Run  sudo apt-get update  first.", { cause: error });
  });
  const [archive = ""] = await readdir(packages);
  await run("dpkg-deb", ["-x", archive, "root"], { cwd: packages });
  const context = await packFiles({
    Dockerfile: [
      "FROM scratch",
      "COPY busybox /bin/busybox",
      'RUN ["/bin/busybox", "sh", "-c", "/bin/busybox --install -s /bin && /bin/mkdir -m 1777 /tmp"]',
      'CMD ["sh"]',
    ].join("\n"),
    busybox: { content: await readFile(join(packages, "root/bin/busybox")), mode: 0o755 },
  });
  for await (const message of await createEngine(dialer).build.image(context, { tag: BASE_IMAGE })) {
    if (message.errorDetail) throw new Error(`The test image cannot be built: ${message.errorDetail.message ?? ""}`);
  }
}

/** containerd's shims outlive a dockerd that had to be killed; they name our folder on their command line. */
async function killLeftovers(folder: string): Promise<void> {
  for (const entry of await readdir("/proc")) {
    if (!/^[0-9]+$/.test(entry)) continue;
    const commandLine = await readFile(`/proc/${entry}/cmdline`, "utf8").catch(() => "");
    if (commandLine.includes(`${folder}/`)) process.kill(Number(entry), "SIGKILL");
  }
}
