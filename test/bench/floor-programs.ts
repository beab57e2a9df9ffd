/** A program that computes and hardly waits: what it takes in the tab against the host is the emulator's own cost. */
export interface FloorProgram {
  /** One word. */
  readonly name: string;
  readonly title: string;
  /** How often it runs in one sample, so that the sample lasts long enough for the machine's clock. */
  readonly times: number;
  readonly command: string;
}

export const programs: readonly FloorProgram[] = [
  { name: "docker", title: "start of a Go program: `docker --version`", times: 3, command: "docker --version" },
  { name: "buildx", title: "two Go programs: `docker buildx version`", times: 1, command: "docker buildx version" },
  {
    name: "crun",
    title: "start of a C program with libraries: `crun --version`",
    times: 10,
    command: "crun --version",
  },
  { name: "true", title: "fork, exec and exit: `/usr/bin/true`", times: 20, command: "/usr/bin/true" },
  // Not SHA-256, which has instructions of its own on the host's CPU.
  { name: "md5sum", title: "`md5sum` of 8 MiB", times: 1, command: "head -c 8M /dev/zero | md5sum" },
  { name: "gzip", title: "`gzip` of 1 MiB of a program", times: 1, command: "head -c 1M /usr/sbin/dockerd | gzip -c" },
  {
    name: "bash",
    title: "a loop in bash, 10,000 rounds",
    times: 1,
    command: "for ((n = 0; n < 10000; n++)); do :; done",
  },
];

/** For bash: prints a line for each program, its name and the seconds of one run. The first, unmeasured run of each reads it from the disk. */
export const floorScript = `export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin HOME=/root
sample() {
  local name=$1 times=$2 command=$3 n start end
  eval "$command" >/dev/null
  start=\${EPOCHREALTIME/[.,]/}
  for ((k = 0; k < times; k++)); do eval "$command" >/dev/null; done
  end=\${EPOCHREALTIME/[.,]/}
  echo "floor $name $(((end - start) / times))"
}
${programs.map(({ name, times, command }) => `sample ${name} ${times} '${command}'`).join("\n")}
`;

/** Seconds of one run, by the program's name, from what `floorScript` printed. Throws if one is missing. */
export function readFloor(output: string): Map<string, number> {
  const found = new Map(
    [...output.matchAll(/^floor (\w+) (\d+)\s*$/gm)].map(([, name = "", us]) => [name, Number(us) / 1e6]),
  );
  const missing = programs.filter(({ name }) => !found.has(name)).map(({ name }) => name);
  if (missing.length > 0) throw new Error(`No time for ${missing.join(", ")} in what the machine printed:\n${output}`);
  return found;
}
