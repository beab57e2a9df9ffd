import { lstat, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { unpack } from "../apt.ts";
import { command } from "../command.ts";
import { dropped } from "../root.ts";
import { mediaTypes, platform, putJson, type Descriptor } from "./blobs.ts";
import { archiveTree, putLayer, type Layer } from "./layer.ts";
import type { ContainerConfig, ImageRecipe } from "./recipes.ts";

/** An image of the catalogue that is finished, as far as others stand on it. */
export interface BuiltImage {
  readonly name: string;
  readonly manifest: Descriptor;
  readonly version: string;
  readonly layers: readonly Layer[];
  readonly history: readonly HistoryStep[];
  /** dpkg's records of all packages in it. */
  readonly status: string;
}

/** OCI image specification, `history` of a configuration. */
export interface HistoryStep {
  readonly created: string;
  readonly created_by: string;
  readonly empty_layer?: true;
}

export interface ImageParts {
  readonly recipe: ImageRecipe;
  /** What it stands on, if anything. */
  readonly base: BuiltImage | undefined;
  /** The `.deb` files of its own layer. */
  readonly packages: readonly string[];
  /** Where its packages are unpacked; is emptied. */
  readonly work: string;
  /** The layout it is written to. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** One layer of unpacked packages on top of those of the base, a configuration and a manifest. No package's script is run. */
export async function buildImage({ recipe, base, packages, work, folder, signal }: ImageParts): Promise<BuiltImage> {
  await rm(work, { recursive: true, force: true });
  await unpack(packages, work, signal);
  for (const path of [...dropped.filter(isNoLicence), ...(recipe.without ?? [])])
    await rm(join(work, path), { recursive: true, force: true });
  await keepLicencesOnly(join(work, "usr/share/doc"));

  const status = `${base?.status ?? ""}${await readStatus(packages, signal)}`;
  const version = await readVersion(packages, recipe.versionOf, signal);
  const when = await newest(work);
  const files = {
    ...recipe.files,
    "var/lib/dpkg/status": { text: status },
  };
  const layer = await putLayer(folder, await archiveTree(work, files, when));
  const created = when.toISOString();
  const layers = [...(base?.layers ?? []), layer];
  const history = [
    ...(base?.history.filter((step) => !step.empty_layer) ?? []),
    { created, created_by: `unpack ${recipe.packages.join(" ")} # from Debian 13, by this site` },
    ...describeConfig(recipe.config).map((words) => ({ created, created_by: words, empty_layer: true as const })),
  ];
  const manifest = await putImage(folder, { recipe, version, created, layers, history });
  await rm(work, { recursive: true, force: true });
  return { name: recipe.name, manifest, version, layers, history, status };
}

async function putImage(
  folder: string,
  {
    recipe,
    version,
    created,
    layers,
    history,
  }: Pick<BuiltImage, "version" | "layers" | "history"> & { recipe: ImageRecipe; created: string },
): Promise<Descriptor> {
  const labels = {
    "org.opencontainers.image.title": recipe.name,
    "org.opencontainers.image.version": version,
    "org.opencontainers.image.description": recipe.description,
    "org.opencontainers.image.licenses": recipe.licence,
    "org.opencontainers.image.vendor": "Drydock, from Debian's packages",
  };
  const config = await putJson(folder, mediaTypes.config, {
    created,
    ...platform,
    config: { ...recipe.config, Labels: labels },
    rootfs: { type: "layers", diff_ids: layers.map(({ diffId }) => diffId) },
    history,
  });
  return putJson(folder, mediaTypes.manifest, {
    schemaVersion: 2,
    mediaType: mediaTypes.manifest,
    config,
    layers: layers.map(({ descriptor }) => descriptor),
  });
}

/** Each setting as the Dockerfile instruction that would make it. */
function describeConfig(config: ContainerConfig): string[] {
  return [
    ...(config.Env ?? []).map((variable) => `ENV ${variable}`),
    ...(config.WorkingDir === undefined ? [] : [`WORKDIR ${config.WorkingDir}`]),
    ...Object.keys(config.Volumes ?? {}).map((path) => `VOLUME ${path}`),
    ...Object.keys(config.ExposedPorts ?? {}).map((port) => `EXPOSE ${port}`),
    ...(config.StopSignal === undefined ? [] : [`STOPSIGNAL ${config.StopSignal}`]),
    ...(config.User === undefined ? [] : [`USER ${config.User}`]),
    ...(config.Entrypoint === undefined ? [] : [`ENTRYPOINT ${JSON.stringify(config.Entrypoint)}`]),
    ...(config.Cmd === undefined ? [] : [`CMD ${JSON.stringify(config.Cmd)}`]),
  ];
}

/** The machine drops all of /usr/share/doc, as its licences lie beside it; an image carries them with it. */
function isNoLicence(path: string): boolean {
  return path !== "usr/share/doc";
}

async function keepLicencesOnly(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])) {
    const isLicence =
      entry.name === "copyright" || entry.isDirectory() || (entry.isSymbolicLink() && entry.parentPath === folder);
    if (!isLicence) await rm(join(entry.parentPath, entry.name), { force: true });
  }
}

/** What dpkg would have written for installed packages, so that `dpkg -l` works in the image. */
async function readStatus(packages: readonly string[], signal: AbortSignal): Promise<string> {
  let status = "";
  for (const path of packages) {
    const control = await command("dpkg-deb", ["-f", path], { phase: "catalogue", signal });
    status += `${control.trim().replace(/^Package: .*$/m, "$&\nStatus: install ok installed")}\n\n`;
  }
  return status;
}

async function readVersion(packages: readonly string[], name: string, signal: AbortSignal): Promise<string> {
  const path = packages.find((file) => file.includes(`-${name}_`));
  if (path === undefined) throw new TypeError(`The package ${name} is not in the image whose version it gives.`);
  const version = await command("dpkg-deb", ["-f", path, "Version"], { phase: "catalogue", signal });
  return upstreamVersion(version.trim());
}

/** Debian's `5:8.0.2-3+deb13u3` is upstream's 8.0.2 (Debian policy 5.6.12). */
export function upstreamVersion(version: string): string {
  return /^(?:\d+:)?(\d+(?:\.\d+)*)/.exec(version)?.[1] ?? version;
}

/** `latest`, and each shorter form of the version. */
export function tagsOf(version: string): string[] {
  const parts = version.split(".");
  return ["latest", ...parts.map((_, n) => parts.slice(0, n + 1).join("."))];
}

async function newest(folder: string): Promise<Date> {
  let latest = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    latest = Math.max(latest, (await lstat(join(entry.parentPath, entry.name))).mtimeMs);
  }
  return new Date(Math.floor(latest / 1000) * 1000);
}
