// Over 250 lines because it is one list: each kind that asks about the learner's files, pages, programs, lines and answers, passing and refusing.
import { describe, expect, it } from "vitest";
import { bindCheck } from "../../src/checks/kinds.ts";
import { judgeQuiz } from "../../src/checks/judge-quiz.ts";
import type { NoPage, TypedCommand } from "../../src/checks/world.ts";
import type { QuizSpec } from "../../src/lessons/model.ts";
import { contextOf, FakeWorld } from "./checks-fakes.ts";

type Row = [
  what: string,
  spec: Readonly<Record<string, unknown>>,
  given: string,
  seen: string | undefined,
  wanted?: string,
];

/** Each row passes where nothing is `seen`, and else is refused with these sentences. */
function judges(kind: string, rows: readonly Row[], prepare: (world: FakeWorld, given: string) => void): void {
  it.each(rows)("%s", async (_, spec, given, seen, wanted) => {
    const world = new FakeWorld();
    prepare(world, given);
    const outcome = await bindCheck({ kind, ...spec }).ask(contextOf(world));
    if (seen === undefined) expect(outcome).toEqual({ result: "passed" });
    else {
      const words = wanted ?? (expect.stringMatching(/^Wanted is [^.]+.*\.$/) as string);
      expect(outcome).toEqual({ result: "not-yet", seen, wanted: words });
    }
  });
}

describe("the check file", () => {
  const compose = "x-a: &a\n  image: nginx\nservices:\n  web:\n    <<: *a\n    ports: ['80:80']\n    replicas: 2\n";
  judges(
    "file",
    [
      ["a file that is there", { path: "a" }, "x", undefined],
      ["a folder instead of a file", { path: "a" }, "/x", "a is a folder.", "Wanted is the file a."],
      ["a large file that need only be there", { path: "a" }, "x".repeat(300_000), undefined],
      [
        "a text that is larger than its letters",
        { path: "a", contains: "x" },
        "ä".repeat(200_000),
        "a is larger than what can be looked at.",
      ],
      ["a large file", { path: "a", contains: "x" }, "x".repeat(300_000), "a is larger than what can be looked at."],
      ["no file, wanted absent", { path: "b", absent: true }, "x", undefined],
      [
        "a file, wanted absent",
        { path: "a", absent: true },
        "x",
        "There is still a file a in /workspace.",
        "Wanted is that there is no a.",
      ],
      ["an executable file", { path: "run.sh", executable: true }, "x", undefined],
      [
        "a file that cannot be executed",
        { path: "a", executable: true },
        "x",
        "a is there, but cannot be executed.",
        "Wanted is the file a that can be executed.",
      ],
      ["a value in JSON", { path: "a", json: "a.b[1]", equals: 2 }, '{"a":{"b":[1,2]}}', undefined],
      [
        "a value in JSON that is text",
        { path: "a", json: "a", equals: 2 },
        '{"a":"2"}',
        "a has another value at a than the step asks for.",
      ],
      ["a place in JSON", { path: "a", json: '["x.y"].z' }, '{"x.y":{"z":null}}', undefined],
      [
        "a missing place in JSON",
        { path: "a", json: "a.c" },
        '{"a":{"b":1}}',
        "a has no a.c.",
        "Wanted is the file a with a.c.",
      ],
      ["something inherited, in JSON", { path: "a", json: "constructor" }, "{}", "a has no constructor."],
      ["a value in YAML", { path: "a", yaml: "services.web.image", equals: "nginx" }, compose, undefined],
      ["a number in YAML", { path: "a", yaml: "services.web.replicas", equals: 2 }, compose, undefined],
      ["a text in YAML", { path: "a", yaml: "services.web.ports[0]", equals: "80:80" }, compose, undefined],
      [
        "another value in YAML",
        { path: "a", yaml: "services.web.image", equals: "httpd" },
        compose,
        "a has another value at services.web.image than the step asks for.",
        "Wanted is the file a with the value that the step asks for at services.web.image.",
      ],
      [
        "YAML that is none",
        { path: "a", yaml: "a" },
        "a: [1\nb: 2",
        "a is not YAML, line 2: Flow sequence in block collection must be sufficiently indented and end with a ].",
      ],
      [
        "YAML that grows without bounds",
        { path: "a", yaml: "z" },
        bomb(),
        "a has too many references in it to be looked at.",
      ],
      ["nothing in it", { path: "a", yaml: "a" }, " \n", "a is there, but empty."],
    ],
    (world, given) => {
      world.files.set(given.startsWith("/") ? `a${given}` : "a", given);
      world.files.set("run.sh", given);
      world.executable.add("run.sh");
    },
  );

  it("says that JSON is none, and why", async () => {
    const world = new FakeWorld();
    world.files.set("a", '{"a": 1,}');
    const outcome = await bindCheck({ kind: "file", path: "a", json: "a" }).ask(contextOf(world));
    expect(outcome).toMatchObject({ seen: expect.stringMatching(/^a is not JSON: .+[^.]\.$/) as string });
  });

  it("does not read a file that is too large to be looked at", async () => {
    const world = new FakeWorld();
    world.files.set("a", "x".repeat(300_000));
    await bindCheck({ kind: "file", path: "a", contains: "x" }).ask(contextOf(world));
    await bindCheck({ kind: "dockerfile", path: "a" }).ask(contextOf(world));
    expect(world.readFiles).toEqual([]);
  });

  it("looks at the mode again when a command has ended", () => {
    const check = bindCheck({ kind: "file", path: "a", executable: true });
    const command = { number: 1, terminal: 1, line: "chmod +x a", exitCode: 0 };
    expect(check.concerns({ source: "terminal", command })).toBe(true);
    expect(check.concerns({ source: "terminal", command: { ...command, exitCode: undefined } })).toBe(false);
  });
});

