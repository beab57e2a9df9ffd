/** Layouts of the window, the size of type, the bar of the sandbox and the terminal below a panel. */
export const layoutWords = {
  view: "View",
  layout: "Layout",
  read: { title: "Read", what: "The text alone" },
  work: { title: "Work", what: "Text and sandbox side by side" },
  present: { title: "Present", what: "A large sandbox, larger type" },
  typeSize: "Size of text and code",
  smaller: "Smaller",
  larger: "Larger",
  showSandbox: "Show the sandbox",
  tabsBefore: "Show the tabs before",
  tabsAfter: "Show the tabs after",
  terminals: "Terminal",
  belowHeight: "Height of the terminal",
  closeBelow: "Close the terminal below",
  whichTerminal: "Which terminal",
};
