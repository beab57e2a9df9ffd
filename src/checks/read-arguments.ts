/** What follows a program's name. */
export interface Arguments {
  readonly flags: readonly Flag[];
  readonly words: readonly Word[];
  /** What was not read. */
  readonly rest: readonly string[];
}

export interface Flag {
  /** In its long form, where the table has that. */
  readonly name: string;
  /** `undefined` also where nobody knows whether it takes one: then it is among the words. */
  readonly value: string | undefined;
}

interface Word {
  readonly word: string;
  /** It follows a flag of which nobody knows whether it takes a value, so it may be that. */
  readonly isLoose: boolean;
}

export interface FlagTable {
  /** By a flag's name, most of them short: the long one, with `=` behind it if it takes a value. */
  readonly names: Readonly<Record<string, string>>;
  /** Flags that are not in the table. */
  readonly others: "take a value" | "may take a value";
}

/** Reads all, or only the flags before the first word and, in `words`, that word. */
export function readArguments(parts: readonly string[], table: FlagTable, until: "end" | "first word"): Arguments {
  const flags: Flag[] = [];
  const words: Word[] = [];
  let isLoose = false;
  let at = 0;
  /** The value of a flag that takes one is what is glued to it, or else the next word. */
  const push = ({ name, takes }: KnownFlag, glued: string | undefined) => {
    isLoose = takes === "maybe" && glued === undefined;
    if (takes === "nothing") {
      if (glued !== "false") flags.push({ name, value: undefined });
    } else if (takes === "value") {
      flags.push({ name, value: glued ?? parts[at++] });
    } else {
      flags.push({ name, value: undefined });
      if (glued !== undefined) words.push({ word: glued, isLoose: true });
    }
  };
  while (at < parts.length) {
    const part = parts[at++] ?? "";
    const [, long, , glued] = /^(--[^=]+)(=(.*))?$/s.exec(part) ?? [];
    if (long !== undefined) push(lookUp(long, table), glued);
    else if (/^-[^-]/.test(part)) for (const [flag, value] of splitShort(part, table)) push(flag, value);
    else {
      words.push({ word: part, isLoose });
      isLoose = false;
      if (until === "first word") break;
    }
  }
  return { flags, words, rest: parts.slice(at) };
}

interface KnownFlag {
  readonly name: string;
  readonly takes: "value" | "nothing" | "maybe";
}

/** `-dp8080:80` is `-d -p 8080:80`. */
function* splitShort(part: string, table: FlagTable): Generator<[KnownFlag, glued: string | undefined]> {
  if (/^-\d/.test(part)) {
    yield [lookUp(part, table), undefined];
    return;
  }
  for (let at = 1; at < part.length; at++) {
    const flag = lookUp(`-${part[at] ?? ""}`, table);
    const rest = part.slice(at + 1);
    if (rest !== "" && (flag.takes === "value" || (flag.takes === "maybe" && !/^[A-Za-z]+$/.test(rest)))) {
      yield [flag, rest.replace(/^=/, "")];
      return;
    }
    yield [flag, undefined];
  }
}

function lookUp(flag: string, { names, others }: FlagTable): KnownFlag {
  const all = Object.values(names);
  const name = names[flag] ?? (all.includes(`${flag}=`) ? `${flag}=` : flag);
  if (name.endsWith("=")) return { name: name.slice(0, -1), takes: "value" };
  if (all.includes(name)) return { name, takes: "nothing" };
  return { name, takes: others === "take a value" ? "value" : "maybe" };
}
