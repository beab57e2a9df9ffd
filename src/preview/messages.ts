import * as z from "zod/mini";

/**
 * What the site's page, the bridge (the page of the preview host that is framed in it), and the preview host's service worker say to each other. Everything on
 * the preview host may be forged by a previewed page, so each end reads what it gets through these.
 */

const port = z.int().check(z.gte(1), z.lte(65_535));
/** What can stand in a request's head as it is. */
const path = z.string().check(z.maxLength(8192), z.regex(/^\/[!-~]*$/));
const nonce = z.uuid();
const place = z.object({ port, path });
const headerName = z.string().check(z.maxLength(128), z.regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/));
const headerValue = z.string().check(z.maxLength(16_384), z.regex(/^[\t\x20-\x7e\x80-\xff]*$/));
const headers = z.array(z.tuple([headerName, headerValue])).check(z.maxLength(128));
const bytes = z.instanceof(Uint8Array<ArrayBuffer>);

/** How much a previewed page may send with one request. */
export const maxSentBytes = 8_388_608;

/** Bridge to the page around it, by `postMessage`: it is there. The nonce stands in its address. */
export const helloMessage = z.object({ drydock: z.literal("preview-hello"), nonce });

/** The answer, with a MessagePort to the machine, and what to show. */
export const welcomeMessage = z.object({ drydock: z.literal("preview-welcome"), nonce, show: place });

/** One HTTP request of a previewed page, worker to bridge to site; with a MessagePort for the answer. */
export const requestMessage = z.object({
  kind: z.literal("request"),
  port,
  method: z.string().check(z.regex(/^[A-Z]{1,32}$/)),
  path,
  headers,
  body: z.optional(bytes.check(z.refine((body) => body.byteLength <= maxSentBytes))),
});
export type RequestMessage = z.infer<typeof requestMessage>;

/** Lengths that a page of the workbench can show. */
export const maxMessageText = 4000;
export const consoleLevels = ["debug", "log", "info", "warn", "error"] as const;
export const consoleMessage = z.object({
  kind: z.literal("console"),
  level: z.enum(consoleLevels),
  text: z.string().check(z.maxLength(maxMessageText)),
});
export type ConsoleMessage = z.infer<typeof consoleMessage>;

/** What the previewed page's script says to the bridge. */
export const fromConsoleScript = z.object({
  drydock: z.literal("preview-console"),
  said: z.union([z.object({ kind: z.literal("here") }), consoleMessage]),
});

/** Bridge to site, over the port. */
export const fromBridge = z.discriminatedUnion("kind", [
  requestMessage,
  consoleMessage,
  /** A page was loaded. */
  z.object({
    kind: z.literal("page"),
    place,
    /** Whether its console is heard; `none` where it has none, as a picture has. */
    console: z.enum(["heard", "forbidden", "none"]),
  }),
  /** The service worker cannot be had. */
  z.object({ kind: z.literal("refused"), reason: z.string().check(z.maxLength(500)) }),
]);
export type FromBridge = z.infer<typeof fromBridge>;

/** Site to bridge, over the port. */
export const toBridge = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("show"), place }),
  z.object({ kind: z.literal("reload") }),
]);
export type ToBridge = z.infer<typeof toBridge>;

/** Site to worker, over the port of one request. */
export const answerMessage = z.discriminatedUnion("kind", [
  /** Somebody is there and works at it. */
  z.object({ kind: z.literal("accepted") }),
  z.object({
    kind: z.literal("head"),
    status: z.int().check(z.gte(200), z.lte(599)),
    reason: z.string().check(z.maxLength(500), z.regex(/^[\t\x20-\x7e\x80-\xff]*$/)),
    headers,
  }),
  z.object({ kind: z.literal("chunk"), bytes }),
  z.object({ kind: z.literal("end") }),
  z.object({ kind: z.literal("failed"), status: z.int().check(z.gte(400), z.lte(599)), words: z.string() }),
]);
export type AnswerMessage = z.infer<typeof answerMessage>;

/** Worker to site, over the port of one request: each `more` asks for one piece of the body. */
export const answerWish = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("more") }),
  z.object({ kind: z.literal("cancel") }),
]);
export type AnswerWish = z.infer<typeof answerWish>;

/** A window of previews to the page that opened it, and back; with a MessagePort to the machine. */
export const windowAsks = z.object({ drydock: z.literal("preview-window-asks") });
export const windowGets = z.object({ drydock: z.enum(["preview-window-port", "preview-window-gone"]) });
