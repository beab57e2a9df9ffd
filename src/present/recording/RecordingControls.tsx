import { useId } from "preact/hooks";
import { recordingWords as words } from "../../words/recording.ts";
import { speeds, type RecordingDesk, type Speed } from "./recording-desk.ts";

/** What is being done, and the buttons of the player. */
export function RecordingControls({ desk, isCalm }: { desk: RecordingDesk; isCalm: boolean }) {
  const position = desk.position.value;
  const duration = desk.duration.value;
  const label = desk.isPlaying.value ? words.pause : desk.isAtEnd.value ? words.again : words.play;
  return (
    <div class="recording-controls" role="group" aria-label={words.controls}>
      <Now desk={desk} />
      <div class="recording-bar">
        <button type="button" class="recording-play" onClick={() => desk.toggle()}>
          {label}
        </button>
        {isCalm && (
          <button type="button" onClick={() => desk.toNextStop()}>
            {words.nextCommand}
          </button>
        )}
        <IconButton label={words.previousStep} path="M2 2h2v10H2zM13 2v10L5 7z" onClick={() => desk.toPreviousStep()} />
        <IconButton label={words.previousAct} path="M11 2v10L3 7z" onClick={() => desk.toPreviousAct()} />
        <IconButton label={words.nextAct} path="M3 2v10l8-5z" onClick={() => desk.toNextAct()} />
        <IconButton label={words.nextStep} path="M10 2h2v10h-2zM1 2v10l8-5z" onClick={() => desk.toNextStep()} />
        <input
          type="range"
          min={0}
          max={Math.ceil(duration)}
          step={1}
          value={Math.floor(position)}
          aria-label={words.position}
          aria-valuetext={words.time(clockTime(position), clockTime(duration))}
          onInput={(event) => desk.seek(Number(event.currentTarget.value))}
        />
        <span class="recording-time" aria-hidden="true">
          {clockTime(position)} / {clockTime(duration)}
        </span>
        <Speeds desk={desk} />
        <Steps desk={desk} />
      </div>
    </div>
  );
}

function Now({ desk }: { desk: RecordingDesk }) {
  const number = desk.step.value;
  const steps = desk.steps.value;
  const step = steps[number];
  const caption = desk.caption.value;
  return (
    <p class="recording-now" role="status">
      {step && <span>{words.stepOf(number + 1, steps.length, step.title)}</span>}
      {caption?.kind === "file" && <span>{words.fileWritten(caption.path)}</span>}
      {caption?.kind === "done" && <span>{words.stepDone}</span>}
    </p>
  );
}

function Speeds({ desk }: { desk: RecordingDesk }) {
  const id = useId();
  return (
    <span class="recording-choice">
      <label for={id}>{words.speed}</label>
      <select
        id={id}
        value={desk.speed.value}
        onChange={(event) => desk.setSpeed(Number(event.currentTarget.value) as Speed)}
      >
        {speeds.map((speed) => (
          <option key={speed} value={speed}>
            {words.times(speed)}
          </option>
        ))}
      </select>
    </span>
  );
}

function Steps({ desk }: { desk: RecordingDesk }) {
  const id = useId();
  const steps = desk.steps.value;
  if (steps.length === 0) return null;
  return (
    <span class="recording-choice">
      <label for={id}>{words.step}</label>
      <select
        id={id}
        value={desk.step.value}
        onChange={(event) => {
          const index = Number(event.currentTarget.value);
          if (index < 0) desk.seek(0);
          else desk.toStep(index);
        }}
      >
        {desk.step.value < 0 && <option value={-1}>{words.beginning}</option>}
        {steps.map(({ title }, n) => (
          <option key={n} value={n}>
            {n + 1}. {title}
          </option>
        ))}
      </select>
    </span>
  );
}

function IconButton({ label, path, onClick }: { label: string; path: string; onClick: () => void }) {
  return (
    <button type="button" onClick={onClick} aria-label={label} title={label}>
      <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
        <path d={path} />
      </svg>
    </button>
  );
}

/** Minutes and seconds: 3:07. */
function clockTime(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
