/** What is asked before a step or the lesson is reset. */
export const resetDialogWords = {
  resetStepQuestion: (title: string) => `Reset the step “${title}”?`,
  containersImagesStayThey:
    "Containers and images stay as they are. If they are already what the step wants, it is ticked again at once. To begin without them, reset the machine too.",
  resetStepYes: "Reset the step",
  resetStepMachine: "Reset the step and the machine",
  cancel: "Cancel",
  resetWholeLesson: "Reset the whole lesson?",
  allTicksGoYour:
    "All its ticks go, and so do your files, your containers and the images that you built. It begins anew, on a fresh machine with the lesson’s own files. Other lessons keep their progress and their files.",
  resetLessonYes: "Reset the lesson",
  tickGoes: "Its tick goes, and the files in `/workspace` become what they were when you first opened it.",
};
