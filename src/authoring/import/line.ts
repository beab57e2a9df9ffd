import type { Heading, Paragraph, PhrasingContent } from "mdast";
import type { Finding } from "./dialect.ts";
import { spanOf } from "./parse-page.ts";
import { blockAt, noteAt, type Place } from "./place.ts";
import { breakAt, continueAt, endAlone, prefixOf } from "./prefix.ts";

/** A paragraph or heading under way. */
export interface Line extends Place {
  readonly flow: Paragraph | Heading;
  readonly prefix: string;
  /** Puts a text after it. */
  add(text: string): void;
  /** Puts a note after it. */
  note(reason: string, original: string, node: PhrasingContent | undefined): void;
  /** Puts blocks and notes after it. */
  follow(finding: Finding, node: PhrasingContent | undefined): void;
  /** Puts what follows where it belongs. */
  finish(): void;
}

export function createLine(flow: Paragraph | Heading, place: Place): Line {
  const { from, to } = spanOf(flow);
  const prefix = prefixOf(from, place.parsed.source);
  const after: string[] = [];
  const inPlace = (text: string): string => breakAt(prefix) + continueAt(prefix, text);
  const follow: Line["follow"] = ({ blocks, remarks }, node) => {
    for (const block of blocks) {
      const text = blockAt(block, place);
      after.push(place.isLifted ? `\n\n${text}` : inPlace(text));
    }
    for (const { reason, original } of remarks) {
      after.push(inPlace(noteAt((node ?? flow).position?.start.line ?? 1, reason, original, place)));
    }
  };
  return {
    ...place,
    flow,
    prefix,
    follow,
    add: (text) => after.push(inPlace(text)),
    note: (reason, original, node) => follow({ blocks: [], remarks: [{ reason, original }] }, node),
    finish() {
      if (after.length > 0) place.edits.insert(to, after.join("") + endAlone(to, prefix, place.parsed.source));
    },
  };
}
