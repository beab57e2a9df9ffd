import { describe, expect, it } from "vitest";
import { OfflineDesk } from "../../src/components/offline/offline-desk.ts";
import type { OfflineLists } from "../../src/components/offline/kept-state.ts";
import type { OfflineStores } from "../../src/components/offline/offline-stores.ts";
import type { KeptCourse } from "../../src/offline/kept-courses.ts";
import { OfflineError } from "../../src/offline/offline-error.ts";
import { filesFor, type MachinePart, type SiteFile } from "../../src/offline/site-files.ts";
import { exampleSite } from "./offline-fakes.ts";

const partOf = (name: string, bytes: number): MachinePart => ({ path: `machine/${name}`, sha256: name, bytes });
const lists: OfflineLists = {
  site: exampleSite,
  machine: {
    image: { id: "abcd1234", files: [partOf("disk-1", 400), partOf("disk-2", 600)] },
    blobs: { ships: [], ports: [partOf("base", 100), partOf("layer", 200)] },
  },
};
const siteBytes = filesFor(exampleSite, ["ships"]).reduce((sum, { bytes }) => sum + bytes, 0);

/** A browser in memory. */
class FakeStores implements OfflineStores {
  wanted: readonly KeptCourse[] = [];
  files = new Set<string>();
  parts = new Set<string>();
  roomLeft: number | undefined = 1e9;
  isFree = true;
  /** Called before each part is kept. */
  before: (part: MachinePart, signal: AbortSignal) => Promise<void> = () => Promise.resolve();

  readSite = () => Promise.resolve(exampleSite);
  readLists = () => Promise.resolve(lists);
  look = () => {
    const all = [...exampleSite.shared, ...exampleSite.courses.flatMap(({ files }) => files)];
    return Promise.resolve({ missingFiles: all.filter(({ path }) => !this.files.has(path)), parts: this.parts });
  };
  readWanted = () => Promise.resolve(this.wanted);
  changeWanted: OfflineStores["changeWanted"] = (change) => Promise.resolve((this.wanted = change(this.wanted)));
  begin = () => Promise.resolve();
  keepFiles = (files: readonly SiteFile[], _signal: AbortSignal, onBytes: (count: number) => void) => {
    for (const { path, bytes } of files.filter((file) => !this.files.has(file.path))) {
      this.files.add(path);
      onBytes(bytes);
    }
    return Promise.resolve();
  };
  keepPart: OfflineStores["keepPart"] = async (part, _lists, signal, onBytes) => {
    await this.before(part, signal);
    this.parts.add(part.sha256);
    onBytes(part.bytes);
  };
  dropParts: OfflineStores["dropParts"] = (hashes) => {
    for (const hash of hashes) this.parts.delete(hash);
    return Promise.resolve();
  };
  dropFiles: OfflineStores["dropFiles"] = (files) => {
    for (const { path } of files) this.files.delete(path);
    return Promise.resolve();
  };
  dropAll = () => {
    this.files.clear();
    this.parts.clear();
    return Promise.resolve();
  };
  room = () => Promise.resolve(this.roomLeft);
  askToStay = () => Promise.resolve(true);
  alone: OfflineStores["alone"] = (work) => (this.isFree ? work() : Promise.resolve(undefined));
}

