import { navigate } from "astro:transitions/client";
import type { KeptCourse } from "../../offline/kept-courses.ts";
import { amount } from "../../sandbox/kept-words.ts";
import { offlineWords } from "../../words/offline.ts";
import { link } from "../link.ts";
import { stateOf } from "./kept-state.ts";
import { showNotice } from "./notice.ts";
import { browserStores } from "./offline-stores.ts";

/** Says which course was complete and is not any more, because the browser cleared some of it or the site was updated. */
export async function tellWhatIsLost(wanted: readonly KeptCourse[]): Promise<void> {
  const complete = wanted.filter(({ wasComplete }) => wasComplete);
  if (complete.length === 0) return;
  const stores = browserStores();
  const lists = await stores.readLists(AbortSignal.timeout(PATIENCE_MS));
  const kept = await stores.look(lists);
  for (const { id, title } of complete) {
    const { missingBytes } = stateOf(id, lists, kept);
    if (missingBytes === 0) continue;
    showNotice({
      name: "lost",
      words: offlineWords.lostNotice(title, amount(missingBytes)),
      dismiss: offlineWords.update.later,
      acts: [{ words: offlineWords.lookAt, run: () => void navigate(link("your-work/#offline")) }],
    });
  }
}

const PATIENCE_MS = 30_000;
