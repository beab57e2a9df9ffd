import { sayCount } from "./amount.ts";
import { readBytes, sayBytes } from "./byte-size.ts";
import type { ContainerDetails } from "./engine-answers.ts";
import type { Parameters } from "./container-schema.ts";
import { processUser } from "./process-user.ts";
import { listedAs } from "./listed.ts";
import { type Properties } from "./property.ts";

/** As whom a container runs, and what it may do and use up. */
export const confinement: Properties<Parameters, ContainerDetails> = {
  ...processUser,
  memory: {
    wrong: (wanted, { HostConfig }) => {
      const limit = HostConfig?.Memory ?? 0;
      if (limit === readBytes(wanted, 1024)) return undefined;
      return limit === 0 ? "has no memory limit" : `may use ${sayBytes(limit, 1024)} of memory`;
    },
    wants: (wanted) => `that may use ${sayBytes(readBytes(wanted, 1024) ?? 0, 1024)} of memory`,
  },
  cpus: {
    wrong: (wanted, { HostConfig }) => {
      const limit = processors(HostConfig);
      if (Math.abs(limit - wanted) < 0.001) return undefined;
      return limit === 0 ? "has no CPU limit" : `may use ${sayCount(limit, "processor")}`;
    },
    wants: (wanted) => `that may use ${sayCount(wanted, "processor")}`,
  },
  pids: {
    wrong: (wanted, { HostConfig }) => {
      const limit = HostConfig?.PidsLimit ?? 0;
      if (limit === wanted) return undefined;
      return limit <= 0 ? "has no process limit" : `may have ${sayCount(limit, "process", "processes")}`;
    },
    wants: (wanted) => `that may have ${sayCount(wanted, "process", "processes")}`,
  },
  restart: {
    wrong: (wanted, { HostConfig }) => {
      const { Name, MaximumRetryCount = 0 } = HostConfig?.RestartPolicy ?? {};
      const policy = Name === undefined || Name === null || Name === "" ? "no" : Name;
      if (policy === wanted || `${policy}:${MaximumRetryCount ?? 0}` === wanted) return undefined;
      return `has the restart policy ${policy}${MaximumRetryCount ? `:${MaximumRetryCount}` : ""}`;
    },
    wants: (wanted) => `with the restart policy ${wanted}`,
  },
  privileged: {
    wrong: (wanted, { HostConfig }) =>
      (HostConfig?.Privileged ?? false) === wanted ? undefined : wanted ? "is not privileged" : "is privileged",
    wants: (wanted) => (wanted ? "that is privileged" : "that is not privileged"),
  },
  readOnly: {
    wrong: (wanted, { HostConfig }) =>
      (HostConfig?.ReadonlyRootfs ?? false) === wanted
        ? undefined
        : `has a ${wanted ? "writable" : "read-only"} root file system`,
    wants: (wanted) => `with a ${wanted ? "read-only" : "writable"} root file system`,
  },
  capDrop: {
    wrong: (wanted, { HostConfig }) =>
      missing(wanted, HostConfig?.CapDrop).map((name) => `has not dropped the capability ${name}`),
    wants: (wanted) => `without ${listedAs("capability", wanted, "capabilities")}`,
  },
  capAdd: {
    wrong: (wanted, { HostConfig }) =>
      missing(wanted, HostConfig?.CapAdd).map((name) => `has not been given the capability ${name}`),
    wants: (wanted) => `with ${listedAs("added capability", wanted, "added capabilities")}`,
  },
};

function processors(config: ContainerDetails["HostConfig"]): number {
  const { NanoCpus, CpuQuota, CpuPeriod } = config ?? {};
  if (NanoCpus) return NanoCpus / 1e9;
  return CpuQuota && CpuQuota > 0 ? CpuQuota / (CpuPeriod ?? 100_000) : 0;
}

function missing(wanted: readonly string[], found: readonly string[] | null | undefined): string[] {
  const names = (found ?? []).map(plainName);
  return wanted.filter((name) => !names.includes(plainName(name)));
}

/** Engines differ in whether they keep the prefix. */
function plainName(capability: string): string {
  return capability.toUpperCase().replace(/^CAP_/, "");
}
