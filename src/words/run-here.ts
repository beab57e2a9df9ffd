/** What a reader is told about an obstacle, and what they or the site's operator can do. */
export interface ObstacleWords {
  readonly title: string;
  readonly why: string;
  readonly remedy: string;
}

/** The words of the pages on which an app runs in the tab, without a container and in one. */
export const runHereWords = {
  box: {
    eyebrow: "Run it here first",
    text: "This app can run in your browser tab, without a container, and beside it in one. See what it finds in each place.",
    link: "Run it in both places",
    note: "It opens a page of its own, with a machine of its own. Your progress and your files in this lesson are kept.",
  },
  page: {
    title: (app: string) => `Run it here first: ${app}`,
    description: (app: string) =>
      `${app}: the same files, run in your browser tab without a container, and in a container.`,
    back: (lesson: string) => `Back to “${lesson}”`,
    lead: "The same files in two places: in this tab, without a container, and in a container on the machine beside this text. Compare what the app says of where it is.",
    here: "Here, in your tab",
    hereText:
      "WebContainers by StackBlitz run Node.js in the page itself. Nothing of them is loaded before you ask for it; then your browser loads them from stackblitz.com, which learns your internet address and this site’s.",
    there: "In a container",
    thereText: (folder: string, image: string) =>
      `The files lie in the machine’s folder /workspace/${folder}. The command fetches the image “${image}” from this site and runs the app in it, with that folder mounted. Both take a while on this emulated machine. Ctrl+C stops the app.`,
    ask: "Then ask it for its page, from a second terminal:",
    files: "The files",
    filesText: "Both places run these. In the machine, they are yours to change.",
    noScript: "Running the app needs JavaScript. Its files can be read without it.",
  },
  run: "Run it here",
  again: "Run it again",
  retry: "Try again",
  reload: "Reload the page",
  stop: "Stop",
  instead: "Run it in the sandbox instead",
  insteadText: "The same app runs in a container on the machine beside this text:",
  loading: "Opening…",
  notLoaded: "A part of this page could not be loaded. Look at your connection, then reload the page.",
  output: "What the app prints",
  noOutput: "Nothing yet.",
  preview: (port: number) => `The app’s page, from port ${port} in your tab`,
  vendorWords: (message: string) => `What was said: ${message}`,
  phases: {
    idle: "Not running.",
    looking: "Looking whether anything is in the way…",
    booting: "Loading WebContainers from stackblitz.com…",
    starting: "Starting the app…",
    running: "The app runs in this tab, without a container.",
    waiting: (port: number) => `The app runs. Waiting until it answers on port ${port}…`,
    stopped: "Stopped.",
    ended: (exitCode: number) => `The app ended with exit code ${exitCode}.`,
  },
  obstacles: {
    offline: {
      title: "You are offline",
      why: "WebContainers are loaded from stackblitz.com each time, and your browser has no connection.",
      remedy: "Connect, then try again.",
    },
    unreachable: {
      title: "StackBlitz cannot be reached",
      why: "Your browser reaches this site, but not stackblitz.com, from which WebContainers are loaded. A firewall, a filter for schools or companies, or an extension that blocks other sites may be in between, or StackBlitz may be down.",
      remedy: "Allow stackblitz.com, or try from another network.",
    },
    blocked: {
      title: "This site’s policy blocks StackBlitz",
      why: "The host of this site sends a Content-Security-Policy for this page that does not allow stackblitz.com.",
      remedy: "Whoever runs the site has to send the headers of its header files for /run-here/.",
    },
    "no-webassembly": {
      title: "WebAssembly is turned off",
      why: "WebContainers need it. Some privacy settings and Lockdown Mode turn it off.",
      remedy: "Turn it on for this site. Without it, the machine beside this text cannot run either.",
    },
    "no-shared-memory": {
      title: "Your browser does not share memory",
      why: "WebContainers need SharedArrayBuffer, which this browser lacks or has turned off.",
      remedy: "Use a current Chrome, Edge, Firefox or Safari.",
    },
    "no-service-workers": {
      title: "Service workers are turned off",
      why: "WebContainers need them. Private windows and some privacy settings turn them off.",
      remedy: "Use an ordinary window, or allow them.",
    },
    "no-isolation": {
      title: "Your browser does not isolate this page",
      why: "WebContainers need a cross-origin isolated page. This site asked for it, and the browser did not do it: it may be too old, or the page may be inside another site’s.",
      remedy: "Open this page by itself in a current Chrome, Edge, Firefox or Safari.",
    },
    "no-headers": {
      title: "This site’s host does not isolate this page",
      why: "WebContainers need a cross-origin isolated page, and the host does not send the header Cross-Origin-Embedder-Policy with it.",
      remedy: "Whoever runs the site has to send the headers of its header files for /run-here/ and /_astro/.",
    },
    insecure: {
      title: "This page came without https",
      why: "Browsers isolate pages only when they come by https, or from your own computer.",
      remedy: "Open this page by its https address, if it has one.",
    },
    "no-licence": {
      title: "This site has no licence key for WebContainers",
      why: "Commercial sites need a licence of StackBlitz’s in production. Whoever runs this site has set neither a key nor that none is needed.",
      remedy: "Whoever runs it can set DRYDOCK_WEBCONTAINER_KEY.",
    },
    refused: {
      title: "StackBlitz refused to run WebContainers here",
      why: "It answered that this site may not: its licence key may be wrong, not meant for this address, or used up.",
      remedy: "Whoever runs the site should look at the key and at the addresses that it holds for.",
    },
    timeout: {
      title: "WebContainers did not start",
      why: "stackblitz.com was reached, but did not start within a minute. The connection may be slow, your browser may block what other sites store, or the site’s licence key may not hold for this address.",
      remedy: "Allow cookies and storage of stackblitz.com and webcontainer-api.io, then reload the page.",
    },
    "not-loaded": {
      title: "A part of this page could not be loaded",
      why: "Without it the app cannot run in the tab.",
      remedy: "Look at your connection, then try again.",
    },
    broken: {
      title: "The app could not be run in the tab",
      why: "WebContainers reported an error.",
      remedy: "Try again; reload the page if it stays so.",
    },
  } satisfies Readonly<Record<string, ObstacleWords>>,
};
