import type { WebContainerLicence } from "../../components/web-container-licence.ts";
import type { Obstacle } from "./run-here-error.ts";

/** What can be known of the browser and the page before anything is loaded. */
export interface Surroundings {
  readonly hasWebAssembly: boolean;
  /** https, or this computer. */
  readonly isSecure: boolean;
  readonly isIsolated: boolean;
  readonly hasSharedMemory: boolean;
  readonly hasServiceWorkers: boolean;
  readonly isOnline: boolean;
  readonly host: string;
}

export function readSurroundings(): Surroundings {
  return {
    hasWebAssembly: typeof WebAssembly === "object",
    isSecure: isSecureContext,
    isIsolated: crossOriginIsolated,
    hasSharedMemory: typeof SharedArrayBuffer === "function",
    hasServiceWorkers: "serviceWorker" in navigator,
    isOnline: navigator.onLine,
    host: location.hostname,
  };
}

/** The first thing in the way; undefined if nothing is. `no-isolation` stands for missing headers too: `reach.ts` tells them apart. */
export function findObstacle(around: Surroundings, licence: WebContainerLicence): Obstacle | undefined {
  if (!around.hasWebAssembly) return "no-webassembly";
  if (!around.isSecure) return "insecure";
  if (!around.isIsolated) return "no-isolation";
  if (!around.hasSharedMemory) return "no-shared-memory";
  if (!around.hasServiceWorkers) return "no-service-workers";
  // Whoever tries the site on their own computer runs no public site.
  if (licence.kind === "none" && !isThisComputer(around.host)) return "no-licence";
  return around.isOnline ? undefined : "offline";
}

function isThisComputer(host: string): boolean {
  return host === "localhost" || host.endsWith(".localhost") || host === "127.0.0.1" || host === "[::1]";
}
