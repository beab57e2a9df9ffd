import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { createPublishedPorts } from "../../checks/published-ports.ts";
import { createEngine } from "../../engine/create-engine.ts";
import type { Machine } from "../../machine/contract.ts";
import { previewOriginOf } from "../../preview/origins.ts";
import { previewWords as words } from "../../words/preview.ts";
import type { Workbench } from "../workbench.ts";
import { LimitedPreview } from "./LimitedPreview.tsx";
import { PreviewBar } from "./PreviewBar.tsx";
import { PreviewConsole } from "./PreviewConsole.tsx";
import { PreviewDesk } from "./preview-desk.ts";
import { PreviewEmbed } from "./preview-embed.ts";
import { PreviewServer, type ServedBridge } from "./preview-server.ts";
import { PreviewStatus } from "./PreviewStatus.tsx";
import { PreviewWindows } from "./preview-windows.ts";
import "./preview.css";

interface Parts {
  readonly desk: PreviewDesk;
  readonly ports: ReturnType<typeof createPublishedPorts>;
  readonly server: PreviewServer;
}

/** The page of a published port, as a browser on the machine would show it. */
export function PreviewPanel({ machine, bench }: { machine: Machine; bench: Workbench }) {
  const parts = useMemo(() => createParts(machine), [machine]);
  const { desk, ports, server } = parts;
  const windows = useRef<PreviewWindows>();
  useEffect(() => {
    windows.current = new PreviewWindows(server);
    return () => {
      windows.current?.[Symbol.dispose]();
      server[Symbol.dispose]();
      desk[Symbol.dispose]();
    };
  }, [desk, server]);
  const isShown = bench.panel.value === "preview";
  const changes = bench.engineChanges.value;
  // What is there after a reset or a restart of the engine comes without an event.
  const isThere = bench.engineAnswers.value && !bench.isResetting.value;
  useEffect(() => {
    if ((isShown || windows.current?.isInUse === true) && isThere) void desk.look();
  }, [desk, isShown, isThere, changes]);
  const asked = bench.asked.value;
  useEffect(() => {
    if (asked?.panel === "preview" && isThere) void desk.lookFor(asked.of);
  }, [desk, asked, isThere]);

  const served = useRef<ServedBridge>();
  /** Another number shows the page anew. */
  const turn = useSignal(0);
  const windowNote = useSignal<string | undefined>(undefined);
  const origin = previewOrigin();
  const isLimited = origin === undefined || desk.refused.value !== undefined;
  const chosen = desk.chosen.value;
  const show = (path: string) => {
    desk.path.value = path;
    if (served.current === undefined || !desk.isUp.peek()) turn.value++;
    else served.current.tell({ kind: "show", place: desk.place });
  };
  const reload = () => {
    // Perhaps the browser lets it now.
    desk.refused.value = undefined;
    if (!desk.isUp.peek()) desk.tryAgain();
    else if (served.current === undefined) turn.value++;
    else served.current.tell({ kind: "reload" });
  };
  const openWindow = () => {
    windowNote.value = windows.current?.open(desk.place) === true ? undefined : words.windowBlocked;
  };

  return (
    <div class="preview">
      <PreviewBar
        desk={desk}
        show={show}
        reload={reload}
        openWindow={isLimited || isFramed ? undefined : openWindow}
        note={windowNote}
      />
      {desk.problem.value !== undefined && <p role="alert">{desk.problem.value}</p>}
      <div class="preview-page">
        {chosen === undefined || !desk.isUp.value ? (
          <PreviewStatus desk={desk} />
        ) : isLimited ? (
          <LimitedPreview
            ports={ports}
            port={chosen.port}
            path={desk.path.value}
            title={words.frameTitle(chosen.container, chosen.port)}
            reason={limitedBecause(desk.refused.value)}
            turn={turn.value}
          />
        ) : (
          <Frame key={chosen.id + String(chosen.port)} parts={parts} origin={origin} served={served} />
        )}
      </div>
      {!isLimited && <PreviewConsole desk={desk} />}
    </div>
  );
}

/** From a frame of another site, a window that is opened does not know this page. */
const isFramed = window.parent !== window;

function limitedBecause(refused: string | undefined): string {
  if (crossOriginIsolated) return words.limitedIsolated;
  return refused === undefined ? words.limitedNoHost : words.limitedRefused(refused);
}

function createParts(machine: Machine): Parts {
  const ports = createPublishedPorts(machine);
  const desk = new PreviewDesk({ engine: createEngine(machine), ports });
  const server = new PreviewServer({ machine, isPublished: (port) => desk.isPublished(port) });
  return { desk, ports, server };
}

/** As the build was told, and as the page's own address asks for. A page that is isolated for WebContainers cannot show frames of other hosts. */
function previewOrigin(): string | undefined {
  if (crossOriginIsolated) return undefined;
  const configured = document.querySelector<HTMLElement>("[data-sandbox]")?.dataset.preview;
  return previewOriginOf(location.origin, configured);
}

interface FrameProps {
  readonly parts: Parts;
  readonly origin: string;
  readonly served: { current: ServedBridge | undefined };
}

function Frame({ parts: { desk, server }, origin, served }: FrameProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current;
    const chosen = desk.chosen.peek();
    if (element === null || chosen === undefined) return;
    const embed = new PreviewEmbed(element, {
      origin,
      title: words.frameTitle(chosen.container, chosen.port),
      show: () => desk.place,
      takePort: () => {
        served.current?.[Symbol.dispose]();
        served.current = server.serve((notice) => desk.take(notice));
        return served.current.remote;
      },
      onSilent: () => (desk.refused.value = words.hostSilent(origin)),
    });
    return () => {
      embed[Symbol.dispose]();
      served.current?.[Symbol.dispose]();
      served.current = undefined;
    };
  }, [desk, server, origin, served]);
  return <div class="preview-frame" ref={place} />;
}
