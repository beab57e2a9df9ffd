import { expect, it, onTestFinished, vi } from "vitest";
import { createPublishedPorts } from "../../src/checks/published-ports.ts";
import { MachineError, type MachineErrorCode } from "../../src/machine/error.ts";
import { createMemoryConnection } from "../engine/unit/memory-connection.ts";

const request = { method: "GET", path: "/health", timeoutMs: 8000 };
const failure = (code: MachineErrorCode) => new MachineError(code, "It failed.", { hint: "" });

function connect() {
  const peer = createMemoryConnection();
  const answer = createPublishedPorts({ dial: () => Promise.resolve(peer.connection) }).request(8080, request);
  answer.catch(() => undefined);
  return { peer, answer };
}

const askClosed = (error: Error) => createPublishedPorts({ dial: () => Promise.reject(error) }).request(8080, request);

it("gives the page", async () => {
  const { peer, answer } = connect();
  await peer.sends("GET /health HTTP/1.1\r\nHost: localhost:8080\r\n");
  peer.send("HTTP/1.1 404 Not Found\r\nX-A: b\r\nContent-Length: 2\r\n\r\nno");
  expect(await answer).toEqual({
    status: 404,
    headers: new Map(Object.entries({ "x-a": "b", "content-length": "2" })),
    body: "no",
  });
});

it("sends the headers that a check asks with", async () => {
  const peer = createMemoryConnection();
  const asked = { ...request, headers: { Accept: "text/plain", Authorization: "Basic bWU6eA==" } };
  const answer = createPublishedPorts({ dial: () => Promise.resolve(peer.connection) }).request(8080, asked);
  answer.catch(() => undefined);
  await peer.sends("\r\n\r\n");
  expect(peer.sent()).toContain("\r\nAccept: text/plain\r\nAuthorization: Basic bWU6eA==\r\n");
  peer.end();
  await answer;
});

it("tells a port on which nothing listens", async () => {
  expect(await askClosed(failure("port-closed"))).toEqual({ failed: "closed" });
});

it.each([
  ["hangs up", (peer: ReturnType<typeof createMemoryConnection>) => peer.end()],
  [
    "resets the connection",
    (peer: ReturnType<typeof createMemoryConnection>) => peer.reset(failure("connection-reset")),
  ],
  ["speaks another language", (peer: ReturnType<typeof createMemoryConnection>) => peer.send("220 mail ready\r\n")],
])("tells a server that %s from a web server", async (_, act) => {
  const { peer, answer } = connect();
  await peer.sends("\r\n\r\n");
  act(peer);
  expect(await answer).toEqual({ failed: "not-http" });
});

it.each(["disposed", "unresponsive", "cancelled", "guest-error"] as const)(
  "says nothing of the port when the machine is what fails (%s)",
  async (code) => {
    await expect(askClosed(failure(code))).rejects.toMatchObject({ code });
    const { peer, answer } = connect();
    await peer.sends("\r\n\r\n");
    peer.reset(failure(code));
    await expect(answer).rejects.toMatchObject({ cause: { code } });
  },
);

it("tells a server that takes the connection and hangs", async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { peer, answer } = connect();
  await vi.advanceTimersByTimeAsync(8000);
  expect(await answer).toEqual({ failed: "silent" });
  expect(peer.isAborted()).toBe(true);
});

it("drops the connection and rejects when it is no longer wanted", async () => {
  const control = new AbortController();
  const peer = createMemoryConnection();
  const ports = createPublishedPorts({ dial: () => Promise.resolve(peer.connection) });
  const answer = ports.request(8080, request, { signal: control.signal });
  answer.catch(() => undefined);
  await peer.sends("\r\n\r\n");
  control.abort();
  await expect(answer).rejects.toMatchObject({ code: "cancelled" });
  expect(peer.isAborted()).toBe(true);
});
