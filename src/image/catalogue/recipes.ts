// Over 250 lines because it is the list of the catalogue's images, one after the other; nothing here does anything.

/** What is put into an image besides its packages' files. Paths have no slash in front. */
export type OwnFile =
  | { readonly text: string; readonly mode?: number }
  | { readonly link: string }
  | { readonly folder: true; readonly mode?: number; readonly owner?: Owner };

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** The part of an image's configuration that a container starts from (OCI image specification, `config`). */
export interface ContainerConfig {
  readonly Env?: readonly string[];
  readonly Entrypoint?: readonly string[];
  readonly Cmd?: readonly string[];
  readonly ExposedPorts?: Readonly<Record<string, object>>;
  readonly Volumes?: Readonly<Record<string, object>>;
  readonly WorkingDir?: string;
  readonly User?: string;
  readonly StopSignal?: string;
}

export interface ImageRecipe {
  readonly name: string;
  /** Others stand on it, and nobody pulls it by itself. */
  readonly isBase?: true;
  /** The image whose layers it stands on. */
  readonly from?: string;
  readonly packages: readonly string[];
  /** What they depend on is not unpacked: all of it, or these. */
  readonly withoutDependencies?: true;
  readonly withoutPackages?: readonly string[];
  /** The package whose version gives the tags `1`, `1.26` and `1.26.3`, besides `latest`. */
  readonly versionOf: string;
  readonly tags?: readonly string[];
  /** The package's version says nothing of the image's. */
  readonly onlyTags?: true;
  readonly files: Readonly<Record<string, OwnFile>>;
  /** Packages' files that nobody needs in a container. */
  readonly without?: readonly string[];
  readonly config: ContainerConfig;
  /** What it is, and what it is not. */
  readonly description: string;
  /** The licence of the program itself, as an SPDX expression; those of all its packages lie in /usr/share/doc. */
  readonly licence: string;
}

const path = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
/** Debian's numbers (base-passwd). */
const www = { uid: 33, gid: 33 };

/** Users beyond Debian's own, which the packages' scripts would have made. */
const users = [
  ["redis", 999],
  ["registry", 998],
  ["node", 1000],
] as const;

export const passwd = [
  "root:x:0:0:root:/root:/bin/bash",
  "daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin",
  "www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin",
  ...users.map(([name, id]) => `${name}:x:${String(id)}:${String(id)}::/home/${name}:/bin/sh`),
  "nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin",
];

export const group = [
  "root:x:0:",
  "daemon:x:1:",
  "tty:x:5:",
  "www-data:x:33:",
  ...users.map(([name, id]) => `${name}:x:${String(id)}:`),
  "nogroup:x:65534:",
];

const lines = (all: readonly string[]) => `${all.join("\n")}\n`;

const gccLibraries = "asan atomic backtrace gcov gomp itm quadmath ubsan"
  .split(" ")
  .flatMap((name) => [`lib${name}.a`, `lib${name}.so`]);

const binutils =
  "addr2line ar as c++filt elfedit gp-archive gp-collect-app gp-display-html gp-display-src gp-display-text gprof gprofng " +
  "gprofng-archive gprofng-collect-app gprofng-display-html gprofng-display-src gprofng-display-text nm objcopy objdump ranlib readelf size strings strip";

/** What a small image's shell has at hand, from busybox. */
const applets =
  "[ ash awk base64 basename cat chmod chown chgrp clear cp cut date dd df dirname du echo env expr false find free grep gunzip gzip head " +
  "hostname id kill killall less ln ls md5sum mkdir mkfifo mktemp mv nc nproc nslookup od paste ping pgrep pkill printenv printf ps pwd readlink realpath " +
  "rm rmdir sed seq sh sha256sum sleep sort stat tail tar tee test time timeout top touch tr true tty uname uniq uptime vi watch wc wget which whoami xargs yes";

