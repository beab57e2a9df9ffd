export type BootPhase = "init" | "program" | "prompt" | "end";

/** Finds in the small machine's output how far it is: what its init tells (`src/image/guest/small`), and its shell's prompts. */
export function createPhaseReader(onPhase: (phase: BootPhase) => void): { read(bytes: Uint8Array): void } {
  const decoder = new TextDecoder("latin1");
  let text = "";
  return {
    read(bytes) {
      text += decoder.decode(bytes, { stream: true });
      let read = 0;
      for (const match of text.matchAll(marks)) {
        read = match.index + match[0].length;
        onPhase((match[1] ?? "prompt") as BootPhase);
      }
      // The beginning of a mark may be at the very end.
      text = text.slice(Math.max(read, text.length - longestMark));
    },
  };
}

const marks = new RegExp(String.raw`\u001b\](?:633;P;Phase=(init|program|end)|133;B)\u0007`, "g");
const longestMark = 24;
