import { presentWords as words } from "../words/present.ts";
import { megabytes } from "./dialogs.tsx";
import { clockFace } from "./talk-clock.ts";
import type { TalkOrder, TalkState } from "./talk-messages.ts";

interface PresenterRecordingProps {
  readonly state: TalkState;
  readonly send: (order: TalkOrder) => void;
  /** Downloads what was recorded last. */
  readonly save: () => void;
}

/** Begins and ends a recording of the demo, and saves it. */
export function PresenterRecording({ state: { recording, isReady }, send, save }: PresenterRecordingProps) {
  const record = (on: boolean) => send({ do: "record", on });
  const size = recording === null ? "" : words.recordingSize(clockFace(recording.ms), megabytes(recording.bytes));
  return (
    <section class="presenter-recording" aria-label={words.recording}>
      <h2>{words.recording}</h2>
      <p role={recording?.phase === "recording" ? undefined : "status"}>
        {recording === null && words.recordingWhat}
        {recording?.phase === "recording" && `${words.recordingNow} ${size}`}
        {recording?.phase === "recorded" && `${recording.isCut ? words.recordingCut : words.recordingEnded} ${size}`}
      </p>
      <div class="talk-buttons">
        {recording?.phase === "recording" ? (
          <button
            type="button"
            class="talk-main"
            onClick={() => {
              record(false);
              save();
            }}
          >
            {words.recordStop}
          </button>
        ) : (
          <button type="button" class="talk-plain" disabled={!isReady} onClick={() => record(true)}>
            {recording === null ? words.record : words.recordAnew}
          </button>
        )}
        {recording?.phase === "recorded" && (
          <button type="button" class="talk-main" onClick={save}>
            {words.recordSave}
          </button>
        )}
      </div>
    </section>
  );
}
