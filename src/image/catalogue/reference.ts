import { ImageError } from "../error.ts";

/** An image on Docker Hub as the engine names it in full: `docker.io/library/nginx:1`. */
export interface HubReference {
  readonly repository: string;
  readonly tag: string;
  /** `docker.io/library/nginx:1` */
  readonly name: string;
}

/** Reads `nginx`, `nginx:1` or `grafana/loki:3` as Docker does. Throws an `ImageError` for a digest, and for another registry's image. */
export function parseHubReference(text: string): HubReference {
  const plain = text.replace(/^docker\.io\//, "");
  const match = /^((?:[a-z0-9]+(?:[._-]+[a-z0-9]+)*)(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*)(?::(\w[\w.-]{0,127}))?$/.exec(
    plain,
  );
  const [, path = "", tag = "latest"] = match ?? [];
  const [first = "", second] = path.split("/");
  if (!match || (second !== undefined && /[.:]|^localhost$/.test(first))) {
    throw new ImageError("catalogue", `"${text}" is no image of Docker Hub by its tag.`, {
      hint: "Write it as docker pull takes it: alpine:3, or grafana/loki:3. The machine's mirror answers for Docker Hub's names only.",
    });
  }
  const repository = second === undefined ? `library/${first}` : path;
  return { repository, tag, name: `docker.io/${repository}:${tag}` };
}
