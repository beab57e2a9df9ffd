import { createTarDecoder, type ParsedTarEntry } from "modern-tar";
import * as z from "zod/mini";
import { parseProgress, type Progress } from "../lessons/progress.ts";
import {
  archiveFormat,
  archiveLimits,
  beginningFolder,
  indexPath,
  machinePath,
  workspaceFolder,
  type ArchiveLimits,
} from "./archive-layout.ts";
import { amount } from "./kept-words.ts";
import { arePathsApart, isLinkTarget, isPlace, isStepId, isWorkspacePath } from "./kept-paths.ts";
import type { KeptFile, KeptLink, KeptMachineInfo, KeptWorkspace } from "./kept-work.ts";
import { KeptWorkError } from "./kept-work-error.ts";
import { setAsideFolder } from "./set-aside-files.ts";
import { stepStartKey } from "./step-start.ts";
import { workArchiveWords } from "../words/work-archive.ts";

/** What an exported file holds, all of it checked. */
export interface ImportedWork {
  /** In ISO 8601. */
  readonly created: string;
  readonly progress: Progress;
  readonly workspaces: readonly KeptWorkspace[];
  /** How steps began, by the names under which that is kept. */
  readonly beginnings: readonly KeptWorkspace[];
  readonly machines: readonly { readonly info: KeptMachineInfo; readonly bytes: Blob }[];
  /** Names in the file that mean nothing here, and were left out. */
  readonly ignored: readonly string[];
}

/** Rejects with a `KeptWorkError` of code `bad-file` that says what is wrong with `file`; nothing is kept yet. */
export async function readArchive(file: Blob, signal: AbortSignal, limits = archiveLimits): Promise<ImportedWork> {
  const entries = await unpack(file, signal, limits);
  const index = readIndex(entries.get(indexPath));
  entries.delete(indexPath);
  const inFolders = sortIntoFolders(entries);
  const take = (workspace: Pick<KeptWorkspace, "lesson" | "savedAt">, folder: string) => {
    const names = inFolders.get(folder) ?? [];
    return takeWorkspace(workspace, folder, names, entries, limits);
  };
  const workspaces = index.workspaces.map(({ lesson, savedAt }) => take({ lesson, savedAt }, workspaceFolder(lesson)));
  const beginnings = index.beginnings.map(({ lesson, step, savedAt }) =>
    take({ lesson: stepStartKey(lesson, step), savedAt }, beginningFolder(lesson, step)),
  );
  const machines = index.machines.map((machine) => takeMachine(machine, entries));
  const { created, progress } = index;
  const ignored = [...entries.keys()].filter((name) => !name.startsWith(setAsideFolder));
  return { created, progress, workspaces, beginnings, machines, ignored };
}

type Entry =
  | { readonly is: "file"; readonly content: Uint8Array<ArrayBuffer>; readonly mode: number }
  | { readonly is: "folder" }
  | { readonly is: "link"; readonly target: string };

