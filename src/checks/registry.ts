import * as z from "zod/mini";
import { sayAmount, sayCount } from "./amount.ts";
import { machinePort } from "./container-port.ts";
import { findImage } from "./find-image.ts";
import { shortReference } from "./image-reference.ts";
import { isEvent, type AskContext, type CheckKind } from "./kind.ts";
import { listedAs } from "./listed.ts";
import { portActions } from "./no-page.ts";
import { described } from "./noun-phrase.ts";
import { notYet, passed } from "./outcome.ts";
import { goneProblem } from "./property.ts";
import {
  createRegistryClient,
  RegistryRefusal,
  type Login,
  type RegistryClient,
  type RegistryManifest,
} from "./registry-client.ts";

const text = z.string().check(z.minLength(1));
const tagPattern = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}";
const repositoryPattern = "[a-z0-9]+([._/-]+[a-z0-9]+)*";

const schema = z.strictObject({
  /** Published by the container in which the registry runs; default 5000. */
  port: z.optional(machinePort()),
  repository: z
    .string()
    .check(z.regex(new RegExp(`^${repositoryPattern}$`), "a repository without registry and tag, such as me/app")),
  tag: z.optional(z.string().check(z.regex(new RegExp(`^${tagPattern}$`), "a tag, such as 1.0"))),
  /** Of the manifest that the tag names, or of any in the repository. */
  digest: z.optional(z.string().check(z.regex(/^sha256:[0-9a-f]{64}$/, "sha256: and 64 hexadecimal digits"))),
  /** The registry turns away who has not logged in, and takes this login (HTTP's basic one). */
  user: z.optional(text),
  password: z.optional(text),
  layers: z.optional(z.int().check(z.gte(1))),
  /** Another image of this registry, all of whose layers this one has too. */
  sharesLayersWith: z.optional(
    z
      .string()
      .check(
        z.regex(new RegExp(`^${repositoryPattern}:${tagPattern}$`), "a repository with a tag, such as me/app:1.0"),
      ),
  ),
  /** An image in the engine that is the same as the one in the registry. */
  sameAs: z.optional(z.string().check(z.regex(/^\S+$/, "an image's name without spaces, such as hello:1.0"))),
  /** Asks for the opposite: that there is no such tag or digest, or no tag at all. */
  gone: z.optional(z.literal(true)),
});

type Parameters = z.infer<typeof schema>;

/** A registry on a published port has an image (or, with `gone`, has not). What is pushed is an event; what is deleted there is none. */
export const registry: CheckKind<Parameters> = {
  kind: "registry",
  schema,
  problem(wanted) {
    const { tag, digest, user, password, layers, sharesLayersWith, sameAs } = wanted;
    if ((user === undefined) !== (password === undefined)) return '"user" and "password" need each other.';
    const [asked] = Object.entries({ layers, sharesLayersWith, sameAs }).find(([, value]) => value !== undefined) ?? [];
    if (asked !== undefined && tag === undefined && digest === undefined) {
      return `"${asked}" needs "tag" or "digest", as a repository has several images.`;
    }
    return goneProblem(wanted, ["port", "repository", "tag", "digest", "user", "password"]);
  },
  hasNoEvent: true,
  isAbsence: ({ gone }) => gone === true,
  concerns: (_, change) =>
    isEvent(change, "container", portActions) ||
    isEvent(change, "image", imageActions) ||
    // Such as curl that deletes something in the registry.
    (change.source === "terminal" && change.command.exitCode !== undefined),
  async ask(wanted, context) {
    const { port = defaultPort, user, password, gone } = wanted;
    const login = user === undefined || password === undefined ? undefined : { user, password };
    const client = createRegistryClient(port, login, context);
    try {
      const seen =
        (await askLogin(client, port, login)) ??
        (gone === true ? await askGone(wanted, client) : await askImage(wanted, client, context));
      return seen === undefined ? passed : notYet(seen, sayWanted(wanted));
    } catch (error) {
      if (error instanceof RegistryRefusal) return notYet(error.message, sayWanted(wanted));
      throw error;
    }
  },
  holds: (wanted) =>
    wanted.gone === true
      ? `The ${where(wanted)} does not have ${sayName(wanted)}.`
      : `The ${where(wanted)} has ${describe(wanted)}.`,
};

const defaultPort = 5000;
const imageActions = new Set("push pull tag untag delete load import build create".split(" "));

async function askLogin(client: RegistryClient, port: number, login: Login | undefined): Promise<string | undefined> {
  if (login === undefined || (await client.asksForLogin())) return undefined;
  return `The registry on port ${port} asks nobody for a login.`;
}

