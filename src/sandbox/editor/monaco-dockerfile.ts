import { languages, type IMarkdownString, type IRange, type Position } from "monaco-editor/editor.js";
import {
  completeDockerfile,
  dockerfileSignatures,
  hoverDockerfile,
  suggestImages,
  type Completion,
} from "./dockerfile-service.ts";
import type { Edit, Place } from "./text-edits.ts";

/** Completion, explanation and parameters of Dockerfiles in Monaco, until disposed. */
export function serveDockerfiles(imageNames?: () => Promise<readonly string[]>): Disposable {
  if (imageNames !== undefined) suggestImages(imageNames);
  const registered = [
    languages.registerCompletionItemProvider("dockerfile", {
      triggerCharacters: ["=", "$", "-", ":"],
      async provideCompletionItems(model, position) {
        const word = model.getWordUntilPosition(position);
        const here = rangeOfLine(position.lineNumber, word.startColumn, word.endColumn);
        const items = await completeDockerfile(model.getValue(), placeOf(position));
        return { suggestions: items.map((item, n) => suggestionOf(item, here, n)) };
      },
    }),
    languages.registerHoverProvider("dockerfile", {
      provideHover(model, position) {
        const hover = hoverDockerfile(model.getValue(), placeOf(position));
        if (hover === null) return null;
        const contents = Array.isArray(hover.contents) ? hover.contents : [hover.contents];
        return {
          contents: contents.map((content): IMarkdownString => ({
            value: typeof content === "string" ? content : content.value,
          })),
          ...(hover.range && { range: rangeOf(hover.range) }),
        };
      },
    }),
    languages.registerSignatureHelpProvider("dockerfile", {
      provideSignatureHelp(model, position) {
        const { signatures, activeSignature, activeParameter } = dockerfileSignatures(
          model.getValue(),
          placeOf(position),
        );
        const value: languages.SignatureHelp = {
          activeSignature: activeSignature ?? 0,
          activeParameter: activeParameter ?? 0,
          signatures: signatures.map(({ label, documentation, parameters = [] }) => ({
            label,
            ...documented(documentation),
            parameters: parameters.map((parameter) => ({
              label: parameter.label,
              ...documented(parameter.documentation),
            })),
          })),
        };
        return { value, dispose: () => undefined };
      },
    }),
  ];
  return {
    [Symbol.dispose]() {
      for (const each of registered) each.dispose();
    },
  };
}

function suggestionOf(item: Completion, here: IRange, order: number): languages.CompletionItem {
  const edit = item.textEdit;
  const range = edit === undefined ? here : "range" in edit ? rangeOf(edit.range) : rangeOf(edit.replace);
  const isSnippet = item.insertTextFormat === 2;
  return {
    label: item.label,
    kind: item.kind === undefined ? languages.CompletionItemKind.Text : kindOf(item.kind),
    insertText: edit?.newText ?? item.insertText ?? item.label,
    range,
    sortText: String(order).padStart(4, "0"),
    ...(isSnippet && { insertTextRules: languages.CompletionItemInsertTextRule.InsertAsSnippet }),
    ...documented(item.documentation),
  };
}

/** By the numbers of the protocol of language servers. */
function kindOf(kind: number): languages.CompletionItemKind {
  const { Keyword, Property, Reference, Folder, Variable, Text } = languages.CompletionItemKind;
  return { 6: Variable, 10: Property, 14: Keyword, 18: Reference, 19: Folder }[kind] ?? Text;
}

function documented(documentation: string | { value: string } | undefined): { documentation?: IMarkdownString } {
  if (documentation === undefined) return {};
  return { documentation: { value: typeof documentation === "string" ? documentation : documentation.value } };
}

function placeOf({ lineNumber, column }: Position): Place {
  return { line: lineNumber - 1, character: column - 1 };
}

function rangeOf({ start, end }: Edit["range"]): IRange {
  return {
    startLineNumber: start.line + 1,
    startColumn: start.character + 1,
    endLineNumber: end.line + 1,
    endColumn: end.character + 1,
  };
}

function rangeOfLine(line: number, startColumn: number, endColumn: number): IRange {
  return { startLineNumber: line, startColumn, endLineNumber: line, endColumn };
}
