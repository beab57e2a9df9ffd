import type { Root } from "mdast";
import { readRuledAttributes } from "./attributes.ts";
import { usageOf } from "./components.ts";
import { findElements, unwrap, type Element } from "./mdx-tree.ts";
import type { LessonFile } from "./model.ts";
import type { Reading } from "./reading.ts";

/** An app of a lesson that can run in the tab without a container, and in one. No part of the lesson's model: no check asks for it. */
export interface RunHere {
  readonly title: string;
  /** `node` and one of the files. */
  readonly start: string;
  /** Where it listens. */
  readonly port: number;
  /** What is in the lesson's folder `here/`, with paths from there. */
  readonly files: readonly LessonFile[];
}

/** What a lesson's `<RunHere>` says; undefined where there is none, or none that is right, which is reported. */
export function readRunHere(root: Root, reading: Reading): RunHere | undefined {
  const { report, options } = reading;
  const [first, ...more] = findElements(root, "RunHere");
  const files = options.here ?? [];
  if (first === undefined) {
    if (files.length > 0) report(undefined, "Nothing runs what is in here/.", `Write ${usageOf("RunHere")}.`);
    return undefined;
  }
  for (const element of more) report(element, "The lesson has two <RunHere>.", "Keep one: its page is the lesson's.");
  return readElement(first, files, reading);
}

function readElement(
  element: Element,
  files: readonly LessonFile[],
  { report, options }: Reading,
): RunHere | undefined {
  if (unwrap(element.children).length > 0) {
    report(element, "<RunHere> has content.", `Write it closed in itself: ${usageOf("RunHere")}.`);
  }
  const { title, start, port } = readRuledAttributes(element, report);
  if (typeof title !== "string" || typeof start !== "string" || typeof port !== "number") return undefined;
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    report(element, `"port" of <RunHere> is ${port}.`, "Write the port that the app listens on: port={3000}.");
    return undefined;
  }
  const file = /^node (?:-\S+ )*([^\s-]\S*)(?: \S+)*$/.exec(start)?.[1];
  if (file === undefined) {
    // Neither place has packages from a registry, nor the same shell.
    report(element, `"start" of <RunHere> is "${start}".`, 'Write node and a file: start="node server.mjs".');
    return undefined;
  }
  if (options.here && !files.some(({ path }) => path === file)) {
    const there = files.map(({ path }) => path).join(", ");
    const remedy = there === "" ? "Put the app into the folder here/ beside lesson.mdx." : `There are ${there}.`;
    report(element, `<RunHere> starts ${file}, which is not in here/.`, remedy);
    return undefined;
  }
  return { title, start, port, files };
}
