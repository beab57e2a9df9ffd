/** The sheet of shortcuts. What a shortcut does is said by its act, in `palette.ts`. */
export const shortcutWords = {
  title: "Keyboard shortcuts",
  close: "Close",
  singleKeys: "Shortcuts of a single key",
  singleKeysWhat: "They work while neither a terminal, the editor nor a field has the keyboard.",
  or: "or",
  groups: {
    everywhere: "Everywhere",
    lesson: "Lesson",
    panels: "Sandbox",
    view: "View",
    terminal: "In a terminal",
    editor: "In the editor",
  },
  panels: "Show the panel with that place in the bar",
  anywhere: "anywhere",
  inTerminal: "in a terminal",
  own: {
    leaveTerminal: "Leave the terminal",
    copy: "Copy what is selected",
    paste: "Paste",
    find: "Search in the terminal",
    leaveEditor: "Let Tab leave the editor, or not",
    editorActs: "All that the editor can do",
  },
};
