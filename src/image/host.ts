import { access, readFile } from "node:fs/promises";

/** Debian itself, with apt: other systems with apt lack Debian's archive and its keys. */
export async function isDebian(): Promise<boolean> {
  const release = await readFile("/etc/os-release", "utf8").catch(() => "");
  const apt = await access("/usr/bin/apt-get").then(
    () => true,
    () => false,
  );
  return apt && /^ID=debian$/m.test(release);
}
