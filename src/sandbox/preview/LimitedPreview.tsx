import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { PublishedPorts } from "../../checks/world.ts";
import { previewWords as words } from "../../words/preview.ts";
import { errorSentence } from "../error-sentence.ts";
import { selfContained } from "./self-contained.ts";

interface LimitedPreviewProps {
  readonly ports: PublishedPorts;
  readonly port: number;
  readonly path: string;
  readonly title: string;
  /** Why there is no more than this. */
  readonly reason: string;
  /** Another number reads the page again. */
  readonly turn: number;
}

/** The HTML of a page, in a sandbox without an origin: no scripts, and nothing beside it. */
export function LimitedPreview({ ports, port, path, title, reason, turn }: LimitedPreviewProps) {
  const shown = useSignal<{ readonly html?: string; readonly note: string }>({ note: words.readingPage });
  useEffect(() => {
    const gone = new AbortController();
    const read = async () => {
      const request = {
        method: "GET",
        path: path.replace(/#.*/, ""),
        timeoutMs: 60_000,
        headers: { Accept: "text/html" },
      };
      const answer = await ports.request(port, request, { signal: gone.signal });
      if ("failed" in answer) return { note: words.heard[answer.failed] };
      const type = answer.headers.get("content-type") ?? "";
      if (!/^text\/html\b/i.test(type)) return { note: words.notHtml(type) };
      const { html, leftOut } = selfContained(answer.body);
      return { html, note: leftOut > 0 ? words.limitedLeftOut(leftOut) : "" };
    };
    read().then(
      (page) => !gone.signal.aborted && (shown.value = page),
      (error: unknown) => !gone.signal.aborted && (shown.value = { note: errorSentence(error) }),
    );
    return () => gone.abort();
  }, [ports, port, path, turn, shown]);
  const { html, note } = shown.value;
  return (
    <div class="preview-limited">
      <p>
        <strong>{words.limited}</strong> {reason} {note}
      </p>
      {html !== undefined && <iframe title={title} sandbox="" srcDoc={html} />}
    </div>
  );
}
