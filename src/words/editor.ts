/** What the editor says, and what its buttons are called. */
export const editorWords = {
  label: "Editor",
  closeNotice: "Close",
  opening: "Opening the editor…",
  notOpened: "The editor could not be opened. Reload the page, or use nano in the terminal.",
  chooseFile: "Choose a file, or make a new one. They lie in /workspace.",
  dropHere: "Files and folders from your computer can be dropped here.",
  tooLargeToEdit: (path: string) => `${path} is too large for the editor. Look at it with less in the terminal.`,
  notText: (path: string) => `${path} is not a text. It can be downloaded.`,

  tabs: {
    label: "Open files",
    close: (path: string) => `Close ${path}`,
    unsaved: (name: string) => `${name}, not saved yet`,
    showFiles: "Files",
    closeHint: "Delete, the middle button or Alt W closes it",
  },

  state: {
    saved: "Saved",
    saving: "Saving…",
    conflict: "Not saved: it was changed in the terminal too",
    removed: "Removed in the terminal. It is made again when you edit it.",
    failed: (why: string) => `Not saved: ${why}`,
    again: "Try again",
    keptBeside: (path: string, beside: string) =>
      `${path} is as the terminal wrote it. What you typed is in ${beside}.`,
    settleFirst: (path: string) => `First say what is to become of ${path}: what you typed there is not saved.`,
  },

  conflict: {
    changed: (path: string) => `${path} was changed in the terminal while you edited it here. Nothing is lost yet.`,
    removed: (path: string) => `${path} was removed in the terminal while you edited it here. Your text is still here.`,
    mine: "Keep mine",
    theirs: "Take theirs",
    letGo: "Let it go",
    both: "Keep both",
    compare: "Compare",
  },

  tree: {
    label: "Files in /workspace",
    actions: "What to do with files",
    newFile: "New file",
    newFolder: "New folder",
    rename: "Rename or move",
    delete: "Delete",
    upload: "Upload files",
    uploadFolder: "Upload a folder",
    download: "Download",
    downloadOf: (path: string) => (path === "" ? "Download all of /workspace" : `Download ${path}`),
    empty: "No files yet.",
    partial: "There are more files than are shown here.",
    keys: "Arrows to move, Enter to open, F2 to rename or move, Delete to delete",
  },

  form: {
    newFile: "Name of the new file",
    newFolder: "Name of the new folder",
    rename: (path: string) => `New path of ${path}`,
    example: "Dockerfile",
    exampleFolder: "app",
    make: "Make",
    move: "Rename",
    cancel: "Cancel",
    deleteFile: (path: string) => `Delete ${path}?`,
    deleteFolder: (path: string) => `Delete ${path} and all that is in it?`,
    delete: "Delete",
    keep: "Keep",
  },

  name: {
    empty: "Give it a name.",
    slash: "Leave out the / at the start: the name begins in /workspace.",
    noPath: "This is no path below /workspace.",
    lineBreaks: "A name has no line breaks.",
    taken: (path: string) => `There is already something called ${path}.`,
    inItself: "A folder cannot be moved into itself.",
  },

  upload: {
    reading: "Looking at the files…",
    progress: (done: number, all: number) => `Uploading: ${done} of ${all}`,
    done: (files: number) => (files === 1 ? "1 file uploaded" : `${files} files uploaded`),
    cancel: "Stop",
    stopped: (files: number) => `Stopped: ${files === 1 ? "1 file is" : `${files} files are`} there`,
    nothing: "There was no file in what was dropped.",
    tooMany: (most: number) => `These are more than ${most} files. Pack them into a .tar first, or take fewer.`,
    tooLarge: (path: string, most: string) => `${path} is larger than ${most}, the most for one file.`,
    tooMuch: (most: string) => `Together these are more than ${most}. Take fewer at a time.`,
    badName: (path: string) => `${path} has a name that /workspace does not take.`,
    isFolder: (path: string) => `${path} is a folder in /workspace. Rename one of the two first.`,
    taken: (paths: readonly string[]) =>
      paths.length === 1
        ? `${paths[0] ?? ""} is already in /workspace.`
        : `${paths.length} of these files are already in /workspace: ${paths.slice(0, 3).join(", ")}${paths.length > 3 ? " and others" : ""}.`,
    replace: (files: number) => (files === 1 ? "Replace it" : "Replace them"),
    skip: "Leave them out",
    giveUp: "Cancel",
  },

  format: {
    button: "Format",
    hint: "Shift Alt F",
    already: "It was in order already",
    done: "Formatted",
    none: (mode: string) => `There is no formatter for ${mode} here.`,
    failed: (why: string) => `Not formatted: ${why}`,
    loading: "Formatting…",
    typedOn: "Not formatted: you typed on meanwhile. Try again.",
  },

  modes: {
    dockerfile: "Dockerfile",
    yaml: "YAML",
    json: "JSON",
    shell: "Shell",
    javascript: "JavaScript",
    typescript: "TypeScript",
    python: "Python",
    markdown: "Markdown",
    html: "HTML",
    css: "CSS",
    plaintext: "Plain text",
  },

  problems: {
    label: "Problems",
    count: (number: number) => (number === 0 ? "No problems" : number === 1 ? "1 problem" : `${number} problems`),
    line: (line: number) => `Line ${line}`,
    severity: { error: "Error", warning: "Warning", hint: "Hint" },
    more: (number: number) => `and ${number} more`,
  },

  json: {
    value: "A value is expected here",
    name: "A name in double quotes is expected here",
    colon: "A colon is expected here",
    comma: (close: string) => `A comma or ${close} is expected here`,
    after: "Nothing may come after the end",
    end: "The text ends too early",
  },

  compare: {
    button: "Compare with the solution",
    title: "Counts as the solution being seen",
    short: "Compare",
    label: (path: string, other: string) => `${path}: yours and ${other.toLowerCase()}`,
    mine: "Yours",
    solution: "The solution",
    terminal: "In the terminal",
    close: "Close the comparison",
    same: "There is no difference.",
  },

  keys: {
    leave: "leaves the text",
    toggle: "switches what Tab does",
    problem: "next problem",
  },
};
