/** Grammar of the OCI distribution specification, 1.1. */
const COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
export const REPOSITORY = new RegExp(`^(?=.{1,255}$)${COMPONENT}(?:/${COMPONENT})*$`);
export const TAG = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/;
/** The one algorithm that registries use. */
export const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** A repository of Docker Hub as people write it: `nginx` for `library/nginx`. */
export function familiarName(repository: string): string {
  return repository.replace(/^library\/(?=[^/]+$)/, "");
}

/** An image as people write it, by tag or by digest: `nginx:1.26`, `nginx@sha256:…`. */
export function familiarReference(repository: string, reference: string): string {
  return `${familiarName(repository)}${DIGEST.test(reference) ? "@" : ":"}${reference}`;
}
