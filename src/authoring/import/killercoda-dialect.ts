import type { Block, Claim, Dialect, LinkFinding, Remark } from "./dialect.ts";

/** What Killercoda adds to Markdown: actions of code, and placeholders. */
export const killercodaDialect: Dialect = {
  actsAfterFence: true,
  fence({ language, words, code, suffix }) {
    const remarks: Remark[] = [];
    if (words !== "") remarks.push({ reason: "Words after a fence's language mean nothing here.", original: words });
    if (code.includes("{{TRAFFIC_")) {
      remarks.push({ reason: "The block has a placeholder that Killercoda fills in.", original: code });
    }
    const { block, remarks: others } = readAction(suffix, language, code);
    return { blocks: [block ?? { type: "code", language, code }], remarks: [...remarks, ...others] };
  },
  afterCode(code, following) {
    const suffix = /^\{\{[^}\n]*\}\}/.exec(following)?.[0];
    if (suffix === undefined) return undefined;
    const { block, remarks } = readAction(suffix, "", code);
    return { from: 0, to: suffix.length, text: "", blocks: block ? [block] : [], remarks };
  },
  claims: (source) =>
    [...source.matchAll(/(?<!!)\[([^\]]*)\]\((\{\{[^}]*\}\}[^)\s]*)\)|\{\{[^}]*\}\}/g)].map((match): Claim => {
      const [original, words, url] = match;
      const place = { from: match.index, to: match.index + original.length };
      if (words === undefined || url === undefined) {
        return { ...place, text: "", blocks: [], remarks: [{ reason: placeholder, original }] };
      }
      const { suffix, ...finding } = readLink(url, original);
      const keep = { from: place.from + 1, to: place.from + 1 + words.length };
      return { ...place, keep, text: suffix, ...finding };
    }),
  // Some of its letters are written otherwise in an address.
  link: (url, original) => {
    const plain = url.replace(/%7B/gi, "{").replace(/%7D/gi, "}");
    return plain.includes("{{") ? readLink(plain, original) : undefined;
  },
};

const placeholder = "A placeholder that Killercoda fills in.";

/** `{{exec}}`, `{{copy}}` and their words; no block for what only is shown. */
function readAction(
  suffix: string,
  language: string,
  code: string,
): { readonly block: Block | undefined; readonly remarks: readonly Remark[] } {
  const [action = "", ...options] = suffix.replace(/[{}]/g, "").trim().split(/\s+/);
  const unknown = { reason: "An action of a piece of code that is not known here.", original: suffix };
  if (/^copy$/i.test(action)) {
    return { block: { type: "copy", language, code }, remarks: options.length > 0 ? [unknown] : [] };
  }
  if (!/^exec(ute)?$/i.test(action)) return { block: undefined, remarks: action === "" ? [] : [unknown] };
  if (code.trim() === "")
    return { block: undefined, remarks: [{ reason: "A command that is empty.", original: suffix }] };
  // `interrupt` presses Ctrl+C first; Katacoda's `T2` is the second terminal.
  const terminal = options.map((option) => /^T([1-3])$/i.exec(option)?.[1]).find((number) => number !== undefined);
  const isKnown = options.every((option) => option === "interrupt" || /^(T[1-3]|HOST1)$/i.test(option));
  return {
    block: {
      type: "command",
      command: code,
      terminal: Number(terminal ?? "1"),
      interrupt: options.includes("interrupt"),
    },
    remarks: isKnown ? [] : [unknown],
  };
}

/** A link to a port of a host, or to another of Killercoda's own pages. */
function readLink(url: string, original: string): LinkFinding {
  const [, host, port, path = ""] = /^\{\{\s*TRAFFIC_HOST(\d)_(\d+)\s*\}\}(.*)$/s.exec(url) ?? [];
  if (host === undefined || port === undefined) {
    return { suffix: "", blocks: [], remarks: [{ reason: placeholder, original }] };
  }
  const reason =
    host === "1"
      ? `A link opened port ${port} in the browser; here a command fetches it inside the machine.`
      : "A link led to a second host; there is one machine here.";
  const command = `curl ${quoted(`http://localhost:${port}${path}`)}`;
  return {
    suffix: ` (port ${port})`,
    blocks: [{ type: "command", command, terminal: 1, interrupt: false }],
    remarks: [{ reason, original }],
  };
}

/** As one word of a shell. */
function quoted(word: string): string {
  return /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
