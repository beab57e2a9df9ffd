/** What can be done with any picture of the engine. */
export const pictureWords = {
  copyText: "Copy as text",
  copyLink: "Copy link",
  saveSvg: "Save as SVG",
  savePng: "Save as PNG",
  takeAway: "Take away",
  textCopied: "Copied",
  linkCopied: "Link copied",
  copyRefused: "The browser does not let this page copy",
  pngFailed: "The browser could not draw the picture; save it as SVG",
  needsMachine: (what: string) => `${what} is drawn from your own engine, once the machine runs.`,
  openPanel: "Open in the workbench",
};
