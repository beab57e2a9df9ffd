// Over 250 lines because it is one list: all that is asked of services and nodes, passing and refusing with its sentence.
import { describe, expect, it } from "vitest";
import type { Task } from "../../src/checks/engine-answers.ts";
import { bindCheck } from "../../src/checks/kinds.ts";
import type { FakeWorld } from "./checks-fakes.ts";
import { isConcerned, judges, refusesToBind } from "./checks-judging.ts";

const containerSpec = { Image: "hello:1@sha256:00", Env: ["MODE=dev"], Args: ["x"] };

const task = (State: string, more: object = {}): Task => ({
  ServiceID: "s1",
  Status: { State },
  DesiredState: "running",
  // The engine tells the same in another order, and some of it as empty.
  Spec: {
    Networks: [{ Target: "n1" }],
    ContainerSpec: { Args: ["x"], Env: ["MODE=dev"], Image: "hello:1@sha256:00", Labels: {} },
  },
  ...more,
});

const swarm = (world: FakeWorld, tasks: Task[] = [task("running"), task("running")]) => {
  world.networks.set("n1", { Id: "n1", Name: "front" });
  world.swarm = {
    services: [
      {
        ID: "s1",
        Spec: {
          Name: "web",
          Labels: { tier: "front" },
          Mode: { Replicated: { Replicas: 2 } },
          TaskTemplate: { ContainerSpec: containerSpec, Networks: [{ Target: "n1" }], Runtime: "container" },
        },
        Endpoint: { Ports: [{ Protocol: "tcp", TargetPort: 80, PublishedPort: 8080 }] },
        UpdateStatus: { State: "rollback_completed" },
      },
      { ID: "s2", Spec: { Name: "agent", Mode: { Global: {} }, TaskTemplate: { ContainerSpec: { Image: "agent" } } } },
    ],
    tasks,
    nodes: [
      {
        Description: { Hostname: "one" },
        Spec: { Role: "manager", Availability: "active", Labels: { disk: "ssd" } },
        Status: { State: "ready" },
        ManagerStatus: { Leader: true },
      },
      { Description: { Hostname: "two" }, Spec: { Role: "worker", Availability: "drain" }, Status: { State: "down" } },
      {
        Description: { Hostname: "three" },
        Spec: { Role: "worker", Availability: "active" },
        Status: { State: "ready" },
      },
    ],
  };
};

