import { render } from "preact";
import type { WebContainerLicence } from "../../components/web-container-licence.ts";
import type { RunHere } from "../../lessons/run-here.ts";
import { reachVendor, sendsIsolation, type Reach } from "./reach.ts";
import { RunHereDesk } from "./run-here-desk.ts";
import { RunHereError } from "./run-here-error.ts";
import { RunHereView } from "./RunHereView.tsx";
import { findObstacle, readSurroundings } from "./surroundings.ts";
import { createWebContainerBoot } from "./web-container.ts";

/** What the page has of its app, from its build. */
export interface RunHerePage extends Pick<RunHere, "start" | "port" | "files"> {
  readonly licence: WebContainerLicence;
  readonly instead: string;
}

/** Puts an app that can run in the tab into its place. */
export function placeRunHere(
  place: HTMLElement,
  { start, port, files, licence, instead }: RunHerePage,
): AsyncDisposable {
  const reach: Reach = { fetch: (...request) => fetch(...request), page: document, here: location.href };
  const desk = new RunHereDesk({
    files,
    start,
    port,
    look: (signal) => lookAround(reach, licence, signal),
    boot: createWebContainerBoot({
      load: () => import("@webcontainer/api"),
      key: licence.kind === "key" ? licence.key : undefined,
    }),
  });
  place.replaceChildren();
  render(<RunHereView desk={desk} port={port} instead={instead} />, place);
  return {
    async [Symbol.asyncDispose]() {
      render(null, place);
      await desk[Symbol.asyncDispose]();
    },
  };
}

async function lookAround(reach: Reach, licence: WebContainerLicence, signal: AbortSignal): Promise<void> {
  const obstacle = findObstacle(readSurroundings(), licence);
  if (obstacle === "no-isolation") {
    // Without a connection nobody can tell, and the browser's part is the likelier one.
    const isSent = await sendsIsolation(reach, signal).catch(() => true);
    signal.throwIfAborted();
    throw new RunHereError(isSent ? "no-isolation" : "no-headers", "The page is not cross-origin isolated.");
  }
  if (obstacle !== undefined) throw new RunHereError(obstacle, "Seen before anything was loaded.");
  await reachVendor(reach, signal);
}