async function askGone(wanted: Parameters, client: RegistryClient): Promise<string | undefined> {
  const { repository, tag, digest } = wanted;
  const isThere =
    digest === undefined
      ? ((await client.tags(repository)) ?? []).some((each) => tag === undefined || each === tag)
      : (await client.manifest(repository, digest)) !== undefined;
  return isThere ? `The ${where(wanted)} still has ${sayName(wanted)}.` : undefined;
}

/** What is not as it is wanted. */
async function askImage(wanted: Parameters, client: RegistryClient, context: AskContext): Promise<string | undefined> {
  const { repository, tag, digest } = wanted;
  const has = `The ${where(wanted)} has`;
  const tags = await client.tags(repository);
  if (tags === undefined) {
    const others = await client.repositories();
    const instead = others.length === 0 ? "it is empty" : `it has ${listedAs("repository", others, "repositories")}`;
    return `${has} no repository ${repository}; ${instead}.`;
  }
  if (tag !== undefined && !tags.includes(tag)) {
    return `${has} the repository ${repository}, but ${tags.length === 0 ? "without a tag" : `only with ${listedAs("tag", tags)}`}.`;
  }
  if (tag === undefined && digest === undefined) {
    return tags.length === 0 ? `${has} the repository ${repository}, but without a tag.` : undefined;
  }
  const found = await client.manifest(repository, tag ?? digest ?? "");
  if (found === undefined) {
    return `${has} the repository ${repository}, but ${tag === undefined ? `nothing with the digest ${digest ?? ""}` : `no manifest for the tag ${tag}`}.`;
  }
  const wrong = await difference(wanted, found, client, context);
  return wrong && `The image ${sayName(wanted)} in the ${where(wanted)} ${wrong}.`;
}

/** To follow the image's name. */
async function difference(
  { digest, layers, sharesLayersWith, sameAs }: Parameters,
  found: RegistryManifest,
  client: RegistryClient,
  context: AskContext,
): Promise<string | undefined> {
  if (digest !== undefined && found.digest !== digest) return `has the digest ${found.digest ?? "that is not told"}`;
  if (layers !== undefined && found.layers.length !== layers) return `has ${sayCount(found.layers.length, "layer")}`;
  if (sharesLayersWith !== undefined) {
    const [repository = "", tag = ""] = sharesLayersWith.split(":");
    const other = await client.manifest(repository, tag);
    if (other === undefined) return `has no ${sharesLayersWith} beside it to share layers with`;
    const shared = other.layers.filter((layer) => found.layers.includes(layer)).length;
    if (shared < other.layers.length) return `shares ${sayCount(shared, "layer")} with ${sharesLayersWith}`;
  }
  if (sameAs === undefined) return undefined;
  const local = await findImage(sameAs, context);
  if (local === undefined)
    return `cannot be compared: there is no image called ${shortReference(sameAs)} in the engine`;
  // An engine's id of an image is the digest of its configuration, or in newer image stores that of its manifest.
  const id = local.Id ?? "";
  const isSame = id === found.config || id === found.digest;
  return isSame ? undefined : `is another image than ${shortReference(sameAs)} in the engine`;
}

function sayWanted(wanted: Parameters): string {
  return wanted.gone === true
    ? `Wanted is that the ${where(wanted)} no longer has ${sayName(wanted)}.`
    : `Wanted is ${describe(wanted)} in the ${where(wanted)}${wanted.user === undefined ? "" : `, which asks for a login and takes that of ${wanted.user}`}.`;
}

function where({ port = defaultPort }: Parameters): string {
  return `registry on port ${port}`;
}

function sayName({ repository, tag, digest }: Parameters): string {
  if (tag !== undefined) return `${repository}:${tag}`;
  return digest === undefined ? `a tag of ${repository}` : `${repository}@${digest}`;
}

function describe(wanted: Parameters): string {
  const { tag, digest, layers, sharesLayersWith, sameAs } = wanted;
  const what = tag === undefined && digest === undefined ? sayName(wanted) : `the image ${sayName(wanted)}`;
  const which = [
    digest === undefined || tag === undefined ? "" : "with the digest that the step asks for",
    layers === undefined ? "" : `with ${sayAmount({ exactly: layers }, "layer")}`,
    sharesLayersWith === undefined ? "" : `that shares all layers of ${sharesLayersWith}`,
    sameAs === undefined ? "" : `that is the same image as ${shortReference(sameAs)} in the engine`,
  ].filter((words) => words !== "");
  return described(what, which);
}
