import { MachineError, type MachineErrorCode } from "../../src/machine/error.ts";

// The scenarios also run in a browser page, where there is no test runner's `expect`.

export function holds(condition: boolean, what: string): void {
  if (!condition) throw new Error(`expected that ${what}`);
}

export function equal(actual: unknown, expected: unknown): void {
  const [a, b] = [show(actual), show(expected)];
  if (!Object.is(actual, expected) && a !== b) throw new Error(`expected ${b}, got ${a}`);
}

export async function rejectsWith(code: MachineErrorCode, promise: Promise<unknown>): Promise<void> {
  const outcome = await promise.then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  if (!outcome) throw new Error(`expected an error with code "${code}", but it succeeded`);
  checkCode(code, outcome.error);
}

export function throwsWith(code: MachineErrorCode, action: () => void): void {
  try {
    action();
  } catch (error) {
    checkCode(code, error);
    return;
  }
  throw new Error(`expected an error with code "${code}", but it succeeded`);
}

function checkCode(code: MachineErrorCode, error: unknown): void {
  if (!(error instanceof MachineError) || error.code !== code)
    throw new Error(`expected an error with code "${code}"`, { cause: error });
  holds(error.hint.length > 0, "the error has a hint");
}

function show(value: unknown): string {
  const shown =
    typeof value === "object" && value !== null
      ? JSON.stringify(value, Object.keys(value).sort())
      : JSON.stringify(value);
  return shown.length > 400
    ? `${shown.slice(0, 400)}… (${String(shown.length)} characters, hash ${String(hash(shown))})`
    : shown;
}

function hash(text: string): number {
  let sum = 0;
  for (const character of text) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) | 0;
  return sum;
}
