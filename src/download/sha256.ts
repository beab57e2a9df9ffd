import { MachineError } from "../machine/error.ts";

/** The SHA-256 in hexadecimal. Rejects with code `unsupported` where the page may not compute it. */
export async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  if (!("subtle" in crypto)) {
    throw new MachineError(
      "unsupported",
      "This page cannot verify the machine's files, because it was not loaded securely.",
      {
        hint: "Open it over https, or from localhost.",
      },
    );
  }
  return Array.from(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
