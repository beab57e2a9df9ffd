import { describe, expect, it } from "vitest";
import type { FakeWorld } from "./checks-fakes.ts";
import { isConcerned, judges, refusesToBind } from "./checks-judging.ts";

describe("the check compose", () => {
  const labels = (service: string, oneOff = "False") => ({
    "com.docker.compose.project": "shop",
    "com.docker.compose.service": service,
    "com.docker.compose.oneoff": oneOff,
    "com.docker.compose.project.config_files": "/workspace/shop/compose.yaml,/workspace/shop/more.yaml",
  });
  const add = (world: FakeWorld, name: string, State: string, Labels: Record<string, string>) =>
    world.containers.set(name, { Id: name, Names: [`/${name}`], Image: "hello", State, Labels });
  const prepare = (world: FakeWorld) => {
    add(world, "shop-web-1", "running", labels("web"));
    add(world, "shop-web-2", "running", labels("web"));
    add(world, "shop-db-1", "exited", labels("db"));
    add(world, "shop-web-run-1", "running", labels("web", "True"));
    add(world, "shop-tool-run-1", "running", labels("tool", "True"));
    world.networks.set("shop_default", { Name: "shop_default", Labels: { "com.docker.compose.project": "shop" } });
  };
  const project = "shop";
  judges("compose", prepare, {
    "a project that runs": { asks: { project } },
    "a service of it": { asks: { project, services: ["web"], configFile: "shop/compose.yaml" } },
    "so many of a service": { asks: { project, services: { web: 2, db: 0 } } },
    "other numbers": {
      asks: { project, services: { web: 1, db: 1 } },
      seen: "The project shop has 2 running containers of the service web and has no running containers of the service db (one is exited).",
      wanted: "Wanted is the Compose project shop with one running container of web and one running container of db.",
    },
    "a service that has ended": {
      asks: { project, services: ["web", "db"] },
      seen: "The project shop has no running container of the service db (one is exited).",
      wanted: "Wanted is the Compose project shop with web and db running.",
    },
    "a container that was run once": {
      asks: { project, services: ["tool"] },
      seen: "The project shop has no running container of the service tool.",
    },
    "another file": {
      asks: { project, configFile: "compose.yaml" },
      seen: "The project shop was started from /workspace/shop/compose.yaml and /workspace/shop/more.yaml.",
      wanted: "Wanted is the Compose project shop that runs, started from compose.yaml.",
    },
    "another project": { asks: { project: "blog" }, seen: "There is no container of the project blog, only of shop." },
    "another project, gone": { asks: { project: "blog", gone: true } },
    "still there": {
      asks: { project, gone: true },
      seen: "The project shop still has 3 containers.",
      wanted: "Wanted is that nothing of the project shop is left.",
    },
  });
  judges("compose", () => undefined, {
    nothing: { asks: { project }, seen: "There is no container of a Compose project yet." },
  });
  const prepareDown = (world: FakeWorld) => {
    prepare(world);
    world.containers.clear();
  };
  judges("compose", prepareDown, {
    "a network that is left": { asks: { project, gone: true }, seen: "The project shop still has one network." },
  });

  refusesToBind("compose", [
    ['In the check "compose", "project" must be a string, but is missing.', {}],
    [
      'In the check "compose": With "gone", "services" cannot be asked, as what is gone has no properties.',
      { project, gone: true, services: ["a"] },
    ],
    ['In the check "compose", "services" must not be empty.', { project, services: [] }],
    [
      'In the check "compose", "services" must be a list of services, or a mapping of services to how many containers run of each, but is "web".',
      { project, services: "web" },
    ],
  ]);

  it("is asked again for containers of its own project only", () => {
    const own = { "com.docker.compose.project": "shop" };
    expect(isConcerned({ kind: "compose", project }, "container", "start", own)).toBe(true);
    expect(isConcerned({ kind: "compose", project }, "container", "start")).toBe(false);
    expect(isConcerned({ kind: "compose", project }, "container", "exec_start: x ", own)).toBe(false);
    expect(isConcerned({ kind: "compose", project }, "network", "destroy")).toBe(false);
    expect(isConcerned({ kind: "compose", project, gone: true }, "network", "destroy")).toBe(true);
  });
});
