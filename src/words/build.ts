/** What the picture of builds says. */
export const buildWords = {
  title: "Builds",
  listLabel: "Builds, newest first",
  reading: "Asking BuildKit for its builds…",
  none: "No builds yet. Type docker build in a terminal, and it is drawn here step by step.",
  classic: "The classic builder (DOCKER_BUILDKIT=0) tells nobody of its steps, so its builds are not shown.",
  noneOf: (name: string) => `There is no build of ${name} yet.`,
  readingSteps: "Reading its steps…",
  noSteps: "It ended before it had any steps.",
  unnamed: (ref: string) => `build ${ref.slice(0, 6)}`,
  steps: "Steps",
  stage: (name: string) => `Stage ${name}`,
  before: "Before the first step",
  after: "After the last step",
  states: {
    waiting: "Waiting",
    running: "Running",
    done: "Run",
    cached: "Cached",
    failed: "Failed",
    skipped: "Not run",
  },
  /** Of FROM, once the image is there. */
  baseState: "Base",
  buildStates: { running: "running", done: "done", failed: "failed" },
  seconds: (ms: number) => (ms < 9950 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`),
  summary: (steps: number, cached: number) =>
    `${steps} ${steps === 1 ? "step" : "steps"} after FROM, ${cached === 0 ? "none" : cached === steps ? "all" : cached} from the cache`,
  output: (lines: number) => `Its output, ${lines} ${lines === 1 ? "line" : "lines"}`,
  context: (size: string) => `${size} of files sent to BuildKit`,
  error: (error: string) => `It failed: ${error}`,
  buildFailed: (error: string) => `The build failed: ${error}`,
  hit: "From the cache: nothing that it depends on has changed.",
  noCache: "Run again because the build was started with --no-cache.",
  first: "Run because BuildKit knows of no earlier build of this Dockerfile.",
  newStep: "Run because the build before had no such step.",
  above: (step: string) => `Run again because a step above it was: ${step}`,
  instruction: "Run because its instruction has changed.",
  was: "Before",
  now: "Now",
  argument: (name: string, was: string | undefined, now: string | undefined) =>
    was === undefined
      ? `Run again because the build argument ${name} is now ${now ?? ""}; before, it was not given.`
      : now === undefined
        ? `Run again because the build argument ${name} is no longer given; before, it was ${was}.`
        : `Run again because the build argument ${name} has changed from ${was} to ${now}.`,
  setting: (was: string | undefined, now: string | undefined) =>
    was === undefined
      ? `Run again because above it stands a new instruction: ${now ?? ""}`
      : now === undefined
        ? `Run again because an instruction above it is gone: ${was}`
        : `Run again because an instruction above it has changed, from ${was} to ${now}`,
  base: (was: string, now: string) =>
    was === now
      ? `Run again because the image that it stands on is another one now, under the same name: ${now}`
      : `Run again because it stands on another image: before ${was}, now ${now}`,
  order: (was: string, now: string) => `Run again because it stands on another step: before ${was}, now ${now}`,
  filesChanged: "Run again because files that it copies have changed.",
  filesReading: "Run again because files that it copies have changed. Looking which…",
  files: (
    files: readonly { readonly path: string; readonly change: "added" | "changed" | "deleted" }[],
    more: number,
  ) => {
    const named = files.map(({ path, change }) => `${path}${change === "changed" ? "" : ` (${change})`}`).join(", ");
    const rest = more === 0 ? "" : ` and ${more} more`;
    const isOne = files.length === 1 && more === 0;
    return isOne && files[0]?.change === "changed"
      ? `Run again because a file that it copies has changed: ${named}`
      : `Run again because files that it copies have changed: ${named}${rest}`;
  },
  unknown: "Run again although nothing that is known of has changed: its result may have been pruned from the cache.",
  list: (name: string, state: string) => `${name}, ${state}`,
  pictureTitle: (name: string) => `Build of ${name}`,
  timeAxis: "Time since the build began",
};
