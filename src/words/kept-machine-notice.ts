/** What is said of the machine of an earlier visit, with the choices. */
export const keptMachineNoticeWords = {
  machineKeptOneRuns: (place: string, moment: string) =>
    `A machine is kept for ${place} (${moment}), and the one that runs is another. If you go on with the kept one, what this one has goes. If you use this one, it may take the kept one’s place.`,
  goOnMachineKept: (place: string) => `Go on with the machine kept for ${place}`,
  useOne: "Use this one",
  yourMachineGoesOn: (moment: string) => `Your machine of ${moment} goes on.`,
  startFreshOne: "Start with a fresh one",
  close: "Close",
  playground: "the playground",
  thisLesson: "this lesson",
};
