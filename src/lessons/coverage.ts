import { deedName, type Curriculum } from "./curriculum.ts";
import type { Lesson, Step } from "./model.ts";

export interface CoveredRow {
  readonly id: string;
  readonly topic: string;
  readonly deeds: readonly CoveredDeed[];
}

export interface CoveredDeed {
  /** `row.deed`. */
  readonly name: string;
  readonly deed: string;
  /** In reading order; empty where nobody covers it. */
  readonly steps: readonly CoveringStep[];
}

export interface CoveringStep {
  readonly lesson: Pick<Lesson, "id" | "title">;
  readonly step: Pick<Step, "id" | "title">;
}

/** Which steps cover each deed of the curriculum. `lessons` are those that teach it, in reading order. */
export function coverageOf(curriculum: Curriculum, lessons: readonly Lesson[]): readonly CoveredRow[] {
  const steps = new Map<string, CoveringStep[]>();
  for (const lesson of lessons) {
    for (const step of lesson.steps) {
      for (const name of step.covers ?? []) {
        const covering = steps.get(name) ?? [];
        steps.set(name, covering);
        covering.push({ lesson, step });
      }
    }
  }
  return curriculum.map((row) => ({
    id: row.id,
    topic: row.topic,
    deeds: row.deeds.map((deed) => {
      const name = deedName(row, deed);
      return { name, deed: deed.deed, steps: steps.get(name) ?? [] };
    }),
  }));
}

export function emptyDeeds(rows: readonly CoveredRow[]): readonly CoveredDeed[] {
  return rows.flatMap(({ deeds }) => deeds.filter(({ steps }) => steps.length === 0));
}
