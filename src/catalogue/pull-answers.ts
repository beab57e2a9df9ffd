import { MachineError } from "../machine/error.ts";
import { bytesAnswer, errorAnswer, jsonAnswer, type Answer } from "./answer.ts";
import { tagsByRepository, type Catalogue, type Descriptor } from "./catalogue.ts";
import { blobsOf } from "./image-manifest.ts";
import { DIGEST, familiarName, familiarReference } from "./names.ts";
import type { PullRequest } from "./request.ts";
import { readRoute, type ListPage } from "./route.ts";
import type { CatalogueServerOptions } from "./serve.ts";

/**
 * What the catalogue answers to each request. Only what an image of the asked-for repository consists of is given, not whatever lies beside it:
 * so each blob has a size that is known before the first byte, and a browser loads nothing for a made-up digest.
 */
export function createPullAnswers({ store, tell }: CatalogueServerOptions) {
  let known: Catalogue | undefined;
  const manifests = new Map<string, readonly Descriptor[]>();

  const refreshed = async (signal: AbortSignal) => (known = await store.catalogue(signal));

  const remember = (manifest: Descriptor, bytes: Uint8Array): readonly Descriptor[] => {
    const blobs = [manifest, ...blobsOf(manifest.digest, bytes)];
    manifests.set(manifest.digest, blobs);
    return blobs;
  };

  const manifestOf = async (repository: string, reference: string, signal: AbortSignal): Promise<Answer> => {
    const isDigest = DIGEST.test(reference);
    const find = ({ images }: Catalogue) =>
      images.find(
        (image) => image.repository === repository && (isDigest ? image.manifest.digest : image.tag) === reference,
      )?.manifest;
    // A tag may have moved since; what a digest names never changes.
    const manifest = (isDigest && known ? find(known) : undefined) ?? find(await refreshed(signal));
    if (!manifest) {
      tell({
        kind: "image",
        repository: familiarName(repository),
        reference,
        catalogue: known
          ? [...tagsByRepository(known)].map(([each, tags]) => ({ repository: familiarName(each), tags }))
          : [],
      });
      const name = familiarReference(repository, reference);
      return errorAnswer(404, "MANIFEST_UNKNOWN", `${name} is not in this site's image catalogue`);
    }
    const bytes = await store.bytes(manifest, signal);
    remember(manifest, bytes);
    return bytesAnswer(bytes, {
      "Content-Type": manifest.mediaType,
      ...named(manifest),
    });
  };

  const findBlob = async (repository: string, digest: string, signal: AbortSignal) => {
    const images = (known ?? (await refreshed(signal))).images.filter((image) => image.repository === repository);
    for (const { manifest } of images) {
      const blobs = manifests.get(manifest.digest) ?? remember(manifest, await store.bytes(manifest, signal));
      const blob = blobs.find((each) => each.digest === digest);
      if (blob) return blob;
    }
    return undefined;
  };

  const blobAnswer = async (
    { method, headers }: PullRequest,
    { repository, digest }: { repository: string; digest: string },
    signal: AbortSignal,
  ): Promise<Answer> => {
    const blob = await findBlob(repository, digest, signal);
    if (!blob) {
      const text = `${familiarName(repository)} has no blob ${digest} in this site's image catalogue`;
      return errorAnswer(404, "BLOB_UNKNOWN", text);
    }
    const range = readRange(headers.get("range"), blob.size);
    if (range === "beyond") {
      const text = `the blob has ${String(blob.size)} bytes`;
      return errorAnswer(416, "RANGE_INVALID", text, { "Content-Range": `bytes */${String(blob.size)}` });
    }
    const { from, to } = range ?? { from: 0, to: blob.size };
    // Begun before the head is sent, so that a blob that cannot be had at all is told as such.
    const pieces = cut(store.pieces(blob, signal), from, to);
    const body = method === "HEAD" ? pieces : await begun(pieces);
    return {
      status: range ? 206 : 200,
      headers: {
        "Content-Type": "application/octet-stream",
        "Accept-Ranges": "bytes",
        ...named(blob),
        ...(range && { "Content-Range": `bytes ${String(from)}-${String(to - 1)}/${String(blob.size)}` }),
      },
      byteLength: to - from,
      body: telling(body, repository, digest),
    };
  };

  /** Tells of a body that fails halfway; the connection's end tells nobody why. */
  async function* telling(body: AsyncIterable<Uint8Array>, repository: string, reference: string) {
    try {
      yield* body;
    } catch (error) {
      failed(repository, reference, error);
      throw error;
    }
  }

  const failed = (repository: string, reference: string, error: unknown) => {
    if (error instanceof MachineError && (error.code === "cancelled" || error.code === "disposed")) return;
    if (!(error instanceof Error)) return;
    // A layer's digest says nothing to the person.
    const image = reference.startsWith("sha256:") ? familiarName(repository) : familiarReference(repository, reference);
    tell({ kind: "catalogue", image, error });
  };

  return async (request: PullRequest, signal: AbortSignal): Promise<Answer> => {
    const route = readRoute(request.target);
    try {
      switch (route.kind) {
        case "version":
          return jsonAnswer({});
        case "catalog": {
          const repositories = [...tagsByRepository(await refreshed(signal)).keys()];
          return listAnswer("repositories", repositories, route.page, request.target);
        }
        case "tags": {
          const { repository } = route;
          const tags = tagsByRepository(await refreshed(signal)).get(repository);
          if (!tags) {
            const text = `${familiarName(repository)} is not in this site's image catalogue`;
            return errorAnswer(404, "NAME_UNKNOWN", text);
          }
          return listAnswer("tags", tags, route.page, request.target, { name: repository });
        }
        case "manifest":
          return await manifestOf(route.repository, route.reference, signal);
        case "blob":
          return await blobAnswer(request, route, signal);
        case "unknown":
          return errorAnswer(
            404,
            "NOT_FOUND",
            "there is no such thing in this registry, which can only be pulled from",
          );
      }
    } catch (error) {
      if (signal.aborted) throw error;
      if (route.kind === "manifest") failed(route.repository, route.reference, error);
      if (route.kind === "blob") failed(route.repository, route.digest, error);
      const message = error instanceof Error ? error.message : String(error);
      return errorAnswer(503, "UNAVAILABLE", `the image catalogue could not be read: ${message}`);
    }
  };
}

