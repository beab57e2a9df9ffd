import { programs } from "./floor-programs.ts";
import { growths } from "./growths.ts";
import { pageKinds, pageMeasures } from "../pages/page-kinds.ts";

/** What is measured together, and can be measured alone: `npm run bench -- --only warm,pages`. In the order in which they run. */
export const partNames = ["cold", "warm", "work", "growth", "pages", "site", "native", "qemu", "floor"] as const;
export type PartName = (typeof partNames)[number];

export interface FigureDefinition {
  /** Names its samples in `results.json`. */
  readonly id: string;
  readonly part: PartName;
  /** The heading of the table it stands in. */
  readonly section: Section;
  readonly title: string;
  readonly unit: string;
  /** `by` says which of the summary's values is not to be above `limit`, in `unit`. */
  readonly target?: { readonly by: "median" | "p95" | "max"; readonly limit: number };
  /** The ids of the same work's samples elsewhere. */
  readonly native?: string;
  readonly qemu?: string;
  /** The id of the figure that this one is compared with in the text of growth: the smallest size. */
  readonly smallest?: string;
}

export type Section = "prompt" | "commands" | "sandbox" | "floor" | "growth" | "pages" | "site";

/** The same commands in the tab, on the host and under QEMU, whose samples are named alike. */
export const commandTitles = {
  ps: "`docker ps`",
  run: "`docker run --rm busybox true`, warm",
  exec: "`docker exec NAME true`, warm",
  "build same": "`docker build`, nothing changed, BuildKit",
  "build line": "`docker build`, one line of a copied file changed, BuildKit",
  "build cold": "`docker build --no-cache`, a copied file and one `RUN`, BuildKit",
  "build same classic": "`docker build`, nothing changed, classic builder",
  "build line classic": "`docker build`, one line of a copied file changed, classic builder",
} as const;
export type CommandName = keyof typeof commandTitles;

const commandTargets: Partial<Record<CommandName, number>> = { run: 2, exec: 0.5, "build same": 2.5 };

const median = (limit: number) => ({ target: { by: "median", limit } }) as const;

export function listFigures(mbit: number): readonly FigureDefinition[] {
  return [
    { ...prompt("warm prompt", "warm", "warm visit: page to prompt, new browser process", "s"), ...median(2) },
    { ...prompt("cold prompt", "cold", `cold visit at ${mbit} Mbit/s: page to prompt`, "s"), ...median(8) },
    { ...prompt("cold bytes", "cold", "downloaded before the prompt", "MB"), ...median(40) },
    prompt("cold requests", "cold", "requests before the prompt", ""),
    prompt("boot longest", "warm", "longest task of the main thread before the prompt (0: none over 50 ms)", "ms"),
    prompt("cold ps", "cold", "`docker ps`, first after a cold visit", "s"),
    { ...prompt("first run", "warm", "`docker run --rm busybox true`, right after the prompt", "s"), ...median(4) },
    prompt("quiet run", "warm", "the same after ten quiet seconds of reading", "s"),
    prompt("memory prompt", "warm", "memory of the tab's process (PSS), ten seconds after the prompt", "MB"),
    prompt("memory run", "warm", "the same after the first `docker run`", "MB"),
    ...Object.entries(commandTitles).map(([name, title]): FigureDefinition => {
      const limit = commandTargets[name as CommandName];
      return {
        id: name,
        part: "work",
        section: "commands",
        title,
        unit: "s",
        native: `native ${name}`,
        qemu: `qemu ${name}`,
        ...(limit !== undefined && median(limit)),
      };
    }),
    {
      ...sandbox("pull", "`docker pull nginx` from the site's catalogue, which the browser keeps", "s"),
      section: "commands",
    },
    { ...sandbox("tick", "engine event to tick, steps whose checks answer at once", "s"), ...median(0.3) },
    sandbox(
      "tick watched",
      "engine event to tick, steps with a check that watches its container for 0.6 s before it passes",
      "s",
    ),
    sandbox("echo", "typing echo, idle", "ms"),
    {
      ...sandbox("echo build", "typing echo while a build runs (BuildKit, `--no-cache`, over and over)", "ms"),
      target: { by: "p95", limit: 30 },
    },
    {
      ...sandbox("work longest", "longest task of the main thread during one command (0: none over 50 ms)", "ms"),
      target: { by: "max", limit: 50 },
    },
    sandbox("memory worked", "memory of the tab's process (PSS) after all these commands", "MB"),
    ...programs.map(({ name, title }): FigureDefinition => ({
      id: `floor tab ${name}`,
      part: "work",
      section: "floor",
      title,
      unit: "s",
      native: `floor native ${name}`,
      qemu: `floor qemu ${name}`,
    })),
    ...growths.flatMap(({ of, sizes, measures }) =>
      sizes.flatMap((size) =>
        Object.entries(measures).map(([measure, title]): FigureDefinition => ({
          id: growthId(of, size, measure),
          part: "growth",
          section: "growth",
          title: `${title}, ${size} ${of}`,
          unit: "s",
          ...(size !== sizes[0] && { smallest: growthId(of, sizes[0], measure) }),
        })),
      ),
    ),
    {
      id: "tick grown",
      part: "growth",
      section: "growth",
      title: "engine event to tick, with all of the largest sizes, steps whose checks answer at once",
      unit: "s",
      smallest: "tick",
    },
    ...pageKinds.flatMap(({ name }) =>
      pageMeasures.map(({ id, title, unit }): FigureDefinition => ({
        id: `page ${name} ${id}`,
        part: "pages",
        section: "pages",
        title: `${name}: ${title}`,
        unit,
      })),
    ),
  ];
}

export function growthId(of: string, size: number, measure: string): string {
  return `growth ${of} ${size} ${measure}`;
}

function prompt(id: string, part: PartName, title: string, unit: string): FigureDefinition {
  return { id, part, section: "prompt", title, unit };
}

function sandbox(id: string, title: string, unit: string): FigureDefinition {
  return { id, part: "work", section: "sandbox", title, unit };
}
