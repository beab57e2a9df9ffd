import * as z from "zod/mini";
import type { Cancellable, Machine } from "../../machine/contract.ts";
import { layersWords as words } from "../../words/layers.ts";

/** A name that a layer holds: something that is there from this layer on, or the mark that something below is not. */
export interface LayerEntry {
  /** Below the root folder of the image, without a slash at its start. */
  readonly path: string;
  readonly kind: "file" | "folder" | "link" | "special" | "whiteout" | "opaque";
  readonly bytes: number;
  /** Permission bits. */
  readonly mode: number;
}

/**
 * What stands in the folders of layers on the machine, each as overlay2 keeps it. A whiteout is a character device 0:0, an opaque folder has an extended
 * attribute; source: https://docs.kernel.org/filesystems/overlayfs.html. Rejects when a folder cannot be read.
 */
export async function listLayers(
  machine: Pick<Machine, "run">,
  folders: readonly string[],
  { signal }: Cancellable = {},
): Promise<LayerEntry[][]> {
  if (folders.length === 0) return [];
  const options = { timeoutMs: 60_000, ...(signal && { signal }) };
  const { exitCode, stdout, stderr } = await machine.run(["perl", "-e", script, "--", ...folders], options);
  if (exitCode !== 0) throw new Error(words.unreadable(stderr.trim() || words.exitCode(exitCode)));
  return readListing(stdout, folders.length);
}

/** Records end with a zero byte: layer, kind, permissions in octal, bytes, path. */
export function readListing(text: string, layers: number): LayerEntry[][] {
  const found = Array.from({ length: layers }, (): LayerEntry[] => []);
  for (const record of text.split("\0").slice(0, -1)) {
    const [layer, letter, mode, bytes, ...path] = record.split("\t");
    const entries = found[Number(layer)];
    const kind = kindSchema.safeParse(kinds[letter ?? ""]);
    if (entries === undefined || !kind.success) throw new Error(words.noListing(record));
    entries.push({
      path: path.join("\t"),
      kind: kind.data,
      bytes: Number(bytes),
      mode: Number.parseInt(mode ?? "", 8),
    });
  }
  return found;
}

const kinds: Readonly<Record<string, LayerEntry["kind"]>> = {
  f: "file",
  d: "folder",
  l: "link",
  s: "special",
  w: "whiteout",
  o: "opaque",
};
const kindSchema = z.enum(["file", "folder", "link", "special", "whiteout", "opaque"]);

/** Perl, as it is in every Debian. `lgetxattr` has another number on each kind of processor. */
const script = String.raw`
use POSIX ();
my %lgetxattr = (i386 => 230, i486 => 230, i586 => 230, i686 => 230, x86_64 => 192, aarch64 => 9);
my $lgetxattr = $lgetxattr{(POSIX::uname())[4]};
sub opaque {
  my $value = "\0" x 8;
  my $name = "trusted.overlay.opaque";
  return $lgetxattr && syscall($lgetxattr, $_[0], $name, $value, 8) == 1;
}
sub walk {
  my ($layer, $root, $folder) = @_;
  my $at = length $folder ? "$root/$folder" : $root;
  opendir(my $handle, $at) or die "$at: $!\n";
  for my $name (sort grep { $_ ne "." && $_ ne ".." } readdir $handle) {
    my $path = length $folder ? "$folder/$name" : $name;
    my @stat = lstat "$root/$path" or next;
    my $kind = -l _ ? "l" : -d _ ? (opaque("$root/$path") ? "o" : "d") : -f _ ? "f" : -c _ && $stat[6] == 0 ? "w" : "s";
    printf "%d\t%s\t%o\t%d\t%s\0", $layer, $kind, $stat[2] & 07777, $stat[7], $path;
    walk($layer, $root, $path) if $kind eq "d" || $kind eq "o";
  }
}
my $layer = 0;
walk($layer++, $_, "") for @ARGV;
`;
