import { markdownToHtml } from "satteri";

/** One paragraph of Markdown as HTML without the paragraph. A tag in it is shown as text. */
export function renderInline(markdown: string): string {
  const text = markdown.trim().replace(/\s+/g, " ");
  const withoutTags = text.replace(/`[^`]*`|</g, (part) => (part === "<" ? "\\<" : part));
  const { html } = markdownToHtml(withoutTags);
  return html.trim().replace(/^<p>|<\/p>$/g, "");
}