describe("the check http", () => {
  const page = { status: 200, body: '{"state":{"ready":true}}', headers: { "content-type": "application/json" } };
  judges(
    "http",
    [
      ["a page", { port: 80, path: "/x", method: "POST" }, "", undefined],
      ["a header", { port: 80, headers: { "Content-Type": "^application/json" } }, "", undefined],
      [
        "another header",
        { port: 80, headers: { "Content-Type": "html" } },
        "",
        "The server on port 80 answers with the header Content-Type: application/json.",
        "Wanted is a web server on port 80 that answers with status 200 and the header Content-Type that the step asks for.",
      ],
      [
        "no such header",
        { port: 80, headers: { "X-A": "." } },
        "",
        "The server on port 80 answers without the header X-A.",
      ],
      ["a redirect", { port: 80, status: 302 }, "", "The server on port 80 answers with status 200."],
      ["a body that matches", { port: 80, bodyMatches: '"ready": ?true' }, "", undefined],
      [
        "another body",
        { port: 80, bodyMatches: "^<html>" },
        "",
        "The server on port 80 answers, but with another page.",
      ],
      ["a value in JSON", { port: 80, json: "state.ready", equals: true }, "", undefined],
      [
        "another value in JSON",
        { port: 80, json: "state.ready", equals: false },
        "",
        "The server on port 80 answers with JSON in which state.ready has another value.",
        "Wanted is a web server on port 80 that answers with status 200 and JSON with the wanted value of state.ready.",
      ],
      [
        "no such value in JSON",
        { port: 80, json: "ready" },
        "",
        "The server on port 80 answers with JSON that has no ready.",
      ],
      [
        "a page that is no JSON",
        { port: 80, json: "a" },
        "<html>",
        "The server on port 80 answers, but not with JSON.",
      ],
      [
        "no server",
        { port: 81, method: "POST" },
        "",
        "Nothing answers on port 81.",
        "Wanted is a web server on port 81 that answers to POST with status 200.",
      ],
    ],
    (world, given) => world.pages.set(80, { ...page, ...(given !== "" && { body: given }) }),
  );

  judges(
    "http",
    [
      ["a server that hangs", { port: 80 }, "silent", "Port 80 is open, but no answer came."],
      ["another server", { port: 80 }, "not-http", "Port 80 is open, but what listens is no web server."],
      ["nothing there", { port: 80 }, "closed", "Nothing answers on port 80."],
    ],
    (world, failed) => world.pages.set(80, { failed: failed as NoPage["failed"] }),
  );

  it("says what it asked for", async () => {
    const world = new FakeWorld();
    world.pages.set(80, { status: 500, body: "" });
    const askFor = (asks: object) => bindCheck({ kind: "http", port: 80, ...asks }).ask(contextOf(world));
    expect(await askFor({ path: "/health" })).toEqual({
      result: "not-yet",
      seen: "/health on port 80 answers with status 500.",
      wanted: "Wanted is a web server on port 80 that answers to /health with status 200.",
    });
    expect(await askFor({ path: "/items", method: "POST" })).toMatchObject({
      wanted: "Wanted is a web server on port 80 that answers to POST /items with status 200.",
    });
  });
});

