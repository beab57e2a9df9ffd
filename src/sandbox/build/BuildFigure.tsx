import { useEffect, useRef } from "preact/hooks";
import { buildWords as words } from "../../words/build.ts";
import type { FigureViewProps } from "../live-figures.tsx";
import type { Build } from "./build-record.ts";
import { describeBuild } from "./build-rows.ts";
import { BuildSteps } from "./BuildSteps.tsx";
import { useBuildDesk } from "./use-build-desk.ts";
import { useMachineTime } from "./use-machine-time.ts";
import "./build.css";

/** The last build, or the last of an image, in a lesson's text. */
export function BuildFigure({ machine, bench, of }: FigureViewProps) {
  const desk = useBuildDesk(machine, bench);
  const build = of === undefined ? desk.builds.value[0] : desk.find(of);
  const shown = useRef<Build | undefined>(undefined);
  shown.current = build;
  useEffect(() => {
    const looking = desk.look(() => shown.current);
    return () => looking[Symbol.dispose]();
  }, [desk]);
  const now = useMachineTime(desk, build?.state === "running");
  return (
    <>
      {desk.problem.value !== undefined && <p role="alert">{desk.problem.value}</p>}
      {build === undefined ? (
        <p>{!desk.isRead.value ? words.reading : of === undefined ? words.none : words.noneOf(of)}</p>
      ) : (
        <BuildSteps view={describeBuild(desk, build, now)} isRead={desk.hasSteps(build)} />
      )}
    </>
  );
}
