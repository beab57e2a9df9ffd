/** Around a terminal: its keys for fingers, what is dropped on it, and the clipboard. */
export const terminalWords = {
  keys: "Keys of the terminal",
  copy: "Copy",
  paste: "Paste",
  copyRefused: "The browser does not let this page copy. Select the text and press Ctrl+C, or Cmd+C on a Mac.",
  dropHere: "Drop files to put them into /workspace",
  folderDropped: "A folder cannot be dropped here. Pack it as .tar.gz first, and unpack it in the machine with tar xf.",
  dialogNotLoaded: "What you asked for could not be loaded. Look at your connection and try again.",
  below: "Terminal below",
};
