import type { Plugin } from "prettier";
import { modeOf, type Mode } from "./language-of.ts";

export interface Formatted {
  readonly text: string;
  /** An offset, at what it was at before. */
  readonly cursor: number;
}

/** Whether there is a formatter for a file of this name. */
export function canFormat(path: string): boolean {
  return formatters[modeOf(path)] !== undefined;
}

/** Formats a file; what does that is loaded when it is first asked for. Rejects when the text cannot be understood. */
export async function formatText(path: string, text: string, cursor: number): Promise<Formatted> {
  return (await formatters[modeOf(path)]?.(text, cursor)) ?? { text, cursor };
}

type Formatter = (text: string, cursor: number) => Promise<Formatted>;

const estree = async () => (await import("prettier/plugins/estree")).default as Plugin;

const formatters: Partial<Readonly<Record<Mode, Formatter>>> = {
  dockerfile: async (text, cursor) => (await import("./dockerfile-service.ts")).formatDockerfile(text, cursor),
  json: prettierFor("json", [async () => (await import("prettier/plugins/babel")).default, estree]),
  javascript: prettierFor("babel", [async () => (await import("prettier/plugins/babel")).default, estree]),
  typescript: prettierFor("typescript", [async () => (await import("prettier/plugins/typescript")).default, estree]),
  yaml: prettierFor("yaml", [async () => (await import("prettier/plugins/yaml")).default]),
};

function prettierFor(parser: string, plugins: readonly (() => Promise<Plugin>)[]): Formatter {
  return async (text, cursor) => {
    const [{ formatWithCursor }, ...loaded] = await Promise.all([
      import("prettier/standalone"),
      ...plugins.map((load) => load()),
    ]);
    const { formatted, cursorOffset } = await formatWithCursor(text, {
      parser,
      plugins: loaded,
      cursorOffset: cursor,
    });
    return { text: formatted, cursor: cursorOffset < 0 ? Math.min(cursor, formatted.length) : cursorOffset };
  };
}
