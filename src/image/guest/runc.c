/*
 * Stands where containerd looks for runc, and hands everything to crun (C, not Go: it starts at once under emulation).
 *
 * dockerd asks the runtime to run dockerd's own 66 MB binary once per container, as the prestart hook "libnetwork-setkey", only to
 * pass two strings over a UNIX socket. Before a container is created, its config.json is rewritten so that the hook is
 * this program instead, which speaks the same protocol (moby v26.1.5, libnetwork/sandbox_externalkey_unix.go): JSON
 * {"ContainerID","Key"} to <exec-root>/libnetwork/<controller>.sock, answered by "success".
 */
#include "linux.h"

#define RUNTIME "/usr/bin/crun"
#define SELF "/usr/lib/drydock/runc"
#define HOOK "libnetwork-setkey"

enum { LARGEST_CONFIG = 1 << 20, PATH = 4096 };
static char text[LARGEST_CONFIG];
static struct { unsigned short family; char path[108]; } address; /* struct sockaddr_un; tcc has no memset to clear it on the stack */

/* Reads all of an open file into `text`, zero-terminated. Returns its length, or -1 where it does not fit or cannot be read. */
static int read_all(int file) {
  size count = 0;
  for (;;) {
    if (count == sizeof text - 1) return -1;
    int got = system_call(SYS_READ, file, (int)(text + count), (int)(sizeof text - 1 - count));
    if (got < 0) return -1;
    if (got == 0) break;
    count += (size)got;
  }
  text[count] = 0;
  return (int)count;
}

/* Puts SELF for "/proc/<pid>/exe" before the hook's arguments. On any trouble the config stays as it was, and only the speed is lost. */
static void rewrite_hook(const char *bundle) {
  char path[PATH], temporary[PATH];
  append(append(path, path + PATH, bundle), path + PATH, "/config.json");
  append(append(temporary, temporary + PATH, path), temporary + PATH, ".new");
  int file = system_call(SYS_OPEN, (int)path, O_RDONLY, 0);
  if (file < 0) return;
  int count = read_all(file);
  system_call(SYS_CLOSE, file, 0, 0);
  if (count < 0) return;
  char *hook = find(text, "\"args\":[\"" HOOK "\""), *start = 0;
  for (char *at = text; hook && (at = find(at, "\"path\":\"/proc/")) && at < hook; at++) start = at;
  if (!start) return;
  start += length("\"path\":\"");
  char *end = find(start, "\"");
  file = system_call(SYS_OPEN, (int)temporary, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (file < 0) return;
  int bad = write_all(file, text, (size)(start - text)) || write_all(file, SELF, length(SELF)) || write_all(file, end, length(end));
  if (system_call(SYS_CLOSE, file, 0, 0) == 0 && !bad) system_call(SYS_RENAME, (int)temporary, (int)path, 0);
}

/* argv: libnetwork-setkey -exec-root=DIR CONTAINER CONTROLLER; stdin: the OCI state with the container's pid. */
static int set_key(int argc, char **argv) {
  const char *root = "/run/docker", *words[2];
  int count = 0;
  for (int i = 1; i < argc; i++) {
    if (starts(argv[i], "-exec-root=")) root = argv[i] + length("-exec-root=");
    else if (count < 2) words[count++] = argv[i];
  }
  char *pid = read_all(0) > 0 ? find(text, "\"pid\":") : 0;
  if (count != 2 || !pid) return fail(HOOK ": container, controller and a state with a pid are wanted");
  for (pid += length("\"pid\":"); *pid == ' ';) pid++;
  char digits[12], *last = digits;
  while (*pid >= '0' && *pid <= '9' && last < digits + sizeof digits - 1) *last++ = *pid++;
  *last = 0;

  address.family = 1; /* AF_UNIX */
  char *end = address.path + sizeof address.path;
  append(append(append(append(address.path, end, root), end, "/libnetwork/"), end, words[1]), end, ".sock");
  int socket[] = {1, 1, 0}; /* AF_UNIX, SOCK_STREAM */
  int connection = system_call(SYS_SOCKETCALL, 1, (int)socket, 0);
  int connect[] = {connection, (int)&address, sizeof address};
  if (connection < 0 || system_call(SYS_SOCKETCALL, 3, (int)connect, 0) < 0) return fail(address.path);
  char message[512], *to = message + sizeof message;
  char *at = append(append(append(message, to, "{\"ContainerID\":\""), to, words[0]), to, "\",\"Key\":\"/proc/");
  at = append(append(at, to, digits), to, "/ns/net\"}");
  if (write_all(connection, message, (size)(at - message))) return fail(HOOK ": dockerd does not take the key");
  int got = system_call(SYS_READ, connection, (int)text, sizeof text - 1);
  text[got > 0 ? got : 0] = 0;
  return same(text, "success") ? 0 : fail(text);
}

int start(int *stack) {
  int argc = *stack;
  char **argv = (char **)(stack + 1), **environment = argv + argc + 1;
  if (argc > 0 && same(argv[0], HOOK)) return set_key(argc, argv);
  const char *bundle = 0;
  int creates = 0;
  for (int i = 1; i < argc; i++) {
    if (same(argv[i], "create") || same(argv[i], "run")) creates = 1;
    if ((same(argv[i], "--bundle") || same(argv[i], "-b")) && i + 1 < argc) bundle = argv[i + 1];
  }
  if (creates && bundle) rewrite_hook(bundle);
  argv[0] = "crun";
  system_call(SYS_EXECVE, (int)RUNTIME, (int)argv, (int)environment);
  return fail("cannot run " RUNTIME);
}
