/** A tag of HTML as it stands in a text. */
export interface HtmlTag {
  /** In small letters. */
  readonly name: string;
  readonly isClosing: boolean;
  readonly isSelfClosing: boolean;
  readonly attributes: ReadonlyMap<string, string>;
}

/** Undefined for what is no tag: a comment, a declaration. */
export function parseTag(source: string): HtmlTag | undefined {
  const [, slash, name, inside = "", end] = /^<(\/)?([a-z][\w-]*)([^]*?)(\/)?>$/i.exec(source) ?? [];
  if (name === undefined) return undefined;
  const attributes = new Map<string, string>();
  for (const { 1: key = "", 2: value = "" } of inside.matchAll(
    /([^\s=/>"']+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?/g,
  )) {
    attributes.set(key.toLowerCase(), decodeEntities(value.replace(/^(["'])(.*)\1$/s, "$2")));
  }
  return { name: name.toLowerCase(), isClosing: slash !== undefined, isSelfClosing: end !== undefined, attributes };
}

/** The text that HTML's source stands for, as far as its usual entities go. */
export function decodeEntities(source: string): string {
  return source.replace(
    /&(?:#(\d+)|#x([\da-f]+)|(lt|gt|amp|quot|apos|nbsp));/gi,
    (all, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return named[name.toLowerCase()] ?? all;
      const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : all;
    },
  );
}

const named: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'", nbsp: "\u00a0" };
