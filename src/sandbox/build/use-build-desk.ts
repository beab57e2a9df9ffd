import { useEffect, useMemo } from "preact/hooks";
import { systemClock } from "../../checks/clock.ts";
import { createBuildControl } from "../../engine/buildkit/build-control.ts";
import { createEngine } from "../../engine/create-engine.ts";
import type { Machine } from "../../machine/contract.ts";
import type { Workbench } from "../workbench.ts";
import { BuildDesk } from "./build-desk.ts";

/** The one desk that follows a machine's builds, shared by the panel and the figures that show them. */
export function useBuildDesk(machine: Machine, bench: Workbench): BuildDesk {
  const shared = useMemo(() => share(machine), [machine]);
  const { desk } = shared;
  useEffect(() => {
    shared.users++;
    return () => {
      if (--shared.users > 0) return;
      desks.delete(machine);
      desk[Symbol.dispose]();
    };
  }, [shared, desk, machine]);
  const isResetting = bench.isResetting.value;
  useEffect(() => {
    // A restarted engine comes back with the builds it had, a machine that is reset with none.
    if (isResetting) desk.forget();
  }, [desk, isResetting]);
  const isThere = bench.engineAnswers.value && !isResetting;
  useEffect(() => {
    if (isThere) desk.listen();
    else desk.pause();
  }, [desk, isThere]);
  return desk;
}

interface Shared {
  readonly desk: BuildDesk;
  users: number;
}

const desks = new WeakMap<Machine, Shared>();

function share(machine: Machine): Shared {
  const known = desks.get(machine);
  if (known !== undefined) return known;
  const control = createBuildControl(machine);
  const shared = {
    desk: new BuildDesk({ control, engine: createEngine(machine), machine, clock: systemClock }),
    users: 0,
  };
  desks.set(machine, shared);
  return shared;
}
