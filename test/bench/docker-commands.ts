import type { CommandName } from "./figures.ts";

/** One of the commands that are measured everywhere, as a shell types them; `docker` is whichever is first on the path. */
export interface MeasuredCommand {
  readonly name: CommandName;
  /** Not measured, before each time. `round` is another number each time. */
  readonly before?: (round: number) => string;
  readonly command: string;
  /** How often it runs unmeasured, until programs are read and translated and caches are filled. */
  readonly warmUps: number;
}

export const measuredCommands: readonly MeasuredCommand[] = [
  { name: "run", command: "docker run --rm busybox true", warmUps: 5 },
  { name: "ps", command: "docker ps", warmUps: 2 },
  { name: "exec", command: "docker exec bench true", warmUps: 3 },
  { name: "build same", command: "docker build -t bench .", warmUps: 3 },
  { name: "build line", before: changeLine, command: "docker build -t bench .", warmUps: 1 },
  { name: "build cold", command: "docker build --no-cache -t bench .", warmUps: 1 },
  { name: "build same classic", command: "DOCKER_BUILDKIT=0 docker build -t bench .", warmUps: 2 },
  { name: "build line classic", before: changeLine, command: "DOCKER_BUILDKIT=0 docker build -t bench .", warmUps: 1 },
];

/** Makes the container and the build's folder that the commands are about. Run in an empty folder. */
export const prepareCommands = [
  'printf \'FROM busybox\\nCOPY page /page\\nRUN cat /page >/copy\\nCMD ["cat", "/copy"]\\n\' >Dockerfile',
  "echo 0 >page",
  "docker run -d --name bench busybox sleep 100000",
].join(" && ");

/** Measures all of them in order: `time` resolves to seconds, `run` is for what is not measured. */
export async function measureCommands(
  runs: number,
  shell: { time(command: string): Promise<number>; run(command: string): Promise<unknown> },
  record: (name: CommandName, seconds: number) => void,
  after?: (command: MeasuredCommand) => Promise<void>,
): Promise<void> {
  for (const measured of measuredCommands) {
    for (let round = -measured.warmUps; round < runs; round++) {
      if (measured.before) await shell.run(measured.before(round));
      const seconds = await shell.time(measured.command);
      if (round < 0) continue;
      record(measured.name, seconds);
      await after?.(measured);
    }
  }
}

function changeLine(round: number): string {
  return `echo ${round} $RANDOM >page`;
}
