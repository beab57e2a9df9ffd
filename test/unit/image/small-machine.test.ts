import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { recipeFolder } from "../../../src/image/places.ts";
import { makeSmallMachine } from "../../../src/image/small-machine.ts";

it("the small machine's file system has busybox, an init that may be run, and its shell's profile", async () => {
  const { initrd, initrdBytes } = await makeSmallMachine(Buffer.from("ELF"), join(recipeFolder, "guest/small"));
  const archive = gunzipSync(initrd);
  expect(archive.length).toBe(initrdBytes);
  // magic, inode and mode, seven more fields, the length of the content, four more, the length of the name, a checksum; then the name
  const entries = [...archive.toString("latin1").matchAll(/070701[0-9A-F]{8}([0-9A-F]{8})[0-9A-F]{88}([a-z/]+)\0/gi)];
  const modes = Object.fromEntries(
    entries.map(([, mode = "", name = ""]): [string, string] => [
      name,
      (Number.parseInt(mode, 16) & 0o777).toString(8),
    ]),
  );
  expect(modes).toMatchObject({ "bin/busybox": "755", init: "755", "etc/profile": "644", proc: "755", dev: "755" });
});
