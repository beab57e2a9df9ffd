/** A page behind a published port. */
export interface Place {
  readonly port: number;
  /** Begins with a slash; with query and fragment where it has them. */
  readonly path: string;
}

/** Where the preview host has it: `/~8080/about` is `/about` on port 8080. */
export function formatPlace({ port, path }: Place): string {
  return `/~${port}${path}`;
}

/** Undefined for a path that is no preview's. `/~8080` without a slash is its root. */
export function readPlace(path: string): Place | undefined {
  const match = /^\/~([1-9]\d{0,4})(\/.*|[?#].*)?$/.exec(path);
  const port = Number(match?.[1]);
  if (match === null || port > 65_535) return undefined;
  const rest = match[2] ?? "/";
  return { port, path: rest.startsWith("/") ? rest : `/${rest}` };
}

/** The page that joins a preview to the site. */
export const bridgePage = "/preview/bridge/";

export function isBridge(path: string): boolean {
  return path === bridgePage || path === `${bridgePage}index.html`;
}

/** What reports console messages, at the start of every previewed page. */
export const consoleScript = "/preview/console.js";
