import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Connection } from "../../src/machine/contract.ts";
import { MachineError } from "../../src/machine/error.ts";
import { askSite, type Bridge, type SiteAnswer } from "../../src/preview/ask-site.ts";
import type { RequestMessage } from "../../src/preview/messages.ts";
import { PreviewServer, type BridgeNotice } from "../../src/sandbox/preview/preview-server.ts";

// The two ends of a preview: what the service worker does with a request, and what the site's page does with it.

let held = new DisposableStack();
beforeEach(() => void (held = new DisposableStack()));
afterEach(() => held.dispose());

describe("a request of a previewed page", () => {
  it("is answered by the server on the published port, as HTTP", async () => {
    const { bridge, dialled } = serve({ 8080: "HTTP/1.1 201 Made\r\nX-One: 1\r\nContent-Length: 5\r\n\r\nhello" });
    const body = new TextEncoder().encode("a=1");
    const answer = await ask(bridge, { method: "POST", path: "/form?x", headers: [["x-token", "t"]], body });
    expect(answer).toMatchObject({ kind: "answer", status: 201, reason: "Made" });
    expect(answer.headers).toContainEqual(["x-one", "1"]);
    expect(await textOf(answer)).toBe("hello");
    expect(dialled[0]?.sent()).toBe(
      "POST /form?x HTTP/1.1\r\nHost: localhost:8080\r\nx-token: t\r\nConnection: close\r\nContent-Length: 3\r\n\r\na=1",
    );
  });

  it("goes to no port that no container publishes", async () => {
    const { bridge, dialled } = serve({ 8080: "", 2375: "HTTP/1.1 200 OK\r\n\r\nthe engine" });
    const answer = await askSite([bridge], request({ port: 2375, path: "/containers/json" }));
    expect(answer).toMatchObject({ kind: "failed", status: 403 });
    expect(dialled).toEqual([]);
  });

  it("is told in words when nothing listens, or what listens speaks no HTTP", async () => {
    const { bridge } = serve({ 8080: "SSH-2.0-OpenSSH\r\n" });
    expect(await askSite([bridge], request({}))).toMatchObject({ kind: "failed", status: 502 });
    const { bridge: closed } = serve({}, [8080]);
    expect(await askSite([closed], request({}))).toMatchObject({
      status: 502,
      words: expect.stringContaining("Nothing answers on port 8080") as string,
    });
  });

  it("cannot have another request in its path or headers", async () => {
    const { bridge, dialled } = serve({ 8080: "HTTP/1.1 200 OK\r\n\r\n" });
    const forged = { path: "/ HTTP/1.1\r\nHost: evil" };
    expect(await askSite([bridge], request(forged), { acceptMs: 100 })).toBeUndefined();
    const header = { headers: [["x", "1\r\nHost: evil"]] as [string, string][] };
    expect(await askSite([bridge], request(header), { acceptMs: 100 })).toBeUndefined();
    expect(dialled).toEqual([]);
  });

  it("that is cancelled drops the connection", async () => {
    const { bridge, dialled } = serve({ 8080: "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhell" });
    const answer = await ask(bridge, {});
    const reader = answer.body.getReader();
    await reader.read();
    await reader.cancel();
    await dialled[0]?.aborted;
  });

  it("beyond a number waits for its turn, and beyond another is refused", async () => {
    const { bridge, dialled } = serve({ 8080: "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhell" });
    const cancel = new AbortController();
    const asked = Array.from({ length: 107 }, () => askSite([bridge], request({}), { signal: cancel.signal }));
    for (const each of asked) each.catch(() => undefined);
    expect(await asked.at(-1)).toMatchObject({ kind: "failed", status: 503 });
    expect(dialled).toHaveLength(6);
    cancel.abort();
  });
});

describe("the service worker", () => {
  it("asks the next bridge when one does not answer, and knows when none does", async () => {
    const { bridge } = serve({ 8080: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok" });
    const silent: Bridge = { postMessage: () => undefined };
    const answer = await askSite([silent, bridge], request({}), { acceptMs: 50 });
    expect(answer).toMatchObject({ kind: "answer", status: 200 });
    expect(await askSite([silent], request({}), { acceptMs: 50 })).toBeUndefined();
    expect(await askSite([], request({}))).toBeUndefined();
  });

  it("refuses an answer that is none", async () => {
    const forging: Bridge = {
      postMessage(_, [port]) {
        (port as MessagePort).postMessage({ kind: "accepted" });
        (port as MessagePort).postMessage({ kind: "head", status: 99, reason: "", headers: [] });
      },
    };
    await expect(askSite([forging], request({}))).rejects.toThrow("no part of an answer");
  });
});

it("what a bridge tells is heard only as far as it is as it should be", async () => {
  const notices: BridgeNotice[] = [];
  const { remote } = serve({}, [], (notice) => notices.push(notice));
  const good = { kind: "console", level: "log", text: "hello" };
  for (const message of [
    { kind: "console", level: "shout", text: "hello" },
    { kind: "console", level: "log", text: "x".repeat(5000) },
    { kind: "page", place: { port: 8080, path: "javascript:alert(1)" }, console: "heard" },
    "page",
    null,
    good,
  ])
    remote.postMessage(message);
  await expect.poll(() => notices).toEqual([good]);
});

interface Dialled {
  sent(): string;
  readonly aborted: Promise<void>;
}

/** A site with a machine on whose ports these answers come. Only 8080 is published. */
function serve(answers: Record<number, string>, closed: number[] = [], onNotice?: (notice: BridgeNotice) => void) {
  const dialled: Dialled[] = [];
  const dial = (port: number): Promise<Connection> => {
    if (closed.includes(port)) return Promise.reject(new MachineError("port-closed", "closed", { hint: "" }));
    let sent = "";
    const { promise: aborted, resolve } = Promise.withResolvers<void>();
    dialled.push({ sent: () => sent, aborted });
    const decoder = new TextDecoder();
    const answer = answers[port] ?? "";
    return Promise.resolve({
      readable: new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode(answer));
          // An answer that is shorter than it says goes on some day.
          if (!answer.endsWith("hell")) controller.close();
        },
      }),
      writable: new WritableStream<Uint8Array>({ write: (bytes) => void (sent += decoder.decode(bytes)) }),
      closed: Promise.resolve(),
      abort: () => resolve(),
      [Symbol.asyncDispose]: () => Promise.resolve(),
    });
  };
  const server = held.use(new PreviewServer({ machine: { dial }, isPublished: (port) => port === 8080 }));
  const { remote } = server.serve(onNotice);
  held.defer(() => remote.close());
  const bridge: Bridge = { postMessage: (message, transfer) => remote.postMessage(message, transfer) };
  return { bridge, dialled, remote };
}

function request(parts: Partial<RequestMessage>): RequestMessage {
  return { kind: "request", port: 8080, method: "GET", path: "/", headers: [], ...parts };
}

async function ask(bridge: Bridge, parts: Partial<RequestMessage>): Promise<SiteAnswer & { kind: "answer" }> {
  const answer = await askSite([bridge], request(parts));
  if (answer?.kind !== "answer") throw new Error(`No answer: ${JSON.stringify(answer)}`);
  return answer;
}

function textOf({ body }: SiteAnswer & { kind: "answer" }): Promise<string> {
  return new Response(body).text();
}
