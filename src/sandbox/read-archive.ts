import { createTarDecoder, type ParsedTarEntry } from "modern-tar";
import * as z from "zod/mini";
import { parseProgress, type Progress } from "../lessons/progress.ts";
import { amount } from "./kept-words.ts";
import { arePathsApart, isPlace, isWorkspacePath } from "./kept-shapes.ts";
import type { KeptFile, KeptMachineInfo, KeptWorkspace } from "./kept-work.ts";
import { KeptWorkError } from "./kept-work-error.ts";
import { archiveFormat, indexPath, machinePath, workspaceFolder } from "./work-archive.ts";

/** What an exported file holds, all of it checked. */
export interface ImportedWork {
  /** In ISO 8601. */
  readonly created: string;
  readonly progress: Progress;
  readonly workspaces: readonly KeptWorkspace[];
  readonly machines: readonly { readonly info: KeptMachineInfo; readonly bytes: Blob }[];
  /** Names in the file that mean nothing here, and were left out. */
  readonly ignored: readonly string[];
}

export interface ArchiveLimits {
  /** Of all that is in the file, unpacked. */
  readonly totalBytes: number;
  readonly indexBytes: number;
  /** Of each workspace. */
  readonly workspaceBytes: number;
  readonly entries: number;
}

const MiB = 2 ** 20;
export const archiveLimits: ArchiveLimits = {
  totalBytes: 1024 * MiB,
  // Browsers store 5 million characters of progress and settings at most.
  indexBytes: 2 * MiB,
  workspaceBytes: 128 * MiB,
  entries: 50_000,
};

/** Rejects with a `KeptWorkError` of code `bad-file` that says what is wrong with `file`; nothing is kept yet. */
export async function readArchive(file: Blob, signal: AbortSignal, limits = archiveLimits): Promise<ImportedWork> {
  const entries = await unpack(file, signal, limits);
  const index = readIndex(entries.get(indexPath));
  entries.delete(indexPath);
  const workspaces = index.workspaces.map((workspace) => takeWorkspace(workspace, entries, limits));
  const machines = index.machines.map((machine) => takeMachine(machine, entries));
  return { created: index.created, progress: index.progress, workspaces, machines, ignored: [...entries.keys()] };
}

interface Entry {
  /** `undefined` for a folder. */
  readonly content: Uint8Array<ArrayBuffer> | undefined;
  readonly mode: number;
}

/** Folders have no slash at the end of their names; what is neither file nor folder has no content and no place here. */
async function unpack(file: Blob, signal: AbortSignal, limits: ArchiveLimits): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  let total = 0;
  const unpacked = file
    .stream()
    .pipeThrough(new DecompressionStream("gzip"))
    .pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          total += chunk.byteLength;
          if (total > limits.totalBytes) {
            throw badFile(`The file unpacks to more than ${amount(limits.totalBytes)}, which is too much.`);
          }
          controller.enqueue(chunk);
        },
      }),
    );
  try {
    const decoder = createTarDecoder({ strict: true });
    const feeding = unpacked.pipeTo(decoder.writable, { signal });
    feeding.catch(() => undefined);
    for await (const entry of decoder.readable as ReadableStream<ParsedTarEntry> & AsyncIterable<ParsedTarEntry>) {
      const name = entry.header.name.replace(/^(\.\/)+/, "").replace(/\/+$/, "");
      const isFolder = entry.header.type === "directory";
      if (entries.size >= limits.entries) throw badFile("The file holds too many files.");
      if ((entry.header.type !== "file" && !isFolder) || name === "") {
        await entry.body.cancel();
        continue;
      }
      if (entry.header.size > (name === indexPath ? limits.indexBytes : limits.totalBytes)) {
        throw badFile(`“${name}” in the file is larger than it may be (${amount(entry.header.size)}).`);
      }
      const content = new Uint8Array(await new Response(entry.body).arrayBuffer());
      entries.set(name, { content: isFolder ? undefined : content, mode: (entry.header.mode ?? 0o644) & 0o777 });
    }
    await feeding;
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (error instanceof KeptWorkError) throw error;
    throw badFile("This is no file that Drydock has exported, or it is damaged.", error);
  }
  return entries;
}

