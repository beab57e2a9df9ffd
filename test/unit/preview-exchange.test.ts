import { describe, expect, it } from "vitest";
import { answerHeaders, requestHeaders, rewriteLocation } from "../../src/preview/exchange-headers.ts";
import { injectAtStart, injectionPoint } from "../../src/preview/inject-script.ts";

describe("the headers of a request", () => {
  it("are those of a browser on the machine", () => {
    const sent = [
      ["accept", "text/html"],
      ["connection", "keep-alive"],
      ["content-length", "9"],
      ["cookie", "a=b"],
      ["x-token", "t"],
    ] as const;
    const referrer = "http://localhost:4321/~8080/form?x";
    expect(requestHeaders(sent, { method: "POST", referrer, port: 8080 })).toEqual([
      ["accept", "text/html"],
      ["x-token", "t"],
      ["accept-encoding", "identity"],
      ["referer", "http://localhost:8080/form?x"],
      ["origin", "http://localhost:8080"],
    ]);
  });

  it("say nothing of the bridge", () => {
    const referrer = "http://localhost:4321/preview/bridge/";
    expect(requestHeaders([], { method: "GET", referrer, port: 8080 })).toEqual([["accept-encoding", "identity"]]);
  });
});

describe("the headers of an answer", () => {
  it("lose what is of the connection, of the whole host, or against frames", () => {
    const received = [
      ["Content-Type", "text/html"],
      ["Transfer-Encoding", "chunked"],
      ["Set-Cookie", "a=b"],
      ["Clear-Site-Data", '"*"'],
      ["Service-Worker-Allowed", "/"],
      ["X-Frame-Options", "DENY"],
      ["Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'; img-src *"],
      ["ETag", '"1"'],
    ] as const;
    expect(answerHeaders(received, 8080)).toEqual([
      ["content-type", "text/html"],
      ["content-security-policy", "default-src 'self'; img-src *"],
      ["etag", '"1"'],
    ]);
  });

  it.each([
    ["/login?to=/", "/~8080/login?to=/"],
    ["http://localhost:8080/a#b", "/~8080/a#b"],
    ["http://127.0.0.1:9000/", "/~9000/"],
    ["http://localhost/", "/~80/"],
    ["/~8080/done", "/~8080/done"],
    ["next", "next"],
    ["https://example.org/", "https://example.org/"],
    ["//example.org/", "//example.org/"],
  ])("lead from %s to %s", (location, expected) => {
    expect(rewriteLocation(location, 8080)).toBe(expected);
  });
});

describe("the script for the console", () => {
  it.each([
    ["<!doctype html><html>", 15],
    ["\n<!-- hi --> <!DOCTYPE html>\n<p>", 28],
    ["<p>no type", 0],
    ["ï»¿<p>", 3],
  ])("comes into %j at %i", (text, at) => {
    expect(injectionPoint(text, true)).toBe(at);
    expect(injectionPoint(text, false)).toBe(at);
  });

  it.each(["", "  ", "<!", "<!doc", "<!doctype ht", "<!-- a comment that has not en"])(
    "waits for more after %j, as long as more can come",
    (text) => {
      expect(injectionPoint(text, false)).toBeUndefined();
      expect(injectionPoint(text, true)).toBe(0);
    },
  );

  it("comes in however the page is cut into pieces, and once", async () => {
    const page = "<!doctype html><title>ä</title><p>€".padEnd(3000, "x");
    for (const size of [1, 7, 20, 5000]) {
      const bytes = new TextEncoder().encode(page);
      const pieces = new ReadableStream<Uint8Array>({
        start(controller) {
          for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
          controller.close();
        },
      });
      const injected = await new Response(pieces.pipeThrough(injectAtStart("<s>")) as BodyInit).text();
      expect(injected).toBe(page.replace("<!doctype html>", "<!doctype html><s>"));
    }
  });

  it("comes into an empty page too", async () => {
    const empty =
      new Response("").body ?? new ReadableStream<Uint8Array>({ start: (controller) => controller.close() });
    expect(await new Response(empty.pipeThrough(injectAtStart("<s>")) as BodyInit).text()).toBe("<s>");
  });
});
