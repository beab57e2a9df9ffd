import type { Cancellable, Machine } from "../../machine/contract.ts";
import type { ChangedFile } from "./changed-files.ts";

/** The files of a build context as they were at one moment: by their paths, what tells whether one has changed. */
export interface ContextSnapshot {
  readonly files: ReadonlyMap<string, string>;
  /** The text of its `.dockerignore`. */
  readonly ignored: string | undefined;
  /** When something in it was changed last, in milliseconds since 1970. */
  readonly changedAt: number;
}

/** Undefined where the folder cannot be read, or holds more than can be looked at. */
export async function snapshotContext(
  machine: Pick<Machine, "run">,
  folder: string,
  { signal }: Cancellable = {},
): Promise<ContextSnapshot | undefined> {
  const argv = ["perl", "-e", script, "--", folder];
  const { exitCode, stdout } = await machine.run(argv, { timeoutMs: 60_000, ...(signal && { signal }) });
  return exitCode === 0 ? readSnapshot(stdout) : undefined;
}

/** Records end with a zero byte: first the time of the last change, in seconds, and `.dockerignore` where there is one; then a file each. */
export function readSnapshot(text: string): ContextSnapshot {
  const [changedAt = "", ignored = "", ...records] = text.split("\0").slice(0, -1);
  const files = records.map((record): [string, string] => {
    const [signature = "", ...path] = record.split("\t");
    return [path.join("\t"), signature];
  });
  return { files: new Map(files), ignored: ignored === "" ? undefined : ignored, changedAt: Number(changedAt) * 1000 };
}

/**
 * What a `COPY` or `ADD` of these words takes from the context that is not as it was, by paths in the context. Undefined where `.dockerignore` says more
 * than which names are left out.
 */
export function compareContexts(
  words: string,
  before: ContextSnapshot,
  now: ContextSnapshot,
): ChangedFile[] | undefined {
  const isIgnored = readIgnored(now.ignored);
  const sources = readSources(words);
  if (isIgnored === undefined || sources === undefined) return undefined;
  const changes: ChangedFile[] = [];
  for (const [path, signature] of now.files) {
    const was = before.files.get(path);
    if (was !== signature) changes.push({ path, change: was === undefined ? "added" : "changed" });
  }
  for (const path of before.files.keys()) if (!now.files.has(path)) changes.push({ path, change: "deleted" });
  return changes.filter(({ path }) => !isIgnored(path) && sources.some((source) => source.test(path)));
}

function readSources(words: string): RegExp[] | undefined {
  // The form with brackets, and files that stand in the Dockerfile itself.
  if (/["[\]]|<</.test(words)) return undefined;
  const [, ...all] = words.split(/\s+/);
  return all
    .filter((each) => !each.startsWith("--"))
    .slice(0, -1)
    .map(patternOf);
}

/** A path and all that is below it. */
function patternOf(pattern: string): RegExp {
  const parts = pattern.split("/").filter((part) => part !== "" && part !== ".");
  if (parts.length === 0) return /^/;
  const body = parts.map((part) => {
    if (part === "**") return ".*";
    const literal = part.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`);
    return literal.replaceAll("*", "[^/]*").replaceAll("?", "[^/]");
  });
  return new RegExp(`^${body.join("/").replaceAll(".*/", "(?:.*/)?")}(?:/|$)`);
}

function readIgnored(text: string | undefined): ((path: string) => boolean) | undefined {
  const lines = (text ?? "").split("\n").map((line) => line.trim());
  const rules = lines.filter((line) => line !== "" && !line.startsWith("#"));
  if (rules.some((rule) => rule.startsWith("!") || /[[\]\\]/.test(rule))) return undefined;
  const patterns = rules.map(patternOf);
  return (path) => patterns.some((pattern) => pattern.test(path));
}

/** Perl as it is in every Debian, without modules. At most 3,000 names, and 32 MB to be read. */
const script = String.raw`
use strict;
my $root = $ARGV[0];
my ($left, $bytes, $latest) = (3000, 32_000_000, 0);
my (@paths, %mode, %what);
sub walk {
  my ($folder) = @_;
  my $at = length $folder ? "$root/$folder" : $root;
  opendir(my $handle, $at) or die "$at: $!\n";
  for my $name (sort grep { $_ ne "." && $_ ne ".." } readdir $handle) {
    die "too many\n" if --$left < 0;
    my $path = length $folder ? "$folder/$name" : $name;
    my @stat = lstat "$root/$path" or next;
    $latest = $stat[9] if $stat[9] > $latest;
    if (-d _) { walk($path); next; }
    push @paths, $path;
    $mode{$path} = $stat[2];
    $what{$path} = readlink "$root/$path" if -l _;
    next unless -f _;
    die "too much\n" if ($bytes -= $stat[7]) < 0;
  }
}
my @top = stat $root or die "$!\n";
$latest = $top[9];
walk("");
my $ignored = "";
if (open(my $file, "<", "$root/.dockerignore")) { local $/; $ignored = <$file>; $ignored =~ tr/\0//d; }
my @plain = grep { !defined $what{$_} && ($mode{$_} & 0170000) == 0100000 } @paths;
while (my @some = splice @plain, 0, 500) {
  open(my $sums, "-|", "md5sum", "-z", "--", map { "$root/$_" } @some) or die "$!\n";
  local $/ = "\0";
  while (<$sums>) { $what{substr $2, length($root) + 1} = $1 if /^(\w+) [ *](.*)\0$/s; }
}
print "$latest\0$ignored\0";
for my $path (@paths) {
  my $what = $what{$path} // "";
  $what =~ tr/\t\0//d;
  printf "%o:%s\t%s\0", $mode{$path}, $what, $path;
}
`;
