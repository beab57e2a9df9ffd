import { RunHereError } from "./run-here-error.ts";

export interface Reach {
  readonly fetch: typeof fetch;
  /** Where violations of the page's policy are told. */
  readonly page: Pick<EventTarget, "addEventListener" | "removeEventListener">;
  /** The address of the page itself. */
  readonly here: string;
}

/** Where WebContainers are loaded from; `@webcontainer/api` frames it. */
export const headlessUrl = "https://stackblitz.com/headless";

/**
 * Asks for the page that is going to be framed, since a frame does not tell that it came to nothing. Rejects with a `RunHereError`:
 * `blocked`, `unreachable` or `offline`. The page can be asked for by no other means than it can be framed by: both need that it lets
 * itself be embedded (`Cross-Origin-Resource-Policy`).
 */
export async function reachVendor({ fetch, page, here }: Reach, signal: AbortSignal): Promise<void> {
  const { origin } = new URL(headlessUrl);
  const refused: string[] = [];
  const note = (event: Event) => refused.push((event as SecurityPolicyViolationEvent).blockedURI);
  page.addEventListener("securitypolicyviolation", note);
  const late = AbortSignal.any([signal, AbortSignal.timeout(reachMs)]);
  try {
    await fetch(headlessUrl, { mode: "no-cors", credentials: "omit", cache: "no-store", signal: late });
  } catch (cause) {
    signal.throwIfAborted();
    const isHere = await answers(fetch, here, signal);
    signal.throwIfAborted();
    const isBlocked = refused.some((uri) => uri.startsWith(origin));
    const code = isBlocked ? "blocked" : isHere ? "unreachable" : "offline";
    throw new RunHereError(code, `${origin} did not answer.`, { cause });
  } finally {
    page.removeEventListener("securitypolicyviolation", note);
  }
}

/** Whether the page's host sends the header without which no page is isolated; rejects when it cannot be asked. */
export async function sendsIsolation({ fetch, here }: Reach, signal: AbortSignal): Promise<boolean> {
  const late = AbortSignal.any([signal, AbortSignal.timeout(reachMs)]);
  const { headers } = await fetch(here, { method: "HEAD", cache: "no-store", signal: late });
  return headers.has("cross-origin-embedder-policy");
}

async function answers(fetch: Reach["fetch"], url: string, signal: AbortSignal): Promise<boolean> {
  const late = AbortSignal.any([signal, AbortSignal.timeout(reachMs)]);
  return fetch(url, { method: "HEAD", cache: "no-store", signal: late }).then(
    () => true,
    () => false,
  );
}

const reachMs = 15_000;