export const recipes: readonly ImageRecipe[] = [
  {
    name: "base",
    isBase: true,
    packages: ["base-files", "busybox-static", "libc6", "libgcc-s1", "libssl3t64", "zlib1g"],
    versionOf: "base-files",
    files: {
      "etc/passwd": { text: lines(passwd) },
      "etc/group": { text: lines(group) },
      "etc/hostname": { text: "localhost\n" },
      ...Object.fromEntries(applets.split(" ").map((name) => [`usr/bin/${name}`, { link: "busybox" }])),
      root: { folder: true, mode: 0o700 },
      tmp: { folder: true, mode: 0o1777 },
      "var/tmp": { folder: true, mode: 0o1777 },
      "var/www": { folder: true },
    },
    without: ["usr/lib/i386-linux-gnu/ossl-modules", "usr/lib/i386-linux-gnu/engines-3"],
    config: { Env: [path], Cmd: ["sh"] },
    description: "What the other images of this site stand on. Not an image by itself.",
    licence: "LGPL-2.1-or-later AND GPL-2.0-only AND Apache-2.0",
  },
  {
    name: "debian",
    from: "base",
    packages: [
      "base-passwd",
      "bash",
      "coreutils",
      "dash",
      "debianutils",
      "diffutils",
      "dpkg",
      "findutils",
      "grep",
      "gzip",
      "hostname",
      "libc-bin",
      "mawk",
      "ncurses-base",
      "ncurses-bin",
      "sed",
      "tar",
    ],
    versionOf: "dpkg",
    tags: ["13", "trixie"],
    onlyTags: true,
    files: {
      "usr/bin/awk": { link: "mawk" },
      "usr/bin/sh": { link: "dash" },
      "root/.bashrc": { text: "PS1='\\u@\\h:\\w\\$ '\nalias ls='ls --color=auto'\n" },
      "root/.profile": { text: "[ -r ~/.bashrc ] && . ~/.bashrc\n" },
    },
    config: { Env: [path], Cmd: ["bash"] },
    description:
      "A small Debian 13: shell, core tools and dpkg, put together from Debian's packages by this site. Not Debian's official image; it has no apt, as there is no network to install from.",
    licence: "GPL-3.0-or-later AND GPL-2.0-or-later",
  },
  {
    name: "nginx",
    from: "base",
    packages: ["nginx"],
    versionOf: "nginx",
    files: {
      "var/log/nginx/access.log": { link: "/dev/stdout" },
      "var/log/nginx/error.log": { link: "/dev/stderr" },
      "var/lib/nginx": { folder: true, owner: www },
      "usr/share/nginx/html": { folder: true },
      "usr/share/nginx/html/index.html": {
        text: "<!doctype html>\n<title>Welcome to nginx!</title>\n<h1>Welcome to nginx!</h1>\n<p>This page comes out of a container.</p>\n",
      },
      "etc/nginx/nginx.conf": {
        text: `user www-data;
worker_processes 1;
pid /run/nginx.pid;
error_log /var/log/nginx/error.log notice;

events {
  worker_connections 512;
}

http {
  include /etc/nginx/mime.types;
  default_type application/octet-stream;
  access_log /var/log/nginx/access.log;
  sendfile on;
  keepalive_timeout 65;
  include /etc/nginx/conf.d/*.conf;
}
`,
      },
      "etc/nginx/conf.d/default.conf": {
        text: `server {
  listen 80;
  server_name localhost;

  location / {
    root /usr/share/nginx/html;
    index index.html;
  }
}
`,
      },
    },
    // They come with iproute2, which only its start-up script asks for.
    withoutPackages: [
      "iproute2",
      "libbpf1",
      "libcap2-bin",
      "libcom-err2",
      "libdb5.3t64",
      "libelf1t64",
      "libgssapi-krb5-2",
      "libk5crypto3",
      "libkeyutils1",
      "libkrb5-3",
      "libkrb5support0",
      "libmnl0",
      "libtirpc-common",
      "libtirpc3t64",
      "libxtables12",
    ],
    config: {
      Env: [path],
      Cmd: ["nginx", "-g", "daemon off;"],
      ExposedPorts: { "80/tcp": {} },
      StopSignal: "SIGQUIT",
    },
    description:
      "Debian's nginx, with the pages in /usr/share/nginx/html and the logs on the standard streams as in nginx's official image. Not that image.",
    licence: "BSD-2-Clause",
  },
  {
    name: "python",
    from: "base",
    packages: ["python3"],
    versionOf: "python3",
    files: {
      "usr/local/bin/python": { link: "/usr/bin/python3" },
    },
    config: { Env: [path, "LANG=C.UTF-8"], Cmd: ["python3"] },
    description:
      "Debian's Python 3 with its standard library. Not Python's official image; it has no pip, as there is no network to install from.",
    licence: "PSF-2.0",
  },
  {
    name: "node",
    from: "base",
    packages: ["nodejs"],
    versionOf: "nodejs",
    files: {
      "home/node": { folder: true, owner: { uid: 1000, gid: 1000 } },
    },
    config: { Env: [path], Cmd: ["node"] },
    description: "Debian's Node.js. Not Node's official image; it has no npm, as there is no network to install from.",
    licence: "MIT",
  },
  {
    name: "redis",
    from: "base",
    packages: ["redis-server"],
    versionOf: "redis-server",
    files: {
      data: { folder: true, owner: { uid: 999, gid: 999 } },
    },
    config: {
      Env: [path],
      Cmd: ["redis-server", "--protected-mode", "no", "--dir", "/data"],
      ExposedPorts: { "6379/tcp": {} },
      Volumes: { "/data": {} },
      WorkingDir: "/data",
      User: "redis",
    },
    description: "Debian's Redis server and redis-cli, open to its network as in the official image. Not that image.",
    licence: "RSALv2 OR SSPL-1.0 OR AGPL-3.0-only",
  },
  {
    name: "registry",
    from: "base",
    packages: ["docker-registry", "apache2-utils"],
    versionOf: "docker-registry",
    files: {
      "usr/local/bin/registry": { link: "/usr/bin/docker-registry" },
      "var/lib/registry": { folder: true },
      "etc/docker/registry/config.yml": {
        text: `version: 0.1
log:
  fields:
    service: registry
  level: warn
storage:
  cache:
    blobdescriptor: inmemory
  filesystem:
    rootdirectory: /var/lib/registry
http:
  addr: :5000
  headers:
    X-Content-Type-Options: [nosniff]
health:
  storagedriver:
    enabled: true
    interval: 10s
    threshold: 3
`,
      },
    },
    without: [
      "usr/bin/ab",
      "usr/bin/logresolve",
      "usr/bin/htdigest",
      "usr/bin/htdbm",
      "usr/bin/rotatelogs",
      "usr/bin/htcacheclean",
      "usr/bin/fcgistarter",
      "usr/sbin/rotatelogs",
      "usr/sbin/split-logfile",
      "usr/sbin/check_forensic",
      "usr/sbin/checkgid",
      "usr/sbin/htcacheclean",
      "usr/sbin/httxt2dbm",
      "usr/sbin/fcgistarter",
    ],
    config: {
      Env: [path, "OTEL_TRACES_EXPORTER=none"],
      Entrypoint: ["registry"],
      Cmd: ["serve", "/etc/docker/registry/config.yml"],
      ExposedPorts: { "5000/tcp": {} },
      Volumes: { "/var/lib/registry": {} },
    },
    description:
      "Debian's docker-registry (CNCF Distribution), configured as the official image is, with htpasswd beside it. Not that image.",
    licence: "Apache-2.0",
  },
  {
    name: "tcc",
    from: "base",
    packages: [
      "tcc",
      "musl-dev",
      "libgcc-14-dev",
      "binutils-i686-linux-gnu",
      "libbinutils",
      "libctf-nobfd0",
      "libctf0",
      "libjansson4",
      "libsframe1",
    ],
    withoutDependencies: true,
    versionOf: "tcc",
    files: {
      "usr/local/bin/cc": {
        // musl, because a static program of glibc needs more than TinyCC knows; ld, because its own linker gets musl's calls wrong.
        text: `#!/bin/sh -e
# cc FILE.c… [-c] [-o PROGRAM]: compiles C into a static program, with the musl C library.
lib=/usr/lib/i386-linux-musl
gcc=/usr/lib/gcc/i686-linux-gnu/14/libgcc.a
compile="tcc -c -nostdinc -I/usr/include/i386-linux-musl -I/usr/lib/i386-linux-gnu/tcc/include"
program=a.out objects= flags= only=
while [ $# -gt 0 ]; do
  case $1 in
    -o) program=$2; shift ;;
    -c) only=yes ;;
    *.c) sources="$sources $1" ;;
    *.[oa]) objects="$objects $1" ;;
    *) flags="$flags $1" ;;
  esac
  shift
done
if [ -n "$only" ]; then
  [ "$program" = a.out ] && exec $compile $flags $sources
  exec $compile $flags $sources -o "$program"
fi
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
for source in $sources; do
  object="$folder/$(echo "$source" | tr / _).o"
  $compile $flags "$source" -o "$object"
  objects="$objects $object"
done
i686-linux-gnu-ld -m elf_i386 -static -s -o "$program" "$lib/crt1.o" "$lib/crti.o" $objects --start-group "$lib/libc.a" "$gcc" --end-group "$lib/crtn.o"
`,
        mode: 0o755,
      },
    },
    // Of GCC only the arithmetic is wanted that a 32-bit processor lacks.
    without: [
      ...["include", ...gccLibraries].map((name) => `usr/lib/gcc/i686-linux-gnu/14/${name}`),
      ...binutils.split(" ").map((name) => `usr/bin/i686-linux-gnu-${name}`),
      "usr/lib/i386-linux-gnu/gprofng",
      "usr/lib/i386-linux-gnu/libgprofng.so.0",
    ],
    config: { Env: [path], Cmd: ["bash"] },
    description:
      "A small C compiler (TinyCC, with the musl C library) for builds in several stages. There is no official image of that name.",
    licence: "LGPL-2.1-or-later",
  },
  {
    name: "socat",
    from: "base",
    packages: ["socat"],
    versionOf: "socat",
    files: {},
    config: { Env: [path], Entrypoint: ["socat"] },
    description: "Debian's socat, which joins sockets and ports. There is no official image of that name.",
    licence: "GPL-2.0-only",
  },
];
