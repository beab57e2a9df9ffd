import * as z from "zod/mini";
import { panelNames, type PanelName } from "./panels.ts";

/** A panel and what it is to show, as the part of an address after `#` says it: `#panel=layers&of=hello:1`. */
export interface PanelLink {
  readonly panel: PanelName;
  /** What each panel makes of them is its own; what it does not know, it leaves. */
  readonly of?: string;
  readonly with?: string;
}

const reference = z.optional(z.string().check(z.minLength(1), z.maxLength(300), z.regex(/^[!-~]+$/)));
const schema = z.object({ panel: z.enum(panelNames), of: reference, with: reference });

/** Undefined for an address that names no panel, or is not as it should be. */
export function readPanelLink(hash: string): PanelLink | undefined {
  const found = schema.safeParse(Object.fromEntries(new URLSearchParams(hash.replace(/^#/, ""))));
  if (!found.success) return undefined;
  const { panel, of, with: other } = found.data;
  return { panel, ...(of !== undefined && { of }), ...(other !== undefined && { with: other }) };
}

/** What comes after the address of a page with a sandbox. */
export function formatPanelLink({ panel, of, with: other }: PanelLink): string {
  const escape = (value: string) => encodeURIComponent(value).replaceAll("%3A", ":").replaceAll("%2F", "/");
  return `#panel=${panel}${of === undefined ? "" : `&of=${escape(of)}`}${other === undefined ? "" : `&with=${escape(other)}`}`;
}
