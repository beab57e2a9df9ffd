import { createHash } from "node:crypto";
import type { Fetch } from "../../src/download/transfer.ts";

export const CATALOGUE_URL = new URL("https://drydock.test/site/catalogue/index.json");

/** A catalogue on a web server in memory. */
export interface FakeSite {
  readonly fetch: Fetch;
  readonly requests: FakeRequest[];
  /** Files by their address; what is not there is answered with 404. */
  readonly files: Map<string, Uint8Array<ArrayBuffer>>;
  /** Answers the next requests instead, in their order; `undefined` leaves one to the files. */
  readonly instead: (Response | Error | undefined)[];
  put(content: Uint8Array<ArrayBuffer>): { digest: string; size: number; url: string };
  /** Puts an image with these layers into the catalogue. */
  addImage(name: string, ...layers: readonly Uint8Array<ArrayBuffer>[]): { manifest: string; layers: string[] };
  removeImages(): void;
}

interface FakeRequest {
  readonly url: string;
  readonly cache: RequestCache | undefined;
  readonly range: string | null;
  readonly signal: AbortSignal | null | undefined;
}

export function createFakeSite(): FakeSite {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const requests: FakeSite["requests"] = [];
  const instead: FakeSite["instead"] = [];
  let manifests: unknown[] = [];
  const put = (content: Uint8Array<ArrayBuffer>) => {
    const sha256 = createHash("sha256").update(content).digest("hex");
    const url = new URL(`blobs/sha256/${sha256}`, CATALOGUE_URL).href;
    files.set(url, content);
    return { digest: `sha256:${sha256}`, size: content.length, url };
  };
  const describe = (mediaType: string, content: Uint8Array<ArrayBuffer>) => {
    const { digest, size } = put(content);
    return { mediaType, digest, size };
  };
  const writeIndex = () => void files.set(CATALOGUE_URL.href, json({ schemaVersion: 2, manifests }));
  writeIndex();
  return {
    files,
    requests,
    instead,
    put,
    fetch: async (input, init) => {
      await Promise.resolve();
      const url = input instanceof Request ? input.url : input.toString();
      const range = new Headers(init?.headers).get("range");
      requests.push({ url, cache: init?.cache, range, signal: init?.signal });
      const other = instead.shift();
      if (other instanceof Error) throw other;
      if (other) return other;
      const file = files.get(url);
      if (!file) return new Response(null, { status: 404, statusText: "Not Found" });
      const from = Number(/^bytes=(\d+)-$/.exec(range ?? "")?.[1] ?? 0);
      return new Response(inPieces(file.subarray(from)), { status: from > 0 ? 206 : 200 });
    },
    addImage(name, ...contents) {
      const config = describe("application/vnd.oci.image.config.v1+json", json({ made: name }));
      const layers = contents.map((content) => describe("application/vnd.oci.image.layer.v1.tar+gzip", content));
      const mediaType = "application/vnd.oci.image.manifest.v1+json";
      const manifest = describe(mediaType, json({ schemaVersion: 2, mediaType, config, layers }));
      manifests.push({ ...manifest, annotations: { "io.containerd.image.name": `docker.io/${name}` } });
      writeIndex();
      return { manifest: manifest.digest, layers: layers.map(({ digest }) => digest) };
    },
    removeImages() {
      manifests = [];
      writeIndex();
    },
  };
}

/** A body that breaks after these bytes, when they have been read. */
export function broken(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  let isFirst = true;
  return new ReadableStream(
    {
      pull(controller) {
        if (isFirst) controller.enqueue(bytes);
        else controller.error(new TypeError("network"));
        isFirst = false;
      },
    },
    { highWaterMark: 0 },
  );
}

export function json(value: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(value));
}

/** Bytes that differ from one place to the next. */
export function patterned(length: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_, index) => (index * 31 + (index >> 8)) & 255);
}

function inPieces(content: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start(controller) {
      for (let at = 0; at < content.length; at += 1000) controller.enqueue(content.slice(at, at + 1000));
      controller.close();
    },
  });
}
