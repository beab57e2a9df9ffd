/** A header as HTTP/2 has it: the name in small letters. */
export type Field = readonly [name: string, value: string];

/** Names and values that both sides refer to by number: the fixed ones, then those that were sent before, newest first (RFC 7541 section 2.3). */
export interface HeaderTable {
  /** Counted from 1. */
  get(index: number): Field | undefined;
  add(field: Field): void;
  resize(bytes: number): void;
}

/** `limit` is the largest size that the table may be given, in bytes as RFC 7541 section 4.1 counts them. */
export function createHeaderTable(limit: number): HeaderTable {
  const sent: Field[] = [];
  let size = 0;
  let most = limit;
  const shrink = (bytes: number) => {
    while (size > bytes) {
      const last = sent.pop();
      if (last === undefined) return;
      size -= sizeOf(last);
    }
  };
  return {
    get: (index) => fixed[index - 1] ?? sent[index - 1 - fixed.length],
    add(field) {
      shrink(Math.max(0, most - sizeOf(field)));
      // A field larger than the table empties it and is not kept.
      if (sizeOf(field) > most) return;
      sent.unshift(field);
      size += sizeOf(field);
    },
    resize(bytes) {
      most = Math.min(bytes, limit);
      shrink(most);
    },
  };
}

function sizeOf([name, value]: Field): number {
  return name.length + value.length + 32;
}

/** RFC 7541 appendix A. */
const fixed: readonly Field[] = [
  [":authority", ""],
  [":method", "GET"],
  [":method", "POST"],
  [":path", "/"],
  [":path", "/index.html"],
  [":scheme", "http"],
  [":scheme", "https"],
  ...["200", "204", "206", "304", "400", "404", "500"].map((status): Field => [":status", status]),
  ["accept-charset", ""],
  ["accept-encoding", "gzip, deflate"],
  ...[
    ...["accept-language", "accept-ranges", "accept", "access-control-allow-origin", "age", "allow", "authorization"],
    ...["cache-control", "content-disposition", "content-encoding", "content-language", "content-length"],
    ...["content-location", "content-range", "content-type", "cookie", "date", "etag", "expect", "expires", "from"],
    ...["host", "if-match", "if-modified-since", "if-none-match", "if-range", "if-unmodified-since", "last-modified"],
    ...["link", "location", "max-forwards", "proxy-authenticate", "proxy-authorization", "range", "referer"],
    ...["refresh", "retry-after", "server", "set-cookie", "strict-transport-security", "transfer-encoding"],
    ...["user-agent", "vary", "via", "www-authenticate"],
  ].map((name): Field => [name, ""]),
];
