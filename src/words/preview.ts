/** The preview of published ports. */
export const previewWords = {
  port: "Port",
  portOf: (container: string, port: number, containerPort: number) =>
    port === containerPort ? `${container} · ${port}` : `${container} · ${port} → ${containerPort}`,
  bar: "Preview",
  back: "Back",
  reload: "Reload",
  path: "Path",
  openWindow: "Open in a new window",
  windowBlocked: "The browser did not open a window. Allow this site to open windows, then try again.",
  help: "What a preview can and cannot do",
  helpPoints: [
    "The page comes from your container, through the machine in this tab. It runs on a host name of its own and reaches nothing of this site.",
    "Cookies that the server sets and WebSockets do not get through. Try those from a terminal with curl.",
    "All previewed ports share one origin, as different ports of one computer do not.",
  ],
  frameTitle: (container: string, port: number) => `Preview of ${container} on port ${port}`,

  none: "No container publishes a port.",
  noneHow: "Run one that does, and its pages appear here:",
  noneCommand: "docker run -d -p 8080:80 IMAGE",
  waiting: (container: string, port: number) => `Waiting for ${container} on ${port}…`,
  heard: {
    closed: "Nothing listens there yet.",
    silent: "It takes connections and says nothing.",
    "not-http": "It takes connections and does not speak HTTP yet.",
  },
  stopWaiting: "Stop waiting",
  stopped: (container: string, port: number) => `No longer waiting for ${container} on ${port}.`,
  tryAgain: "Try again",
  absent: (container: string, port: number) => `${container} does not answer on ${port}.`,
  absentHow: (container: string, containerPort: number) => [
    `See what it says of itself: docker logs ${container}`,
    `In the container, the server has to listen on port ${containerPort}, and on 0.0.0.0, not on 127.0.0.1.`,
    "What it speaks has to be HTTP; a preview cannot show HTTPS, a database or SSH.",
  ],
  localOnly:
    "It is published on 127.0.0.1 of the machine alone, where only the machine's own programs reach it. For a preview, publish it with ",
  localOnlyOption: (port: number, containerPort: number) => `-p ${port}:${containerPort}`,
  gone: (container: string, port: number) => `${container} no longer publishes ${port}: it was stopped or removed.`,
  goneHow: "When a container publishes the port again, it is shown here.",

  console: "Console",
  consoleCount: (count: number) => `Console (${count})`,
  consoleEmpty: "The page has written nothing to its console.",
  consoleForbidden:
    "This page's own Content-Security-Policy allows no script of ours in it, so its console messages cannot be read here.",
  consoleCut: (count: number) => `${count} earlier messages are not shown.`,
  clear: "Clear",
  levels: { debug: "debug", log: "log", info: "info", warn: "warning", error: "error" },

  limited: "Limited preview:",
  limitedNoHost:
    "this site has no second host name for previews, so only the page's own HTML is shown, without scripts, links and files of its own. Whoever runs the site can set one (DRYDOCK_PREVIEW).",
  limitedIsolated:
    "this page is isolated from other hosts, as running an app in the tab needs, so only the page's own HTML is shown, without scripts, links and files of its own. The preview beside any other lesson shows all of it.",
  limitedRefused: (reason: string) =>
    `the preview host cannot be used, so only the page's own HTML is shown, without scripts, links and files of its own. ${reason.replace(/[^.]$/, "$&.")} Some private windows, and settings against cookies of other sites, do this: allow them for this page, then press Reload.`,
  hostSilent: (origin: string) =>
    `${origin}, where previews come from, does not answer. Look at your connection; if it stays so, tell whoever runs this site.`,
  limitedLeftOut: (count: number) => `${count} parts of the page were left out.`,
  notHtml: (type: string) => `This is no HTML (${type}), so the limited preview does not show it.`,
  readingPage: "The page is read…",

  notPublished: (port: number) =>
    `No container publishes port ${port}. Publish it with docker run -p ${port}:…, then open it from the list of ports.`,
  tooBusy: "The page asks for too much at once. Wait a moment, then reload it.",
  tooLong: (megabytes: number) => `The answer is longer than ${megabytes} MB, and a preview stops there.`,
  portClosed: (port: number) =>
    `Nothing answers on port ${port} any more. Is its container still running? docker ps tells.`,

  windowTitle: (port: number) => `Preview of port ${port}`,
  windowLost:
    "The machine is gone: the page that it runs in was closed or left. Open the preview from the workbench again.",
  toPlayground: "To the playground",
  windowAlone: "A preview is opened from the workbench beside a lesson: the tab is named Preview.",
  ownOrigin: "Previews must not come from the site’s own host: the site is set up wrongly.",
};
