import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Machine, OutOfReach } from "../../src/machine/contract.ts";
import { startMachineInNode } from "../../src/machine/node.ts";
import { runShell, until } from "./guest.ts";
import { writeImageLayout } from "./image-layout.ts";

const imageFolder = process.env.DRYDOCK_MACHINE ?? join(import.meta.dirname, "../../public/machine");

/** The builder's code has never run before in this machine, and has to be translated. */
const firstBuild = { timeoutMs: 120_000 };

let folder: string;
let machine: Machine;
const told: OutOfReach[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "drydock-catalogue-"));
  const hello = { header: { name: "hello.txt", size: 6, mode: 0o644, type: "file" as const }, body: "hello\n" };
  const catalogueUrl = await writeImageLayout(folder, { "library/tiny:1": [hello], "library/tiny:2": [] });
  machine = await startMachineInNode({ imageFolder, catalogueUrl });
  machine.onOutOfReach((wanted) => told.push(wanted));
});

afterAll(async () => {
  await machine[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

test("docker pull finds an image of the catalogue, with what is in it", async () => {
  expect(await runShell(machine, "docker pull tiny:1")).toContain("Downloaded newer image for tiny:1");
  await runShell(machine, "docker create --name of-tiny tiny:1");
  expect(await runShell(machine, "docker cp of-tiny:/hello.txt - | tar -xO")).toBe("hello\n");
  expect(told).toEqual([]);
});

test("a build finds its FROM in the catalogue", async () => {
  await runShell(machine, "docker rm of-tiny && docker image rm tiny:1");
  const dockerfile = String.raw`FROM tiny:1\nCOPY --from=tiny:1 hello.txt again.txt\n`;
  await runShell(machine, `printf '${dockerfile}' | docker build -q -t built -`, firstBuild);
  await runShell(machine, "docker create --name of-built built");
  expect(await runShell(machine, "docker cp of-built:/again.txt - | tar -xO")).toBe("hello\n");
  expect(told).toEqual([]);
});

test("an image that the catalogue lacks is told, with what it has, and no host besides", async () => {
  const { exitCode } = await machine.run(["docker", "pull", "tiny:3"]);
  expect(exitCode).toBe(1);
  const wanted = {
    kind: "image",
    repository: "tiny",
    reference: "3",
    catalogue: [{ repository: "tiny", tags: ["1", "2"] }],
  };
  expect(told.splice(0)).toEqual([wanted]);
});

test("so is one that a build begins with", async () => {
  const { exitCode } = await machine.run(["sh", "-c", "echo FROM tiny:3 | docker build -"], firstBuild);
  expect(exitCode).toBe(1);
  expect(told.splice(0)).toMatchObject([{ kind: "image", repository: "tiny", reference: "3" }]);
});

test("a host that cannot be reached is told", async () => {
  await machine.run(["curl", "-s", "https://registry.example.org/v2/"]);
  await until("the lookup was told", () => Promise.resolve(told.length > 0));
  expect(told.splice(0)).toEqual([{ kind: "host", name: "registry.example.org" }]);
});

test("nothing but the catalogue answers the guest", async () => {
  const refused = await machine.run(["curl", "-s", "http://192.168.86.1:8080/"]);
  expect(refused.exitCode).toBe(7);
  const outside = await runShell(
    machine,
    "curl -s --path-as-is -o /dev/null -w '%{http_code}' http://192.168.86.1/../machine/manifest.json",
  );
  expect(outside).toBe("404");
});
