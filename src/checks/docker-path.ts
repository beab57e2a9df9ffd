/** By one name, whichever of Docker's names for a command was taken: `container ls` is `ps`. */
export function canonicalPath(path: readonly string[]): readonly string[] {
  const [group = "", command] = path;
  if (command === undefined || group === "compose") return path;
  const own = sameCommands.get(command) ?? command;
  return shortNames.get(`${group} ${own}`)?.split(" ") ?? [group, own];
}

/** What every group of commands calls so. */
const sameCommands: ReadonlyMap<string, string> = new Map([
  ["list", "ls"],
  ["remove", "rm"],
]);

const shortNames: ReadonlyMap<string, string> = new Map([
  ["builder build", "build"],
  ["buildx b", "build"],
  ["buildx build", "build"],
  ["buildx prune", "builder prune"],
  ["container ls", "ps"],
  ["container ps", "ps"],
  ...withoutGroup(
    "container",
    "attach commit cp create diff exec export inspect kill logs pause port rename restart rm run start stats stop top unpause update wait",
  ),
  ["image ls", "images"],
  ["image rm", "rmi"],
  ...withoutGroup("image", "build history import inspect load pull push save tag"),
  ["stack down", "stack rm"],
  ["stack up", "stack deploy"],
  ...withoutGroup("system", "events info"),
]);

function withoutGroup(group: string, commands: string): (readonly [string, string])[] {
  return commands.split(" ").map((command) => [`${group} ${command}`, command]);
}
