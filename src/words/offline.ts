/** What is kept for use without a network, and what a reader meets while there is none. */
export const offlineWords = {
  title: "Without a network",
  lead: "A course that is kept in this browser works to its end without a network: its pages, the whole machine, and the images that its lessons pull.",
  keep: "Make this course available offline",
  size: (size: string) => `${size} in this browser.`,
  progress: (done: string, all: string) => `${done} of ${all}`,
  progressOf: (course: string) => `Download of “${course}”`,
  pause: "Pause",
  goOn: "Go on",
  complete: "Complete it",
  remove: "Remove",
  removeNamed: (course: string) => `Remove “${course}” from this browser`,
  ready: (size: string) => `Ready offline (${size}).`,
  /** The reader stopped it, or it was stopped. */
  begun: (missing: string) => `Not complete yet: ${missing} to go.`,
  /** It was complete, until the browser cleared some of it or the site was updated. */
  lost: (missing: string) => `Needs ${missing} to be complete again.`,
  lostNotice: (course: string, missing: string) =>
    `“${course}” is no longer complete for use without a network: ${missing} are missing.`,
  lookAt: "Look at it",
  removed: "Removed. The next lesson loads what it needs of the machine again.",
  mayBeCleared: "The browser has not promised to keep it: it may clear it when it runs short of space.",
  elsewhere: "Another tab is downloading.",
  cannot: {
    unsupported:
      "This browser keeps nothing for use without a network here: in a private window or without a secure connection it does not.",
    previewHost:
      "Previews of containers are shown under this address, so nothing can be kept under it. Open the site under its own address.",
  },
  failed: {
    full: "There is no room left in this browser. What has come is kept. Remove another course or old work, or free space on this device, then go on.",
    refused: "The browser refused to keep it. In a private window it does not keep anything.",
    unreachable: "The download was interrupted. What has come is kept. Look at your connection, then go on.",
    updated: "The site has been updated meanwhile. Reload the page, then go on: what is the same is not fetched again.",
    busy: "Another tab is downloading a course. Wait until it has ended.",
    cancelled: "Paused. What has come is kept.",
  },
  tooLittleRoom: (missing: string, free: string) =>
    `It needs ${missing}, and this browser has room for ${free}. Remove another course or old work, or free space on this device.`,
  update: {
    ready: "A new version of this site is here.",
    what: "This page is loaded again, and a machine in it starts anew; your files and steps are kept.",
    now: "Update",
    later: "Later",
  },
  notKept: {
    title: "This page is not kept here",
    description: "There is no network, and this page is not kept in this browser.",
    lead: "There is no network at the moment, and this page is not kept in this browser.",
    again: "Try again",
    here: "What you can read and do now",
    none: "No lesson is kept here yet. Once there is a network again, open a lesson, or make a course available offline.",
    listNeedsScript:
      "Lessons that you have opened, and courses that you made available offline, can be opened from here.",
  },
  feedback: "You are offline: the link works when there is a network again.",
};