/** Folders have no slash at the end of their names; what is neither file, folder nor symbolic link has no place here. */
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
            throw badFile(workArchiveWords.fileUnpacksMoreThan(amount(limits.totalBytes)));
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
      const { type } = entry.header;
      if (entries.size >= limits.entries) throw badFile(workArchiveWords.fileHoldsTooMany);
      if (type !== "file" || name === "") {
        await entry.body.cancel();
        if (name === "") continue;
        if (type === "directory") entries.set(name, { is: "folder" });
        else if (type === "symlink") entries.set(name, { is: "link", target: entry.header.linkname ?? "" });
        continue;
      }
      if (entry.header.size > (name === indexPath ? limits.indexBytes : limits.totalBytes)) {
        throw badFile(workArchiveWords.fileLargerThanMay(name, amount(entry.header.size)));
      }
      const content = new Uint8Array(await new Response(entry.body).arrayBuffer());
      entries.set(name, { is: "file", content, mode: (entry.header.mode ?? 0o644) & 0o777 });
    }
    await feeding;
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (error instanceof KeptWorkError) throw error;
    throw badFile(workArchiveWords.noFileDrydockExported, error);
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
  beginnings: z._default(
    z
      .array(
        z.object({
          lesson: lessonId,
          step: z.string().check(z.refine(isStepId, "is no step")),
          savedAt: time,
        }),
      )
      .check(z.maxLength(10_000)),
    [],
  ),
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
  if (entry?.is !== "file") {
    throw badFile(workArchiveWords.noFileDrydockExportedNo(indexPath));
  }
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(entry.content));
  } catch (cause) {
    throw badFile(workArchiveWords.fileDamagedCannotRead(indexPath), cause);
  }
  const found = version.safeParse(value);
  if (found.success && found.data.format > archiveFormat) {
    throw new KeptWorkError("bad-file", workArchiveWords.fileMadeNewerVersion(found.data.format, archiveFormat), {
      hint: workArchiveWords.reloadPageImportWhere,
    });
  }
  const index = indexShape.safeParse(value);
  if (!index.success) {
    const [issue] = index.error.issues;
    const where =
      issue === undefined || issue.path.length === 0 ? "" : workArchiveWords.at(issue.path.map(String).join("."));
    throw badFile(workArchiveWords.fileDamagedMakesNo(indexPath, where), index.error);
  }
  const progress = parseProgress(JSON.stringify(index.data.progress));
  if (progress === undefined) throw badFile(workArchiveWords.fileDamagedProgressMakes);
  const { workspaces, machines, beginnings } = index.data;
  const steps = beginnings.map(({ lesson, step }) => ({ lesson: stepStartKey(lesson, step) }));
  for (const list of [workspaces, machines, steps]) {
    const seen = new Set<string>();
    for (const { lesson } of list) {
      if (seen.has(lesson)) throw badFile(workArchiveWords.fileDamagedHoldsTwice(lesson));
      seen.add(lesson);
    }
  }
  return { ...index.data, progress };
}

/** The names of all entries, by each folder that may be that of a workspace, or of how a step began. */
function sortIntoFolders(entries: Map<string, Entry>): Map<string, string[]> {
  const inFolders = new Map<string, string[]>();
  for (const name of entries.keys()) {
    // The deepest is `beginnings/<course>/<lesson>/<step>/`.
    const parts = `${name}/`.split("/", 5);
    for (let depth = 2; depth < parts.length; depth++) {
      const folder = `${parts.slice(0, depth).join("/")}/`;
      const names = inFolders.get(folder) ?? [];
      inFolders.set(folder, names);
      names.push(name);
    }
  }
  return inFolders;
}

/** What lies in `folder`, which ends with a slash; `names` are those of the folder itself and of all below it. */
function takeWorkspace(
  { lesson, savedAt }: Pick<KeptWorkspace, "lesson" | "savedAt">,
  folder: string,
  names: readonly string[],
  entries: Map<string, Entry>,
  limits: ArchiveLimits,
): KeptWorkspace {
  const files: KeptFile[] = [];
  const folders: string[] = [];
  const links: KeptLink[] = [];
  for (const name of names) {
    const entry = entries.get(name);
    entries.delete(name);
    if (entry === undefined || `${name}/` === folder) continue;
    const path = name.slice(folder.length);
    if (!isWorkspacePath(path)) throw badFile(workArchiveWords.fileWouldLieOutside(name));
    if (entry.is === "folder") folders.push(path);
    else if (entry.is === "file") files.push({ path, mode: entry.mode, content: entry.content });
    else if (isLinkTarget(entry.target)) links.push({ path, target: entry.target });
    else throw badFile(workArchiveWords.fileLinkNothingLink(name));
  }
  const workspace = { lesson, savedAt, files, folders, links };
  if (!arePathsApart(workspace)) {
    throw badFile(workArchiveWords.somethingFileSameName(lesson));
  }
  const bytes = files.reduce((sum, { content }) => sum + content.byteLength, 0);
  if (bytes > limits.workspaceBytes) throw badFile(workArchiveWords.filesTooLarge(lesson, amount(bytes)));
  return workspace;
}

function takeMachine({ step, ...machine }: Index["machines"][number], entries: Map<string, Entry>) {
  const name = machinePath(machine.lesson);
  const entry = entries.get(name);
  entries.delete(name);
  if (entry?.is !== "file" || entry.content.byteLength !== machine.bytes) {
    throw badFile(workArchiveWords.fileDamagedMachineMissing(machine.lesson));
  }
  return { info: { ...machine, step }, bytes: new Blob([entry.content]) };
}

function badFile(message: string, cause?: unknown): KeptWorkError {
  return new KeptWorkError("bad-file", message, {
    hint: workArchiveWords.nothingChangedChooseFile,
    cause,
  });
}
