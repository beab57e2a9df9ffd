import { packTar as pack, unpackTar as unpack } from "modern-tar";
import { malformedAnswer } from "./error.ts";

/** A file or folder in a tar stream. */
export interface TarFile {
  /** With `/`, relative. */
  readonly path: string;
  readonly kind: "file" | "folder" | "link";
  /** Empty for folders and links. */
  readonly content: Uint8Array<ArrayBuffer>;
  /** Permission bits, such as 0o644. */
  readonly mode: number;
  /** Of a link. */
  readonly target?: string | undefined;
}

/** A build context or archive out of files by path. */
export async function packFiles(
  files: Readonly<Record<string, string | Uint8Array | { content: string | Uint8Array; mode: number }>>,
): Promise<Uint8Array<ArrayBuffer>> {
  return pack(
    Object.entries(files).map(([name, file]) => {
      const { content, mode } =
        typeof file === "string" || file instanceof Uint8Array ? { content: file, mode: 0o644 } : file;
      const body = typeof content === "string" ? new TextEncoder().encode(content) : content;
      return { header: { name, mode, size: body.length, type: "file" as const }, body };
    }),
  );
}

/** Reads what `getArchive` gives. */
export async function unpackFiles(archive: ReadableStream<Uint8Array> | Uint8Array): Promise<TarFile[]> {
  const entries = await unpack(archive, { strict: true }).catch((error: unknown) => {
    throw error instanceof Error && error.name === "EngineError"
      ? error
      : malformedAnswer("The archive is no tar.", error);
  });
  return entries.map(({ header, data }) => ({
    path: header.name.replace(/\/$/, ""),
    kind:
      header.type === "directory" ? "folder" : header.type === "symlink" || header.type === "link" ? "link" : "file",
    content: data ?? new Uint8Array(0),
    // Docker adds the bits of the file's type.
    mode: (header.mode ?? 0o644) & 0o7777,
    ...(header.linkname !== undefined && header.linkname !== "" && { target: header.linkname }),
  }));
}
