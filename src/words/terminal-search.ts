/** Looking for words in a terminal. */
export const terminalSearchWords = {
  notFound: "Not found",
  searchTerminal: "Search in the terminal",
  search: "Search",
  previous: "Previous",
  next: "Next",
  close: "Close",
};
