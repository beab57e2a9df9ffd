/** A point in what happens: how many events and commands there have been. */
export interface Moment {
  readonly events: number;
  readonly commands: number;
}

/** Right when the step was opened. */
export const opening: Moment = { events: 0, commands: 0 };

export function latest(...moments: readonly Moment[]): Moment {
  return {
    events: Math.max(0, ...moments.map(({ events }) => events)),
    commands: Math.max(0, ...moments.map(({ commands }) => commands)),
  };
}
