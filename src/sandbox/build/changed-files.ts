import type { Engine } from "../../engine/engine.ts";
import type { Machine } from "../../machine/contract.ts";
import { readFolders } from "../layers/layer-reader.ts";
import type { Build, BuildStep } from "./build-record.ts";
import { readSettings } from "./image-config.ts";
import { findSource } from "./source-path.ts";

export interface ChangedFile {
  /** In the build context; where that is not known, in the image, with a slash at its start. */
  readonly path: string;
  readonly change: "added" | "changed" | "deleted";
}

/**
 * Which files a step copied into `now` that it had not copied into `before`, or not so: the two layers that it made, compared by
 * content, on the machine. Undefined where an image is gone, or says not where its layers are.
 */
export async function findChangedFiles(
  engine: Pick<Engine, "images">,
  machine: Pick<Machine, "run">,
  before: { readonly build: Build; readonly step: BuildStep },
  now: { readonly build: Build; readonly step: BuildStep },
  { signal }: { signal: AbortSignal },
): Promise<ChangedFile[] | undefined> {
  const folders: string[] = [];
  for (const { build, step } of [before, now]) {
    const folder = await findFolder(engine, build, step, signal);
    if (folder === undefined) return undefined;
    folders.push(folder);
  }
  const argv = ["perl", "-e", script, "--", ...folders];
  const { exitCode, stdout } = await machine.run(argv, { signal, timeoutMs: 60_000 });
  if (exitCode !== 0) return undefined;
  const folder = readSettings(now.build.imageConfig)?.workingFolder ?? "/";
  return readChanges(stdout).map(({ path, change }) => ({ path: findSource(now.step.words, path, folder), change }));
}

async function findFolder(
  engine: Pick<Engine, "images">,
  build: Build,
  step: BuildStep,
  signal: AbortSignal,
): Promise<string | undefined> {
  const place = readSettings(build.imageConfig)?.layerOf(step.words);
  if (place === undefined || build.imageId === undefined) return undefined;
  // An image that was built again, under the same name, is gone once it is pruned.
  const image = await engine.images.inspect(build.imageId, { signal }).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "not-found") return undefined;
    throw error;
  });
  const folders = image === undefined ? [] : readFolders(image);
  return folders.length === place.layers ? folders[place.layer] : undefined;
}

/** Records end with a zero byte: a letter, a tab, the path. */
export function readChanges(text: string): ChangedFile[] {
  return text
    .split("\0")
    .slice(0, -1)
    .flatMap((record) => {
      const change = kinds[record[0] ?? ""];
      return change === undefined ? [] : [{ path: record.slice(2), change }];
    });
}

const kinds: Readonly<Record<string, ChangedFile["change"]>> = { a: "added", c: "changed", d: "deleted" };

/** Perl as it is in every Debian, without modules. What BuildKit compares too: names, kinds, permissions and content, but no times. At most 5,000 names of a layer are looked at. */
const script = String.raw`
use strict;
my $left;
sub walk {
  my ($root, $folder, $found) = @_;
  my $at = length $folder ? "$root/$folder" : $root;
  opendir(my $handle, $at) or die "$at: $!\n";
  for my $name (sort grep { $_ ne "." && $_ ne ".." } readdir $handle) {
    die "too many\n" if --$left < 0;
    my $path = length $folder ? "$folder/$name" : $name;
    my @stat = lstat "$root/$path" or next;
    if (-d _) { walk($root, $path, $found); next; }
    my $link = -l _ ? readlink "$root/$path" : "";
    $found->{$path} = join ":", @stat[2, 4, 5, 7], $link;
  }
}
sub differ {
  open(my $one, "<:raw", $_[0]) or return 1;
  open(my $other, "<:raw", $_[1]) or return 1;
  while (1) {
    my $read = read $one, my $here, 65536;
    read $other, my $there, 65536;
    return 1 if !defined $read || $here ne $there;
    return 0 if $read == 0;
  }
}
my @found;
for my $root (@ARGV) { $left = 5000; my %one; walk($root, "", \%one); push @found, \%one; }
my ($was, $now) = @found;
for my $path (sort keys %$now) {
  if (!exists $was->{$path}) { print "a\t$path\0"; next; }
  my $is_same = $was->{$path} eq $now->{$path} && (-l "$ARGV[1]/$path" || !-f _ || !differ("$ARGV[0]/$path", "$ARGV[1]/$path"));
  print "c\t$path\0" unless $is_same;
}
for my $path (sort keys %$was) { print "d\t$path\0" unless exists $now->{$path}; }
`;
