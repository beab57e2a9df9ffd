/** The machine's state in a word. */
export const phaseWords = {
  idle: "Not started",
  unsupported: "Not supported",
  waiting: "Not started",
  elsewhere: "In another tab",
  booting: "Starting",
  ready: "Ready",
  unresponsive: "Not answering",
  resetting: "Resetting",
  ending: "Ending",
  failed: "Failed",
};
