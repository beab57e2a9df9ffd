/*
 * Stands where containerd looks for containerd-shim-runc-v2, a Go program that takes a quarter of a second of an emulated processor to start,
 * and that containerd starts three times for each container: to be told a socket ("start"), as the shim itself, and to clean up what a shim
 * that is gone may have left ("delete"). The first and the last are done here, as containerd 1.7.24 does them
 * (runtime/v2/runc/manager/manager_linux.go, runtime/v2/shim); the shim itself is containerd's. Whatever is out of the ordinary is containerd's too.
 */
#include "linux.h"

#define SHIM "/usr/libexec/containerd/containerd-shim-runc-v2"
#define SOCKETS "/run/containerd/s"
/* Where dockerd has runtimes keep the state of their containers, by namespace. */
#define CONTAINERS "/run/docker/runtime-runc/"
#define ADDRESS_SCHEME "unix://"

enum { LARGEST_CONFIG = 1 << 20, PATH = 512, SOCKET_PATH = 108 };
enum { AF_UNIX = 1, SOCK_STREAM = 1, SOCKET = 1, BIND = 2, LISTEN = 4, BACKLOG = 128, SHIM_SOCKET = 3 };
static char config[LARGEST_CONFIG];
static struct { unsigned short family; char path[SOCKET_PATH]; } address;

struct request { const char *namespace, *id, *containerd, *action; };

static int containerds_own(char **argv, char **environment) {
  system_call(SYS_EXECVE, (int)SHIM, (int)argv, (int)environment);
  return fail("cannot run " SHIM);
}

/* Containers that share a shim are left to containerd's program, and so is what cannot be read. */
static int has_own_shim(void) {
  int file = system_call(SYS_OPEN, (int)"config.json", O_RDONLY, 0);
  if (file < 0) return 0;
  size count = 0;
  for (;;) {
    int got = system_call(SYS_READ, file, (int)(config + count), (int)(sizeof config - 1 - count));
    if (got <= 0) break;
    count += (size)got;
  }
  system_call(SYS_CLOSE, file, 0, 0);
  if (count == 0 || count == sizeof config - 1) return 0;
  return !find(config, "\"io.containerd.runc.v2.group\"") && !find(config, "\"io.kubernetes.cri.sandbox-id\"");
}

/* A listening socket for the shim of `id`, or a negative number. */
static int listen_for(const struct request *request) {
  char *end = address.path + sizeof address.path, *at = append(address.path, end, SOCKETS "/");
  at = append(append(append(at, end, request->namespace), end, "-"), end, request->id);
  if (at >= end - 1) return -1;
  system_call(SYS_MKDIR, (int)"/run/containerd", 0711, 0);
  system_call(SYS_MKDIR, (int)SOCKETS, 0711, 0);
  address.family = AF_UNIX;
  int socket[] = {AF_UNIX, SOCK_STREAM, 0};
  int listener = system_call(SYS_SOCKETCALL, SOCKET, (int)socket, 0);
  if (listener < 0) return -1;
  int bind[] = {listener, (int)&address, (int)sizeof address}, listen[] = {listener, BACKLOG};
  if (system_call(SYS_SOCKETCALL, BIND, (int)bind, 0) == 0 && system_call(SYS_CHMOD, (int)address.path, 0600, 0) == 0 &&
      system_call(SYS_SOCKETCALL, LISTEN, (int)listen, 0) == 0)
    return listener;
  system_call(SYS_CLOSE, listener, 0, 0);
  return -1;
}

/* One more than containerd's, so that it outlives its shims when memory runs out. The child has inherited containerd's. */
static void die_before_containerd(void) {
  char digits[16];
  int file = system_call(SYS_OPEN, (int)"/proc/self/oom_score_adj", O_RDONLY, 0);
  int got = file < 0 ? -1 : system_call(SYS_READ, file, (int)digits, sizeof digits - 1);
  if (file >= 0) system_call(SYS_CLOSE, file, 0, 0);
  if (got <= 0) return;
  digits[got] = 0;
  int negative = digits[0] == '-', score = 0;
  for (char *at = digits + negative; *at >= '0' && *at <= '9'; at++) score = score * 10 + (*at - '0');
  score = (negative ? -score : score) + 1;
  if (score > 1000) return;
  char *at = digits + sizeof digits - 1;
  *at = 0;
  int rest = score < 0 ? -score : score;
  do *--at = (char)('0' + rest % 10);
  while ((rest /= 10) > 0);
  if (score < 0) *--at = '-';
  file = system_call(SYS_OPEN, (int)"/proc/self/oom_score_adj", O_WRONLY, 0);
  if (file < 0) return;
  write_all(file, at, length(at));
  system_call(SYS_CLOSE, file, 0, 0);
}

