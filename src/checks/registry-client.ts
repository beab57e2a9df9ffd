import * as z from "zod/mini";
import type { AskContext } from "./kind.ts";
import { pageTimeoutMs, sayNoPage } from "./no-page.ts";
import type { PageAnswer } from "./world.ts";

/** What a registry on a port of the machine has, asked by the OCI distribution API. */
export interface RegistryClient {
  /** `undefined` where it has no such repository; empty when all its tags are gone. */
  tags(repository: string): Promise<readonly string[] | undefined>;
  /** Its beginning, if they are many. */
  repositories(): Promise<readonly string[]>;
  /** By tag or digest; `undefined` where there is none. */
  manifest(repository: string, reference: string): Promise<RegistryManifest | undefined>;
  /** Whether it turns away who has not logged in. */
  asksForLogin(): Promise<boolean>;
}

export interface RegistryManifest {
  /** Of what the tag names, which may be an index; `undefined` when the registry does not tell it. */
  readonly digest: string | undefined;
  /** Of the image's configuration; `undefined` for an index without an image. */
  readonly config: string | undefined;
  /** From the bottom. */
  readonly layers: readonly string[];
}

export interface Login {
  readonly user: string;
  readonly password: string;
}

/** Why a registry gave no answer, in a sentence for the learner. */
export class RegistryRefusal extends Error {
  override readonly name = "RegistryRefusal";
}

/** Its questions reject with a `RegistryRefusal` where the registry is not there, or does not answer as one. */
export function createRegistryClient(
  port: number,
  login: Login | undefined,
  { world, signal }: Pick<AskContext, "world" | "signal">,
): RegistryClient {
  const get = async (path: string, as: Login | undefined): Promise<PageAnswer> => {
    const headers = { Accept: manifestTypes, ...(as && { Authorization: basicLogin(as) }) };
    const request = { method: "GET", path: `/v2/${path}`, timeoutMs: pageTimeoutMs, headers };
    const answer = await world.ports.request(port, request, signal && { signal });
    if ("failed" in answer) throw new RegistryRefusal(sayNoPage(answer, port, "registry"));
    return answer;
  };
  /** The body with its digest; `undefined` for what the registry does not have. */
  const ask = async <Body>(path: string, schema: z.ZodMiniType<Body>): Promise<Found<Body> | undefined> => {
    const answer = await get(path, login);
    if (answer.status === 401 || answer.status === 403) throw new RegistryRefusal(sayLogin(port, login));
    const json = readJson(answer);
    const body = schema.safeParse(json);
    if (answer.status === 200 && body.success) {
      return { body: body.data, digest: answer.headers.get("docker-content-digest") };
    }
    const says = refusal.safeParse(json);
    if (answer.status === 404 && says.success) return undefined;
    throw new RegistryRefusal(
      answer.status >= 400 && says.success
        ? `The registry on port ${port} answers with status ${answer.status}.`
        : `What listens on port ${port} is no registry.`,
    );
  };
  return {
    async tags(repository) {
      const found = await ask(`${repository}/tags/list`, tagList);
      // A registry gives them in any order.
      return found && (found.body.tags ?? []).toSorted();
    },
    async repositories() {
      return (await ask("_catalog", catalog))?.body.repositories ?? [];
    },
    async manifest(repository, reference) {
      const named = await ask(`${repository}/manifests/${reference}`, manifestOrIndex);
      if (named === undefined) return undefined;
      let { body } = named;
      if ("manifests" in body) {
        const [first] = body.manifests.filter(({ platform }) => platform?.os !== "unknown");
        const inside = first && (await ask(`${repository}/manifests/${first.digest}`, manifest));
        if (inside === undefined) return { digest: named.digest, config: undefined, layers: [] };
        ({ body } = inside);
      }
      const layers = body.layers.map(({ digest }) => digest);
      return { digest: named.digest, config: body.config.digest, layers };
    },
    async asksForLogin() {
      return (await get("", undefined)).status === 401;
    },
  };
}

interface Found<Body> {
  readonly body: Body;
  readonly digest: string | undefined;
}

const manifestTypes = [
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
].join(", ");

const tagList = z.object({ tags: z.nullable(z.array(z.string())) });
const catalog = z.object({ repositories: z.array(z.string()) });
const named = z.object({ digest: z.string() });
const manifest = z.object({ config: named, layers: z.array(named) });
/** What is not for a platform, such as a note on how an image was built, has the platform `unknown`. */
const index = z.object({
  manifests: z.array(z.object({ digest: z.string(), platform: z.optional(z.object({ os: z.string() })) })),
});
const manifestOrIndex = z.union([manifest, index]);
const refusal = z.object({ errors: z.array(z.object({ code: z.string() })) });

function readJson({ body }: PageAnswer): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function sayLogin(port: number, login: Login | undefined): string {
  return login
    ? `The registry on port ${port} does not take the login of ${login.user} that the step asks for.`
    : `The registry on port ${port} asks for a login.`;
}

/** RFC 7617. */
function basicLogin({ user, password }: Login): string {
  const bytes = new TextEncoder().encode(`${user}:${password}`);
  return `Basic ${btoa(String.fromCharCode(...bytes))}`;
}
