import * as z from "zod/mini";
import type { Cancellable, Machine } from "../../machine/contract.ts";

/** Where a build's files came from, as the one who started it wrote it down. */
export interface BuildContext {
  /** Empty where it came from no folder. */
  readonly folder: string;
  readonly isThere: boolean;
}

const schema = z.looseObject({ LocalPath: z.optional(z.string()) });

/**
 * What `docker build` notes of its builds on the machine, by their references: it keeps a file for each
 * (https://github.com/docker/buildx/tree/v0.13.1/localstate). What it does not know is missing.
 */
export async function readContexts(
  machine: Pick<Machine, "run">,
  refs: readonly string[],
  { signal }: Cancellable = {},
): Promise<Map<string, BuildContext>> {
  const contexts = new Map<string, BuildContext>();
  const wanted = refs.filter((ref) => /^\w+$/.test(ref));
  if (wanted.length === 0) return contexts;
  const { stdout } = await machine.run(["perl", "-e", script, "--", ...wanted], { ...(signal && { signal }) });
  for (const record of stdout.split("\0").slice(0, -1)) {
    const [ref = "", there, ...json] = record.split("\t");
    const found = schema.safeParse(parse(json.join("\t")));
    if (found.success) contexts.set(ref, { folder: found.data.LocalPath ?? "", isThere: there === "1" });
  }
  return contexts;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Records end with a zero byte: reference, whether the folder is there, JSON. */
const script = String.raw`
for my $ref (@ARGV) {
  my ($file) = glob "~/.docker/buildx/refs/*/*/$ref";
  open(my $handle, "<", $file // "") or next;
  local $/;
  my $json = <$handle>;
  my $folder = $json =~ /"LocalPath":"((?:[^"\\]|\\.)*)"/ ? $1 : "";
  printf "%s\t%d\t%s\0", $ref, -d $folder ? 1 : 0, $json;
}
`;
