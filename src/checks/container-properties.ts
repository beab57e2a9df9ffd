import type { ContainerDetails } from "./engine-answers.ts";
import { confinement } from "./container-confinement.ts";
import type { Parameters } from "./container-schema.ts";
import { mounts } from "./container-mounts.ts";
import { namedValuesProperty, readVariables } from "./named-values.ts";
import { listed, listedAs } from "./listed.ts";
import { type Properties } from "./property.ts";

/** What can be asked of one container, apart from its name and its image. */
export const properties: Properties<Parameters, ContainerDetails> = {
  command: {
    wrong: (wanted, details) =>
      commandLines(details).includes(wanted.trim())
        ? undefined
        : `runs the command "${commandLines(details)[0] ?? ""}"`,
    wants: () => "with the command that the step asks for",
  },
  ports: {
    wrong: (wanted, details) =>
      Object.entries(wanted).flatMap(([inside, outside]) => {
        const published = hostPorts(details, inside);
        if (published.length === 0) return [`does not publish its port ${inside}`];
        if (outside === "any" || published.some((each) => isPort(outside, each))) return [];
        return [`publishes its port ${inside} on ${listed([...new Set(published.map(sayPort))])}`];
      }),
    wants: (wanted) =>
      Object.entries(wanted).map(
        ([inside, outside]) => `with its port ${inside} published${outside === "any" ? "" : ` on ${outside}`}`,
      ),
  },
  env: namedValuesProperty("variable", ({ Config }) => readVariables(Config?.Env)),
  labels: namedValuesProperty("label", ({ Config }) => Config?.Labels),
  mounts,
  networks: {
    wrong: (wanted, { NetworkSettings }) => {
      const found = Object.keys(NetworkSettings?.Networks ?? {});
      if (wanted.every((name) => found.includes(name))) return undefined;
      return found.length === 0 ? "is connected to no network" : `is connected to ${listedAs("network", found)} only`;
    },
    wants: (wanted) => `connected to ${listedAs("network", wanted)}`,
  },
  ...confinement,
  health: {
    wrong: (wanted, { State }) => {
      const found = State?.Health?.Status ?? "none";
      return found === wanted ? undefined : (healths[found] ?? `has the health ${found}`);
    },
    wants: (wanted) => (wanted === "none" ? "without a health check" : `whose health is ${wanted}`),
  },
  state: {
    wrong: (wanted, { State }) => {
      const status = State?.Status ?? "unknown";
      if (status === wanted) return undefined;
      if (status === "exited" && wanted === "running") {
        return `is not running any more: it ended with exit code ${State?.ExitCode ?? 0}`;
      }
      if (wanted === "exited" && status !== "created") return `${sayStatus(status)}, it has not ended`;
      return status === "exited" ? `has ended with exit code ${State?.ExitCode ?? 0}` : sayStatus(status);
    },
    wants: (wanted) => states[wanted],
  },
  exitCode: {
    wrong: (wanted, { State }, { state }) => {
      if (State?.Status !== "exited") {
        return state === undefined ? `${sayStatus(State?.Status ?? "unknown")}, so it has no exit code yet` : undefined;
      }
      return State.ExitCode === wanted ? undefined : `ended with exit code ${State.ExitCode ?? 0}`;
    },
    wants: (wanted, { state }) => `${state === undefined ? "that has ended " : ""}with exit code ${wanted}`,
  },
};

const states: Readonly<Record<NonNullable<Parameters["state"]>, string>> = {
  created: "that has never been started",
  running: "that is running",
  paused: "that is paused",
  restarting: "that is being restarted",
  exited: "that has ended",
  dead: "that is dead",
};

const healths: Readonly<Record<string, string>> = {
  none: "has no health check",
  starting: "has a health check that has not decided yet",
  healthy: "is healthy",
  unhealthy: "is unhealthy",
};

function sayStatus(status: string): string {
  return statuses[status] ?? `is ${status}`;
}

const statuses: Readonly<Record<string, string>> = {
  created: "has not been started",
  restarting: "is being restarted",
  removing: "is being removed",
};

interface HostPort {
  readonly address: string;
  readonly port: string;
}

function hostPorts({ NetworkSettings, HostConfig }: ContainerDetails, inside: string): HostPort[] {
  const of = (bindings: PortBindings) =>
    (bindings?.[inside] ?? []).flatMap(({ HostIp, HostPort }) =>
      HostPort ? [{ address: HostIp ?? "", port: HostPort }] : [],
    );
  const live = of(NetworkSettings?.Ports);
  return live.length > 0 ? live : of(HostConfig?.PortBindings);
}

type PortBindings = NonNullable<ContainerDetails["HostConfig"]>["PortBindings"];

function isPort(wanted: number | string, { address, port }: HostPort): boolean {
  return (
    String(wanted) ===
    (typeof wanted === "number" ? port : `${address.includes(":") ? `[${address}]` : address}:${port}`)
  );
}

function sayPort({ address, port }: HostPort): string {
  return ["", "0.0.0.0", "::"].includes(address) ? port : `${address}:${port}`;
}

/** All the ways in which the container's command may be written: with the entry point, without, and inside `sh -c`. */
function commandLines({ Path, Args, Config }: ContainerDetails): string[] {
  const full = [Path ?? "", ...(Args ?? [])];
  const inShell = /(^|\/)(ba|da|a)?sh$/.test(full[0] ?? "") && full[1] === "-c" && full.length === 3 ? [full[2]] : [];
  return [full, Config?.Cmd ?? [], inShell].map((words) => words.join(" ").trim()).filter((line) => line !== "");
}
