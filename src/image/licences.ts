import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";

export interface Licences {
  /** Short licence names by package, as its copyright file gives them ("GPL-2+ and LGPL-2.1"). */
  readonly byPackage: ReadonlyMap<string, string>;
  /** Every copyright file, one after the other, under the name of its package. */
  readonly text: string;
}

/** Reads the copyright files of unpacked Debian packages (Debian policy 12.5, machine-readable format 1.0). */
export async function collectLicences(roots: readonly string[]): Promise<Licences> {
  const byPackage = new Map<string, string>();
  const texts: string[] = [offer];
  for (const root of roots) {
    const folder = join(root, "usr/share/doc");
    for (const name of (await readdir(folder).catch(() => [])).sort()) {
      const text = await readFile(join(folder, name, "copyright"), "utf8").catch(() => undefined);
      if (text === undefined || byPackage.has(name)) continue;
      byPackage.set(name, shortNames(text));
      texts.push(`${"=".repeat(20)} ${name} ${"=".repeat(20)}\n\n${text}`);
    }
  }
  return { byPackage, text: texts.join("\n\n") };
}

function shortNames(copyright: string): string {
  const names = new Set([...copyright.matchAll(/^License:[ \t]*(\S.*)$/gm)].map((match) => match[1]?.trim() ?? ""));
  return names.size === 0 ? "see its copyright file" : [...names].join(", ");
}

const offer = `The machine image of Drydock is made of unmodified binary packages of the Debian distribution, version by version as listed in
manifest.json, and of a few small files of Drydock's own (MIT licence), whose source is in src/image/guest.

Offer of source code. The complete corresponding source of every package is published by Debian and can be had with
"apt-get source PACKAGE=VERSION" from Debian's archive, or from Debian's snapshot archive for versions that have been replaced. In
addition, and for at least three years from the date in manifest.json, whoever distributes this image gives the source of
its GPL and LGPL packages on request, for no more than the cost of doing so: write to the address this site names on its page "About".`;
