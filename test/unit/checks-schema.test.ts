import { describe, expect, it } from "vitest";
import { normaliseReference } from "../../src/checks/image-reference.ts";
import { validateCheck, validateChecks } from "../../src/checks/schema.ts";
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
    { kind: "dockerfile" },
    { kind: "dockerfile", has: ["FROM", "EXPOSE ^80"], without: "ADD", order: ["COPY a", "RUN"], copiesFrom: "build" },
    { kind: "command", run: "test -f a", in: "web", timeoutSeconds: 60 },
    { kind: "terminal", command: "docker ps", exitCode: 0, terminal: 3, id: "listed", after: "built" },
    { kind: "quiz", quiz: "q", type: "order", question: "Why?", right: [0, 1], answers: 2 },
    {
      kind: "any",
      of: [
        { kind: "file", path: "a" },
        { kind: "not", of: [{ kind: "container", name: "b" }] },
      ],
      id: "x",
    },
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
    [
      'In the check "file": "equals" needs "json" or "yaml", the path of the value in the file.',
      { kind: "file", path: "a", equals: 1 },
    ],
    [
      'In the check "file": Only one of "json" and "yaml" can be asked of a file.',
      { kind: "file", path: "a", json: "a", yaml: "a" },
    ],
    [
      'In the check "file": "absent" asks that there is no such file, so nothing else can be asked of it.',
      { kind: "file", path: "a", absent: true, contains: "x" },
    ],
    [
      'In the check "file", "yaml" must be a path of keys and places in lists such as services.web.ports[0], but is "a..b".',
      { kind: "file", path: "a", yaml: "a..b" },
    ],
    ['In the check "file", "absent" must be true, but is false.', { kind: "file", path: "a", absent: false }],
    [
      'In the check "file", "equals" must be a text, a number, true, false or null, but is [1].',
      { kind: "file", path: "a", yaml: "a", equals: [1] },
    ],
    [
      'In the check "http": "equals" needs "json", the path of the value in the body.',
      { kind: "http", port: 1, equals: 1 },
    ],
    [
      'In the check "http", "headers.a b" must be the name of a header.',
      { kind: "http", port: 1, headers: { "a b": "c" } },
    ],
    [
      'In the check "http", "headers.a" must be a JavaScript regular expression, but is "[".',
      { kind: "http", port: 1, headers: { a: "[" } },
    ],
    [
      'In the check "dockerfile", "has" must be an instruction such as COPY, with a regular expression for what follows it if need be, such as EXPOSE ^8080, but is "COPPY".',
      { kind: "dockerfile", has: "COPPY" },
    ],
    [
      'In the check "dockerfile", "order.1" must be an instruction such as COPY, with a regular expression for what follows it if need be, such as EXPOSE ^8080, but is "RUN (".',
      { kind: "dockerfile", order: ["COPY", "RUN ("] },
    ],
    [
      'In the check "dockerfile", "order" must have at least 2 in it, but is ["RUN"].',
      { kind: "dockerfile", order: ["RUN"] },
    ],
    ['In the check "dockerfile", "notRoot" must be true, but is false.', { kind: "dockerfile", notRoot: false }],
    ['In the check "command", "run" must be a string, but is missing.', { kind: "command" }],
    [
      'In the check "command", "in" must be the name of a container, but is "a b".',
      { kind: "command", run: "x", in: "a b" },
    ],
    [
      'In the check "command", "timeoutSeconds" must be at most 60, but is 90.',
      { kind: "command", run: "x", timeoutSeconds: 90 },
    ],
    [
      'In the check "terminal": Give either "command", words like those that are to be entered, or "matches", a regular expression.',
      { kind: "terminal", exitCode: 0 },
    ],
    [
      'In the check "terminal", "command" must be a command such as docker ps -a, but is "# x".',
      { kind: "terminal", command: "# x" },
    ],
    [
      'In the check "terminal", "terminal" must be at most 3, but is 4.',
      { kind: "terminal", command: "ls", terminal: 4 },
    ],
    [
      'In the check "quiz": The quiz counts an answer as right that it does not have; "right" holds positions in the list of answers, from 0 on.',
      { kind: "quiz", quiz: "q", type: "one", question: "Why?", right: [2], answers: 2 },
    ],
    [
      'In the check "file", "after" must be a name of letters, digits and hyphens such as built, but is 1.',
      { kind: "file", path: "a", after: 1 as never },
    ],
    [
      'The check "any" has no other checks in it; write <Check any> with at least one <Check … /> inside.',
      { kind: "any", of: [] },
    ],
    [
      'In the check "not", "path" is no parameter; a check "not" only has other checks in it.',
      { kind: "not", path: "a", of: [{ kind: "file", path: "a" }] },
    ],
    [
      'In the check "file" inside "any", "path" must be a string, but is missing.',
      { kind: "any", of: [{ kind: "all", of: [{ kind: "file", path: "a" }] }, { kind: "file" }] },
    ],
    [
      'In the check "file" inside "any", "id" has no meaning; write it on the outermost check.',
      { kind: "any", of: [{ kind: "file", path: "a", id: "x" }] },
    ],
  ])("says: %s", (sentence, spec) => {
    expect(validateCheck(spec)).toBe(sentence);
  });
});

it("names the kinds there are when one does not exist", () => {
  const sentence = validateCheck({ kind: "contianer" });
  expect(sentence).toMatch(
    /^There is no check of the kind "contianer"; the kinds are container, image, .* and terminal\.$/,
  );
  expect(sentence).not.toContain("quiz");
});

describe("validating the checks of a step together", () => {
  const no = { kind: "not", of: [{ kind: "file", path: "a" }] };
  const refused = /^The checks of the step only ask that something is not so, .*\.$/;

  it.each<[string, CheckSpec[]]>([
    ["a lone not", [no]],
    ["several", [no, { kind: "container", name: "b", gone: true }]],
    ["an any that a not would tick", [{ kind: "any", of: [no, { kind: "file", path: "b" }] }]],
  ])("refuses %s", (_, checks) => {
    expect(validateChecks(checks)).toMatch(refused);
  });

  it.each<[string, CheckSpec[]]>([
    ["a not beside something that is to be there", [no, { kind: "file", path: "b" }]],
    ["a not together with something that is to be there", [{ kind: "all", of: [no, { kind: "file", path: "b" }] }]],
    ["a not after something", [{ ...no, after: "built" }]],
    [
      "something that is to be gone, as the lesson tests show that it was there",
      [{ kind: "container", name: "b", gone: true }],
    ],
    ["checks that are wrong by themselves, as that is said already", [no, { kind: "" }]],
  ])("accepts %s", (_, checks) => {
    expect(validateChecks(checks)).toBeUndefined();
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
