/** `busybox` → `docker.io/library/busybox:latest`: two references are of the same image exactly when these are equal. */
export function normaliseReference(reference: string): string {
  const { registry, repository, tag, digest } = parts(reference);
  return `${registry}/${repository}${digest === undefined ? `:${tag ?? "latest"}` : `@${digest}`}`;
}

/** Whether `found`, as an engine names an image, is the `wanted` one; a digest counts only where it is asked for. */
export function isSameImage(found: string, wanted: string): boolean {
  const plain = wanted.includes("@") ? found : (found.split("@", 1)[0] ?? found);
  return normaliseReference(plain) === normaliseReference(wanted);
}

/** The reference as people write it: without Docker Hub's name, with its tag. */
export function shortReference(reference: string): string {
  return normaliseReference(reference).replace(/^docker\.io\/(library\/)?/, "");
}

/** `busybox`, of `docker.io/library/busybox:1.36`. */
export function shortRepository(reference: string): string {
  return repositoryOf(reference).replace(/^docker\.io\/(library\/)?/, "");
}

/** `latest`, if none is given; `undefined` with a digest. */
export function tagOf(reference: string): string | undefined {
  const { tag, digest } = parts(reference);
  return digest === undefined ? (tag ?? "latest") : undefined;
}

/** `docker.io/library/busybox` for `busybox:1.36`. */
export function repositoryOf(reference: string): string {
  const { registry, repository } = parts(reference);
  return `${registry}/${repository}`;
}

function parts(reference: string) {
  const [named = "", digest] = reference.split("@", 2);
  // A colon after the last slash is a tag's; one before it is a registry's port.
  const colon = named.indexOf(":", named.lastIndexOf("/") + 1);
  const name = colon < 0 ? named : named.slice(0, colon);
  const tag = colon < 0 ? undefined : named.slice(colon + 1);
  const slash = name.indexOf("/");
  const first = slash < 0 ? "" : name.slice(0, slash);
  const hasRegistry = first === "localhost" || /[.:]/.test(first);
  const registry = !hasRegistry || first === "index.docker.io" ? "docker.io" : first;
  const path = hasRegistry ? name.slice(slash + 1) : name;
  const repository = registry === "docker.io" && !path.includes("/") ? `library/${path}` : path;
  return { registry, repository, tag, digest };
}
