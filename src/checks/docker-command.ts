import { readArguments, type Arguments, type FlagTable } from "./read-arguments.ts";

export interface DockerCommand {
  /** Which command it is, such as `compose` and `up`. */
  readonly path: readonly string[];
  /** Those before the last word of `path`. */
  readonly flagsBefore: Arguments["flags"];
  readonly arguments: Arguments;
  /** It runs another command, which is in what is left of its arguments: flags there are not its own. */
  readonly runsAnother: boolean;
}

/** What follows the word `docker`, as Docker reads it. */
export function readDockerCommand(parts: readonly string[]): DockerCommand {
  const path: string[] = [];
  const flagsBefore: Arguments["flags"][number][] = [];
  let rest = parts;
  do {
    const read = readArguments(rest, path[0] === "compose" ? composeFlags : globalFlags, "first word");
    path.push(...read.words.map(({ word }) => word));
    flagsBefore.push(...read.flags);
    rest = read.rest;
  } while (path.length === 1 && groups.has(path[0] ?? "") && rest.length > 0);
  const running = runFlags[path.join(" ").replace(/^container /, "")];
  const own = running ?? { names: { ...commonNames, ...namesOf[path.at(-1) ?? ""] }, others: "may take a value" };
  const until = running === undefined ? "end" : "first word";
  return { path, flagsBefore, arguments: readArguments(rest, own, until), runsAnother: running !== undefined };
}

/** Words that another word must follow to be a command. */
const groups: ReadonlySet<string> = new Set(
  (
    "buildx builder compose config container context image manifest network node plugin secret service stack swarm system trust " +
    "volume"
  ).split(" "),
);

const globalFlags: FlagTable = {
  names: {
    ...namesBySelf("debug help tls tlsverify version"),
    "-D": "--debug",
    "-H": "--host=",
    "-c": "--context=",
    "-l": "--log-level=",
    "-v": "--version",
  },
  others: "take a value",
};

const composeFlags: FlagTable = {
  names: {
    ...namesBySelf("all-resources compatibility dry-run help verbose"),
    "-f": "--file=",
    "-p": "--project-name=",
  },
  others: "take a value",
};

const createNames = {
  ...namesBySelf(
    "disable-content-trust help init no-healthcheck oom-kill-disable privileged read-only rm sig-proxy use-api-socket",
  ),
  "-P": "--publish-all",
  "-a": "--attach=",
  "-c": "--cpu-shares=",
  "-d": "--detach",
  "-e": "--env=",
  "-h": "--hostname=",
  "-i": "--interactive",
  "-l": "--label=",
  "-m": "--memory=",
  "-p": "--publish=",
  "-q": "--quiet",
  "-t": "--tty",
  "-u": "--user=",
  "-v": "--volume=",
  "-w": "--workdir=",
  "--net": "--network=",
};

/** Of the commands that run another, by their words. */
const runFlags: Readonly<Record<string, FlagTable>> = {
  run: { names: createNames, others: "take a value" },
  create: { names: createNames, others: "take a value" },
  exec: {
    names: {
      ...namesBySelf("help privileged"),
      "-d": "--detach",
      "-e": "--env=",
      "-i": "--interactive",
      "-t": "--tty",
      "-u": "--user=",
      "-w": "--workdir=",
    },
    others: "take a value",
  },
  "compose run": {
    names: {
      ...namesBySelf("build help no-deps quiet-pull remove-orphans rm use-aliases"),
      ...createNames,
      "-P": "--service-ports",
      "-T": "--no-TTY",
    },
    others: "take a value",
  },
  "compose exec": {
    names: {
      ...namesBySelf("help privileged"),
      "-T": "--no-TTY",
      "-d": "--detach",
      "-e": "--env=",
      "-i": "--interactive",
      "-u": "--user=",
      "-w": "--workdir=",
    },
    others: "take a value",
  },
  "service create": {
    names: {
      ...namesBySelf("help init no-healthcheck no-resolve-image read-only with-registry-auth"),
      "-d": "--detach",
      "-e": "--env=",
      "-l": "--label=",
      "-p": "--publish=",
      "-q": "--quiet",
      "-t": "--tty",
      "-u": "--user=",
      "-w": "--workdir=",
    },
    others: "take a value",
  },
};

const commonNames = { "-a": "--all", "-d": "--detach", "-f": "--force", "-q": "--quiet" };
const listNames = { "-f": "--filter=", "-l": "--latest", "-n": "--last=", "-s": "--size" };

/** What short flags mean to the other commands, by their last words. */
const namesOf: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  build: { "-f": "--file=", "-t": "--tag=" },
  commit: { "-a": "--author=", "-c": "--change=", "-m": "--message=", "-p": "--pause" },
  cp: { "-L": "--follow-link", "-a": "--archive" },
  deploy: { "-c": "--compose-file=" },
  down: { "-t": "--timeout=", "-v": "--volumes" },
  export: { "-o": "--output=" },
  images: listNames,
  import: { "-c": "--change=", "-m": "--message=" },
  info: { "-f": "--format=" },
  inspect: { "-f": "--format=", "-s": "--size" },
  kill: { "-s": "--signal=" },
  load: { "-i": "--input=" },
  login: { "-p": "--password=", "-u": "--username=" },
  logs: { "-f": "--follow", "-n": "--tail=", "-t": "--timestamps" },
  ls: listNames,
  ps: listNames,
  restart: { "-s": "--signal=", "-t": "--time=", "--timeout": "--time=" },
  rm: { "-l": "--link", "-v": "--volumes" },
  save: { "-o": "--output=" },
  start: { "-a": "--attach", "-i": "--interactive" },
  stop: { "-s": "--signal=", "-t": "--time=", "--timeout": "--time=" },
  up: { "-t": "--timeout=" },
  version: { "-f": "--format=" },
};

/** Flags that take no value and have no short name. */
function namesBySelf(names: string): Record<string, string> {
  return Object.fromEntries(names.split(" ").map((name) => [`--${name}`, `--${name}`]));
}
