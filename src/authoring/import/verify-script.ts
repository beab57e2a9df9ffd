import type { ImportNote } from "./scenario.ts";

/** A script that verifies a step as it is given to `sh -c`; a note for one that no shell can run. */
export function readVerify(file: string, source: string): string | ImportNote {
  const [, program, options = ""] = /^#!\s*(\S+)[ \t]*([^\n]*)/.exec(source) ?? [];
  const script = source
    .replace(/^#![^\n]*\n?/, "")
    .replace(/^\n+/, "")
    .trimEnd();
  if (script.trim() === "") {
    return { file, line: 1, reason: "The script that verified this step is empty.", original: source };
  }
  // `/usr/bin/env -S bash -e` and `/bin/bash -e` are the same.
  const words = [program ?? "sh", ...options.split(/\s+/).filter(Boolean)];
  const [name = "", ...flags] = /(^|\/)env$/.test(program ?? "")
    ? words.slice(1).filter((word) => word !== "-S")
    : words;
  if (!/(^|\/)(ba|da|a)?sh$/.test(name)) {
    return {
      file,
      line: 1,
      reason: `The script that verified this step is for ${name}, not for a shell.`,
      original: source,
    };
  }
  return flags.length > 0 ? `set ${flags.join(" ")}\n${script}` : script;
}