describe("the check dockerfile", () => {
  const multi = [
    "# syntax=docker/dockerfile:1",
    "ARG BASE=golang",
    "FROM ${BASE}:1.22 AS Build",
    "WORKDIR /src",
    "COPY go.mod .",
    "RUN go mod \\",
    "    download",
    "COPY . .",
    "FROM docker.io/library/alpine:3.20 AS base",
    "USER app:app",
    "FROM base",
    "COPY --chown=app --from=build /src/app /app",
    'CMD ["/app", "-v"]',
  ].join("\n");
  const plain = "FROM busybox\nRUN echo a\nCMD httpd -f";
  const wanted = "Wanted is a Dockerfile";
  judges(
    "dockerfile",
    [
      ["any Dockerfile", {}, plain, undefined],
      ["an instruction", { has: "CMD" }, plain, undefined],
      [
        "instructions with what follows",
        { has: ["RUN ^go mod download$", 'CMD ^\\["/app"', "from alpine:3"] },
        multi,
        undefined,
      ],
      ["a variable that is filled in", { has: "FROM ^golang:1.22 AS Build$" }, multi, undefined],
      [
        "a missing instruction",
        { has: ["FROM", "EXPOSE"] },
        plain,
        "Dockerfile has only FROM, RUN and CMD.",
        `${wanted} with the instructions that the step asks for.`,
      ],
      [
        "an instruction with something else",
        { has: "CMD sleep" },
        plain,
        "Dockerfile has CMD, but not as the step asks for.",
      ],
      [
        "an instruction in a comment",
        { has: "EXPOSE" },
        `${plain}\n# EXPOSE 80`,
        "Dockerfile has only FROM, RUN and CMD.",
      ],
      ["nothing unwanted", { without: ["ADD", "RUN sudo"] }, plain, undefined],
      [
        "something unwanted",
        { without: ["ADD", "RUN echo"] },
        plain,
        "Dockerfile has a RUN in line 2 that the step does not want.",
        `${wanted} without the instructions that the step does not want.`,
      ],
      ["the order", { order: ["COPY go.mod", "RUN", "COPY ^\\. "] }, multi, undefined],
      [
        "another order",
        { order: ["COPY ^\\. ", "RUN"] },
        multi,
        "Dockerfile has its instructions in another order.",
        `${wanted} with its instructions in the order that the step asks for.`,
      ],
      ["the image under the last stage", { from: "alpine:3.20" }, multi, undefined],
      ["the image with any tag", { from: "alpine" }, multi, undefined],
      [
        "another image",
        { from: "golang" },
        multi,
        "Dockerfile builds on docker.io/library/alpine:3.20.",
        `${wanted} that builds on golang.`,
      ],
      ["another tag", { from: "busybox:1.36" }, plain, "Dockerfile builds on busybox."],
      ["the number of stages", { stages: 3 }, multi, undefined],
      ["another number of stages", { stages: 2 }, plain, "Dockerfile has one stage.", `${wanted} with 2 stages.`],
      ["a copy from a stage", { copiesFrom: true }, multi, undefined],
      ["a copy from this stage", { copiesFrom: "build" }, multi, undefined],
      ["a copy from another stage", { copiesFrom: "base" }, multi, "Dockerfile copies from the stage Build."],
      [
        "a copy from an image",
        { copiesFrom: true },
        `${plain}\nCOPY --from=nginx /a /b`,
        "Dockerfile copies nothing from another stage.",
        `${wanted} that copies from another stage.`,
      ],
      ["a user that an earlier stage set", { notRoot: true }, multi, undefined],
      [
        "no user",
        { notRoot: true },
        plain,
        "Dockerfile names no user, so its program runs as root.",
        `${wanted} whose program does not run as root.`,
      ],
      ["root again", { notRoot: true }, `${plain}\nUSER app\nUSER 0:0`, "Dockerfile runs its program as the user 0:0."],
      [
        "a word that is no instruction",
        { has: "COPY" },
        "FROM a\nCOPPY a b",
        "Dockerfile begins line 2 with COPPY, which is no instruction.",
      ],
      ["an instruction without anything", {}, "FROM a\nRUN", "Dockerfile has RUN without anything after it in line 2."],
      [
        "a copy with one path",
        {},
        "FROM a\nCOPY b",
        "Dockerfile has COPY in line 2 with one path, although it has a source and a destination.",
      ],
      ["a copy of a here-document", {}, "FROM a\nCOPY <<EOF /b\nx\nEOF", undefined],
      ["no FROM", {}, "# nothing", "Dockerfile has no FROM."],
      ["something before FROM", {}, "RUN a\nFROM b", "Dockerfile has RUN in line 1 before the first FROM."],
      ["a FROM that cannot be read", {}, "FROM a b", "Dockerfile has a FROM in line 1 that cannot be read."],
      ["a stage built on itself", { from: "a" }, "FROM a AS a\nUSER x", undefined],
      ["nothing in it", {}, "\n", "Dockerfile is there, but empty."],
      [
        "another file",
        { path: "app/Dockerfile" },
        plain,
        "There is no Dockerfile in /workspace/app, but there is one at /workspace/Dockerfile.",
        "Wanted is a Dockerfile in app.",
      ],
      [
        "something unwanted that begins with a vowel",
        { without: "ADD" },
        `${plain}\nADD a b`,
        "Dockerfile has an ADD in line 4 that the step does not want.",
      ],
      [
        "copies from several stages",
        { copiesFrom: "c" },
        "FROM a AS a\nFROM b AS b\nFROM c\nCOPY --from=a x x\nCOPY --from=b x x",
        "Dockerfile copies from the stages a and b.",
      ],
      [
        "a file of another name",
        { path: "web.dockerfile" },
        plain,
        "There is no web.dockerfile in /workspace.",
        "Wanted is a Dockerfile named web.dockerfile.",
      ],
      [
        "a file of another name elsewhere",
        { path: "app/web.dockerfile" },
        plain,
        "There is no web.dockerfile in /workspace/app.",
        "Wanted is a Dockerfile at app/web.dockerfile.",
      ],
      ["a folder", { path: "docker" }, plain, "docker is a folder."],
      ["a very large file", {}, "#".repeat(300_000), "Dockerfile is larger than what can be looked at."],
    ],
    (world, given) => {
      world.files.set("Dockerfile", given);
      world.files.set("docker/a", "");
    },
  );
});

