/** What a first start loads, in bytes, as the machine image's manifest tells; `undefined` if it does not. */
export async function downloadBytes(signal: AbortSignal): Promise<number | undefined> {
  try {
    const response = await fetch(addressOf("manifest"), { signal });
    const manifest: unknown = await response.json();
    if (!hasFiles(manifest)) return undefined;
    const sizes = Object.values(manifest.files).map((file: unknown) =>
      typeof file === "object" && file !== null && "bytes" in file ? Number(file.bytes) : 0,
    );
    const sum = sizes.reduce((total, bytes) => total + bytes, 0);
    return Number.isFinite(sum) && sum > 0 ? sum : undefined;
  } catch {
    // The size is a courtesy: what is wrong with the image is said when it is started.
    return undefined;
  }
}

/** The page names the addresses for its own build of the site. */
export function addressOf(what: "manifest" | "catalogue"): string {
  return document.getElementById("sandbox")?.dataset[what] ?? "";
}

function hasFiles(value: unknown): value is { files: object } {
  return (
    typeof value === "object" &&
    value !== null &&
    "files" in value &&
    typeof value.files === "object" &&
    value.files !== null
  );
}
