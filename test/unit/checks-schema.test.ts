import { describe, expect, it } from "vitest";
import { normaliseReference } from "../../src/checks/image-reference.ts";
import { validateCheck } from "../../src/checks/schema.ts";
import type { CheckSpec } from "../../src/lessons/model.ts";

describe("validating a check", () => {
  it.each<CheckSpec>([
    { kind: "container", image: "busybox", state: "exited", exitCode: 0 },
    { kind: "container", ports: { "80/tcp": 8080 }, gone: true },
    { kind: "container", gone: true },
    { kind: "image", reference: "hello:1.0", minLayers: 2, cmd: ["a"], exposedPort: "80/tcp", labels: { a: "b" } },
    { kind: "file", path: "app/Dockerfile", matches: "^FROM " },
    { kind: "http", port: 8080, path: "/", status: 200, bodyContains: "x" },
    { kind: "event", type: "container", action: "die", image: "busybox", exitCode: 0 },
  ])("accepts %j", (spec) => {
    expect(validateCheck(spec)).toBeUndefined();
  });

  it.each<[string, CheckSpec]>([
    [
      'The check "container" asks for nothing; give it at least one of image, name, namePattern, state, exitCode, ports, command, env, labels, mounts, networks, user, root, restart, health, memory, cpus, pids, privileged, readOnly, capDrop, capAdd, count, minCount, maxCount or gone.',
      { kind: "container" },
    ],
    [
      'In the check "container", "state" must be "created", "running", "paused", "restarting", "exited" or "dead", but is "runing".',
      { kind: "container", state: "runing" },
    ],
    [
      'In the check "file", "file" is no parameter; the parameters are path, contains, matches, json, yaml, equals, executable and absent.',
      { kind: "file", path: "a", file: "b" },
    ],
    ['In the check "image", "reference" must be a string, but is missing.', { kind: "image" }],
    [
      'In the check "image", "minLayers" must be at least 1, but is 0.',
      { kind: "image", reference: "a", minLayers: 0 },
    ],
    [
      'In the check "image", "cmd" must be the command in one line or a list of its words, but is 3.',
      { kind: "image", reference: "a", cmd: 3 },
    ],
    ['In the check "http", "port" must be a whole number, but is 80.5.', { kind: "http", port: 80.5 }],
    ['In the check "http", "port" must be at most 65535, but is 70000.', { kind: "http", port: 70000 }],
    [
      'In the check "http", "path" must be a path that starts with / and has no spaces, but is "x".',
      { kind: "http", port: 1, path: "x" },
    ],
    [
      'In the check "container", "ports.80" must be a port with its protocol, such as 80/tcp.',
      { kind: "container", ports: { 80: 8080 } },
    ],
    [
      'In the check "file", "matches" must be a JavaScript regular expression, but is "(".',
      { kind: "file", path: "a", matches: "(" },
    ],
    [
      'In the check "file", "path" must be a path below /workspace such as app/Dockerfile, without / at its start and without .., but is "/etc/passwd".',
      { kind: "file", path: "/etc/passwd" },
    ],
    [
      'In the check "event", "type" must be "builder", "config", "container", "daemon", "image", "network", "node", "plugin", "secret", "service" or "volume", but is "pod".',
      { kind: "event", type: "pod", action: "start" },
    ],
  ])("says: %s", (sentence, spec) => {
    expect(validateCheck(spec)).toBe(sentence);
  });
});

describe("image references", () => {
  it.each([
    ["busybox", "docker.io/library/busybox:latest"],
    ["busybox:1.36", "docker.io/library/busybox:1.36"],
    ["docker.io/library/busybox:latest", "docker.io/library/busybox:latest"],
    ["index.docker.io/busybox", "docker.io/library/busybox:latest"],
    ["me/app", "docker.io/me/app:latest"],
    ["localhost:5000/app", "localhost:5000/app:latest"],
    ["registry.example/a/b:2", "registry.example/a/b:2"],
    ["app@sha256:0123", "docker.io/library/app@sha256:0123"],
  ])("%s is %s", (reference, normal) => {
    expect(normaliseReference(reference)).toBe(normal);
  });
});
