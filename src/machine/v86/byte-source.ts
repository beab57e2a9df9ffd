/** Bytes that are read once, front to back. */
export interface ByteSource {
  readonly byteLength: number;
  /**
   * The next `length` bytes. They begin at a multiple of 4 in their buffer, and the next call may overwrite them. Throws a `RangeError` past the end.
   */
  read(length: number): Uint8Array<ArrayBuffer>;
}

/** Reads what is in memory already, without copying where the position allows it. */
export function bytesAsSource(bytes: Uint8Array<ArrayBuffer>): ByteSource {
  let at = 0;
  return {
    byteLength: bytes.length,
    read(length) {
      if (at + length > bytes.length) throw new RangeError("read past the end");
      const part = bytes.subarray(at, at + length);
      at += length;
      return part.byteOffset % 4 === 0 ? part : part.slice();
    },
  };
}
