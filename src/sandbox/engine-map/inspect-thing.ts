import * as z from "zod/mini";
import { type Client, path, QUICK_MS } from "../../engine/client.ts";
import type { Machine } from "../../machine/contract.ts";
import type { EngineThing } from "./engine-map.ts";
import { readFacts, type Fact } from "./thing-facts.ts";

/** What stands on the map besides what the engine lists. */
export type Fixture = "client" | "daemon" | "registry";

export function isFixture(key: string): key is Fixture {
  return key === "client" || key === "daemon" || key === "registry";
}

export interface Inspected {
  readonly key: string;
  readonly facts: readonly Fact[];
  /** What a person would type to see it. */
  readonly command: string;
  /** What was asked, and what was answered, as it came; of a folder nothing is asked. */
  readonly request?: string;
  readonly answer?: string;
}

export interface Asked {
  readonly client: Pick<Client, "json">;
  readonly machine: Pick<Machine, "run">;
  readonly signal: AbortSignal;
}

/** Asks the engine for all that it knows of a thing. Rejects when there is none any more. */
export async function inspectThing(
  thing: EngineThing | Fixture,
  { client, machine, signal }: Asked,
): Promise<Inspected> {
  if (thing === "client" || thing === "registry") {
    const argv = thing === "client" ? ["docker", "context", "inspect"] : ["cat", configuration];
    const command = argv.join(" ");
    const { exitCode, stdout, stderr } = await machine.run(argv, { folder: "/", signal });
    if (exitCode !== 0) return { key: thing, facts: [], command, request: command, answer: stderr.trim() };
    return { key: thing, facts: readFacts(thing, parsed(stdout)), command, request: command, answer: stdout.trim() };
  }
  if (thing !== "daemon" && thing.kind === "folder") {
    return { key: thing.key, facts: readFacts("folder", thing), command: `ls -la ${quoted(thing.name)}` };
  }
  const { target, command } = thing === "daemon" ? daemon : wayTo(thing);
  const answer = await client.json({ path: target, options: { signal }, deadlineMs: QUICK_MS }, z.unknown());
  const kind = thing === "daemon" ? thing : thing.kind;
  return {
    key: thing === "daemon" ? thing : thing.key,
    facts: readFacts(kind, answer),
    command,
    request: `GET ${decodeURIComponent(target)}`,
    answer: JSON.stringify(answer, null, 2),
  };
}

/** The engine's registry mirrors, by its configuration; none where there is no such file. */
export async function readMirrors({ machine, signal }: Omit<Asked, "client">): Promise<readonly string[]> {
  const { exitCode, stdout } = await machine.run(["cat", configuration], { folder: "/", signal });
  const found = exitCode === 0 ? mirrors.safeParse(parsed(stdout)) : undefined;
  return found?.data?.["registry-mirrors"] ?? [];
}

const mirrors = z.looseObject({ "registry-mirrors": z.optional(z.array(z.string())) });
const configuration = "/etc/docker/daemon.json";
const daemon = { target: "/version", command: "docker version" };

function wayTo({ kind, id, name }: Exclude<EngineThing, { kind: "folder" }>): { target: string; command: string } {
  switch (kind) {
    case "container":
      return { target: path`/containers/${name}/json`, command: `docker inspect ${name}` };
    case "image":
      return { target: path`/images/${name}/json`, command: `docker image inspect ${name}` };
    case "network":
      return { target: path`/networks/${id.slice(0, 12)}`, command: `docker network inspect ${name}` };
    case "volume":
      return { target: path`/volumes/${name}`, command: `docker volume inspect ${name}` };
  }
}

/** Undefined for what is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** As one word of a shell. */
function quoted(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
