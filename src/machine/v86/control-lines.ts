// Words and lines of the control channel; see control-protocol.md.

/** Calls `receive` with each line, without its end. A line over the limit is not one of the agent's and is skipped. */
export function createLineSplitter(receive: (line: string) => void): (bytes: Uint8Array) => void {
  const decoder = new TextDecoder("latin1");
  let pending = "";
  let skipping = false;
  return (bytes) => {
    const lines = (pending + decoder.decode(bytes, { stream: true })).split("\n");
    pending = lines.pop() ?? "";
    for (const line of lines) {
      if (!skipping && line.length <= LONGEST_LINE) receive(line.replace(/\r$/, ""));
      skipping = false;
    }
    if (pending.length > LONGEST_LINE) {
      pending = "";
      skipping = true;
    }
  };
}

const LONGEST_LINE = 65_536;

export function encodeText(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function decodeText(payload: string | undefined): string {
  return new TextDecoder().decode(unhex(payload));
}

export function hex(bytes: Uint8Array): string {
  if (bytes.length === 0) return "-";
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function unhex(word: string | undefined): Uint8Array {
  if (word === undefined || word === "-" || !/^(?:[0-9a-f]{2})*$/.test(word)) return new Uint8Array(0);
  return Uint8Array.from({ length: word.length / 2 }, (_, index) =>
    Number.parseInt(word.slice(index * 2, index * 2 + 2), 16),
  );
}
