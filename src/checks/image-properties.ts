import * as z from "zod/mini";
import { isWithin, sayAmount, sayCount } from "./amount.ts";
import { byteSize, readBytes, sayBytes } from "./byte-size.ts";
import { containerPort, machinePort } from "./container-port.ts";
import type { ImageDetails } from "./engine-answers.ts";
import { namedValues, namedValuesProperty, readVariables } from "./named-values.ts";
import { processUser } from "./process-user.ts";
import { listed, listedAs } from "./listed.ts";
import { type Properties, type Property } from "./property.ts";

const text = z.string().check(z.minLength(1));
const path = z.string().check(z.regex(/^\//, "a path in the image that starts with /"));
const layers = z.int().check(z.gte(1));
const commandLine = z.union(
  [text, z.array(z.string()).check(z.minLength(1))],
  "the command in one line or a list of its words",
);
const port = z.union([machinePort(), containerPort()], "a port such as 80 or 53/udp");

/** Parameters of the kind `image` that ask about one image by itself. */
export const shape = {
  layers: z.optional(layers),
  minLayers: z.optional(layers),
  maxLayers: z.optional(layers),
  /** Of all layers together, as `docker images` shows it: `50MB` is 50,000,000 bytes. */
  minSize: z.optional(byteSize()),
  maxSize: z.optional(byteSize()),
  /** The image's own command: in one line, or word by word. */
  cmd: z.optional(commandLine),
  entrypoint: z.optional(commandLine),
  env: z.optional(namedValues()),
  user: z.optional(text),
  /** Whether its program runs as root. */
  root: z.optional(z.boolean()),
  workdir: z.optional(path),
  /** `80` means `80/tcp`. */
  exposedPort: z.optional(port),
  labels: z.optional(namedValues()),
  /** Whether there is one. */
  healthcheck: z.optional(z.boolean()),
  /** Paths at which it declares volumes. */
  volumes: z.optional(z.array(path).check(z.minLength(1))),
  /** Such as `linux`. */
  os: z.optional(text),
  /** As Docker names it, such as `amd64`. */
  architecture: z.optional(text),
};

type Parameters = z.infer<z.ZodMiniObject<typeof shape, z.core.$strict>>;

export const properties: Properties<Parameters, ImageDetails> = {
  layers: layerProperty((exactly) => ({ exactly })),
  minLayers: layerProperty((min) => ({ min })),
  maxLayers: layerProperty((max) => ({ max })),
  minSize: {
    wrong: (wanted, { Size }) => ((Size ?? 0) >= bytes(wanted) ? undefined : saySize(Size)),
    wants: (wanted) => `of at least ${sayBytes(bytes(wanted), 1000)}`,
  },
  maxSize: {
    wrong: (wanted, { Size }) => ((Size ?? 0) <= bytes(wanted) ? undefined : saySize(Size)),
    wants: (wanted) => `of at most ${sayBytes(bytes(wanted), 1000)}`,
  },
  cmd: commandProperty("command", ({ Config }) => Config?.Cmd),
  entrypoint: commandProperty("entry point", ({ Config }) => Config?.Entrypoint),
  env: namedValuesProperty("variable", ({ Config }) => readVariables(Config?.Env)),
  ...processUser,
  workdir: {
    wrong: (wanted, { Config }) => {
      const folder = Config?.WorkingDir ?? "";
      return `/${folder}`.replace(/^\/+/, "/") === wanted.replace(/(.)\/+$/, "$1")
        ? undefined
        : `has the working folder ${folder || "/"}`;
    },
    wants: (wanted) => `with the working folder ${wanted}`,
  },
  exposedPort: {
    wrong: (wanted, { Config }) => {
      const exposed = Object.keys(Config?.ExposedPorts ?? {});
      if (exposed.includes(portName(wanted))) return undefined;
      return exposed.length === 0 ? "declares no port" : `declares ${listedAs("port", exposed)}`;
    },
    wants: (wanted) => `with the declared port ${portName(wanted)}`,
  },
  labels: namedValuesProperty("label", ({ Config }) => Config?.Labels),
  healthcheck: {
    wrong: (wanted, { Config }) => {
      const test = Config?.Healthcheck?.Test ?? [];
      const has = test.length > 0 && test[0] !== "NONE";
      return has === wanted ? undefined : has ? "has a health check" : "has no health check";
    },
    wants: (wanted) => (wanted ? "with a health check" : "without a health check"),
  },
  volumes: {
    wrong: (wanted, { Config }) => {
      const found = Object.keys(Config?.Volumes ?? {});
      if (wanted.every((each) => found.includes(each))) return undefined;
      return found.length === 0
        ? "declares no volume"
        : `declares ${found.length === 1 ? "a volume" : "volumes"} at ${listed(found)} only`;
    },
    wants: (wanted) => `with ${wanted.length === 1 ? "a declared volume" : "declared volumes"} at ${listed(wanted)}`,
  },
  os: {
    wrong: (wanted, { Os }) => (Os === wanted ? undefined : Os ? `is for ${Os}` : "names no operating system"),
    wants: (wanted) => `for ${wanted}`,
  },
  architecture: {
    wrong: (wanted, { Architecture }) => {
      if (Architecture === wanted) return undefined;
      return Architecture ? `is for the architecture ${Architecture}` : "names no architecture";
    },
    wants: (wanted) => `for the architecture ${wanted}`,
  },
};

function layerProperty(
  amountOf: (wanted: number) => { exactly?: number; min?: number; max?: number },
): Property<number, ImageDetails, unknown> {
  return {
    wrong: (wanted, { RootFS }) => {
      const count = RootFS?.Layers?.length ?? 0;
      return isWithin(count, amountOf(wanted)) ? undefined : `has ${sayCount(count, "layer")}`;
    },
    wants: (wanted) => `with ${sayAmount(amountOf(wanted), "layer")}`,
  };
}

function commandProperty(
  noun: string,
  find: (details: ImageDetails) => readonly string[] | null | undefined,
): Property<string | readonly string[], ImageDetails, unknown> {
  return {
    wrong: (wanted, details) => {
      const words = find(details) ?? [];
      if (isCommand(wanted, words)) return undefined;
      return words.length === 0 ? `has no ${noun} of its own` : `has the ${noun} "${words.join(" ")}"`;
    },
    wants: () => `with the ${noun} that the step asks for`,
  };
}

function isCommand(wanted: string | readonly string[], words: readonly string[]): boolean {
  if (typeof wanted !== "string") return wanted.length === words.length && wanted.every((word, n) => word === words[n]);
  const inShell = words.length === 3 && words[1] === "-c" ? words[2] : undefined;
  return words.join(" ") === wanted.trim() || inShell?.trim() === wanted.trim();
}

function bytes(size: number | string): number {
  return readBytes(size, 1000) ?? 0;
}

function saySize(size: number | null | undefined): string {
  return `is ${sayBytes(size ?? 0, 1000)} large`;
}

function portName(wanted: string | number): string {
  return typeof wanted === "number" ? `${wanted}/tcp` : wanted;
}
