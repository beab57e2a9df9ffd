import * as z from "zod/mini";
import { machineFeatures } from "../contract.ts";
import { MachineError } from "../error.ts";

/** One file of the image. `path` is relative to the manifest's own address and contains the hash of the content, so it never changes. */
const file = z.strictObject({
  path: z.string().check(z.regex(/^(?!\/)(?!.*\.\.)[\w./-]+$/, "is not a plain relative path")),
  bytes: z.int().check(z.positive()),
  sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/, "is not a SHA-256 in hexadecimal")),
});

/** What `manifest.json` of a machine image says. */
const manifest = z.object({
  /** Version of this shape. */
  format: z.literal(1),
  /** Names this build of the image by its content. */
  id: z.string().check(z.regex(/^[0-9a-f]{8,64}$/, "is not hexadecimal")),
  created: z.iso.datetime({ offset: true }),
  memoryBytes: z.int().check(z.positive()),
  vgaMemoryBytes: z.int().check(z.positive()),
  engineVersion: z.string().check(z.minLength(1)),
  kernelVersion: z.string().check(z.minLength(1)),
  /** Images already in the engine. */
  containerImages: z.array(z.string().check(z.minLength(1))),
  /** What the engine can do beyond running containers. */
  features: z.array(z.enum(machineFeatures)),
  files: z.object({
    wasm: file,
    bios: file,
    vgaBios: file,
    /** The warm snapshot; `rawBytes` is its size when decompressed. */
    state: z.extend(file, { rawBytes: z.int().check(z.positive()) }),
    diskIndex: file,
    /** `docker save` of the images in the engine, gzip-compressed: the site's image catalogue has them too. */
    savedImages: file,
    /** The copyright files of all packages, as plain text, with the offer of sources. */
    licences: file,
  }),
  /**
   * A second machine of the same kernel with nothing but busybox, which is booted, never restored; not one of `files`, because only the lesson that
   * compares it with a container loads it.
   */
  small: z.optional(
    z.object({
      memoryBytes: z.int().check(z.positive()),
      commandLine: z.string().check(z.minLength(1)),
      kernel: file,
      /** `rawBytes` is its size when the kernel has unpacked it. */
      initrd: z.extend(file, { rawBytes: z.int().check(z.positive()) }),
    }),
  ),
  /** What boots the machine from its disk, for emulators that cannot restore the snapshot; no page loads it. The kernel is the small machine's. */
  boot: z.optional(z.object({ kernel: file, initrd: file, commandLine: z.string().check(z.minLength(1)) })),
  disk: z.object({ bytes: z.int().check(z.positive()), partBytes: z.int().check(z.positive(), z.multipleOf(4096)) }),
  packages: z.array(
    z.object({ name: z.string(), version: z.string(), suite: z.string(), licence: z.optional(z.string()) }),
  ),
  /** Numbers of disk parts that the first commands read, worth fetching once the prompt is there. */
  prefetch: z.array(z.int().check(z.nonnegative())),
});

const diskIndex = z.object({ parts: z.array(z.nullable(z.string().check(z.regex(/^[0-9a-f]{64}$/)))) });

export type Manifest = z.infer<typeof manifest>;
export type ImageFile = z.infer<typeof file>;
export type DiskIndex = z.infer<typeof diskIndex>;

/** Throws a `MachineError` with code `image-mismatch` that says what is wrong with `json`. */
export function parseManifest(json: string): Manifest {
  return parse(json, manifest, "The machine image's manifest");
}

/** The parts of the disk, checked against the sizes in the manifest. */
export function parseDiskIndex(json: string, { disk }: Pick<Manifest, "disk">): DiskIndex {
  const index = parse(json, diskIndex, "The machine image's disk index");
  const wanted = Math.ceil(disk.bytes / disk.partBytes);
  if (index.parts.length !== wanted) {
    throw mismatch(
      `The machine image's disk index has ${String(index.parts.length)} parts where the manifest asks for ${String(wanted)}.`,
    );
  }
  return index;
}

/** Where part `sha256` of the disk lies, relative to the manifest. */
export function partPath(sha256: string): string {
  return `parts/${sha256}.zst`;
}

function parse<T>(json: string, schema: z.ZodMiniType<T>, what: string): T {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw mismatch(`${what} is not JSON.`, cause);
  }
  const result = schema.safeParse(value);
  if (!result.success) throw mismatch(`${what} is not valid:\n${z.prettifyError(result.error)}`, result.error);
  return result.data;
}

function mismatch(message: string, cause?: unknown): MachineError {
  return new MachineError("image-mismatch", message, {
    hint: "The machine image was not built or uploaded completely. Build it again, or tell the operator of this site.",
    cause,
  });
}
