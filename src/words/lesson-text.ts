/** What stands around a lesson's text: its code blocks, quizzes and places. */
export const lessonTextWords = {
  copied: "Copied",
  pressCtrlC: "Press Ctrl+C",
  notYet: (seen: string) => `Not yet. ${seen}`,
  now: (value: string, place: string) => `${value}: now ${place}.`,
  itStays: (place: string) => `It stays ${place}.`,
  notNumber: "That is not a number.",
  writeNumberFirst: "Write a number first.",
  chooseAnswerFirst: "Choose an answer first.",
  right: "Right.",
  sandboxCouldNotLoaded: "The sandbox could not be loaded. Look at your connection, then reload the page.",
  keptLearnerAloneOne: "Kept by the learner alone, in one browser. Nobody has checked it; it is no certificate.",
  youNotDoneStep: "You have not done a step of it yet.",
  stepCount: (done: number, all: number) =>
    done < all ? `${done} of ${all} steps` : all === 1 ? "the only step" : `all ${all} steps`,
  solutionsSeen: (seen: number, done: number) =>
    seen === 0 ? "" : `,${seen < done ? ` ${seen} of them` : done > 1 ? " all of them" : ""} with the solution seen`,
  stepsSkipped: (skipped: number) =>
    skipped === 0 ? "" : skipped === 1 ? " One was skipped." : ` ${skipped} were skipped.`,
  youHaveDone: (steps: string, solutions: string, skipped: string) => `You have done ${steps}${solutions}.${skipped}`,
  stepDone: "done",
  stepNotDone: "not done",
  stepSkipped: "skipped",
  solutionSeen: "solution seen",
};
