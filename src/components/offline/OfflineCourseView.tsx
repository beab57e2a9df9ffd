import { amount } from "../../sandbox/kept-words.ts";
import { offlineWords as words } from "../../words/offline.ts";
import type { OfflineDesk } from "./offline-desk.ts";
import type { obstacle } from "./offline-worker.ts";

/** Whether a course is there without a network, and what can be done about it. */
export function OfflineCourseView({
  desk,
  id,
  title,
  hindered,
}: {
  desk: OfflineDesk;
  id: string;
  title: string;
  hindered: Awaited<ReturnType<typeof obstacle>>;
}) {
  if (hindered !== undefined) return <p class="offline-note">{words.cannot[hindered]}</p>;
  const course = desk.courses.value?.get(id);
  const download = desk.download.value;
  const report = desk.report.value;
  const isOwn = download?.course === id;
  const isBusy = download !== undefined;
  const isComplete = course !== undefined && course.isWanted && course.missingBytes === 0;
  return (
    <div class="offline-course" data-state={isOwn ? "loading" : isComplete ? "complete" : "open"}>
      {isOwn && (
        <>
          <progress
            max={download.totalBytes || 1}
            value={Math.min(download.doneBytes, download.totalBytes)}
            aria-label={words.progressOf(title)}
          />
          <span class="offline-size">
            {words.progress(amount(Math.max(0, download.doneBytes)), amount(download.totalBytes))}
          </span>
          <button type="button" class="button secondary small" onClick={() => desk.pause()}>
            {words.pause}
          </button>
        </>
      )}
      {!isOwn && isComplete && <span class="offline-ready">{words.ready(amount(course.totalBytes))}</span>}
      {!isOwn && !isComplete && (
        <>
          <button
            type="button"
            class="button secondary small"
            disabled={isBusy}
            onClick={() => void desk.keep(id, title)}
          >
            {!course?.isWanted ? words.keep : course.wasComplete ? words.complete : words.goOn}
          </button>
          <span class="offline-size">{course && sizeWords(course)}</span>
        </>
      )}
      {!isOwn && course?.isWanted && (
        <button
          type="button"
          class="button secondary small"
          disabled={isBusy}
          aria-label={words.removeNamed(title)}
          onClick={() => void desk.remove(id)}
        >
          {words.remove}
        </button>
      )}
      <p class="offline-report" role="status" data-failure={report?.course === id && report.isFailure}>
        {report?.course === id && report.words}
      </p>
    </div>
  );
}

function sizeWords(course: {
  isWanted: boolean;
  wasComplete: boolean;
  totalBytes: number;
  missingBytes: number;
}): string {
  if (!course.isWanted) return words.size(amount(course.totalBytes));
  return course.wasComplete ? words.lost(amount(course.missingBytes)) : words.begun(amount(course.missingBytes));
}
