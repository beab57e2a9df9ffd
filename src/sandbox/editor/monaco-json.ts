import { languages } from "monaco-editor/editor.js";

/**
 * JSON in colours. Monaco's own service for it is left out: it brings all of Monaco's features with it, after the editor has
 * been made without them.
 */
export function registerJson(): void {
  if (languages.getLanguages().some(({ id }) => id === "json")) return;
  languages.register({ id: "json", extensions: [".json"], aliases: ["JSON"] });
  languages.setLanguageConfiguration("json", {
    brackets: [
      ["{", "}"],
      ["[", "]"],
    ],
    autoClosingPairs: [
      { open: "{", close: "}" },
      { open: "[", close: "]" },
      { open: '"', close: '"', notIn: ["string"] },
    ],
  });
  languages.setMonarchTokensProvider("json", {
    tokenizer: {
      root: [
        [/"(?:[^"\\]|\\.)*"(?=\s*:)/, "type"],
        [/"(?:[^"\\]|\\.)*"/, "string"],
        [/-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/, "number"],
        [/\b(?:true|false|null)\b/, "keyword"],
        [/[{}[\]]/, "@brackets"],
      ],
    },
  });
}