function named({ digest }: Descriptor): Readonly<Record<string, string>> {
  return { "Docker-Content-Digest": digest, ETag: `"${digest}"` };
}

/** Lists are sorted by code points, as the specification asks. */
function listAnswer(
  key: string,
  names: readonly string[],
  { count, last }: ListPage,
  target: string,
  more: Readonly<Record<string, string>> = {},
): Answer {
  const rest = [...names].sort(byCodePoints).filter((name) => last === undefined || name > last);
  const page = rest.slice(0, count);
  const next = new URLSearchParams({ n: String(count), last: page.at(-1) ?? "" }).toString();
  const link: Record<string, string> =
    page.length > 0 && page.length < rest.length
      ? { Link: `<${target.split("?", 1)[0] ?? ""}?${next}>; rel="next"` }
      : {};
  return jsonAnswer({ ...more, [key]: page }, link);
}

function byCodePoints(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** One range (RFC 9110, 14.1.2), as Docker asks for it to go on with a layer. Any other form may be ignored, and is: undefined. */
function readRange(value: string | null, size: number): { from: number; to: number } | "beyond" | undefined {
  const [, first = "", last = ""] = /^bytes=([0-9]{1,15})-([0-9]{0,15})$/.exec(value ?? "") ?? [];
  if (first === "") return undefined;
  const from = Number(first);
  if (last !== "" && Number(last) < from) return undefined;
  if (from >= size) return "beyond";
  return { from, to: last === "" ? size : Math.min(Number(last) + 1, size) };
}

/** The bytes from `from` up to `to`. All are read nevertheless: only a whole blob can be verified. */
async function* cut(pieces: AsyncIterable<Uint8Array>, from: number, to: number): AsyncGenerator<Uint8Array> {
  let at = 0;
  for await (const piece of pieces) {
    const part = piece.subarray(Math.max(0, from - at), Math.max(0, to - at));
    at += piece.length;
    if (part.length > 0) yield part;
  }
}

/** Waits for the first piece. */
async function begun(pieces: AsyncGenerator<Uint8Array>): Promise<AsyncIterable<Uint8Array>> {
  const first = await pieces.next();
  return (async function* () {
    try {
      if (!first.done) yield first.value;
      yield* pieces;
    } finally {
      await pieces.return(undefined);
    }
  })();
}
