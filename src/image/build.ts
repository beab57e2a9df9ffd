import { join } from "node:path";
import { parseArgs } from "node:util";
import { BuildCache } from "./cache.ts";
import { prepareCatalogue } from "./catalogue/prepare.ts";
import { buildInContainer, dockerAnswers } from "./container.ts";
import { ImageError, type Phase } from "./error.ts";
import { fetchImage, remoteImage } from "./fetch.ts";
import { isDebian } from "./host.ts";
import { makeImage } from "./make.ts";
import { LockChoice } from "./lock-choice.ts";
import { machineLock, type PackageLock } from "./packages.ts";
import { cacheFolder, publicFolder } from "./places.ts";
import { createProgress, type Progress } from "./progress.ts";
import { recipeKey } from "./recipe.ts";

/**
 * `npm run machine`: puts the machine image into public/machine, and the image catalogue into public/catalogue. Built from Debian packages where the host is Debian, in a Debian
 * container where a Docker Engine answers, or fetched where DRYDOCK_MACHINE_URL names an image; kept by the hash of its inputs.
 * With --keep-only (the container) both stay in the cache.
 */
const { values: flags } = parseArgs({ options: { "keep-only": { type: "boolean", default: false } } });
const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
const progress = createProgress((line) => {
  console.log(line);
});
let phase: Phase = "plan";

try {
  await run(stop.signal);
} catch (error) {
  console.error(
    stop.signal.aborted
      ? `The machine image was stopped in phase "${phase}". Nothing half-made was kept.`
      : explain(error),
  );
  process.exitCode = 1;
}
// v86 keeps timers that would hold the process open.
process.exit();

async function run(signal: AbortSignal): Promise<void> {
  const tracked = { ...progress, phase: (name: Phase, text: string) => progress.phase((phase = name), text) };
  const builder = await findBuilder(tracked, signal);
  const machine = await keepMachine(builder, tracked, signal);
  if (!flags["keep-only"] && !(await machine.isPublished(publicFolder))) {
    tracked.phase("publish", `copying the image ${machine.key.slice(0, 12)} into public/machine`);
    await machine.publish(publicFolder);
    progress.done("the machine image is ready");
  }
  const places = { machine: machine.folder, keepOnly: flags["keep-only"] };
  await prepareCatalogue({ ...places, ...builder }, tracked, signal);
}

/** What can build here. */
interface Builder {
  /** Where neither Debian nor a Docker Engine is, nothing can be built. */
  readonly host: "debian" | "docker" | "none";
  /** Builds all of it into the cache, in a container. */
  inContainer(): Promise<void>;
}

async function findBuilder(tracked: Progress, signal: AbortSignal): Promise<Builder> {
  const host = (await isDebian()) ? "debian" : (await dockerAnswers(signal)) ? "docker" : "none";
  return { host, inContainer: () => buildInContainer(tracked, signal) };
}

/** The machine image, built or fetched into the cache where it is not there yet. */
async function keepMachine(builder: Builder, tracked: Progress, signal: AbortSignal): Promise<BuildCache> {
  const remote = remoteImage(process.env);
  const choice = await LockChoice.read(machineLock);
  const currentCache = async () => cacheOf(remote?.sha256 ?? (await recipeKey(await choice.current())));
  const cache = await currentCache();
  if (await cache.isKept()) return cache;
  if (remote) await cache.keep((folder) => fetchImage(remote, folder, tracked, signal));
  else if (builder.host === "debian") await buildHere(choice, tracked, signal);
  else if (builder.host === "docker") await builder.inContainer();
  else throw notHere();
  return currentCache();
}

/** Builds and keeps the image of the packages that can be had. */
async function buildHere(choice: LockChoice<PackageLock>, tracked: Progress, signal: AbortSignal): Promise<void> {
  const apt = { folder: join(cacheFolder, "apt"), signal };
  tracked.phase("plan", "which packages there are");
  const lock = await choice.obtainable(apt, tracked.detail);
  const key = await recipeKey(lock);
  const cache = cacheOf(key);
  if (await cache.isKept()) return;
  await cache.keep((folder) => makeImage({ key, lock, apt, folder, work: cache.workFolder }, tracked, signal));
}

function cacheOf(key: string): BuildCache {
  return new BuildCache({ folder: join(cacheFolder, "machine"), key, whole: "manifest.json" });
}

function notHere(): ImageError {
  return new ImageError("plan", "The machine image is made from Debian packages, and this system is not Debian.", {
    hint:
      "Start a Docker Engine (the image is then built in a Debian container), or set DRYDOCK_MACHINE_URL to the address of an image's " +
      "manifest.json and DRYDOCK_MACHINE_SHA256 to its hash.",
  });
}

function explain(error: unknown): string {
  if (error instanceof ImageError)
    return `The machine image failed in phase "${error.phase}": ${error.message}\n  What to do: ${error.hint}`;
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOSPC") {
    return `The machine image failed in phase "${phase}": the disk is full.\n  What to do: free 4 GB where ${cacheFolder} is, and run the command again.`;
  }
  return `The machine image failed in phase "${phase}": ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