describe("the check command", () => {
  judges(
    "command",
    [
      ["a program that ends well", { run: "ok" }, "", undefined],
      ["what it writes", { run: "ok", contains: "lo wo", matches: "^b$", equals: "hello world\nb" }, "", undefined],
      [
        "another exit code",
        { run: "bad" },
        "",
        "The check's own command ended with exit code 3.",
        "Wanted is that a command on the machine ends with exit code 0.",
      ],
      ["an exit code that is wanted", { run: "bad", exitCode: 3 }, "", undefined],
      [
        "another output",
        { run: "ok", equals: "hello" },
        "",
        "The check's own command printed “hello world” and more.",
        "Wanted is that a command on the machine ends with exit code 0 and prints what the step asks for.",
      ],
      ["no output", { run: "bad", exitCode: 3, contains: "x" }, "", "The check's own command printed nothing."],
      [
        "a program that does not end",
        { run: "slow", timeoutSeconds: 5 },
        "",
        "The check's own command has not ended within 5 seconds.",
      ],
      [
        "a program that writes too much",
        { run: "loud" },
        "",
        "The check's own command printed more than is looked at.",
      ],
      ["a program in a container", { run: "id", in: "web", equals: "uid=1" }, "", undefined],
      [
        "no such container",
        { run: "id", in: "db" },
        "",
        "There is no running container named db.",
        "Wanted is that a command in the container db ends with exit code 0.",
      ],
    ],
    (world) => {
      world.programs.set("ok", { exitCode: 0, stdout: "hello world\nb\n" });
      world.programs.set("bad", { exitCode: 3, stdout: "\n" });
      world.programs.set("slow", { stopped: "time" });
      world.programs.set("loud", { stopped: "output" });
      world.programs.set("web: id", { exitCode: 0, stdout: "uid=1\n" });
      world.runs("web", "hello");
    },
  );

  it("is not set off by what it does itself", () => {
    const check = bindCheck({ kind: "command", run: "touch x", in: "web" });
    for (const Action of ["exec_create: sh ", "exec_start: sh ", "exec_die"]) {
      expect(check.concerns({ source: "engine", event: { Type: "container", Action } })).toBe(false);
    }
    expect(check.concerns({ source: "workspace", path: "x" })).toBe(false);
    expect(check.concerns({ source: "engine", event: { Type: "container", Action: "start" } })).toBe(true);
  });
});

