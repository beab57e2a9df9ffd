/** Acts that both the machine's menu and the palette have. */
export const machineMenuWords = {
  "clear-terminal": "Clear the terminal",
  upload: "Upload files to the machine…",
  download: "Download from the machine…",
  "restart-machine": "Reconnect: restart the machine",
};
