import { basename, extname } from "node:path";

/** The language to highlight the file at `path` in; `text` for one that is not known. */
export function languageOf(path: string): string {
  const name = basename(path);
  if (/^(Dockerfile|Containerfile)(\.|$)/i.test(name) || /\.dockerfile$/i.test(name)) return "dockerfile";
  if (name === "Makefile") return "makefile";
  return languages[extname(name).slice(1).toLowerCase()] ?? "text";
}

const languages: Readonly<Record<string, string>> = {
  c: "c",
  conf: "ini",
  css: "css",
  env: "ini",
  go: "go",
  html: "html",
  ini: "ini",
  js: "js",
  json: "json",
  md: "md",
  mjs: "js",
  py: "python",
  rs: "rust",
  sh: "sh",
  sql: "sql",
  toml: "toml",
  ts: "ts",
  xml: "xml",
  yaml: "yaml",
  yml: "yaml",
};
