import type { RecordedStep, RecordingHeader } from "../../src/lessons/recording.ts";

export const recordedSteps: readonly RecordedStep[] = [
  {
    id: "greet",
    title: "Say hello",
    solution: [
      { type: "command", command: "echo hello", terminal: 1, background: false, interrupt: false },
      { type: "file", path: "hello.txt", content: "hello\n" },
    ],
  },
  {
    id: "watch",
    title: "Watch it",
    solution: [
      { type: "command", command: "tail -f log", terminal: 2, background: true, interrupt: false },
      { type: "answer", quiz: "q", answer: [1] },
    ],
  },
];

export function headerOf(changes: Partial<RecordingHeader> = {}): RecordingHeader {
  return {
    version: 2,
    width: 100,
    height: 28,
    timestamp: 1_700_000_000,
    title: "Greetings",
    drydock: { lesson: "boats/greetings", machine: "abc123", terminals: 2, steps: recordedSteps },
    ...changes,
  };
}

/** The text of a recording with these events. */
export function castOf(events: readonly (readonly [number, string, string])[], header: object = headerOf()): string {
  return [header, ...events].map((line) => `${JSON.stringify(line)}\n`).join("");
}

/** What a shell of the machine prints around a command: its prompt and its line, what it tells of itself, and the next prompt. */
export function shellOutput(command: string, output: string): string {
  return `\u001b[?2004hroot@drydock:/workspace# ${command}\r\n\u001b[?2004l\u001b]133;C\u0007${output}\u001b]133;D;0\u0007\u001b[?2004hroot@drydock:/workspace# `;
}
