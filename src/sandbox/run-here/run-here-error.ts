/** Why an app cannot run in the tab. */
export type Obstacle =
  /** No connection at all. */
  | "offline"
  /** This site answers, StackBlitz does not. */
  | "unreachable"
  /** This site's own policy, as the host sends it, forbids the connection. */
  | "blocked"
  /** WebAssembly is turned off. */
  | "no-webassembly"
  | "no-shared-memory"
  | "no-service-workers"
  /** The browser does not know cross-origin isolation, or does not grant it to this page. */
  | "no-isolation"
  /** The host does not send the headers for it. */
  | "no-headers"
  /** Neither https nor this computer. */
  | "insecure"
  /** A public site for which the operator has said nothing. */
  | "no-licence"
  /** StackBlitz said no. */
  | "refused"
  /** It was reached, and then nothing came. */
  | "timeout"
  /** The part of this site that runs it could not be loaded. */
  | "not-loaded"
  /** It failed by itself. */
  | "broken";

export class RunHereError extends Error {
  override readonly name = "RunHereError";
  readonly code: Obstacle;

  /** `message` is what was said where it happened; the page has words of its own for each code. */
  constructor(code: Obstacle, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
