import type { ContainerSummary } from "../../engine/container-answers.ts";

/** A TCP port of the machine that leads into a container. */
export interface PublishedPort {
  readonly port: number;
  readonly containerPort: number;
  /** Its name, and its id. */
  readonly container: string;
  readonly id: string;
  /** Published on the machine's loopback address, so that nothing outside of the machine reaches it. */
  readonly isLocal: boolean;
}

/** Docker Engine's own API, and what else the machine keeps for itself. */
const reserved = new Set([2375, 2376]);

/** By port. Each stands once, though IPv4 and IPv6 are two to the engine. */
export function listPublishedPorts(containers: readonly ContainerSummary[]): readonly PublishedPort[] {
  const found = new Map<number, PublishedPort>();
  for (const { Id, Names, Ports, State } of containers) {
    if (State !== "running") continue;
    for (const { PublicPort: port, PrivatePort, Type, IP = "" } of Ports) {
      if (port === undefined || Type !== "tcp" || reserved.has(port)) continue;
      const isLocal = IP.startsWith("127.") || IP === "::1";
      if (found.get(port)?.isLocal === false) continue;
      found.set(port, {
        port,
        containerPort: PrivatePort,
        container: (Names[0] ?? Id).replace(/^\//, ""),
        id: Id,
        isLocal,
      });
    }
  }
  return [...found.values()].sort((one, other) => one.port - other.port);
}