const lessonId = z.string().check(z.refine(isPlace, "is no lesson"));
const time = z.iso.datetime({ offset: true });
const version = z.object({ format: z.number() });
const indexShape = z.object({
  format: z.literal(archiveFormat),
  created: time,
  progress: z.record(lessonId, z.unknown()),
  workspaces: z.array(z.object({ lesson: lessonId, savedAt: time })).check(z.maxLength(10_000)),
  machines: z
    .array(
      z.object({
        lesson: lessonId,
        step: z.optional(z.string().check(z.maxLength(200))),
        savedAt: time,
        imageId: z.string().check(z.regex(/^[0-9a-f]{8,64}$/)),
        bytes: z.int().check(z.nonnegative()),
      }),
    )
    .check(z.maxLength(10_000)),
});

type Index = Omit<z.infer<typeof indexShape>, "progress"> & { readonly progress: Progress };

function readIndex(entry: Entry | undefined): Index {
  if (entry?.content === undefined) {
    throw badFile(`This is no file that Drydock has exported: there is no ${indexPath} in it.`);
  }
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(entry.content));
  } catch (cause) {
    throw badFile(`The file is damaged: its ${indexPath} cannot be read.`, cause);
  }
  const found = version.safeParse(value);
  if (found.success && found.data.format > archiveFormat) {
    throw new KeptWorkError(
      "bad-file",
      `The file was made by a newer version of Drydock (its format is ${found.data.format}; this one reads ${archiveFormat}).`,
      { hint: "Reload the page, or import it where it was exported." },
    );
  }
  const index = indexShape.safeParse(value);
  if (!index.success) {
    const [issue] = index.error.issues;
    const where = issue === undefined || issue.path.length === 0 ? "" : ` at ${issue.path.map(String).join(".")}`;
    throw badFile(`The file is damaged: its ${indexPath} makes no sense${where}.`, index.error);
  }
  const progress = parseProgress(JSON.stringify(index.data.progress));
  if (progress === undefined) throw badFile(`The file is damaged: the progress in it makes no sense.`);
  for (const list of [index.data.workspaces, index.data.machines]) {
    const lessons = list.map(({ lesson }) => lesson);
    const twice = lessons.find((lesson, n) => lessons.indexOf(lesson) !== n);
    if (twice !== undefined) throw badFile(`The file is damaged: it holds “${twice}” twice.`);
  }
  return { ...index.data, progress };
}

function takeWorkspace(
  { lesson, savedAt }: Index["workspaces"][number],
  entries: Map<string, Entry>,
  limits: ArchiveLimits,
): KeptWorkspace {
  const files: KeptFile[] = [];
  const folders: string[] = [];
  const start = workspaceFolder(lesson);
  for (const [name, { content, mode }] of entries) {
    if (`${name}/` === start) entries.delete(name);
    if (!name.startsWith(start)) continue;
    const path = name.slice(start.length);
    if (!isWorkspacePath(path)) throw badFile(`“${name}” in the file would lie outside of the workspace.`);
    if (content === undefined) folders.push(path);
    else files.push({ path, mode, content });
    entries.delete(name);
  }
  const workspace = { lesson, savedAt, files, folders };
  if (!arePathsApart(workspace)) throw badFile(`In “${lesson}”, a file and a folder of the file have the same name.`);
  const bytes = files.reduce((sum, { content }) => sum + content.byteLength, 0);
  if (bytes > limits.workspaceBytes) throw badFile(`The files of “${lesson}” are too large (${amount(bytes)}).`);
  return workspace;
}

function takeMachine({ step, ...machine }: Index["machines"][number], entries: Map<string, Entry>) {
  const name = machinePath(machine.lesson);
  const content = entries.get(name)?.content;
  entries.delete(name);
  if (content?.byteLength !== machine.bytes) {
    throw badFile(`The file is damaged: the machine of “${machine.lesson}” is missing or incomplete.`);
  }
  return { info: { ...machine, step }, bytes: new Blob([content]) };
}

function badFile(message: string, cause?: unknown): KeptWorkError {
  return new KeptWorkError("bad-file", message, {
    hint: "Nothing has been changed. Choose a file that “Export” has made.",
    cause,
  });
}
