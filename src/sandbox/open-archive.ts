import { createTarPacker, type TarHeader } from "modern-tar";
import { archiveLimits, type ArchiveLimits } from "./archive-layout.ts";
import type { WorkspaceContent } from "./workspace-content.ts";

export type ArchiveRoom = Pick<ArchiveLimits, "totalBytes" | "entries">;

/** A `.tar.gz` on its way. */
export function openArchive(mtime: Date, limits: ArchiveRoom = archiveLimits) {
  const { readable, controller } = createTarPacker();
  const packed = new Response(readable.pipeThrough(new CompressionStream("gzip"))).blob();
  packed.catch(() => undefined);
  let bytes = 0;
  let entries = 0;
  const add = async (header: Omit<TarHeader, "mtime">, content?: Uint8Array): Promise<void> => {
    entries++;
    bytes += header.size + entryBytes;
    const body = controller.add({ ...header, mtime }).getWriter();
    if (content !== undefined && content.byteLength > 0) await body.write(content);
    await body.close();
  };
  const addFile = (name: string, mode: number, content: Uint8Array<ArrayBuffer>) =>
    add({ name, mode, size: content.byteLength, type: "file" }, content);
  return {
    addFile,
    /** `folder` ends with a slash. */
    async addContent(folder: string, { files, folders, links = [] }: WorkspaceContent): Promise<void> {
      for (const path of folders) await add({ name: `${folder}${path}/`, size: 0, type: "directory" });
      for (const { path, mode, content } of files) await addFile(`${folder}${path}`, mode, content);
      for (const { path, target } of links)
        await add({ name: `${folder}${path}`, mode: 0o777, size: 0, type: "symlink", linkname: target });
    },
    /** Whether `more` entries with these contents fit in as well, and an index. */
    hasRoom(more: number, contents: readonly { readonly content: Uint8Array }[]): boolean {
      const size = contents.reduce((sum, { content }) => sum + content.byteLength, more * entryBytes);
      return entries + more < limits.entries && bytes + size + archiveLimits.indexBytes <= limits.totalBytes;
    },
    close(): Promise<Blob> {
      controller.finalize();
      return packed;
    },
    abort(error: unknown): void {
      controller.error(error);
    },
  };
}

/** What an entry takes beside its content: its header, one for a long name, and what fills the last blocks up. */
const entryBytes = 4096;
