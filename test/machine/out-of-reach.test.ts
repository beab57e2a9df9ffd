import { expect, test } from "vitest";
import type { OutOfReach } from "../../src/machine/contract.ts";
import { limitLookups } from "../../src/machine/v86/lookup-limit.ts";
import { reportOutOfReach } from "../../src/machine/v86/out-of-reach.ts";

const alpine: OutOfReach = { kind: "image", repository: "alpine", reference: "3", catalogue: [] };

test("a host that was looked up is told once, however often it is asked for", () => {
  const { report, told, wait } = reporting();
  report({ kind: "host", name: "example.com" });
  report({ kind: "host", name: "example.com" });
  expect(told).toEqual([{ kind: "host", name: "example.com" }]);
  wait(6_000);
  report({ kind: "host", name: "example.com" });
  expect(told).toHaveLength(2);
});

test.each([
  "web",
  "tasks.web",
  "100.86.168.192.in-addr.arpa",
  "1.0.ip6.arpa",
  "printer.local",
  "db.internal",
  "docker.io",
])("%s is no host that somebody misses", (name) => {
  const { report, told } = reporting();
  report({ kind: "host", name });
  expect(told).toEqual([]);
});

test("Docker Hub's hosts after a missing image belong to that image, and are missed for themselves otherwise", () => {
  const { report, told, wait } = reporting();
  report(alpine);
  report({ kind: "host", name: "registry-1.docker.io" });
  report({ kind: "host", name: "auth.docker.io" });
  report(alpine);
  expect(told).toEqual([alpine]);
  report({ kind: "host", name: "notdocker.io" });
  expect(told).toHaveLength(2);
  wait(61_000);
  report({ kind: "host", name: "registry-1.docker.io" });
  expect(told.at(-1)).toEqual({ kind: "host", name: "registry-1.docker.io" });
});

test("a guest that looks up names without end is heard a few times", () => {
  let now = 0;
  const told: string[] = [];
  const lookedUp = limitLookups(
    (name) => told.push(name),
    () => now,
  );
  for (let count = 0; count < 1000; count++) lookedUp(`host${count}.example.com`);
  expect(told).toHaveLength(8);
  now = 3_000;
  lookedUp("host1.example.com");
  lookedUp("host1.example.com");
  expect(told).toHaveLength(9);
});

function reporting() {
  let now = 0;
  const told: OutOfReach[] = [];
  const report = reportOutOfReach(
    (wanted) => told.push(wanted),
    () => now,
  );
  return { report, told, wait: (ms: number) => (now += ms) };
}
