import type { Clock } from "../checks/clock.ts";
import type { Machine } from "../machine/contract.ts";
import type { LessonRunOptions, ProgressStore, StepRunner } from "./lesson-run.ts";
import type { ActOutcome } from "./machine-acts.ts";
import type { NoticeBoard } from "./notice-board.ts";
import type { TerminalTypist } from "./terminal-typist.ts";
import type { WorkspaceKeeper } from "./workspace-keeper.ts";

/** What a `LessonDesk` needs of the page. */
export interface LessonDeskOptions {
  progress: ProgressStore;
  now: () => Date;
  judge: LessonRunOptions["judge"];
  board: NoticeBoard;
  clock: Clock;
  /** Loaded when there is a machine, or when something kept is to be reset. */
  openKeeper: () => Promise<WorkspaceKeeper>;
  saveEditor: () => Promise<void>;
  /** Saves and closes what is open in the editor. */
  closeEditor: () => Promise<void>;
  /** Takes the machine back to how it was released. `whenReset` is awaited before anything goes on with it. */
  resetMachine: (workspace: "keep" | "clear", whenReset?: () => Promise<void>) => Promise<ActOutcome>;
  /** Brings up the terminal, counted from 0. */
  showTerminal: (terminal: number) => void;
  forgetMachine: (lesson: string) => Promise<void>;
}

/** A machine as lessons use it. */
export interface Seat {
  readonly machine: Pick<Machine, "capabilities" | "image" | "workspace">;
  readonly runner: StepRunner;
  readonly typist: Pick<TerminalTypist, "carryOut" | "forget">;
}
