import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { startNativeDocker } from "../../engine/native-docker.ts";
import { measureCommands, prepareCommands } from "../docker-commands.ts";
import { holdFolder, type PartContext } from "../part.ts";

/** The same commands with Debian's own Docker Engine and CLI on the host, on a disk of the host. */
export async function measureNative(context: PartContext): Promise<void> {
  const { runs, ledger, held, versions } = context;
  const docker = held.use(await startNativeDocker({ bridge: true }));
  const folder = await holdFolder(context);
  const run = async (command: string): Promise<string> => {
    const { stdout } = await promisify(execFile)("bash", ["-c", command], {
      cwd: folder,
      // Debian's CLI, whatever else is installed; BuildKit is asked for, as it is this Docker's second builder.
      env: {
        PATH: "/usr/bin:/usr/sbin:/bin:/sbin",
        HOME: folder,
        DOCKER_HOST: `unix://${docker.socket}`,
        DOCKER_BUILDKIT: "1",
      },
    });
    return stdout;
  };
  versions["native Docker"] = (await run("docker version --format '{{.Server.Version}}'")).trim();
  await run(`docker tag ${docker.image} busybox && ${prepareCommands}`);
  await measureCommands(
    runs,
    {
      run,
      async time(command) {
        const start = performance.now();
        await run(command);
        return (performance.now() - start) / 1000;
      },
    },
    (name, seconds) => ledger.record(`native ${name}`, seconds),
  );
  await run("docker rm -f bench");
}
