/**
 * For a figure that misses its target, by its id: what was tried, and the floor that was found. The report prints those of missed
 * targets, and says of a missed target without one that it is not explained.
 */
export const notes: Readonly<Record<string, string>> = {
  "warm prompt":
    "On this host, a virtual one on which page faults are dear. Tried: fresh memory is not zeroed once more (a restore in Node without a page: 3.2 s before, 2.0 s after; here 8.3 s before, with the two next, and in a bench that did not wait for the browser to come to rest), the machine's thread comes up while the files come, what was fetched ahead is asked for once and not 456 times. The floor is that restore: 0.7 s of it is zstd, the rest 157 MB that are written twice; the page alone takes 0.7 s. Next: to decompress straight into the machine's memory.",
  "cold prompt":
    "39 MB take 6.2 s of it on this line. The rest is the same restore as on a warm visit, and the page's own handling of what comes: in a profile, 1.5 s of tasks that join, hash and keep 37 MB. Next: to do that in the machine's thread.",
  "first run":
    "Nothing is translated after a restore. Of its time on this host Chromium's optimizer takes more than the machine: 404 functions of translated code in 86 s of three threads, over two runs, where Node's takes 11 s. Tried: translating later (19 s before, 13 s after, not in turn and with the rest of these changes; with 8,000,000 instead of 3,000,000 8 s here, but later runs and builds are slower then), a cursor that does not blink (a tenth of a core), half the time left by what is fetched ahead. Floor: the same snapshot in Node, where the optimizer is cheap and there is no page: 5 to 9 s.",
  run: "43 processes and threads, 61 % of the CPU in user space, 39 % in the kernel, no waiting (/proc/stat over 8 runs). Tried: a C program where containerd starts its Go shim only to pass something on, a kernel without what a machine of one's own does not need, GOGC=off (no gain), pages per translated module 1, 3 and 6 (none), a kernel of our own (kernel time from 0.58 to 0.47 of user time; 13 minutes to build: not taken). Floor: the same machine in Node, without a page, 3.2 to 4.2 s.",
  exec: "Not profiled by itself; what was tried for a warm `docker run` is in its way too. Floor: the same machine in Node, without a page, 0.85 s.",
  "build same":
    "The client takes 2.5 to 3 s of it and dockerd 2.7 s (on a faster host), 15 % of that to ask for platforms of other processors by running a program for each. Tried: later translation. Not tried: a BuildKit that is told its platforms. Floor: the same machine in Node, without a page, 5.1 s.",
  tick: "What is slow are `image` checks with `builtFrom`: five questions one after another and an import that comes late. Not tried: to ask them side by side.",
  "echo build":
    "Tried: output in pieces of 4 KB, a cursor that does not blink. Not profiled by itself, and no floor was looked for.",
  "work longest":
    "Tried: terminals drawn when they are first seen, output in pieces, Monaco in pieces. No floor was looked for.",
};
