import type { Instruction } from "dockerfile-ast";

/** An image's history tells each step as the instruction that made it, in words of the builder's own. */
export interface HistoryStep {
  readonly keyword: string;
  readonly rest: string;
}

/** BuildKit: `COPY a b # buildkit`, `RUN |1 A=b /bin/sh -c make # buildkit`. Classic: `/bin/sh -c #(nop)  CMD ["sh"]`. */
export function readStep(createdBy: string): HistoryStep {
  const text = createdBy.replace(/ # buildkit$/, "").trim();
  const [, quiet] = /^[^#]*#\(nop\)\s+([^]*)$/.exec(text) ?? [];
  const [, keyword = "", rest = ""] = /^([A-Z]+)(?:\s+([^]*))?$/.exec(quiet ?? text) ?? [];
  if (quiet !== undefined || keyword === "RUN" || keyword in comparisons) return { keyword, rest };
  return { keyword: "RUN", rest: text };
}

/** Whether the step was made by an instruction like this. A variable stands for anything, as histories hold its value. */
export function isStep(instruction: Instruction, step: HistoryStep | undefined): boolean {
  const keyword = instruction.getKeyword();
  if (step?.keyword !== keyword) return false;
  const raw = instruction.getRawArgumentsContent() ?? "";
  if (/<<-?["']?\w/.test(raw)) return true; // a here-document, of which BuildKit tells the name or the content
  const words = jsonWords(raw);
  const plain = () => instruction.getArguments().map((word) => word.getValue());
  const written = squash((words ?? plain()).join(" "));
  return (
    comparisons[keyword]?.({ instruction, raw, written, isList: words !== undefined, found: squash(step.rest) }) ?? true
  );
}

interface Compared {
  readonly instruction: Instruction;
  readonly raw: string;
  readonly written: string;
  /** In the form `["a", "b"]`. */
  readonly isList: boolean;
  readonly found: string;
}

const comparisons: Readonly<Record<string, (compared: Compared) => boolean>> = {
  RUN: isCommand,
  CMD: isBracketedCommand,
  ENTRYPOINT: isBracketedCommand,
  COPY: isCopy,
  ADD: isCopy,
  ENV: ({ instruction, found }) => fits(propertiesOf(instruction).join(" "), found),
  LABEL: ({ instruction, found }) => fits(propertiesOf(instruction).join(" "), found),
  // Its value may have been given at the build.
  ARG: ({ instruction, found }) =>
    propertiesOf(instruction).every((property) => found.split(/[ =]/).includes(property.split("=", 1)[0] ?? "")),
  EXPOSE: ({ written, found }) => {
    if (/[$-]/.test(written)) return true;
    const ports = (text: string) => [
      ...new Set(text.match(/\d+(\/[a-z]+)?/g)?.map((port) => port.replace(/\/tcp$/, ""))),
    ];
    return ports(written).sort().join() === ports(found).sort().join();
  },
  WORKDIR: ({ written, found }) => {
    const path = written.replace(/^\.\//, "").replace(/(.)\/$/, "$1");
    return fits(path, found) || (!path.startsWith("/") && fits(`\${before}/${path}`, found));
  },
  HEALTHCHECK: ({ raw, found }) => {
    const test = squash(raw.replace(/^\s*CMD\s*/i, "").replace(/[[\],]/g, " "));
    return found.includes(test.split("$", 1)[0] ?? "");
  },
  VOLUME: ({ written, found }) => fits(`[${written}]`, found) || fits(written, found),
  SHELL: ({ written, found }) => fits(`[${written}]`, found),
  USER: ({ written, found }) => fits(written, found),
  STOPSIGNAL: ({ written, found }) => fits(written, found),
  ONBUILD: ({ written, found }) => fits(written, found),
  MAINTAINER: ({ written, found }) => fits(written, found),
};

/** Before the command come the build's arguments (`|1 A=b`) and, for one that is no list, the shell. */
function isCommand({ written, isList, found }: Pick<Compared, "written" | "isList" | "found">): boolean {
  if (!found.endsWith(written)) return false;
  const before = found.slice(0, found.length - written.length).trim();
  return isList ? before === "" || /^\|\d+( [A-Za-z_]\w*=\S*)*$/.test(before) : /(^|\s)-\S*c$/.test(before);
}

function isBracketedCommand({ written, isList, found }: Compared): boolean {
  const [, inside] = /^\[([^]*)\]$/.exec(found) ?? [];
  return inside !== undefined && (isList ? inside === written : isCommand({ written, isList, found: inside }));
}

/** The classic builder names the copied files by a digest only: `file:1b2c in /bin/busybox`. */
function isCopy({ written, found }: Compared): boolean {
  const copied = found.replace(/^(--\S+ )+/, "");
  const [, classic] = /^(?:file|dir|multi):\S+ in (.*)$/.exec(copied) ?? [];
  if (classic === undefined) return fits(written, copied);
  const destination = (written.split(" ").at(-1) ?? "").replace(/^\.?\/?/, "");
  return fits(`\${before}${destination}`, classic) || fits(`\${before}${destination}\${after}`, classic);
}

/** Whether `found` is `written`, in which variables stand for anything. */
function fits(written: string, found: string): boolean {
  const pieces = written.split(/\$(?:\{[^}]*\}|[A-Za-z_]\w*)/);
  const pattern = pieces.map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("[^]*");
  return new RegExp(`^${pattern}$`).test(found);
}

/** `["A=b"]` of `ENV A b` or `ENV A="b"`. */
function propertiesOf(instruction: Instruction): string[] {
  if (!("getProperties" in instruction)) return [];
  const { getProperties } = instruction as { getProperties(): { getName(): string; getValue(): string | null }[] };
  return getProperties
    .call(instruction)
    .map((property) => squash(`${property.getName()}=${property.getValue() ?? ""}`));
}

/** The words of `["a", "b"]`; `undefined` for the other form. */
function jsonWords(raw: string): string[] | undefined {
  if (!raw.trim().startsWith("[")) return undefined;
  try {
    const words: unknown = JSON.parse(raw.trim().replace(/\\\r?\n/g, ""));
    return Array.isArray(words) && words.every((word) => typeof word === "string") ? words : undefined;
  } catch {
    return undefined;
  }
}

/** Builders differ in how they write spaces, quotes and escapes. */
function squash(text: string): string {
  return text
    .replace(/[\\"']/g, "")
    .replace(/\s+/g, " ")
    .trim();
}
