import * as z from "zod/mini";
import type { Machine } from "../../machine/contract.ts";
import { transferWords as words } from "../../words/transfer.ts";
import { amount } from "../kept-words.ts";
import { TransferError } from "./transfer-error.ts";

/** What can be taken out of the machine, as it is when it is looked at. */
export interface MachineFile {
  /** From the root on, without links on the way. */
  readonly path: string;
  readonly kind: "file" | "folder";
  readonly bytes: number;
  /** When it was changed and where it lies: another text means another content. */
  readonly version: string;
}

export interface TransferOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (doneBytes: number, allBytes: number) => void;
}

type Place = Pick<Machine, "run" | "workspace">;

/** The file, or the folder as `.tar.gz`. Rejects with a `TransferError`, or with the machine's own error. */
export async function takeFromMachine(machine: Place, path: string, options: TransferOptions): Promise<File> {
  const { signal } = options;
  const found = await lookAt(machine, path, signal);
  const name = found.path.slice(found.path.lastIndexOf("/") + 1) || "root";
  if (found.kind === "folder") {
    const packed = await pack(machine, found.path, signal);
    try {
      const bytes = await readInPieces(machine, await lookAt(machine, packed, signal), options);
      return new File([bytes], `${name}.tar.gz`, { type: "application/gzip" });
    } finally {
      // It is in nobody's way should it stay.
      await machine.run(["rm", "-f", packed]).catch(() => undefined);
    }
  }
  // The workspace is shared with the page: nothing goes over a line.
  const shared = inWorkspace(found.path);
  if (shared === undefined) return new File([await readInPieces(machine, found, options)], name);
  const content = await machine.workspace.read(shared, { signal });
  options.onProgress(content.byteLength, content.byteLength);
  return new File([content], name);
}

/** Puts files into a folder, which is made if need be. Resolves to the folder's path. A file is there whole or not at all. */
export async function putIntoMachine(
  machine: Place,
  folder: string,
  files: readonly File[],
  { signal, onProgress }: TransferOptions,
): Promise<string> {
  const place = await makeFolder(machine, folder, signal);
  const all = files.reduce((sum, { size }) => sum + size, 0);
  const shared = place === "/workspace" ? "" : inWorkspace(place);
  const limit = shared === undefined ? overTheLine : inThePage;
  const large = files.find(({ size }) => size > limit);
  if (large !== undefined) throw new TransferError(words.tooLarge(large.name, amount(large.size), amount(limit)));
  let done = 0;
  const count = (bytes: number) => onProgress((done += bytes), all);
  for (const file of files) {
    signal.throwIfAborted();
    if (shared === undefined)
      await writeInPieces(machine, `${place === "/" ? "" : place}/${file.name}`, file, signal, count);
    else {
      const path = shared === "" ? file.name : `${shared}/${file.name}`;
      await machine.workspace.write(path, new Uint8Array(await file.arrayBuffer()), { signal });
      count(file.size);
    }
  }
  return place;
}

/** Over a line with 2.7 characters for each byte; and held by the page, twice. */
const overTheLine = 32e6;
/** Of a folder, which gets smaller when it is packed. */
const unpacked = 128e6;
const inThePage = 256e6;
const pieceBytes = 192 * 1024;

function inWorkspace(path: string): string | undefined {
  return path.startsWith("/workspace/") ? path.slice("/workspace/".length) : undefined;
}

const looked = z.object({
  kind: z.enum(["file", "folder"]),
  bytes: z.coerce.number().check(z.int(), z.nonnegative()),
  version: z.string(),
  path: z.string().check(z.startsWith("/")),
});

async function lookAt(machine: Place, path: string, signal: AbortSignal): Promise<MachineFile> {
  if (!path.startsWith("/")) throw new TransferError(words.notAbsolute);
  const script = 'p=$(realpath -e -- "$1") || exit 3; stat -c "%F|%s|%Y.%i" -- "$p" && printf "%s" "$p"';
  const { exitCode, stdout, stderr } = await machine.run(["sh", "-c", script, "sh", path], { signal });
  if (exitCode === 3) throw new TransferError(words.missing(path));
  if (exitCode !== 0) throw new TransferError(words.unreadable(path, lastLine(stderr)));
  const [, type = "", bytes, version, real] = /^([^|]*)\|(\d+)\|([^\n]*)\n([^]*)$/.exec(stdout) ?? [];
  const kind = type.startsWith("regular") ? "file" : type === "directory" ? "folder" : type;
  const found = looked.safeParse({ kind, bytes, version, path: real });
  if (!found.success) throw new TransferError(words.special(path));
  const limit = inWorkspace(found.data.path) === undefined ? overTheLine : inThePage;
  if (found.data.kind === "file" && found.data.bytes > limit)
    throw new TransferError(words.tooLarge(path, amount(found.data.bytes), amount(limit)));
  return found.data;
}

