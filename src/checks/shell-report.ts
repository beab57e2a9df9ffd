/** What the machine's shell tells of itself between its output, see `src/image/guest/bashrc`. */
export type ShellReport =
  /** What was entered and is about to run. */
  | { readonly type: "line"; readonly line: string }
  | { readonly type: "begun" }
  /** Also comes with every new prompt, and then has no `begun` before it. */
  | { readonly type: "ended"; readonly exitCode: number };

/** Finds the reports in a terminal's output, wherever its pieces are cut. Anything in the guest can write such sequences. */
export function createReportReader(onReport: (report: ShellReport) => void): { read(bytes: Uint8Array): void } {
  let state: "text" | "escape" | "command" = "text";
  let kept = new Uint8Array(256);
  let length = 0;
  let skipped = 0;

  const keep = (bytes: Uint8Array) => {
    const part = bytes.subarray(0, maxBytes - length);
    skipped += bytes.length - part.length;
    if (length + part.length > kept.length) {
      const larger = new Uint8Array(Math.min(maxBytes, 2 * (length + part.length)));
      larger.set(kept.subarray(0, length));
      kept = larger;
    }
    kept.set(part, length);
    length += part.length;
  };
  const finish = () => {
    const report = readReport(decoder.decode(kept.subarray(0, length)));
    length = skipped = 0;
    kept = kept.subarray(0, 256);
    if (report !== undefined) onReport(report);
  };

  return {
    read(bytes) {
      let at = 0;
      while (at < bytes.length) {
        if (state === "text") {
          const found = bytes.indexOf(escape, at);
          if (found < 0) return;
          state = "escape";
          at = found + 1;
        } else if (state === "escape") {
          const byte = bytes[at];
          if (byte === bracket) {
            state = "command";
            length = skipped = 0;
          } else if (byte !== escape) state = "text";
          at++;
        } else {
          const found = endOf(bytes, at);
          keep(bytes.subarray(at, found));
          at = found + 1;
          if (found === bytes.length) {
            // No terminal waits for ever for the end of a sequence.
            if (skipped > maxSkippedBytes) state = "text";
            return;
          }
          state = bytes[found] === escape ? "escape" : "text";
          finish();
        }
      }
    },
  };
}

/** Where a sequence ends: with BEL, or with the ESC of `ESC \\` or of the next one. */
function endOf(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length; at++) if (bytes[at] === bell || bytes[at] === escape) return at;
  return bytes.length;
}

function readReport(text: string): ShellReport | undefined {
  if (text === "133;C") return { type: "begun" };
  const [, exitCode] = /^133;D;(\d{1,3})$/.exec(text) ?? [];
  if (exitCode !== undefined) return { type: "ended", exitCode: Number(exitCode) };
  if (!text.startsWith("633;E;")) return undefined;
  // The terminal has put a return before each line's end; `history` a number, and bash's a star if the entry was changed.
  const line = text.slice("633;E;".length).replaceAll("\r\n", "\n");
  return { type: "line", line: line.replace(/^ *\d+[* ] ?/, "").trim() };
}

const escape = 0x1b;
const bracket = 0x5d;
const bell = 0x07;
/** Of one sequence; the rest of a longer line is not kept. */
const maxBytes = 16 * 1024;
const maxSkippedBytes = 1024 * 1024;
const decoder = new TextDecoder();
