import { mkdir } from "node:fs/promises";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { command } from "./command.ts";
import { ImageError } from "./error.ts";
import { cacheFolder, projectFolder } from "./places.ts";
import type { Progress } from "./progress.ts";

/** Debian 12 with a current Node.js. */
const CONTAINER_IMAGE = "node:24-bookworm";

export async function dockerAnswers(signal: AbortSignal): Promise<boolean> {
  return command("docker", ["version", "--format", "{{.Server.Version}}"], { phase: "plan", signal }).then(
    () => true,
    () => false,
  );
}

/** Runs this same build on Debian, in a container, with the checkout read-only and the cache shared. */
export async function buildInContainer(progress: Progress, signal: AbortSignal): Promise<void> {
  progress.phase("plan", `this system is not Debian; building in a container of ${CONTAINER_IMAGE}`);
  await mkdir(cacheFolder, { recursive: true });
  const args = [
    "run",
    "--rm",
    "-v",
    `${projectFolder}:/drydock:ro`,
    "-v",
    `${cacheFolder}:/cache/drydock`,
    "-e",
    "XDG_CACHE_HOME=/cache",
  ];
  const user =
    process.getuid && process.getgid ? ["-u", `${String(process.getuid())}:${String(process.getgid())}`] : [];
  const child = spawn(
    "docker",
    [...args, ...user, CONTAINER_IMAGE, "node", "/drydock/src/image/build.ts", "--keep-only"],
    { stdio: ["ignore", "inherit", "inherit"], signal },
  );
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) {
    throw new ImageError("plan", `The build in the container ended with ${String(code)}.`, {
      hint: "The lines above say in which phase and why.",
    });
  }
}
