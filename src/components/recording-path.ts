/** Where the site has what was recorded of a lesson, below its root. */
export function recordingPath(lesson: string): string {
  return `recordings/${lesson}.cast`;
}
