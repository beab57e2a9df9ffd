import type { ContainerSummary } from "../../src/engine/container-answers.ts";
import type { ImageSummary } from "../../src/engine/images.ts";
import type { EngineLists } from "../../src/sandbox/engine-map/engine-map.ts";

export function fakeContainer(name: string, more: object = {}): ContainerSummary {
  const summary = {
    Id: `${name}-id`,
    Names: [`/${name}`],
    Image: "busybox",
    ImageID: "sha256:box",
    Command: "sleep 1000",
    Created: 1,
    Ports: [],
    Labels: {},
    State: "running",
    Status: "Up 3 seconds",
    ...more,
  };
  return summary as ContainerSummary;
}

/** On a network, with a volume, a folder and a published port, which Docker lists once for each family of addresses. */
export function fakeWeb(more: object = {}): ContainerSummary {
  return fakeContainer("web", {
    Ports: [
      { IP: "0.0.0.0", PublicPort: 8080, PrivatePort: 80, Type: "tcp" },
      { IP: "::", PublicPort: 8080, PrivatePort: 80, Type: "tcp" },
      { PrivatePort: 443, Type: "tcp" },
    ],
    NetworkSettings: { Networks: { harbour: { NetworkID: "n1", IPAddress: "172.18.0.2" } } },
    Mounts: [
      { Type: "volume", Name: "hold", Source: "/var/lib/docker/volumes/hold/_data", Destination: "/data" },
      { Type: "bind", Source: "/workspace", Destination: "/src" },
      { Type: "tmpfs", Destination: "/run" },
    ],
    ...more,
  });
}

export function fakeLists(more: Partial<EngineLists> = {}): EngineLists {
  const image = { Id: "sha256:box", RepoTags: ["busybox:latest"], Size: 4_300_000 } as ImageSummary;
  return {
    containers: [fakeWeb(), fakeContainer("crew", { State: "exited", Status: "Exited (137) 2 minutes ago" })],
    images: [image],
    networks: [
      { Id: "n0", Name: "bridge", Driver: "bridge", Labels: {} },
      { Id: "n1", Name: "harbour", Driver: "bridge", Labels: {} },
    ],
    volumes: [{ Name: "hold", Driver: "local", Mountpoint: "/v", Labels: {}, Options: {}, Scope: "local" }],
    ...more,
  };
}