/** Into a file of its own, whose path it resolves to. */
async function pack(machine: Place, path: string, signal: AbortSignal): Promise<string> {
  const script = String.raw`
size=$(du -sxB1 -- "$1" | cut -f1) && [ -n "$size" ] || exit 1
[ "$size" -le "$2" ] || { printf %s "$size"; exit 4; }
f=$(mktemp /tmp/drydock-download.XXXXXX) || exit 1
tar -czf "$f" --one-file-system --exclude "$f" -C "$(dirname -- "$1")" -- "$(basename -- "$1")" || { rm -f "$f"; exit 1; }
printf %s "$f"`;
  const argv = ["sh", "-c", script, "sh", path, String(unpacked)];
  const { exitCode, stdout, stderr } = await machine.run(argv, { signal, timeoutMs: 300_000 });
  if (exitCode === 4) throw new TransferError(words.tooLarge(path, amount(Number(stdout)), amount(unpacked)));
  if (exitCode !== 0) throw new TransferError(words.unreadable(path, lastLine(stderr)));
  return stdout;
}

async function readInPieces(
  machine: Place,
  file: MachineFile,
  { signal, onProgress }: TransferOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const content = new Uint8Array(file.bytes);
  onProgress(0, file.bytes);
  for (let at = 0; at < file.bytes; at += pieceBytes) {
    const script = 'dd if="$1" bs=65536 iflag=skip_bytes,count_bytes skip="$2" count="$3" status=none | base64 -w 0';
    const argv = ["sh", "-c", script, "sh", file.path, String(at), String(pieceBytes)];
    const { exitCode, stdout, stderr } = await machine.run(argv, { signal, timeoutMs: 120_000 });
    if (exitCode !== 0 || stderr !== "") throw new TransferError(words.unreadable(file.path, lastLine(stderr)));
    const piece = fromBase64(stdout);
    if (piece.length !== Math.min(pieceBytes, file.bytes - at)) throw new TransferError(words.changed(file.path));
    content.set(piece, at);
    onProgress(at + piece.length, file.bytes);
  }
  const now = await lookAt(machine, file.path, signal);
  if (now.version !== file.version || now.bytes !== file.bytes) throw new TransferError(words.changed(file.path));
  return content;
}

async function makeFolder(machine: Place, folder: string, signal: AbortSignal): Promise<string> {
  if (!folder.startsWith("/")) throw new TransferError(words.notAbsolute);
  const script = 'mkdir -p -- "$1" && printf "%s" "$(realpath -e -- "$1")"';
  const { exitCode, stdout, stderr } = await machine.run(["sh", "-c", script, "sh", folder], { signal });
  if (exitCode !== 0) throw new TransferError(words.unwritable(folder, lastLine(stderr)));
  return stdout;
}

/** Beside its place first, so that nobody meets a half of it. */
async function writeInPieces(
  machine: Place,
  path: string,
  file: File,
  signal: AbortSignal,
  count: (bytes: number) => void,
): Promise<void> {
  const part = `${path}.drydock-part`;
  const run = async (script: string, stdin?: Uint8Array) => {
    const options = { signal, timeoutMs: 120_000, ...(stdin && { stdin }) };
    const { exitCode, stderr } = await machine.run(["sh", "-c", script, "sh", part, path], options);
    if (exitCode !== 0) throw new TransferError(words.unwritable(path, lastLine(stderr)));
  };
  try {
    await run(': > "$1"');
    for (let at = 0; at < file.size; at += pieceBytes) {
      const piece = new Uint8Array(await file.slice(at, at + pieceBytes).arrayBuffer());
      await run('cat >> "$1"', piece);
      count(piece.length);
    }
    await run('mv -f -- "$1" "$2"');
  } catch (error) {
    await machine.run(["rm", "-f", part]).catch(() => undefined);
    throw error;
  }
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}
