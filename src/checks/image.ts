import * as z from "zod/mini";
import { normaliseReference, repositoryOf, shortReference } from "./image-reference.ts";
import { isEvent, type CheckKind } from "./kind.ts";
import { notYet, passed } from "./outcome.ts";
import type { ImageDetails, ImageSummary } from "./world.ts";

const schema = z.strictObject({
  reference: z.string().check(z.minLength(1), z.regex(/^\S+$/)),
  minLayers: z.optional(z.int().check(z.gte(1))),
  /** The image's own command: in one line, or word by word. */
  cmd: z.optional(z.union([z.string().check(z.minLength(1)), z.array(z.string()).check(z.minLength(1))])),
  /** `80` means `80/tcp`. */
  exposedPort: z.optional(
    z.union([z.int().check(z.gte(1), z.lte(65535)), z.string().check(z.regex(/^\d{1,5}\/(tcp|udp)$/))]),
  ),
  labels: z.optional(z.record(z.string(), z.string())),
});

type Parameters = z.infer<typeof schema>;

/** The engine has an image of this name and tag, made like this. */
export const image: CheckKind<Parameters> = {
  kind: "image",
  schema,
  concerns: (_, change) => isEvent(change, "image", imageActions),
  async ask(wanted, context) {
    const wants = `Wanted is an image ${describe(wanted)}.`;
    const details = await context.world.engine.image(wanted.reference, context);
    if (details === undefined) {
      return notYet(seenInstead(wanted.reference, await context.world.engine.images(context)), wants);
    }
    const wrong = differences(wanted, details);
    if (wrong.length === 0) return passed;
    const name = shortReference(wanted.reference);
    return notYet(wrong.map((difference) => `The image ${name} ${difference}.`).join(" "), wants);
  },
};

const imageActions = new Set(["tag", "untag", "delete", "pull", "load", "import", "build", "create"]);

function differences(wanted: Parameters, { RootFS, Config }: ImageDetails): string[] {
  const wrong: string[] = [];
  const layers = RootFS?.Layers?.length ?? 0;
  if (wanted.minLayers !== undefined && layers < wanted.minLayers) {
    wrong.push(layers === 1 ? "has one layer" : `has ${layers} layers`);
  }
  if (wanted.cmd !== undefined && !isCommand(wanted.cmd, Config?.Cmd ?? [])) {
    const words = Config?.Cmd ?? [];
    wrong.push(words.length === 0 ? "has no command of its own" : `has the command "${words.join(" ")}"`);
  }
  if (wanted.exposedPort !== undefined && !(portName(wanted.exposedPort) in (Config?.ExposedPorts ?? {}))) {
    const exposed = Object.keys(Config?.ExposedPorts ?? {});
    wrong.push(exposed.length === 0 ? "declares no port" : `declares the port ${exposed.join(", ")}`);
  }
  for (const [key, value] of Object.entries(wanted.labels ?? {})) {
    const found = Config?.Labels?.[key];
    if (found === value) continue;
    wrong.push(found === undefined ? `has no label ${key}` : `has the label ${key} with the value "${found}"`);
  }
  return wrong;
}

function isCommand(wanted: string | readonly string[], words: readonly string[]): boolean {
  if (typeof wanted !== "string") return wanted.length === words.length && wanted.every((word, n) => word === words[n]);
  const inShell = words.length === 3 && words[1] === "-c" ? words[2] : undefined;
  return words.join(" ") === wanted.trim() || inShell?.trim() === wanted.trim();
}

function portName(port: string | number): string {
  return typeof port === "number" ? `${port}/tcp` : port;
}

function describe({ reference, minLayers, cmd, exposedPort, labels }: Parameters): string {
  const which = [
    minLayers === undefined ? "" : `at least ${minLayers} layers`,
    cmd === undefined ? "" : "the command that the step asks for",
    exposedPort === undefined ? "" : `the declared port ${portName(exposedPort)}`,
    ...Object.keys(labels ?? {}).map((key) => `the label ${key} that the step asks for`),
  ].filter((words) => words !== "");
  return `called ${shortReference(reference)}${which.length === 0 ? "" : ` with ${which.join(", ")}`}`;
}

function seenInstead(reference: string, all: readonly ImageSummary[]): string {
  const names = all.flatMap(({ RepoTags }) => RepoTags ?? []).filter((name) => name !== "<none>:<none>");
  const related = names.filter((name) => repositoryOf(name) === repositoryOf(reference));
  const [repository = ""] = shortReference(reference).split(":");
  if (related.length > 0) {
    const tags = related.map((name) => normaliseReference(name).split(":").at(-1) ?? "").join(", ");
    return `There is an image ${repository}, but only with the tag ${tags}.`;
  }
  if (all.some(({ RepoTags }) => (RepoTags ?? []).every((name) => name === "<none>:<none>"))) {
    return `There is no image called ${repository}, but there is one without a name.`;
  }
  return `There is no image called ${repository}.`;
}