describe("the check service", () => {
  const name = "web";
  const web = "The service web";
  judges("service", swarm, {
    "a service": { asks: { name } },
    "all of it": {
      asks: {
        name,
        image: "hello:1",
        mode: "replicated",
        replicas: 2,
        running: 2,
        ports: { "80/tcp": 8080 },
        env: { MODE: "dev" },
        labels: { tier: "front" },
        networks: ["front"],
        update: "rollback_completed",
      },
    },
    "another image": {
      asks: { name, image: "hello:2" },
      seen: `${web} has the image hello:1.`,
      wanted: "Wanted is a service named web from the image hello:2.",
    },
    "another mode": { asks: { name, mode: "global" }, seen: `${web} has the mode replicated.` },
    "a global service": { asks: { name: "agent", mode: "global", update: "none" } },
    "other replicas": {
      asks: { name, replicas: 3 },
      seen: `${web} is set to 2 replicas.`,
      wanted: "Wanted is a service named web with 3 replicas.",
    },
    "no replicas": { asks: { name: "agent", replicas: 1 }, seen: "The service agent has no number of replicas." },
    "other running tasks": { asks: { name, running: 3 }, seen: `${web} has 2 running tasks.` },
    "no running tasks": { asks: { name: "agent", running: 1 }, seen: "The service agent has no running tasks." },
    "another port": { asks: { name, ports: { "80/tcp": 80 } }, seen: `${web} publishes its port 80/tcp on 8080.` },
    "no port": { asks: { name, ports: { "81/tcp": "any" } }, seen: `${web} does not publish its port 81/tcp.` },
    "another variable": {
      asks: { name, env: { MODE: "x" } },
      seen: `${web} has the variable MODE with the value "dev".`,
    },
    "another label": { asks: { name, labels: { by: "me" } }, seen: `${web} has no label by.` },
    "another network": { asks: { name, networks: ["back"] }, seen: `${web} is only in the network front.` },
    "no network": { asks: { name: "agent", networks: ["a"] }, seen: "The service agent is in no network of its own." },
    "another update": { asks: { name, update: "completed" }, seen: `${web} went back to what it was.` },
    "no such service": { asks: { name: "db" }, seen: "There is no service named db. There are web and agent." },
    gone: { asks: { name: "db", gone: true } },
    "still there": {
      asks: { name, gone: true },
      seen: `${web} is still there.`,
      wanted: "Wanted is that no service web is left.",
    },
  });
  judges(
    "service",
    (world) =>
      swarm(world, [
        task("running", { Spec: { ContainerSpec: { ...containerSpec, Image: "hello:0" } } }),
        task("running", { DesiredState: "shutdown" }),
        task("rejected", { Status: { State: "rejected", Err: "No such image: hello:1." } }),
      ]),
    {
      "tasks that do not count": {
        asks: { name, running: 1 },
        seen: `${web} has no running tasks, and one from before its update. ${web} has a task that does not run: No such image: hello:1.`,
      },
    },
  );

  const template = { ContainerSpec: containerSpec, Networks: [{ Target: "n1" }] };
  const made = (Spec: object) => (world: FakeWorld) => swarm(world, [task("running", { Spec }), task("running")]);
  const older = { asks: { name, running: 2 }, seen: `${web} has one running task, and one from before its update.` };
  judges("service", made({ ...template, Resources: { Limits: { MemoryBytes: 1 } } }), { "other resources": older });
  judges("service", made({ ...template, ForceUpdate: 1 }), { "an update by force": older });
  judges("service", made({ ...template, Networks: [] }), { "another network for its tasks": older });
  const placed = made({ ...template, Placement: { Constraints: ["node.role==manager"] } });
  judges("service", placed, { "another placement that leaves tasks where they are": { asks: { name, running: 2 } } });
  judges(
    "service",
    (world) => {
      placed(world);
      const [first, ...others] = world.swarm?.services ?? [];
      if (world.swarm) world.swarm.services = [{ ...first, UpdateStatus: { State: "updating" } }, ...others];
    },
    { "another placement while tasks are made again": older },
  );
  const job = (mode: object) => (world: FakeWorld) => {
    const JobIteration = { Index: 12 };
    const of = (State: string, more: object = {}) => task(State, { DesiredState: "complete", JobIteration, ...more });
    const before = { JobIteration: {} };
    swarm(world, [
      of("running"),
      of("complete"),
      of("complete"),
      of("failed", { Status: { State: "failed", Err: "task: non-zero exit (1)" } }),
      of("complete", before),
      of("running", { ...before, DesiredState: "remove" }),
    ]);
    const Spec = { Name: "web", Mode: mode, TaskTemplate: { ContainerSpec: containerSpec, ForceUpdate: 1 } };
    if (world.swarm) world.swarm.services = [{ ID: "s1", Spec, JobStatus: { JobIteration } }];
  };
  judges("service", job({ ReplicatedJob: { TotalCompletions: 5, MaxConcurrent: 1 } }), {
    "a job's tasks, none of when it was started before": {
      asks: { name, mode: "replicated-job", replicas: 5, running: 1, completed: 2 },
    },
    "other completed tasks": {
      asks: { name, completed: 3 },
      seen: `${web} has 2 completed tasks. ${web} has a task that does not run: task: non-zero exit (1).`,
      wanted: "Wanted is a service named web with 3 completed tasks.",
    },
  });
  judges("service", job({ GlobalJob: {} }), {
    "a global job's tasks": { asks: { name, mode: "global-job", running: 1, completed: 2 } },
    "other running tasks of a job": {
      asks: { name, running: 2 },
      seen: `${web} has one running task. ${web} has a task that does not run: task: non-zero exit (1).`,
    },
  });
  judges("service", swarm, {
    "completed tasks of what is no job": { asks: { name, completed: 1 }, seen: `${web} has no completed tasks.` },
  });
  judges("service", () => undefined, {
    "no swarm": { asks: { name }, seen: "This engine is not the manager of a swarm." },
    "gone without a swarm": { asks: { name, gone: true } },
  });

  refusesToBind("service", [
    [
      'In the check "service": A service of the mode "global" has one task on each node, so it has no "replicas".',
      { name, mode: "global", replicas: 1 },
    ],
    [
      'In the check "service": The tasks of a service of the mode "replicated" go on running, so none is "completed".',
      { name, mode: "replicated", completed: 1 },
    ],
    [
      'In the check "service": With "gone", "running" cannot be asked, as what is gone has no properties.',
      { name, gone: true, running: 1 },
    ],
  ]);

  it("is asked again by itself, and for events of its own and of its tasks' containers", () => {
    const spec = { kind: "service", name };
    expect(bindCheck(spec).hasNoEvent).toBe(true);
    expect(isConcerned(spec, "service", "update", { name })).toBe(true);
    expect(isConcerned(spec, "service", "update", { name: "db" })).toBe(false);
    expect(isConcerned(spec, "container", "die", { "com.docker.swarm.service.name": name })).toBe(true);
    expect(isConcerned(spec, "container", "die", { name })).toBe(false);
  });
});

