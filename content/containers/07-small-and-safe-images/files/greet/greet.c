#include <stdio.h>
#include <unistd.h>

int main(void) {
  printf("Hello, I run as user %d.\n", (int)getuid());
  return 0;
}
