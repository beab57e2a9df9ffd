import type { Action } from "./scenario.ts";

/** What a format adds to Markdown. */
export interface Dialect {
  /** Whether the end of a fence may have something like `{{exec}}` after it, which Markdown does not know. */
  readonly actsAfterFence: boolean;
  fence(fence: Fence): Finding;
  /** Called for inline code with the text after it. */
  afterCode(code: string, following: string): Claim | undefined;
  /** Pieces of a paragraph's source that are the format's own. Those in code are left out by who asks. */
  claims(source: string): readonly Claim[];
  /** Called for the address of a link; undefined when it is an ordinary one. */
  link(url: string, original: string): LinkFinding | undefined;
}

export interface Fence {
  readonly language: string;
  /** What follows the language on the opening line. */
  readonly words: string;
  readonly code: string;
  /** What follows the closing fence on its line. */
  readonly suffix: string;
}

/** What something is here: blocks that stand there or follow the paragraph, and remarks on what has no place. */
export interface Finding {
  readonly blocks: readonly Block[];
  readonly remarks: readonly Remark[];
}

/** `text` takes the place of `from` up to `to`; with `keep`, of what is before and after that. */
export interface Claim extends Finding {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly keep?: { readonly from: number; readonly to: number };
}

/** The link's words stay, without the link; `suffix` follows them. */
export interface LinkFinding extends Finding {
  readonly suffix: string;
}

export interface Remark {
  readonly reason: string;
  readonly original: string;
}

/** What becomes a fence. */
export type Block =
  | Action
  | { readonly type: "code" | "copy"; readonly language: string; readonly code: string }
  | { readonly type: "output"; readonly code: string };