describe("the check node", () => {
  judges("node", swarm, {
    "a manager": { asks: { role: "manager", leader: true, state: "ready", labels: { disk: "ssd" } } },
    "a node by its name": { asks: { name: "two", availability: "drain", state: "down" } },
    "so many workers": { asks: { role: "worker", count: 2 } },
    "too many": { asks: { role: "worker", minCount: 1, maxCount: 1 }, seen: "The swarm has 2 such nodes." },
    "too few": {
      asks: { state: "ready", minCount: 3 },
      seen: "The swarm has 2 such nodes.",
      wanted: "Wanted are at least 3 nodes in the swarm that are ready.",
    },
    "another role": { asks: { name: "two", role: "manager" }, seen: "The node two is a worker." },
    "another availability": {
      asks: { name: "one", availability: "drain" },
      seen: "The node one has the availability active.",
      wanted: "Wanted is a node named one in the swarm with the availability drain.",
    },
    "another state": { asks: { name: "two", state: "ready" }, seen: "The node two is down." },
    "no leader": { asks: { name: "two", leader: true }, seen: "The node two is not the leader." },
    "no label": {
      asks: { name: "one", labels: { disk: "hdd" } },
      seen: 'The node one has the label disk with the value "ssd".',
    },
    "no node of the name": { asks: { name: "ten" }, seen: "The swarm has 3 nodes, but none named ten." },
  });
  judges("node", () => undefined, {
    "no swarm": { asks: { role: "manager" }, seen: "This engine is not the manager of a swarm." },
  });

  refusesToBind("node", [
    [
      'In the check "node": "maxCount" needs "minCount", as there are no more than so many where nothing was done. To ask for few or none, write <Check not> around a check with minCount={2}.',
      { role: "worker", maxCount: 1 },
    ],
    [
      'The check "node" asks for nothing; give it at least one of name, role, availability, state, leader, labels, count, minCount or maxCount.',
      {},
    ],
    [
      'In the check "node": A swarm has one leader, so there cannot be 2 nodes that are "leader".',
      { role: "manager", leader: true, count: 2 },
    ],
    [
      'In the check "node": A swarm has one leader, so there cannot be 3 nodes that are "leader".',
      { leader: true, minCount: 1, maxCount: 3 },
    ],
  ]);

  it("is asked again by itself, and for events of nodes", () => {
    expect(bindCheck({ kind: "node", role: "manager" }).hasNoEvent).toBe(true);
    expect(isConcerned({ kind: "node", role: "manager" }, "node", "update")).toBe(true);
    expect(isConcerned({ kind: "node", role: "manager" }, "service", "update")).toBe(false);
  });
});
