/** What is wrong with a catalogue itself. `message` says what and where, `hint` what the site's operator can do. */
export class CatalogueError extends Error {
  override readonly name = "CatalogueError";
  readonly code: "invalid-index" | "invalid-manifest";
  readonly hint: string;

  constructor(code: CatalogueError["code"], message: string, options: { hint: string; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
  }
}
