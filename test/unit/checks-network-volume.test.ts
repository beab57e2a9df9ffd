import { describe, expect, it } from "vitest";
import type { FakeWorld } from "./checks-fakes.ts";
import { isConcerned, judges, refusesToBind } from "./checks-judging.ts";

describe("the check network", () => {
  const prepare = (world: FakeWorld) => {
    world.networks.set("bridge", { Id: "b0", Name: "bridge", Driver: "bridge" });
    const front = {
      Id: "f1",
      Name: "front",
      Driver: "bridge",
      Internal: true,
      Labels: { tier: "web" },
      IPAM: { Config: [{ Subnet: "172.20.0.0/16", Gateway: "172.20.0.1" }] },
      Containers: { c1: { Name: "web" }, c2: { Name: "db" } },
    };
    world.networks.set("front", front);
    world.networks.set("f1", front);
    const subnets = [{ Subnet: "10.1.0.0/16" }, { Subnet: "10.2.0.0/16" }];
    world.networks.set("bare", { Id: "bare", Name: "bare", IPAM: { Config: subnets } });
    world.networks.set("empty", { Id: "e1", Name: "empty", Driver: "overlay" });
  };
  const name = "front";
  judges("network", prepare, {
    "a network": { asks: { name } },
    "a network like this": {
      asks: {
        name,
        driver: "bridge",
        internal: true,
        attachable: false,
        subnet: "172.20.0.0/16",
        gateway: "172.20.0.1",
        labels: { tier: true },
      },
    },
    "another driver": {
      asks: { name, driver: "overlay" },
      seen: "The network front has the driver bridge.",
      wanted: "Wanted is a network named front with the driver overlay.",
    },
    "several wishes": {
      asks: { name, internal: false, attachable: true, subnet: "10.0.0.0/8" },
      seen: "The network front is internal. The network front is not attachable. The network front has the subnet 172.20.0.0/16.",
      wanted: "Wanted is a network named front that is not internal, that is attachable, with the subnet 10.0.0.0/8.",
    },
    "a network without a driver": {
      asks: { name: "bare", driver: "bridge" },
      seen: "The network bare has no driver.",
    },
    "two subnets": {
      asks: { name: "bare", subnet: "10.0.0.0/8" },
      seen: "The network bare has the subnets 10.1.0.0/16 and 10.2.0.0/16.",
    },
    "an open network": { asks: { name, internal: false }, seen: "The network front is internal." },
    "an internal network": { asks: { name: "empty", internal: true }, seen: "The network empty is not internal." },
    "an attachable network": { asks: { name, attachable: true }, seen: "The network front is not attachable." },
    "another subnet": { asks: { name, subnet: "10.0.0.0/8" }, seen: "The network front has the subnet 172.20.0.0/16." },
    "no subnet": { asks: { name: "empty", subnet: "10.0.0.0/8" }, seen: "The network empty has no subnet." },
    "another label": {
      asks: { name, labels: { tier: "db" } },
      seen: 'The network front has the label tier with the value "web".',
    },
    "its containers": { asks: { name, containers: ["db", "web"] } },
    "another container": {
      asks: { name, containers: ["cache", "db"] },
      seen: "The network front has only web and db in it.",
      wanted: "Wanted is a network named front with cache and db in it.",
    },
    "no container": {
      asks: { name: "empty", containers: ["a"] },
      seen: "The network empty has no running container in it.",
    },
    "no network, but others": {
      asks: { name: "back" },
      seen: "There is no network named back. There are front, front, bare and empty.",
    },
    "an id for a name": {
      asks: { name: "f1" },
      seen: "There is no network named f1. There are front, front, bare and empty.",
    },
    gone: { asks: { name: "back", gone: true } },
    "still there": {
      asks: { name, gone: true },
      seen: "The network front is still there.",
      wanted: "Wanted is that no network front is left.",
    },
  });
  judges("network", () => undefined, {
    "no network at all": { asks: { name }, seen: "There is no network named front." },
  });

  refusesToBind("network", [
    ['In the check "network", "name" must be a string, but is missing.', {}],
    [
      'In the check "network": With "gone", "driver" cannot be asked, as what is gone has no properties.',
      { name, gone: true, driver: "x" },
    ],
    [
      'In the check "network", "subnet" must be a subnet such as 172.20.0.0/16, but is "172.20".',
      { name, subnet: "172.20" },
    ],
  ]);

  it("is asked again for networks", () => {
    expect(isConcerned({ kind: "network", name }, "network", "connect")).toBe(true);
    expect(isConcerned({ kind: "network", name }, "container", "start")).toBe(false);
  });
});

describe("the check volume", () => {
  const hash = "b".repeat(64);
  const prepare = (world: FakeWorld) => {
    world.volumes.set("data", { Name: "data", Driver: "local", Labels: { keep: "yes" } });
    world.volumes.set("spare", { Name: "spare", Driver: "local" });
    world.volumes.set(hash, { Name: hash, Driver: "local" });
    world.runs("db", "hello");
    world.containers.set("db", {
      ...world.containers.get("db"),
      Mounts: [{ Type: "volume", Name: "data", Destination: "/var/lib" }],
    });
  };
  const name = "data";
  judges("volume", prepare, {
    "a volume": { asks: { name, driver: "local", labels: { keep: "yes" } } },
    "another driver": {
      asks: { name, driver: "nfs" },
      seen: "The volume data has the driver local.",
      wanted: "Wanted is a volume named data with the driver nfs.",
    },
    "no label": { asks: { name, labels: { by: true } }, seen: "The volume data has no label by." },
    "its use": { asks: { name, usedBy: "db", at: "/var/lib/" } },
    "its use anywhere": { asks: { name, at: "/var/lib" } },
    "use by another": {
      asks: { name, usedBy: "web" },
      seen: "The volume data is mounted in the container db at /var/lib.",
      wanted: "Wanted is a volume named data mounted in the container web.",
    },
    "use elsewhere": {
      asks: { name, usedBy: "db", at: "/data" },
      seen: "The volume data is mounted in the container db at /var/lib.",
      wanted: "Wanted is a volume named data mounted in the container db at /data.",
    },
    "no use": { asks: { name: "spare", at: "/data" }, seen: "The volume spare is not mounted in any container." },
    "no volume, but others": { asks: { name: "dat" }, seen: "There is no volume named dat. There are data and spare." },
    gone: { asks: { name: "old", gone: true } },
    "still there": {
      asks: { name, gone: true },
      seen: "The volume data is still there.",
      wanted: "Wanted is that no volume data is left.",
    },
  });
  judges("volume", () => undefined, {
    "no volume at all": { asks: { name }, seen: "There is no volume named data." },
  });

  refusesToBind("volume", [
    [
      'In the check "volume": With "gone", "at" cannot be asked, as what is gone has no properties.',
      { name, gone: true, at: "/x" },
    ],
    ['In the check "volume", "at" must be a path in the container that starts with /, but is "x".', { name, at: "x" }],
  ]);

  it("is asked again for volumes, and for containers only if it asks who uses it", () => {
    expect(isConcerned({ kind: "volume", name }, "volume", "create")).toBe(true);
    expect(isConcerned({ kind: "volume", name }, "volume", "mount")).toBe(false);
    expect(isConcerned({ kind: "volume", name }, "container", "create")).toBe(false);
    expect(isConcerned({ kind: "volume", name, at: "/x" }, "container", "create")).toBe(true);
  });
});
