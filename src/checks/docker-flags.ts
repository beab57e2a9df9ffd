import type { FlagTable } from "./read-arguments.ts";

/** Those that stand before a command's words. */
export const globalFlags: FlagTable = {
  names: readNames(
    "-D --debug -H --host= -c --context= -l --log-level= -v --version",
    "debug help tls tlsverify version",
  ),
  others: "take a value",
};

/** Those between `docker compose` and its command. */
export const composeFlags: FlagTable = {
  names: readNames("-f --file= -p --project-name=", "all-resources compatibility dry-run help verbose"),
  others: "take a value",
};

const create =
  "-P --publish-all -a --attach= -c --cpu-shares= -d --detach -e --env= -h --hostname= -i --interactive -l --label= -m --memory= " +
  "-p --publish= -q --quiet -t --tty -u --user= -v --volume= -w --workdir= --net --network=";
const createAlone =
  "disable-content-trust help init no-healthcheck oom-kill-disable privileged read-only rm sig-proxy use-api-socket";
const exec = "-d --detach -e --env= -i --interactive -t --tty -u --user= -w --workdir=";

/** Of the commands that run another, all flags: what follows them is not their own. */
export const runningCommands: ReadonlyMap<string, FlagTable> = new Map(
  Object.entries({
    run: readNames(create, createAlone),
    create: readNames(create, createAlone),
    exec: readNames(exec, "help privileged"),
    "compose run": readNames(
      `${create} -P --service-ports -T --no-TTY`,
      `${createAlone} build no-deps quiet-build quiet-pull remove-orphans use-aliases`,
    ),
    "compose exec": readNames(`${exec} -T --no-TTY`, "help privileged"),
    "service create": readNames(
      "-d --detach -e --env= -l --label= -p --publish= -q --quiet -t --tty -u --user= -w --workdir=",
      "help init no-healthcheck no-resolve-image read-only with-registry-auth",
    ),
  }).map(([path, names]) => [path, { names, others: "take a value" }]),
);

const list = "-f --filter= -q --quiet";
const stop = "-s --signal= -t --timeout= --time --timeout=";
const logs = "-f --follow -n --tail= -t --timestamps";
const prune = "-a --all -f --force";
const force = "-f --force";
const format = "-f --format=";

/** What short flags mean to the other commands, by their paths (`docker COMMAND --help`). */
const shortFlags: Readonly<Record<string, string>> = {
  build: "-D --debug -c --cpu-shares= -f --file= -m --memory= -o --output= -q --quiet -t --tag=",
  "builder prune": prune,
  commit: "-a --author= -c --change= -m --message= -p --pause",
  "compose build": "-m --memory= -q --quiet",
  "compose config": "-o --output= -q --quiet",
  "compose cp": "-L --follow-link -a --archive",
  "compose down": "-t --timeout= -v --volumes",
  "compose export": "-o --output=",
  "compose images": "-q --quiet",
  "compose kill": "-s --signal=",
  "compose logs": logs,
  "compose ls": "-a --all -q --quiet",
  "compose ps": "-a --all -q --quiet",
  "compose pull": "-q --quiet",
  "compose push": "-q --quiet",
  "compose restart": "-t --timeout=",
  "compose rm": "-f --force -s --stop -v --volumes",
  "compose stats": "-a --all",
  "compose stop": "-t --timeout=",
  "compose up": "-V --renew-anon-volumes -d --detach -t --timeout= -w --watch -y --yes",
  "compose version": format,
  "compose volumes": "-q --quiet",
  "config create": "-l --label=",
  "config inspect": format,
  "config ls": list,
  "container inspect": `${format} -s --size`,
  "container prune": force,
  "context inspect": format,
  "context ls": "-q --quiet",
  "context rm": force,
  cp: "-L --follow-link -a --archive -q --quiet",
  events: "-f --filter=",
  export: "-o --output=",
  history: "-H --human -q --quiet",
  "image prune": prune,
  images: `-a --all ${list}`,
  import: "-c --change= -m --message=",
  info: format,
  inspect: `${format} -s --size`,
  kill: "-s --signal=",
  load: "-i --input= -q --quiet",
  login: "-p --password= -u --username=",
  logs,
  "manifest create": "-a --amend",
  "manifest inspect": "-v --verbose",
  "manifest push": "-p --purge",
  "network create": "-d --driver= -o --opt=",
  "network disconnect": force,
  "network inspect": `${format} -v --verbose`,
  "network ls": list,
  "network prune": force,
  "network rm": force,
  "node inspect": format,
  "node ls": list,
  "node ps": list,
  "node rm": force,
  "plugin disable": force,
  "plugin inspect": format,
  "plugin ls": list,
  "plugin rm": force,
  ps: `-a --all -l --latest -n --last= -s --size ${list}`,
  pull: "-a --all-tags -q --quiet",
  push: "-a --all-tags -q --quiet",
  restart: stop,
  rm: "-f --force -l --link -v --volumes",
  rmi: force,
  save: "-o --output=",
  search: "-f --filter=",
  "secret create": "-d --driver= -l --label=",
  "secret inspect": format,
  "secret ls": list,
  "service inspect": format,
  "service logs": logs,
  "service ls": list,
  "service ps": list,
  "service rollback": "-d --detach -q --quiet",
  "service scale": "-d --detach",
  "service update": "-d --detach -q --quiet -t --tty -u --user= -w --workdir=",
  "stack config": "-c --compose-file=",
  "stack deploy": "-c --compose-file= -d --detach -q --quiet",
  "stack ps": list,
  "stack rm": "-d --detach",
  "stack services": list,
  start: "-a --attach -i --interactive",
  stats: "-a --all",
  stop,
  "swarm ca": "-d --detach -q --quiet",
  "swarm join-token": "-q --quiet",
  "swarm leave": force,
  "swarm unlock-key": "-q --quiet",
  "system df": "-v --verbose",
  "system prune": prune,
  update: "-c --cpu-shares= -m --memory=",
  version: format,
  "volume create": "-d --driver= -o --opt=",
  "volume inspect": format,
  "volume ls": list,
  "volume prune": prune,
  "volume rm": force,
};

const flagsByPath: ReadonlyMap<string, FlagTable> = new Map(
  Object.entries(shortFlags).map(([path, pairs]) => [path, { names: readNames(pairs), others: "may take a value" }]),
);

/** Of a command that runs no other one. */
export function flagsOf(path: string): FlagTable {
  return flagsByPath.get(path) ?? { names: {}, others: "may take a value" };
}

/** `-q --quiet -f --filter=`: short names with their long ones; `alone`: long names that take no value and have no short one. */
function readNames(pairs: string, alone = ""): Record<string, string> {
  const words = pairs.split(" ");
  const names = words.flatMap((word, n) => (n % 2 === 0 ? [[word, words[n + 1] ?? word] as const] : []));
  const own = alone.split(" ").filter((name) => name !== "");
  return Object.fromEntries([...own.map((name) => [`--${name}`, `--${name}`] as const), ...names]);
}
