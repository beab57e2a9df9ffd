import { effect } from "@preact/signals";
import { EmbedDesk, type EmbedLesson } from "../../embed/embed-desk.ts";
import { hostsFile, mayFrame, parseEmbedHosts, type EmbedHosts } from "../../embed/hosts.ts";
import { judgeFrame } from "../../embed/judge-frame.ts";
import { formatNews, toEmbed, type FromEmbed } from "../../embed/messages.ts";
import { loadOtherVersionsWhole } from "../../offline/site-version.ts";
import { currentBench } from "../../sandbox/current-bench.ts";
import { embedWords as words } from "../../words/embed.ts";
import { lessonTextWords } from "../../words/lesson-text.ts";
import { link } from "../link.ts";
import { createEmbedSeat } from "./embed-seat.ts";

/** What an embedded page does only when it is in a frame: it finds out who is around, and speaks with them. */

const own = location.origin;
/** Not every browser tells it. */
const { ancestorOrigins } = location as { readonly ancestorOrigins?: DOMStringList };
const ancestors = ancestorOrigins && [...ancestorOrigins];

document.addEventListener("astro:before-preparation", loadOtherVersionsWhole);

let desk: EmbedDesk | undefined;
let begun: Promise<boolean> | undefined;

/** The page is shown, or another one has come in its place. Calls `release` when its sandbox may come. */
export async function show(release: () => void): Promise<void> {
  begun ??= begin();
  if (!(await begun)) return;
  release();
  desk?.show(readLesson());
}

/** Resolves to whether the pages around may show this one; where not, it says why. */
async function begin(): Promise<boolean> {
  let hosts: EmbedHosts;
  try {
    hosts = await readHosts();
  } catch {
    refuse(words.hostsUnknown, true);
    return false;
  }
  const judged = judgeFrame({ ancestors, referrer: document.referrer, own }, hosts);
  if (judged.verdict === "refused") {
    refuse(words.refused(judged.origin));
    return false;
  }
  const opened = (desk = openDesk(hosts));
  const greeted = Promise.withResolvers<string>();
  addEventListener("message", ({ data, origin, source }: MessageEvent<unknown>) => {
    if (source !== window.parent) return;
    if (toEmbed.safeParse(data).success) greeted.resolve(origin);
    opened.take(data, origin);
  });
  // It says nothing that not everybody may hear.
  const [parent = "null"] = ancestors ?? [];
  window.parent.postMessage(formatNews({ kind: "here" }), parent === "null" ? "*" : parent);
  return judged.verdict === "allowed" || (await hearWhoIsAround(hosts, greeted.promise));
}

async function hearWhoIsAround(hosts: EmbedHosts, greeted: Promise<string>): Promise<boolean> {
  const note = document.querySelector("#sandbox .embed-late");
  if (note !== null) note.textContent = words.waiting;
  note?.classList.remove("embed-late");
  const origin = await Promise.race([
    greeted,
    new Promise<undefined>((resolve) => setTimeout(resolve, helloMs, undefined)),
  ]);
  if (origin !== undefined && mayFrame(hosts, origin, own)) return true;
  refuse(origin === undefined ? words.refusedUntold : words.refused(origin));
  desk?.[Symbol.dispose]();
  return false;
}

async function readHosts(): Promise<EmbedHosts> {
  const response = await fetch(link(hostsFile), { cache: "no-cache", signal: AbortSignal.timeout(patienceMs) });
  if (!response.ok) throw new Error(`${response.status} for ${hostsFile}`);
  return parseEmbedHosts(await response.text());
}

function openDesk(hosts: EmbedHosts): EmbedDesk {
  const opened = new EmbedDesk({
    hosts,
    own,
    lesson: readLesson(),
    post: (message: FromEmbed, origin) => window.parent.postMessage(message, origin),
    now: () => performance.now(),
  });
  effect(() => {
    const bench = currentBench.value;
    // The sandbox reads the page's lesson as it is drawn.
    if (bench !== undefined) queueMicrotask(() => opened.sit(createEmbedSeat(bench)));
  });
  document.addEventListener("drydock:sandbox-failed", () => opened.fail(lessonTextWords.sandboxCouldNotLoaded));
  return opened;
}

/** The page's own data, made by the same build. */
function readLesson(): EmbedLesson {
  const data = JSON.parse(document.getElementById("lesson-data")?.textContent ?? "null") as
    | (Omit<EmbedLesson, "id"> & {
        readonly id: string;
      })
    | null;
  return data === null
    ? { id: null, title: words.playground, steps: [] }
    : { id: data.id, title: data.title, steps: data.steps.map(({ id, title }) => ({ id, title })) };
}

/** In place of all of the page: nothing of it is for who is around. */
function refuse(why: string, canTryAgain = false): void {
  const card = document.createElement("main");
  card.className = "embed-refused";
  const heading = document.createElement("h1");
  heading.textContent = words.refusedTitle;
  const text = document.createElement("p");
  text.textContent = why;
  const way = document.createElement("p");
  const anchor = document.querySelector<HTMLElement>(".embed-open");
  if (anchor !== null) {
    anchor.className = "button";
    way.append(anchor);
  }
  if (canTryAgain) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button secondary";
    button.textContent = words.tryAgain;
    button.addEventListener("click", () => location.reload());
    way.append(" ", button);
  }
  card.append(heading, text, way);
  document.body.replaceChildren(card);
}

const patienceMs = 15_000;
/** For a page around that knows of the messages and has just heard `here`. */
const helloMs = 10_000;
