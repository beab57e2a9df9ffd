import { processWords as words } from "../../words/processes.ts";
import { chartShape, type Measure } from "./chart-shape.ts";
import { wholeMachine } from "./history.ts";
import type { ProcessesDesk } from "./processes-desk.ts";
import type { Picture } from "./sampler.ts";
import { cpuInWords, limitInWords, memoryInWords, subjectName } from "./subject-words.ts";
import type { Subject } from "./subjects.ts";
import { toneOf } from "./tones.ts";

/** What the machine and each container use, over time and against what they may use. */
export function Meters({ desk, picture }: { desk: ProcessesDesk; picture: Picture }) {
  const chosen = desk.chosen.value;
  const subjects = desk.shown.value;
  const shown = subjects.slice(0, mostMeters);
  return (
    // It scrolls, so the keyboard has to get into it.
    <section class="use-cards" aria-label={words.usage} tabIndex={0}>
      {chosen !== undefined && subjects.length === 0 && <p>{words.notRunning(chosen)}</p>}
      {shown.map((subject) => (
        <Meter key={subject.id} subject={subject} cpus={picture.machine.cpus} />
      ))}
      {subjects.length > shown.length && <p>{words.more(subjects.length - shown.length)}</p>}
      {(chosen === undefined || chosen === wholeMachine) && picture.containers.size === 0 && <p>{words.noneRunning}</p>}
    </section>
  );
}

/** More would make the page slow with each look. */
const mostMeters = 24;

export function Meter({ subject, cpus }: { subject: Subject; cpus: number }) {
  const { container, processCount } = subject;
  return (
    <article class="use-card" aria-label={subjectName(subject)} data-tone={toneOf(subject.tone)}>
      <h3>{container === undefined ? words.machine : subject.name}</h3>
      <p>{words.processes(processCount, container?.processLimit)}</p>
      <Chart subject={subject} measure="cpu" told={cpuInWords(subject, cpus)} />
      <Chart subject={subject} measure="memory" told={memoryInWords(subject)} />
    </article>
  );
}

interface ChartProps {
  readonly subject: Subject;
  readonly measure: Measure;
  /** What it shows, in words. */
  readonly told: string;
}

function Chart({ subject, measure, told }: ChartProps) {
  const { line, area, limitY, seconds } = chartShape(subject, measure, box);
  const limit = limitInWords(subject, measure);
  const title = words[measure];
  return (
    <div class="use-chart">
      <p>
        <b>{title}</b> {told}
      </p>
      <div class="use-chart-picture" role="img" aria-label={words.chart(title, subjectName(subject), told)}>
        <svg viewBox={`0 0 ${box.width} ${box.height}`} preserveAspectRatio="none" aria-hidden="true">
          <path class="use-chart-area" d={area} />
          <path class="use-chart-line" d={line} />
          {limitY !== undefined && <path class="use-chart-limit" d={`M0 ${limitY}H${box.width}`} />}
        </svg>
        {limitY !== undefined && (
          <span class="use-chart-limit-words" style={{ "--from-top": limitY / box.height }}>
            {limit}
          </span>
        )}
      </div>
      <p class="use-chart-time" aria-hidden="true">
        <span>{words.ago(seconds)}</span>
        <span>{words.now}</span>
      </p>
    </div>
  );
}

/** The picture is stretched to where it stands. */
const box = { width: 300, height: 100 };
