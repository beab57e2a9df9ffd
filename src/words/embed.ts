/** Pages that are shown in frames of other sites, and what they say to the page around them. */
export const embedWords = {
  open: "Open in Drydock",
  openMore: "in a new tab",
  about: "About this frame",
  aboutPoints: [
    "It is a page of Drydock, shown in a page of another site. The machine runs in your browser.",
    "Your progress and your files are kept by your browser, for this frame on that site alone, apart from Drydock’s own pages. Where the browser lets nothing be kept, the sandbox says so.",
    "The page around it is told which lesson this is, which steps are done and what the machine is at. It may type commands if Drydock’s operator allows it, and is told how those end. What you type it is not told.",
  ],
  privacy: "Privacy",
  playground: "Playground",
  sandboxTitle: (lesson: string) => `${lesson}: the sandbox`,
  sandboxOf: (lesson: string) =>
    `The sandbox of “${lesson}”, with a Docker Engine of your own, without the text of the lesson.`,
  playgroundDescription: "A Docker Engine of your own. It runs in your browser tab.",
  needsScript: "The sandbox needs JavaScript, and a page around it that lets it run.",
  runHere:
    "This app can also run in your browser tab, without a container. Not in a frame: the lesson’s own page leads there.",
  runHereLink: "Open the lesson in Drydock",
  /** Where nothing else has come after a while. */
  late: "The sandbox has not come. If the frame has a sandbox attribute, it has to have allow-scripts and allow-same-origin in it; else look at your connection, then reload the page.",
  waiting: "Waiting for the page around this one to say who it is.",
  refusedTitle: "This lesson is not shown here",
  refused: (origin: string) => `Drydock’s operator has not allowed ${origin} to show it in a frame.`,
  refusedUntold:
    "Drydock shows it only in pages of sites that its operator has allowed, and the page around this one has not said which it is.",
  hostsUnknown: "Which sites may show it could not be found out. Look at your connection.",
  tryAgain: "Try again",
  refusals: {
    "not-allowed": () =>
      "This origin may show the frame, but not run commands: it is not among DRYDOCK_EMBED_RUN_ORIGINS.",
    "no-machine": () => "No machine is ready. Wait for a message of the kind machine with the phase ready.",
    "no-such-step": () => "The lesson has no step of that id. Those that it has are in the message of the kind ready.",
    malformed: (where: string) =>
      `The message is not as it should be${where === "" ? "" : `: ${where}`}. A command has at most 4,096 bytes and no control characters; terminals are 1, 2 and 3; hello comes first.`,
    "too-many": () =>
      "More than 5 messages came within a second. This one and those after it in that second are left out.",
    version: () => "This page speaks version 1 of the interface.",
  },
};