/* In the child: becomes the shim, with the socket where it looks for it. */
static int become_shim(const struct request *request, int listener, char **environment) {
  system_call(SYS_SETPGID, 0, 0, 0);
  die_before_containerd();
  int null = system_call(SYS_OPEN, (int)"/dev/null", O_RDWR, 0);
  for (int stream = 0; stream < 3; stream++) system_call(SYS_DUP2, null, stream, 0);
  if (null > SHIM_SOCKET && null != listener) system_call(SYS_CLOSE, null, 0, 0);
  if (listener != SHIM_SOCKET) {
    system_call(SYS_DUP2, listener, SHIM_SOCKET, 0);
    system_call(SYS_CLOSE, listener, 0, 0);
  }
  /* There is one processor. */
  for (char **variable = environment; *variable; variable++)
    if (starts(*variable, "GOMAXPROCS=")) *variable = "GOMAXPROCS=1";
  const char *argv[] = {"/usr/bin/containerd-shim-runc-v2", "-namespace", request->namespace, "-id", request->id, "-address", request->containerd, 0};
  system_call(SYS_EXECVE, (int)SHIM, (int)argv, (int)environment);
  return 1;
}

/* Returns -1 where containerd's own program is to do it. */
static int start_shim(const struct request *request, char **environment) {
  for (char **variable = environment; *variable; variable++)
    if (starts(*variable, "SCHED_CORE=")) return -1;
  if (!has_own_shim()) return -1;
  int listener = listen_for(request);
  if (listener < 0) return -1;
  char answer[SOCKET_PATH + sizeof ADDRESS_SCHEME], *end = answer + sizeof answer;
  append(append(answer, end, ADDRESS_SCHEME), end, address.path);
  int file = system_call(SYS_OPEN, (int)"address", O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (file < 0 || write_all(file, answer, length(answer))) return fail("cannot write the shim's address");
  system_call(SYS_CLOSE, file, 0, 0);
  int child = system_call(SYS_FORK, 0, 0, 0);
  if (child == 0) return become_shim(request, listener, environment);
  if (child < 0) return fail("cannot fork the shim");
  return write_all(1, answer, length(answer)) == 0 ? 0 : 1;
}

/* A container whose runtime has forgotten it was deleted in order: nothing is left, and the answer is an empty message. */
static int is_gone(const struct request *request) {
  char path[PATH], *end = path + sizeof path;
  append(append(append(append(path, end, CONTAINERS), end, request->namespace), end, "/"), end, request->id);
  return system_call(SYS_ACCESS, (int)path, 0, 0) == -ENOENT;
}

int start(int *stack) {
  int argc = *stack;
  char **argv = (char **)(stack + 1), **environment = argv + argc + 1;
  struct request request;
  request.namespace = request.id = request.containerd = request.action = 0;
  for (int i = 1; i < argc; i++) {
    char *value = i + 1 < argc ? argv[i + 1] : 0;
    if (argv[i][0] != '-') request.action = argv[i];
    else if (!value) break;
    else if (same(argv[i], "-namespace")) request.namespace = value, i++;
    else if (same(argv[i], "-id")) request.id = value, i++;
    else if (same(argv[i], "-address")) request.containerd = value, i++;
    else if (same(argv[i], "-publish-binary") || same(argv[i], "-bundle")) i++;
    else return containerds_own(argv, environment);
  }
  if (!request.namespace || !request.id || !request.containerd || !request.action) return containerds_own(argv, environment);
  int result = -1;
  if (same(request.action, "start")) result = start_shim(&request, environment);
  else if (same(request.action, "delete") && is_gone(&request)) result = 0;
  return result < 0 ? containerds_own(argv, environment) : result;
}
