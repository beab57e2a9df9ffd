import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Machine } from "../../machine/contract.ts";
import { buildWords as words } from "../../words/build.ts";
import { PictureTools } from "../pictures/PictureTools.tsx";
import type { Workbench } from "../workbench.ts";
import type { BuildDesk } from "./build-desk.ts";
import { buildAsSvg } from "./build-picture.ts";
import type { Build } from "./build-record.ts";
import { describeBuild, nameOf, summaryOf, type BuildView } from "./build-rows.ts";
import { buildAsText } from "./build-text.ts";
import { BuildSteps } from "./BuildSteps.tsx";
import { useBuildDesk } from "./use-build-desk.ts";
import { useMachineTime } from "./use-machine-time.ts";
import "./build.css";

/** The builds of the learner's own BuildKit: a list of them on the left, one as its steps on the right, while it runs too. */
export function BuildPanel({ machine, bench }: { machine: Machine; bench: Workbench }) {
  const desk = useBuildDesk(machine, bench);
  const isShown = bench.panel.value === "build";
  useEffect(() => {
    if (!isShown) return;
    const looking = desk.look(() => desk.build.peek());
    return () => looking[Symbol.dispose]();
  }, [desk, isShown]);
  const missing = useAsked(desk, bench);
  const build = desk.build.value;
  const now = useMachineTime(desk, isShown && build?.state === "running");

  // What is hidden is not drawn: a build goes on while the terminal is shown.
  if (!isShown) return null;
  const view = build && describeBuild(desk, build, now);
  return (
    <div class="build">
      {view !== undefined && (
        <div class="build-bar">
          <h2>{view.name}</h2>
          <PictureTools picture={pictureOf(view)} />
        </div>
      )}
      {desk.problem.value !== undefined && <p role="alert">{desk.problem.value}</p>}
      {missing !== undefined && <p role="status">{words.noneOf(missing)}</p>}
      {build === undefined || view === undefined ? (
        <Nothing desk={desk} />
      ) : (
        <div class="build-body">
          <List desk={desk} shown={build} />
          {/* It scrolls, so the keyboard has to get into it. */}
          <section class="build-detail" aria-label={words.steps} tabIndex={0}>
            <BuildSteps view={view} isRead={desk.hasSteps(build)} />
          </section>
        </div>
      )}
      <Said build={build} />
    </div>
  );
}

/** Shows what a link asks for as soon as it is there; gives what is not. */
function useAsked(desk: BuildDesk, bench: Workbench): string | undefined {
  const asked = bench.asked.value;
  const done = useRef<unknown>(undefined);
  const of = asked?.panel === "build" ? asked.of : undefined;
  const found = of === undefined ? undefined : desk.find(of);
  useEffect(() => {
    if (found === undefined || done.current === asked) return;
    done.current = asked;
    desk.choose(found.ref);
  }, [desk, asked, found]);
  return of !== undefined && found === undefined && done.current !== asked && desk.isRead.value ? of : undefined;
}

function Nothing({ desk }: { desk: BuildDesk }) {
  if (!desk.isRead.value) return <p class="build-note">{desk.problem.value === undefined && words.reading}</p>;
  return (
    <div class="build-note">
      <p>{words.none}</p>
      <p>{words.classic}</p>
    </div>
  );
}

function List({ desk, shown }: { desk: BuildDesk; shown: Build }) {
  return (
    <nav class="build-list" aria-label={words.listLabel}>
      <ol>
        {desk.builds.value.map((build) => (
          <li key={build.ref}>
            <button
              type="button"
              data-state={build.state}
              aria-current={build.ref === shown.ref ? "true" : undefined}
              onClick={() => desk.choose(build.ref)}
            >
              <span class="build-name">
                <b>{nameOf(build)}</b> <time>{clockTime(build.createdAt)}</time>
              </span>
              <span class="build-state">{words.buildStates[build.state]}</span>
              {build.completedAt !== undefined && <span>{summaryOf(build)}</span>}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** Tells once how a build has ended, to those who do not see it. */
function Said({ build }: { build: Build | undefined }) {
  const said = useSignal("");
  const running = useRef<string | undefined>(undefined);
  const ref = build?.ref;
  const state = build?.state;
  useEffect(() => {
    if (state === "running") running.current = ref;
    else if (build !== undefined && running.current === ref) {
      running.current = undefined;
      said.value = `${words.list(nameOf(build), words.buildStates[build.state])}. ${summaryOf(build)}`;
    }
  }, [build, ref, state, said]);
  return (
    <p role="status" class="visually-hidden">
      {said.value}
    </p>
  );
}

export function pictureOf(view: BuildView) {
  return {
    name: `build-${view.name}`,
    link: { panel: "build" as const, of: view.ref },
    text: () => buildAsText(view),
    svg: () => buildAsSvg(view),
  };
}

function clockTime(ms: number): string {
  return new Date(ms).toLocaleTimeString("en-GB");
}
