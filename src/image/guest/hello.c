/* The program of the hello-world image of this sandbox. */
#include "linux.h"

int start(int *stack) {
  const char *text = "\nHello from Drydock!\n"
                     "This message shows that Docker Engine works in your browser tab.\n\n"
                     "To get here, Docker did four things:\n"
                     " 1. The client (docker) asked the daemon (dockerd) to run the image hello-world.\n"
                     " 2. The daemon found the image on this machine. Otherwise it would have pulled it from a registry.\n"
                     " 3. The daemon made a container from the image and started this program in it.\n"
                     " 4. The daemon sent the program's output to the client, which wrote it to your terminal.\n\n";
  (void)stack;
  return write_all(1, text, length(text)) == 0 ? 0 : 1;
}
