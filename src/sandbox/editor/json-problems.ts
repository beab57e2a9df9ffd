import { editorWords } from "../../words/editor.ts";
import type { Problem } from "./problem.ts";

/** The first thing that keeps a text from being JSON. Browsers say where in words of their own, or not at all. */
export function jsonProblems(text: string): Problem[] {
  if (text.trim() === "") return [];
  try {
    JSON.parse(text);
    return [];
  } catch {
    const { at, message } = firstMistake(text);
    const before = text.slice(0, at).split("\n");
    const column = (before.at(-1) ?? "").length + 1;
    return [{ line: before.length, column, endLine: before.length, endColumn: column + 1, severity: "error", message }];
  }
}

const words = editorWords.json;
const space = /[ \t\r\n]*/y;
// eslint-disable-next-line no-control-regex -- a string of JSON must not have them
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const plain = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null/y;

interface Mistake {
  readonly at: number;
  readonly message: string;
}

/** Reads as JSON is read, without a stack: a text may be as deep as it likes. */
function firstMistake(text: string): Mistake {
  let at = 0;
  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    at += found?.[0].length ?? 0;
    return found !== null;
  };
  const isNext = (letter: string) => {
    skip(space);
    if (text[at] !== letter) return false;
    at++;
    return true;
  };
  const mistake = (message: string): Mistake => ({ at, message: at >= text.trimEnd().length ? words.end : message });
  const open: ("}" | "]")[] = [];
  /** Whether the next is to be a value, or the name of one where it has a name. */
  let wants: "value" | "first" | "more" = "value";
  for (;;) {
    const close = open.at(-1);
    if (wants === "more") {
      skip(space);
      if (close === undefined) return mistake(words.after);
      if (isNext(close)) open.pop();
      else if (isNext(",")) wants = "value";
      else return mistake(words.comma(close));
      continue;
    }
    if (wants === "first" && close !== undefined && isNext(close)) {
      open.pop();
      wants = "more";
      continue;
    }
    skip(space);
    if (close === "}") {
      if (!skip(string)) return mistake(words.name);
      if (!isNext(":")) return mistake(words.colon);
    }
    if (isNext("{")) open.push("}");
    else if (isNext("[")) open.push("]");
    else if (skip(string) || skip(plain)) {
      wants = "more";
      continue;
    } else return mistake(words.value);
    wants = "first";
  }
}
