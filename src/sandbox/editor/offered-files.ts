import { uploadLimits, type OfferedFile } from "./upload-limits.ts";

/** What was chosen with a file input; from a chosen folder, with the folder's name before each path. */
export function chosenFiles(files: Iterable<File>): OfferedFile[] {
  return [...files].map((file) => offer(file.webkitRelativePath === "" ? file.name : file.webkitRelativePath, file));
}

/** What was dropped, folders with all that is in them. To be called while the drop is handled: later its data is gone. */
export function droppedFiles(data: DataTransfer): Promise<OfferedFile[]> {
  const items = [...data.items].filter(({ kind }) => kind === "file");
  const entries = items.map((item) => item.webkitGetAsEntry() ?? item.getAsFile());
  return collect(entries.filter((entry) => entry !== null));
}

/** Ends soon after there are more than can be uploaded: the folder may be somebody's whole disk. */
async function collect(entries: readonly (FileSystemEntry | File)[]): Promise<OfferedFile[]> {
  const files: OfferedFile[] = [];
  const left = [...entries];
  for (let entry = left.shift(); entry !== undefined && files.length <= uploadLimits.files; entry = left.shift()) {
    if (entry instanceof File) files.push(offer(entry.name, entry));
    else if (isFile(entry)) files.push(offer(entry.fullPath.replace(/^\//, ""), await fileOf(entry)));
    else if (isFolder(entry)) left.push(...(await childrenOf(entry)));
  }
  return files;
}

function offer(path: string, file: File): OfferedFile {
  return { path, bytes: file.size, read: async () => new Uint8Array(await file.arrayBuffer()) };
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** A browser gives them in portions, and none when there are no more. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const children: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return children;
    children.push(...some);
  }
}
