import type { TerminalName } from "../../lessons/model.ts";
import { recordingWords } from "../../words/recording.ts";

export function terminalTitle(name: TerminalName): string {
  return name === "vm" ? recordingWords.smallMachine : recordingWords.terminal(name);
}
