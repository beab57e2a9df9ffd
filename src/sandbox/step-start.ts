/**
 * Under which name the workspace is kept as it was when a step was first opened. A lesson's id has no `#`, so it is never
 * that of a lesson.
 */
export function stepStartKey(lesson: string, step: string): string {
  return `${lesson}#${step}`;
}

/** Whether `key` names the beginning of a step rather than a lesson's own workspace. */
export function isStepStart(key: string): boolean {
  return key.includes("#");
}

/** What `stepStartKey` was made of; `undefined` for the name of a lesson's own workspace. */
export function splitStepStart(key: string): { readonly lesson: string; readonly step: string } | undefined {
  const at = key.indexOf("#");
  return at === -1 ? undefined : { lesson: key.slice(0, at), step: key.slice(at + 1) };
}
