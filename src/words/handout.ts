/** What handouts say beside the words of their lessons. */
export const handoutWords = {
  made: (date: string) => `Handout, made on ${date}`,
  madeOf: (course: string, date: string) => `Handout of “${course}”, made on ${date}`,
  lessonOnline: "This lesson, with a machine to try it on:",
  code: (address: string) => `QR code that leads to ${address}`,
  noAddress:
    "The address of the site was not configured when this handout was made, so no code here leads to a lesson.",
  noOutputs: "Outputs have not been captured for this lesson.",
  captured: (date: string) => `The outputs are those of a run of this lesson on ${date}. Yours may differ in details.`,
  output: "Output",
  linesLeftOut: (count: number) => `… ${count} lines left out …`,
  contents: "Contents",
};
