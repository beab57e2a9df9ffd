/** By one name, whichever of Docker's names for a command was taken: `container ls` is `ps`. */
export function canonicalPath(path: readonly string[]): readonly string[] {
  const [group = "", command] = path;
  if (command === undefined) return path;
  const own = sameCommands[command] ?? command;
  const short = shortNames[group]?.[own];
  if (short !== undefined) return short.split(" ");
  return group === "compose" ? path : [group, own];
}

/** What every group of commands calls so. */
const sameCommands: Readonly<Record<string, string>> = { list: "ls", remove: "rm" };

const shortNames: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  builder: { build: "build" },
  buildx: { build: "build", b: "build", prune: "builder prune" },
  container: {
    ...bySelf(
      "attach commit cp create diff exec export inspect kill logs pause port rename restart rm run start stats stop top unpause update wait",
    ),
    ls: "ps",
    ps: "ps",
  },
  image: { ...bySelf("build history import inspect load pull push save tag"), ls: "images", rm: "rmi" },
  stack: { up: "stack deploy", down: "stack rm" },
  system: bySelf("events info"),
};

function bySelf(names: string): Record<string, string> {
  return Object.fromEntries(names.split(" ").map((name) => [name, name]));
}
