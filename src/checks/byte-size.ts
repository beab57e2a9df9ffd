import * as z from "zod/mini";

/** Bytes as a number, or as Docker writes them: `50MB`, `1.5 GB`, `64m`. */
export function byteSize() {
  const words = "a size in bytes or such as 50MB";
  const text = z.string().check(z.refine((size) => readBytes(size, 1000) !== undefined, words));
  return z.union([z.int().check(z.gte(1)), text], words);
}

/**
 * `thousand` is what a kilobyte is where the size is shown: 1000 in lists of images, 1024 for limits of memory. `KiB` and
 * `MiB` are by 1024 always. `undefined` for what is no size.
 */
export function readBytes(size: number | string, thousand: 1000 | 1024): number | undefined {
  if (typeof size === "number") return size;
  const [, digits, prefix = "", binary] = /^(\d+(?:\.\d+)?) ?([kmgt]?)(i?)b?$/i.exec(size.trim()) ?? [];
  if (digits === undefined || (binary === "i" && prefix === "")) return undefined;
  const step = binary ? 1024 : thousand;
  const bytes = Math.round(Number(digits) * step ** prefixes.indexOf(prefix.toLowerCase()));
  return bytes > 0 ? bytes : undefined;
}

/** `12.3 MB` */
export function sayBytes(bytes: number, thousand: 1000 | 1024): string {
  const power = Math.min(Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(thousand)), prefixes.length - 1);
  const prefix = prefixes[power] ?? "";
  const unit = prefix === "" ? "bytes" : thousand === 1000 && prefix === "k" ? "kB" : `${prefix.toUpperCase()}B`;
  return `${Number((bytes / thousand ** power).toPrecision(power === 0 ? 15 : 3))} ${unit}`;
}

const prefixes = ["", "k", "m", "g", "t"];
