/** How much of what a program prints is kept, in characters; the last of it. */
const most = 20_000;

/** `text` with `chunk` after it. Whole lines go when it gets too long. */
export function appendOutput(text: string, chunk: string): string {
  const all = text + chunk;
  return all.length <= most ? all : all.slice(all.indexOf("\n", all.length - most) + 1);
}

/** What a program printed for a terminal, as it is read in a page: without colours and other sequences. */
export function plainOutput(text: string): string {
  return text.replaceAll(sequences, "").replaceAll("\r\n", "\n");
}

const escape = String.fromCharCode(27);
const bell = String.fromCharCode(7);
/** CSI and OSC of ECMA-48. */
const sequences = new RegExp(
  `${escape}\\[[\\d;:?<=>]*[ -/]*[@-~]|${escape}\\][^${escape}${bell}]*(?:${escape}\\\\|${bell})`,
  "g",
);