describe("the desk of courses without a network", () => {
  it("tells what a course would take before anything is kept", async () => {
    const desk = new OfflineDesk(new FakeStores());
    await desk.look();
    expect(desk.courses.value?.get("ships")).toMatchObject({ totalBytes: siteBytes + 1000, isWanted: false });
  });

  it("counts what comes, and is complete when all is there", async () => {
    const stores = new FakeStores();
    const desk = new OfflineDesk(stores);
    const seen: number[] = [];
    desk.download.subscribe((download) => download && seen.push(download.doneBytes));
    await desk.keep("ships", "Ships");
    expect(seen.at(-1)).toBe(siteBytes + 1000);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(desk.courses.value?.get("ships")).toMatchObject({ missingBytes: 0, isWanted: true, wasComplete: true });
    // What it has in common with the other course need not come again.
    expect(desk.courses.value?.get("ports")).toMatchObject({ missingBytes: 80 + 300, isWanted: false });
    expect([desk.download.value, desk.report.value]).toEqual([undefined, undefined]);
  });

  it("keeps what has come when its reader pauses, and goes on from there", async () => {
    const stores = new FakeStores();
    const desk = new OfflineDesk(stores);
    stores.before = (part, signal) => {
      if (part.sha256 !== "disk-2") return Promise.resolve();
      desk.pause();
      return Promise.reject(new OfflineError(signal.aborted ? "cancelled" : "unreachable"));
    };
    await desk.keep("ships", "Ships");
    expect(desk.report.value).toMatchObject({ isFailure: false });
    expect(desk.courses.value?.get("ships")).toMatchObject({ missingBytes: 600, isWanted: true, wasComplete: false });
    const again: string[] = [];
    stores.before = ({ sha256 }) => {
      again.push(sha256);
      return Promise.resolve();
    };
    await desk.keep("ships", "Ships");
    expect(again).toEqual(["disk-2"]);
    expect(desk.courses.value?.get("ships")?.missingBytes).toBe(0);
  });

  it.each(["full", "unreachable", "updated"] as const)(
    "says why it failed (%s), and calls nothing complete",
    async (code) => {
      const stores = new FakeStores();
      stores.before = ({ sha256 }) =>
        sha256 === "disk-1" ? Promise.reject(new OfflineError(code)) : Promise.resolve();
      const desk = new OfflineDesk(stores);
      await desk.keep("ships", "Ships");
      expect(desk.report.value?.isFailure).toBe(true);
      expect(desk.courses.value?.get("ships")).toMatchObject({ isWanted: true, wasComplete: false });
      expect(desk.courses.value?.get("ships")?.missingBytes).toBeGreaterThan(0);
    },
  );

  it("is at rest after a failure, whatever the other transfers still tell", async () => {
    const stores = new FakeStores();
    const late: (() => void)[] = [];
    stores.keepPart = (part, _lists, _signal, onBytes) => {
      late.push(() => onBytes(-1));
      return part.sha256 === "disk-1" ? Promise.reject(new OfflineError("full")) : new Promise(() => undefined);
    };
    const desk = new OfflineDesk(stores);
    await desk.keep("ships", "Ships");
    for (const tell of late) tell();
    expect([late.length, desk.download.value]).toEqual([2, undefined]);
  });

  it("asks for nothing where there is too little room, or while another tab is at it", async () => {
    const stores = new FakeStores();
    stores.roomLeft = 100;
    const desk = new OfflineDesk(stores);
    await desk.keep("ships", "Ships");
    expect(desk.report.value?.words).toMatch(/^It needs 1.4 KB, and this browser has room for 100 bytes/);
    stores.roomLeft = undefined;
    stores.isFree = false;
    await desk.keep("ships", "Ships");
    expect(desk.report.value?.words).toMatch(/^Another tab/);
    expect([stores.wanted, stores.parts.size]).toEqual([[], 0]);
  });

  it("does not call a course complete that the browser clears while it comes", async () => {
    const stores = new FakeStores();
    stores.before = () => {
      stores.files.clear();
      return Promise.resolve();
    };
    const desk = new OfflineDesk(stores);
    await desk.keep("ships", "Ships");
    expect(desk.courses.value?.get("ships")).toMatchObject({ wasComplete: false });
    expect(desk.report.value?.isFailure).toBe(true);
  });

  it("notices what was cleared of a course that was complete", async () => {
    const stores = new FakeStores();
    const desk = new OfflineDesk(stores);
    await desk.keep("ships", "Ships");
    stores.parts.delete("disk-1");
    await desk.look();
    expect(desk.courses.value?.get("ships")).toMatchObject({ missingBytes: 400, wasComplete: true });
  });

  it("lets go of what no other course needs, and with the last course of everything", async () => {
    const stores = new FakeStores();
    const desk = new OfflineDesk(stores);
    await desk.keep("ships", "Ships");
    await desk.keep("ports", "Ports");
    await desk.remove("ports");
    expect([...stores.parts].sort()).toEqual(["disk-1", "disk-2"]);
    expect(stores.files.has("learn/ports/first/")).toBe(false);
    expect(desk.courses.value?.get("ships")?.missingBytes).toBe(0);
    await desk.remove("ships");
    expect([stores.parts.size, stores.wanted]).toEqual([0, []]);
    expect(desk.courses.value?.get("ships")?.isWanted).toBe(false);
  });
});
