import type { editorWords } from "../../words/editor.ts";

/** The kinds of text that the editor knows, by the names that Monaco has for them. */
export type Mode = keyof typeof editorWords.modes;

/** What kind of text a file is, by its name. */
export function modeOf(path: string): Mode {
  const name = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  if (name.endsWith(".dockerignore")) return "plaintext";
  if (/^(dockerfile|containerfile)(\..*)?$|\.(dockerfile|containerfile)$/.test(name)) return "dockerfile";
  if (/^\.(bashrc|bash_profile|profile)$/.test(name)) return "shell";
  return modes[name.slice(name.lastIndexOf(".") + 1)] ?? "plaintext";
}

const modes: Readonly<Record<string, Mode>> = {
  yml: "yaml",
  yaml: "yaml",
  json: "json",
  js: "javascript",
  cjs: "javascript",
  mjs: "javascript",
  jsx: "javascript",
  ts: "typescript",
  cts: "typescript",
  mts: "typescript",
  tsx: "typescript",
  sh: "shell",
  bash: "shell",
  py: "python",
  md: "markdown",
  html: "html",
  htm: "html",
  css: "css",
};
