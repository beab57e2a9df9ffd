/** How many are wanted; what is not given is free. */
export interface Amount {
  readonly exactly?: number | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

export function isWithin(count: number, { exactly, min = 0, max = Infinity }: Amount): boolean {
  return exactly === undefined ? count >= min && count <= max : count === exactly;
}

/** `at least 2 layers` */
export function sayAmount({ exactly, min, max }: Amount, one: string, many = `${one}s`): string {
  const count = exactly ?? (min === max ? min : undefined);
  if (count !== undefined) return sayCount(count, one, many);
  if (min !== undefined && max !== undefined) return `${min} to ${max} ${many}`;
  return min === undefined ? `at most ${sayCount(max ?? 0, one, many)}` : `at least ${sayCount(min, one, many)}`;
}

/** `one layer`, `2 layers`, `no layers` */
export function sayCount(count: number, one: string, many = `${one}s`): string {
  return count === 0 ? `no ${many}` : count === 1 ? `one ${one}` : `${count} ${many}`;
}

/** `at least 2 layers` are, `at least one layer` is. */
export function isMany({ exactly, min = 0, max }: Amount): boolean {
  return (exactly ?? max ?? min) !== 1;
}

/** For `problem`: amounts that contradict each other. `names` are those of the parameters. */
export function amountProblem(amount: Amount, names: Readonly<Record<keyof Amount, string>>): string | undefined {
  const { exactly, min, max } = amount;
  if (exactly !== undefined && (min ?? max) !== undefined) {
    return `"${names.exactly}" is exact, so "${min === undefined ? names.max : names.min}" cannot be asked beside it.`;
  }
  if (min !== undefined && max !== undefined && min > max) {
    return `"${names.min}" must not be more than "${names.max}", but ${min} is more than ${max}.`;
  }
  return undefined;
}
