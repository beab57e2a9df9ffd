import type { NoPage } from "./world.ts";

/** Less than the machine has for an answer, so that a server which hangs is not taken for a machine that does. */
export const pageTimeoutMs = 8000;

/** `wanted` is what should listen, such as `web server`. */
export function sayNoPage({ failed }: NoPage, port: number, wanted: string): string {
  if (failed === "closed") return `Nothing answers on port ${port}.`;
  return `Port ${port} is open, but ${failed === "silent" ? "no answer came" : `what listens is no ${wanted}`}.`;
}

/** What may start or end what listens on a port. */
export const portActions = new Set("start die stop kill pause unpause restart destroy".split(" "));
