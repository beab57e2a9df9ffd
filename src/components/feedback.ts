/** Where feedback goes, for those who ask before they follow the link: `example.org`, or an e-mail address. */
export interface FeedbackPlace {
  readonly kind: "web" | "mail";
  readonly name: string;
}

/** The two things that `DRYDOCK_FEEDBACK` may put into its address. */
export interface FeedbackSubject {
  /** The lesson's id. */
  readonly lesson: string;
  readonly title: string;
}

/**
 * Reads `DRYDOCK_FEEDBACK`: a web address or `mailto:` with an e-mail address, behind whose host or address `{lesson}` and `{title}` may stand for
 * the lesson. Undefined when nothing is configured; throws an `Error` that says what is wrong with it and what would be right.
 */
export function readFeedback(template: string | undefined): FeedbackPlace | undefined {
  if (template === undefined || template.trim() === "") return undefined;
  const unknown = /\{(?!lesson\}|title\})[^}]*\}?/.exec(template)?.[0];
  if (unknown !== undefined) throw wrong(template, `has ${unknown} in it`, "Only {lesson} and {title} are replaced.");
  if (/\s/.test(template)) throw wrong(template, "has a space in it", "Write %20 for a space.");
  const address = URL.parse(fill(template, { lesson: "lesson", title: "title" }));
  if (address?.protocol === "mailto:") {
    if (!/^[^@,]+@[^@,]+\.[^@,]+$/.test(address.pathname) || /[{}]/.test(template.split("?")[0] ?? ""))
      throw wrong(template, "has no e-mail address", "Write one, such as mailto:lessons@example.org.");
    return { kind: "mail", name: decodeURIComponent(address.pathname) };
  }
  if (address?.protocol === "https:" || address?.protocol === "http:") {
    if (
      !template
        .replace(/^[^/]*\/\//, "")
        .split(/[/?#]/)[0]
        ?.match(/^[^{}@]+$/)
    )
      throw wrong(template, "does not say which host", "Write the host out; {lesson} and {title} come after it.");
    return { kind: "web", name: address.host };
  }
  throw wrong(template, "is neither a web address nor a mailto: address", "Begin it with https:// or mailto:.");
}

/** The address for one lesson. `template` is one that `readFeedback` accepts. */
export function fill(template: string, { lesson, title }: FeedbackSubject): string {
  return template
    .trim()
    .replaceAll("{lesson}", () => encodeURIComponent(lesson))
    .replaceAll("{title}", () => encodeURIComponent(title));
}

function wrong(template: string, problem: string, remedy: string): Error {
  return new Error(
    `DRYDOCK_FEEDBACK is "${template}", which ${problem}. ${remedy} For example: https://example.org/feedback?lesson={lesson} or mailto:lessons@example.org?subject={title}`,
  );
}
