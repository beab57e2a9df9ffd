/** What the preview host itself says, on pages that stand in a preview's frame. */
export const previewHostWords = {
  title: "Preview",
  alone:
    "What a container serves is shown here, in the preview of the workbench beside a lesson. Without the workbench there is nothing to see.",
  noSite:
    "This preview has lost the page that it belongs to, and the machine with it. Open it from the workbench again.",
  tooMuchSent: (megabytes: number) =>
    `A previewed page can send ${megabytes} MB at a time, and this is more. Send it from a terminal: curl --data-binary @FILE`,
  cannotSend:
    "This request cannot be sent as it is: its address or a header is too long or has characters that HTTP does not allow.",
  packed: (coding: string) =>
    `The server packs its answer (${coding}) although it was asked not to, and the preview cannot unpack it.`,
  brokenOff: "The preview could not be shown. Reload it.",
  noWorkers: "This browser has no service workers here. Some have none in private windows.",
  workerFailed: (why: string) => `The service worker that previews need could not be started: ${why}`,
};
