import type { TerminalName } from "./model.ts";

/**
 * What the marks of a recording tell, in one line of text each. `index` is the action's place in the step's solution, from 0.
 *
 * - `step <id>`, `done <id>`: the step is begun; its checks have ticked it.
 * - `command <id> <n>`, `end <id> <n>`: the command is typed; it has ended, or, of one that goes on running, has printed something.
 * - `file <id> <n>`: a file is written.
 * - `terminal <n>`: from here on terminal n prints, or `vm`, that of the small machine. Before the first of them it is terminal 1.
 */
export type RecordingMark =
  | { readonly kind: "step" | "done"; readonly step: string }
  | { readonly kind: "command" | "end" | "file"; readonly step: string; readonly index: number }
  | { readonly kind: "terminal"; readonly terminal: TerminalName }
  /** Somebody else's mark. */
  | { readonly kind: "other"; readonly label: string };

export function writeMark(mark: RecordingMark): string {
  switch (mark.kind) {
    case "step":
    case "done":
      return `${mark.kind} ${mark.step}`;
    case "command":
    case "end":
    case "file":
      return `${mark.kind} ${mark.step} ${mark.index}`;
    case "terminal":
      return `terminal ${mark.terminal}`;
    case "other":
      return mark.label;
  }
}

export function readMark(label: string): RecordingMark {
  const [kind = "", first = "", second, ...more] = label.split(" ");
  const other: RecordingMark = { kind: "other", label };
  if (first === "" || more.length > 0) return other;
  if (kind === "terminal" && second === undefined && /^([1-9]|vm)$/.test(first)) {
    return { kind, terminal: first === "vm" ? first : Number(first) };
  }
  if ((kind === "step" || kind === "done") && second === undefined) return { kind, step: first };
  const isAction = kind === "command" || kind === "end" || kind === "file";
  if (isAction && second !== undefined && /^\d{1,4}$/.test(second)) {
    return { kind, step: first, index: Number(second) };
  }
  return other;
}
