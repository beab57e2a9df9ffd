import { anyone, mayFrame, type EmbedHosts } from "./hosts.ts";

export interface Frame {
  /** The origins of the pages around this one, the nearest first, `null` for one that is not told; undefined where the browser tells none. */
  readonly ancestors: readonly string[] | undefined;
  /** The address that the frame was loaded from, as far as it is told. */
  readonly referrer: string;
  /** The site's own origin. */
  readonly own: string;
}

/** `ask`: the browser does not tell who is around; a message from there will. */
export type FrameVerdict =
  { readonly verdict: "allowed" | "ask" } | { readonly verdict: "refused"; readonly origin: string };

/**
 * Whether the pages around an embedded one may show it. It is the second line: where the host of the site sends `frame-ancestors`, the browser has
 * refused all others by then.
 */
export function judgeFrame({ ancestors = [], referrer, own }: Frame, hosts: EmbedHosts): FrameVerdict {
  const stranger = ancestors.find((origin) => origin !== unknown && !mayFrame(hosts, origin, own));
  if (stranger !== undefined) return { verdict: "refused", origin: stranger };
  const [parent = unknown] = ancestors;
  if (parent !== unknown || hosts.frame === anyone) return { verdict: "allowed" };
  const from = URL.parse(referrer)?.origin ?? unknown;
  // A page of the site may have been in this frame before, whoever is around it.
  return { verdict: from !== unknown && from !== own && mayFrame(hosts, from, own) ? "allowed" : "ask" };
}

const unknown = "null";
