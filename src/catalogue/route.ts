import { DIGEST, REPOSITORY, TAG } from "./names.ts";

/** What a path of the OCI distribution specification's pull side asks for. */
export type Route =
  | { readonly kind: "version" }
  | { readonly kind: "catalog"; readonly page: ListPage }
  | { readonly kind: "tags"; readonly repository: string; readonly page: ListPage }
  /** `reference` is a tag or a digest. */
  | { readonly kind: "manifest"; readonly repository: string; readonly reference: string }
  | { readonly kind: "blob"; readonly repository: string; readonly digest: string }
  | { readonly kind: "unknown" };

/** Which part of a list: at most `count` names, those after `last`. */
export interface ListPage {
  readonly count: number;
  readonly last: string | undefined;
}

/** Nothing here is decoded: no name, tag or digest needs an escape, and what has one is unknown. */
export function readRoute(target: string): Route {
  const [path = "", query = ""] = target.split("?", 2);
  const asked = new URLSearchParams(query);
  // containerd and BuildKit say which registry they mean.
  if ((asked.get("ns") ?? "docker.io") !== "docker.io") return unknown;
  if (path === "/v2" || path === "/v2/") return { kind: "version" };
  if (path === "/v2/_catalog") return { kind: "catalog", page: readPage(asked) };
  const match = /^\/v2\/(.+)\/(manifests|blobs|tags)\/([^/]+)$/.exec(path);
  const [, repository = "", what, reference = ""] = match ?? [];
  if (!REPOSITORY.test(repository)) return unknown;
  if (what === "tags" && reference === "list") return { kind: "tags", repository, page: readPage(asked) };
  if (what === "manifests" && (TAG.test(reference) || DIGEST.test(reference)))
    return { kind: "manifest", repository, reference };
  if (what === "blobs" && DIGEST.test(reference)) return { kind: "blob", repository, digest: reference };
  return unknown;
}

const unknown = { kind: "unknown" } as const;

function readPage(asked: URLSearchParams): ListPage {
  const count = asked.get("n") ?? "";
  return { count: /^[0-9]{1,9}$/.test(count) ? Number(count) : Infinity, last: asked.get("last") ?? undefined };
}
