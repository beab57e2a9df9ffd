import * as z from "zod/mini";
import { byteSize } from "./byte-size.ts";
import { containerPort, machinePort } from "./container-port.ts";
import { namedValues } from "./named-values.ts";
import { regularExpression } from "./pattern.ts";

const text = z.string().check(z.minLength(1));
const texts = z.array(text).check(z.minLength(1));
const amount = z.int().check(z.gte(1));

const portWords = 'a port such as 8080, an address with its port such as 127.0.0.1:8080, or "any"';

/** `{ "80/tcp": 8080 }`: port inside to port outside, to `ADDRESS:PORT`, or `any` port. */
const ports = z.record(
  containerPort(),
  z.union(
    [machinePort(), z.string().check(z.regex(/^(any|(\d{1,3}(\.\d{1,3}){3}|\[[\da-f:]+\]):\d{1,5})$/, portWords))],
    portWords,
  ),
);

const mount = z.strictObject({
  type: z.optional(z.enum(["volume", "bind", "tmpfs"])),
  /**
   * A volume's name, or a path on the machine: with a `/` in it, or for the type `bind`. One without `/` at its start is below
   * `/workspace`.
   */
  source: z.optional(text),
  /** A path in the container. */
  target: z.string().check(z.regex(/^\//, "a path in the container that starts with /")),
  readOnly: z.optional(z.boolean()),
});

export type Mount = z.infer<typeof mount>;

export const schema = z.strictObject({
  image: z.optional(text),
  name: z.optional(text),
  /** Of the name; `^` and `$` are its ends. */
  namePattern: z.optional(regularExpression()),
  state: z.optional(z.enum(["created", "running", "paused", "restarting", "exited", "dead"])),
  exitCode: z.optional(z.int().check(z.gte(0), z.lte(255))),
  ports: z.optional(ports),
  /** The command in one line, as `docker ps --no-trunc` shows it, with or without the entry point. */
  command: z.optional(text),
  env: z.optional(namedValues()),
  labels: z.optional(namedValues()),
  mounts: z.optional(z.array(mount).check(z.minLength(1))),
  networks: z.optional(texts),
  /** As it was given: a name, an id, or both of user and group. */
  user: z.optional(text),
  /** Whether its program runs as root. */
  root: z.optional(z.boolean()),
  /** Such as `always`, or `on-failure:3`. */
  restart: z.optional(
    z
      .string()
      .check(
        z.regex(
          /^(no|always|unless-stopped|on-failure(:\d+)?)$/,
          "no, always, unless-stopped, on-failure or on-failure:3",
        ),
      ),
  ),
  health: z.optional(z.enum(["none", "starting", "healthy", "unhealthy"])),
  /** The limit, in bytes or such as `64m`, by 1024 as in `--memory`. */
  memory: z.optional(byteSize()),
  /** The limit, in processors: 0.5 is half the time of one. */
  cpus: z.optional(z.number().check(z.gt(0))),
  /** The limit of processes. */
  pids: z.optional(amount),
  privileged: z.optional(z.boolean()),
  /** Whether its root file system is read-only. */
  readOnly: z.optional(z.boolean()),
  /** Capabilities such as `NET_RAW` or `ALL` that are dropped by name. */
  capDrop: z.optional(texts),
  capAdd: z.optional(texts),
  /** How many such containers there are; without these, at least one. */
  count: z.optional(amount),
  minCount: z.optional(amount),
  maxCount: z.optional(amount),
  /** Asks for the opposite: that no such container is left, not even an ended one. */
  gone: z.optional(z.literal(true)),
});

export type Parameters = z.infer<typeof schema>;
