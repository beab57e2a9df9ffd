import type * as z from "zod/mini";
import type { QuizAnswer } from "../lessons/model.ts";
import type { Cancellable } from "../machine/contract.ts";
import type { Moment } from "./moment.ts";
import type { Outcome } from "./outcome.ts";
import type { EngineEvent, TypedCommand, World } from "./world.ts";

/** One kind of check: what authors write, the question it asks, and when the answer can have changed. */
export interface CheckKind<Parameters> {
  readonly kind: string;
  readonly schema: z.ZodMiniType<Parameters>;
  /** Whether the answer may be another one after `change`. */
  concerns(parameters: Parameters, change: Change): boolean;
  ask(parameters: Parameters, context: AskContext): Promise<Outcome>;
  /**
   * What is so where it passes, in a sentence such as `There is a container named web.`: a `not` around it tells that to a learner. What is
   * not to be told is called what `the step asks for`.
   */
  holds(parameters: Parameters): string;
  /** The answer can change without any event, so it has to be asked again. */
  readonly hasNoEvent?: boolean;
  /** A `passed` only counts if it is still so after this time: something that is about to end looks the same before. */
  settleMs?(parameters: Parameters): number;
  /** How long `ask` may take. Default 15,000. */
  answerMs?(parameters: Parameters): number;
  /** It asks that something is not there, so a machine on which nothing was done passes. Such a check is asked last. */
  isAbsence?(parameters: Parameters): boolean;
  /** Once true it stays so, as what happened has happened: a pass counts even if more came while it was asked. */
  readonly staysTrue?: boolean;
  /** What is wrong between parameters that fit one by one, or that they ask for nothing: a sentence for the author. */
  problem?(parameters: Parameters): string | undefined;
}

export type Change =
  | { readonly source: "engine"; readonly event: EngineEvent }
  | { readonly source: "workspace"; readonly path: string }
  /** A command was entered in a terminal, or ended there. */
  | { readonly source: "terminal"; readonly command: TypedCommand }
  | { readonly source: "quiz"; readonly quiz: string };

export interface AskContext extends Cancellable {
  readonly world: World;
  /** What the engine did since the step was opened, oldest first. */
  readonly events: readonly HeardEvent[];
  /** Whether `events` is complete: false until the engine has told its time at the opening. */
  readonly eventsKnown: boolean;
  /** What was entered in the terminals since the step was opened, oldest first. */
  readonly commands: readonly HeardCommand[];
  /** The learner's latest answer to each quiz of the lesson, by the quiz's name. */
  readonly answers: ReadonlyMap<string, QuizAnswer>;
}

export interface HeardEvent {
  readonly event: EngineEvent;
  /** Right after it. */
  readonly moment: Moment;
}

export interface HeardCommand {
  readonly command: TypedCommand;
  /** Right after it was entered. */
  readonly entered: Moment;
  /** Right after its end; `undefined` while it runs. */
  readonly ended: Moment | undefined;
}

/** For `settleMs`: long enough for a program that fails at once to be seen failing, short enough for a tick in a second. */
export const shownAliveMs = 600;

/** Events of these types and actions; a health check or an exec changes nothing that a check asks about. */
export function isEvent(change: Change, type: string, actions: ReadonlySet<string>): boolean {
  if (change.source !== "engine" || change.event.Type !== type) return false;
  return actions.has(change.event.Action?.split(":", 1)[0] ?? "");
}
