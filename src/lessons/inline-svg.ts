/** Who the picture is on its page. */
export interface InlineSvgOptions {
  /** Begins every id in the picture, so that two pictures on a page cannot mix theirs up. */
  readonly id: string;
  /** What the picture shows, for those who do not see it. */
  readonly name: string;
}

/**
 * Makes the text of an SVG file part of a page: one image with a name. Answers the problem and its remedy for what
 * would run, load or restyle something.
 */
export function inlineSvg(
  source: string,
  { id, name }: InlineSvgOptions,
): { readonly svg: string } | { readonly problem: string; readonly remedy: string } {
  try {
    const tokens = tokenize(source);
    const ids = new Set(tokens.flatMap(({ attributes = [] }) => attributes.filter(isId).map(({ value }) => value)));
    const rename = (value: string): string => (ids.has(value) ? `${id}-${value}` : value);
    const [root, ...rest] = tokens.filter((token) => token.type !== "text" || token.text.trim() !== "");
    if (root?.type !== "open" || root.tag !== "svg") throw new Refusal("it does not begin with <svg>.", plain);
    return { svg: openRoot(root, name, rename) + rest.map((token) => write(token, rename)).join("") };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { problem: error.message, remedy: error.remedy };
  }
}

interface Attribute {
  readonly name: string;
  readonly value: string;
}

interface Token {
  readonly type: "text" | "open" | "close";
  readonly text: string;
  readonly tag?: string;
  readonly attributes?: readonly Attribute[];
  readonly closed?: boolean;
}

class Refusal extends Error {
  override readonly name = "Refusal";
  readonly remedy: string;

  constructor(problem: string, remedy: string) {
    super(problem);
    this.remedy = remedy;
  }
}

const plain = "Export the drawing as plain SVG.";

const elements = new Set(
  (
    "svg g defs title desc symbol use path rect circle ellipse line polyline polygon text tspan textPath marker clipPath mask " +
    "pattern linearGradient radialGradient stop image"
  ).split(" "),
);

/** Set anew on the root, or of no use within a page. */
const dropped = /^(xmlns(:.*)?|xml:.*|version|role|aria-.*|class|tabindex|data-.*)$/;
const size = /^(width|height|x|y|id|overflow|preserveAspectRatio)$/;

const token =
  /<!--[^]*?-->|<\?[^]*?\?>|<!DOCTYPE[^>[]*>|<(\/?)([a-zA-Z][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|[^<]+/y;

function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  const scanner = new RegExp(token);
  const text = source.replace(/^\uFEFF/, "");
  while (scanner.lastIndex < text.length) {
    const start = scanner.lastIndex;
    const match = scanner.exec(text);
    if (!match) throw new Refusal(`it is not SVG at “${text.slice(start, start + 30)}”.`, plain);
    const [whole, slash, tag, attributes = "", closed] = match;
    if (whole.startsWith("<!") || whole.startsWith("<?")) continue;
    if (tag === undefined) tokens.push({ type: "text", text: whole });
    else tokens.push(readTag(tag, { whole, attributes, closes: slash === "/", closed: closed === "/" }));
  }
  return tokens;
}

function readTag(
  tag: string,
  { whole, attributes, closes, closed }: { whole: string; attributes: string; closes: boolean; closed: boolean },
): Token {
  if (!elements.has(tag)) {
    const reason = reasons[tag] ?? "only shapes, text, groups, gradients and markers are shown";
    throw new Refusal(`it has <${tag}>, and ${reason}.`, `Take <${tag}> out of the picture. ${plain}`);
  }
  if (closes) return { type: "close", tag, text: whole };
  const list = [...attributes.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(
    ([, name = "", double, single]) => ({ name, value: double ?? single ?? "" }),
  );
  for (const attribute of list) checkAttribute(tag, attribute);
  return { type: "open", tag, text: whole, attributes: list, closed };
}

const reasons: Readonly<Record<string, string>> = {
  script: "a picture may not run anything",
  foreignObject: "a picture may not hold a page",
  style: "its rules would apply to the whole page",
  a: "a link within an image cannot be reached",
  animate: "a picture may not move",
  animateTransform: "a picture may not move",
  animateMotion: "a picture may not move",
  set: "a picture may not move",
};

function checkAttribute(tag: string, { name, value }: Attribute): void {
  if (/^on/i.test(name)) {
    throw new Refusal(`<${tag}> has ${name}, and a picture may not run anything.`, `Take ${name} out of the picture.`);
  }
  const isReference = /^(xlink:)?href$|^src$/i.test(name);
  if (isReference && !/^(#|data:image\/(png|jpeg|webp|gif);)/.test(value)) {
    throw new Refusal(
      `<${tag}> refers to "${value.slice(0, 60)}", and a picture may load nothing.`,
      "Refer to something in the picture itself, as #name.",
    );
  }
  // A browser also reads the escapes of XML and of CSS, so neither may be where an address could be.
  if (/url\(\s*(?!['"]?#)/i.test(value) || (/[\\&]/.test(value) && /^(style|fill|stroke|filter|mask)/.test(name))) {
    throw new Refusal(
      `<${tag}> has ${name}="${value.slice(0, 60)}", and a picture may load nothing.`,
      "Refer to something in the picture itself, as url(#name).",
    );
  }
}

function openRoot({ attributes = [], closed = false }: Token, name: string, rename: (id: string) => string): string {
  const read = (wanted: string): string | undefined => attributes.find((attribute) => attribute.name === wanted)?.value;
  const [width, height] = ["width", "height"].map((side) => Number.parseFloat(read(side) ?? ""));
  const viewBox = read("viewBox") ?? (width && height ? `0 0 ${width} ${height}` : undefined);
  const [, , across, down] =
    viewBox
      ?.trim()
      .split(/[\s,]+/)
      .map(Number) ?? [];
  if (viewBox === undefined || !across || !down) {
    throw new Refusal("its <svg> does not say how large it is.", 'Give its <svg> a viewBox, such as "0 0 480 240".');
  }
  const kept = attributes.filter(({ name }) => !dropped.test(name) && !size.test(name) && name !== "viewBox");
  return `<svg role="img" aria-label="${escapeText(name)}" viewBox="${viewBox}" width="${across}" height="${down}"${kept
    .map((attribute) => writeAttribute(attribute, rename))
    .join("")}${closed ? "/>" : ">"}`;
}

function write(
  { type, text, tag = "", attributes = [], closed = false }: Token,
  rename: (id: string) => string,
): string {
  if (type !== "open") return text;
  const kept = attributes.filter(({ name }) => !dropped.test(name));
  return `<${tag}${kept.map((attribute) => writeAttribute(attribute, rename)).join("")}${closed ? "/>" : ">"}`;
}

function writeAttribute({ name, value }: Attribute, rename: (id: string) => string): string {
  const attribute = name === "xlink:href" ? "href" : name;
  const renamed = name === "id" ? rename(value) : value.replace(/^#(.+)$/, (_, id: string) => `#${rename(id)}`);
  const linked = renamed.replace(
    /url\((\s*['"]?#)([^)'"\s]+)/g,
    (_, open: string, id: string) => `url(${open}${rename(id)}`,
  );
  return ` ${attribute}="${linked.replaceAll('"', "&quot;")}"`;
}

function isId({ name }: Attribute): boolean {
  return name === "id";
}

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
