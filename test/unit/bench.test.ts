import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { summarize } from "../bench/statistics.ts";
import { createThrottledProxy } from "../bench/tab/throttled-proxy.ts";

it("summarizes runs by median, p95 and spread", () => {
  expect(summarize([5, 1, 3, 2, 4])).toEqual({ runs: 5, median: 3, p95: 4.8, min: 1, max: 5 });
});

it("lets no more through the line than its rate, over all connections together", async () => {
  const body = Buffer.alloc(250_000);
  const server = createServer((_, response) => response.end(body));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  await using proxy = await createThrottledProxy((server.address() as AddressInfo).port, 8);
  const start = performance.now();
  const bodies = await Promise.all([1, 2].map(async () => (await fetch(proxy.url)).arrayBuffer()));
  const seconds = (performance.now() - start) / 1000;
  server.close();
  expect(bodies.map(({ byteLength }) => byteLength)).toEqual([250_000, 250_000]);
  // 500,000 bytes at 1,000,000 bytes per second; the slack above is for a busy machine.
  expect(seconds).toBeGreaterThan(0.47);
  expect(seconds).toBeLessThan(1);
  expect(proxy.sentBytes).toBeGreaterThan(500_000);
});