describe("the check terminal", () => {
  const command = (line: string, more: Partial<TypedCommand> = {}) => ({
    number: 1,
    terminal: 1,
    line,
    exitCode: 0,
    ...more,
  });
  const wanted = "Wanted is the command that the step asks for, entered in a terminal.";
  it.each<[string, Readonly<Record<string, unknown>>, TypedCommand[], string | undefined, string?]>([
    ["a command like it", { command: "docker ps -a" }, [command("docker  ps --no-trunc -a")], undefined],
    ["a line that matches", { matches: "ps.*-a$" }, [command("docker ps -a")], undefined],
    ["nothing", { command: "ls" }, [], "Nothing has been entered in the terminal in this step.", wanted],
    [
      "something else",
      { command: "ls" },
      [command("pwd")],
      "No command like the one of this step has been entered in it.",
      wanted,
    ],
    [
      "a line that does not match",
      { matches: "^ls$" },
      [command("pwd")],
      "No command like the one of this step has been entered in it.",
    ],
    [
      "another end",
      { command: "ls", exitCode: 0 },
      [command("ls", { exitCode: 2 })],
      "It was entered, but ended with exit code 2.",
      "Wanted is the command that the step asks for, entered in a terminal, ending with exit code 0.",
    ],
    [
      "no end yet",
      { command: "ls", exitCode: 0 },
      [command("ls", { exitCode: undefined })],
      "It was entered, but has not ended yet.",
    ],
    [
      "another terminal",
      { command: "ls", terminal: 2 },
      [command("ls")],
      "It was entered, but in terminal 1.",
      "Wanted is the command that the step asks for, entered in terminal 2.",
    ],
    [
      "the small machine, where none of the sandbox's is named",
      { command: "ls" },
      [command("ls", { terminal: "vm" })],
      "It was entered, but in the small machine.",
    ],
    ["the small machine", { command: "ls", terminal: "vm" }, [command("ls", { terminal: "vm" })], undefined],
    [
      "the sandbox instead of the small machine",
      { command: "ls", terminal: "vm" },
      [command("ls")],
      "It was entered, but in terminal 1.",
      "Wanted is the command that the step asks for, entered in the small machine.",
    ],
    [
      "nothing in the small machine",
      { command: "ls", terminal: "vm" },
      [],
      "Nothing has been entered in the small machine in this step.",
    ],
    ["a better one before", { command: "ls", exitCode: 0 }, [command("ls"), command("ls", { exitCode: 1 })], undefined],
  ])("%s", async (_, spec, commands, seen, wants) => {
    const outcome = await bindCheck({ kind: "terminal", ...spec }).ask(contextOf(new FakeWorld(), [], { commands }));
    expect(outcome).toEqual(
      seen === undefined
        ? { result: "passed", since: { events: 0, commands: 1 } }
        : { result: "not-yet", seen, wanted: wants ?? (expect.stringMatching(/^Wanted is /) as string) },
    );
  });
});

