import { signal } from "@preact/signals";
import type { RecordingDesk } from "./recording-desk.ts";

/** The recording that the page shows, for a stage around it. */
export const currentRecording = signal<RecordingDesk | undefined>(undefined);
