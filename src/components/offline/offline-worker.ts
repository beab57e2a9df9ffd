import { OfflineError } from "../../offline/offline-error.ts";
import { workerName } from "../../offline/site-files.ts";
import { link } from "../link.ts";

/** Why nothing can be kept here; undefined where it can. */
export async function obstacle(): Promise<"unsupported" | "previewHost" | undefined> {
  // Both are missing on pages without a secure connection, the first in some private windows too.
  if (!("serviceWorker" in navigator) || typeof caches === "undefined") return "unsupported";
  try {
    return isPreviewWorker(await navigator.serviceWorker.getRegistration(link(""))) ? "previewHost" : undefined;
  } catch {
    return "unsupported";
  }
}

/** Rejects with an `OfflineError`. */
export async function registerOfflineWorker(): Promise<ServiceWorkerRegistration> {
  try {
    return await navigator.serviceWorker.register(link(workerName), {
      scope: link(""),
      type: "module",
      updateViaCache: "none",
    });
  } catch (cause) {
    throw new OfflineError(navigator.onLine ? "refused" : "unreachable", { cause });
  }
}

/** A local server has two names, from each of which previews come to the other; a scope has one worker. */
function isPreviewWorker(registration: ServiceWorkerRegistration | undefined): boolean {
  const { active, waiting, installing } = registration ?? {};
  return (active ?? waiting ?? installing)?.scriptURL.endsWith("/preview-worker.js") === true;
}
