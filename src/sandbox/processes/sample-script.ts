/**
 * Perl, as it is in every Debian: one look at the machine's processes and at the cgroups (version 2) of its containers. Only perl itself is started. Opening a file is
 * what costs most on an emulated machine: what seldom changes is read of what is new only, and of kernel threads nothing.
 *
 * Arguments: `all` to read everything anew or `new`; a process whose namespaces are wanted, or 0; a container that is looked at closely, or nothing. Standard input
 * has a line for each process that is known: its id, its start, its name, and after a tab the folder of its container, if it is in one.
 *
 * Records end with a zero byte, their fields are separated by tabs:
 * p  a process: id, parent, state, user id, bytes in memory, ticks of CPU, start in ticks, name
 * d  what seldom changes of it: id, its id as it sees it itself, folder of its container, command line
 * u  a user: id, name
 * g  a container: folder, its microseconds of CPU, periods in which it was throttled, bytes of memory
 * l  its limits, or `max`: folder, microseconds of CPU in a period, the period, bytes of memory, processes killed for want of memory, most processes
 * n  the namespaces that a process does not share with the machine's first one: id, names with commas
 * m  the machine: seconds since its start, ticks in a second, ticks of CPU since then, CPUs, kilobytes of memory, kilobytes that are to be had, kernel threads,
 *    the first process of these, or 0, and ticks of CPU that the looking took
 */
export const sampleScript = String.raw`
my ($how, $wanted, $close) = @ARGV;
sub slurp { open(my $handle, "<", $_[0]) or return ""; local $/; my $text = <$handle>; defined $text ? $text : "" }
sub record { print join("\t", @_), "\0" }
my %known;
if ($how ne "all") { while (<STDIN>) { chomp; my ($process, $folder) = split /\t/; $known{$process} = $folder // "" } }
my %aux = unpack "L!*", slurp("/proc/self/auxv");
my ($hz, $page) = ($aux{17} || 100, $aux{6} || 4096);
my $first = slurp("/proc/2/stat") =~ /^2 \(kthreadd\)/ ? 2 : 0;
my %kernel = $first ? map { $_ => 1 } 2, split " ", slurp("/proc/2/task/2/children") : ();
my ($threads, $news) = (0, 0);
my (%users, %groups);
opendir(my $proc, "/proc") or die "/proc: $!\n";
for my $pid (grep { /^\d+$/ && $_ != $$ } readdir $proc) {
  if ($kernel{$pid}) { $threads++; next }
  my ($name, $rest) = slurp("/proc/$pid/stat") =~ /^\d+ \((.*)\) (.*)$/s or next;
  my @stat = split " ", $rest;
  if ($stat[6] & 0x200000) { $threads++; next }
  $name =~ s/[\t\n\0]/ /g;
  my $user = (stat "/proc/$pid")[4] // 0;
  $users{$user} = 1;
  my $folder = $known{"$pid $stat[19] $name"};
  record("p", $pid, $stat[1], $stat[0], $user, $stat[21] * $page, $stat[11] + $stat[12], $stat[19], $name);
  if (!defined $folder) {
    $news = 1;
    $folder = slurp("/proc/$pid/cgroup") =~ m{^0::(/\S*?[0-9a-f]{64}(?:\.scope)?)(?=/|$)}m ? $1 : "";
    my $inner = length $folder && slurp("/proc/$pid/status") =~ /^NSpid:.*\t(\d+)$/m ? $1 : $pid;
    my $command = substr slurp("/proc/$pid/cmdline"), 0, 4000;
    $command =~ s/\0+$//;
    $command =~ tr/\0/ /;
    record("d", $pid, $inner, $folder, $command);
    $groups{$folder} = 1 if length $folder;
  }
  elsif (length $folder) { $groups{$folder} ||= 0 }
}
if ($news) {
  for (split /\n/, slurp("/etc/passwd")) { my ($name, undef, $id) = split /:/; record("u", $id, $name) if $users{$id} }
}
my ($uptime) = split " ", slurp("/proc/uptime");
my @cpu = split " ", slurp("/proc/stat") =~ /^cpu +(.*)$/m ? $1 : "";
my $cpus = () = slurp("/proc/cpuinfo") =~ /^processor\s*:/mg;
for my $folder (keys %groups) {
  my $at = "/sys/fs/cgroup$folder";
  my %cpu = map { split " " } split /\n/, slurp("$at/cpu.stat");
  my $memory = slurp("$at/memory.current");
  next if !length $memory;
  chomp $memory;
  record("g", $folder, $cpu{usage_usec} || 0, $cpu{nr_throttled} || 0, $memory);
  next if !$groups{$folder} && !(length $close && index($folder, $close) >= 0);
  my ($quota, $period) = split " ", slurp("$at/cpu.max") || "max 100000";
  my %events = map { split " " } split /\n/, slurp("$at/memory.events");
  my ($most, $pids) = map { my $text = slurp("$at/$_"); chomp $text; $text || "max" } "memory.max", "pids.max";
  record("l", $folder, $quota, $period, $most, $events{oom_kill} || 0, $pids);
}
if ($wanted) {
  my @own = grep { (readlink("/proc/$wanted/ns/$_") // "") ne (readlink("/proc/1/ns/$_") // "") } qw(pid mnt net uts ipc cgroup user);
  record("n", $wanted, join ",", @own) if defined readlink "/proc/$wanted/ns/pid";
}
my %memory = slurp("/proc/meminfo") =~ /^(MemTotal|MemAvailable):\s+(\d+)/mg;
my @times = times;
record("m", $uptime, $hz, $cpu[0] + $cpu[1] + $cpu[2] + $cpu[5] + $cpu[6] + ($cpu[7] || 0), $cpus || 1, $memory{MemTotal}, $memory{MemAvailable}, $threads, $first,
  int(($times[0] + $times[1]) * $hz + 0.5));
`;
