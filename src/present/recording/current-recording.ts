import { computed, signal } from "@preact/signals";
import type { RecordingDesk } from "./recording-desk.ts";

/** The recording that the page shows, for a stage around it. */
export const currentRecording = signal<RecordingDesk | undefined>(undefined);

/** The same, once it is loaded. */
export const readyRecording = computed(() =>
  currentRecording.value?.state.value.phase === "ready" ? currentRecording.value : undefined,
);