describe("the check quiz", () => {
  const quiz = (type: QuizSpec["type"], right: number[], more: Partial<QuizSpec> = {}): QuizSpec => ({
    kind: "quiz",
    quiz: "q",
    question: "Which?",
    answers: type === "number" ? 0 : 4,
    type,
    right,
    ...more,
  });
  it.each<[QuizSpec, readonly number[] | undefined, string | undefined]>([
    [quiz("one", [2]), [2], undefined],
    [quiz("one", [2]), [1], "The answer that was chosen is not the right one."],
    [quiz("one", [2]), [2, 1], "The answer that was chosen is not the right one."],
    [quiz("one", [2]), [], "The question has not been answered yet."],
    [quiz("one", [2]), undefined, "The question has not been answered yet."],
    [quiz("many", [0, 2]), [2, 0], undefined],
    [quiz("many", [0, 2]), [0], "What was chosen is right, but something is missing."],
    [quiz("many", [0, 2]), [0, 1, 2], "Something was chosen that is not right."],
    [quiz("order", [0, 1, 2, 3]), [0, 1, 2, 3], undefined],
    [quiz("order", [0, 1, 2, 3]), [1, 0, 2, 3], "The answers are not in the right order."],
    [quiz("order", [0, 1, 2, 3]), [0, 1, 2], "The answers are not in the right order."],
    [quiz("number", [0.3]), [0.1 + 0.2], undefined],
    [quiz("number", [12], { tolerance: 0.5 }), [12.5], undefined],
    [quiz("number", [12], { tolerance: 0.5 }), [12.6], "12.6 is not the right number."],
    [quiz("number", [12]), [Number.NaN], "NaN is not the right number."],
  ])("%j, %j", async (spec, answer, seen) => {
    const outcome =
      seen === undefined
        ? { result: "passed" }
        : { result: "not-yet", seen, wanted: "Wanted is the right answer to “Which?”." };
    expect(judgeQuiz(spec, answer)).toEqual(outcome);
    const answers = new Map(answer === undefined ? [] : [["q", answer]]);
    expect(await bindCheck(spec).ask(contextOf(new FakeWorld(), [], { answers }))).toEqual(outcome);
  });
});

/** Each key refers to the one before ten times. */
function bomb(): string {
  const refer = (n: number) => `[${Array.from({ length: 10 }, () => `*k${n}`).join(", ")}]`;
  return ["k0: &k0 x", ...Array.from({ length: 9 }, (_, n) => `k${n + 1}: &k${n + 1} ${refer(n)}`), "z: 1"].join("\n");
}
