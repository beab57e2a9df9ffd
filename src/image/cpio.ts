/** One file or folder of an initial RAM file system. */
export interface CpioEntry {
  readonly path: string;
  readonly mode: number;
  readonly content: Uint8Array;
}

export const folderMode = 0o040755;
export const programMode = 0o100755;
export const fileMode = 0o100644;

/** Archives entries in the "newc" format the kernel unpacks (Documentation/driver-api/early-userspace/buffer-format.rst). */
export function cpio(entries: readonly CpioEntry[]): Buffer {
  const pieces = entries.flatMap((entry, index) => record(entry, index + 1));
  return Buffer.concat([...pieces, ...record({ path: "TRAILER!!!", mode: 0, content: new Uint8Array() }, 0)]);
}

function record(entry: CpioEntry, inode: number): Buffer[] {
  const name = Buffer.from(`${entry.path}\0`);
  const links = entry.mode === folderMode ? 2 : 1;
  const fields = [inode, entry.mode, 0, 0, links, 0, entry.content.length, 0, 0, 0, 0, name.length, 0];
  const header = Buffer.from(`070701${fields.map((field) => field.toString(16).padStart(8, "0")).join("")}`);
  return [
    header,
    name,
    padding(header.length + name.length),
    Buffer.from(entry.content),
    padding(entry.content.length),
  ];
}

function padding(length: number): Buffer {
  return Buffer.alloc((4 - (length % 4)) % 4);
}
