/*
 * The few system calls of Linux on i386 that the programs here need (arch/x86/entry/syscalls/syscall_32.tbl), without a C library: the
 * compiler that builds them inside the machine is tcc, which cannot link Debian's.
 */
typedef unsigned int size;

enum { SYS_EXIT = 1, SYS_FORK = 2, SYS_READ = 3, SYS_WRITE = 4, SYS_OPEN = 5, SYS_CLOSE = 6, SYS_EXECVE = 11, SYS_CHMOD = 15, SYS_ACCESS = 33 };
enum { SYS_RENAME = 38, SYS_MKDIR = 39, SYS_BRK = 45, SYS_SETPGID = 57, SYS_DUP2 = 63, SYS_SOCKETCALL = 102 };
enum { O_RDONLY = 0, O_WRONLY = 1, O_RDWR = 2, O_CREAT = 0100, O_TRUNC = 01000, ENOENT = 2 };

static int system_call(int number, int a, int b, int c) {
  int result;
  __asm__ volatile("int $0x80" : "=a"(result) : "a"(number), "b"(a), "c"(b), "d"(c) : "memory");
  return result;
}

static size length(const char *text) {
  size count = 0;
  while (text[count]) count++;
  return count;
}

static int starts(const char *text, const char *with) {
  while (*with && *text == *with) text++, with++;
  return !*with;
}

static int same(const char *a, const char *b) {
  return starts(a, b) && length(a) == length(b);
}

/* The first place in `text` where `wanted` stands, or 0. */
static char *find(char *text, const char *wanted) {
  for (; *text; text++)
    if (starts(text, wanted)) return text;
  return 0;
}

/* Writes `text` at `at` and returns the place behind it, where it puts a zero; stops before `end`. */
static char *append(char *at, char *end, const char *text) {
  while (*text && at < end - 1) *at++ = *text++;
  *at = 0;
  return at;
}

static int write_all(int file, const char *bytes, size count) {
  while (count > 0) {
    int written = system_call(SYS_WRITE, file, (int)bytes, (int)count);
    if (written <= 0) return -1;
    bytes += written;
    count -= (size)written;
  }
  return 0;
}

static int fail(const char *what) {
  write_all(2, what, length(what));
  write_all(2, "\n", 1);
  return 1;
}

int start(int *stack);

/* The kernel puts argc, argv and the environment on the stack (System V ABI, i386, figure 2.3.1). */
__asm__(".globl _start\n_start:\n  xorl %ebp, %ebp\n  movl %esp, %eax\n  andl $-16, %esp\n  subl $12, %esp\n  pushl %eax\n  call start\n  movl %eax, %ebx\n"
        "  movl $1, %eax\n  int $0x80\n");
