import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ImportPlan } from "../../src/sandbox/import-plan.ts";
import { pageKeptWork, type KeptWork, type KeptWorkspace } from "../../src/sandbox/kept-work.ts";
import type { WorkDesk as Desk } from "../../src/components/your-work/work-desk.ts";

const workspace: KeptWorkspace = {
  lesson: "c/a",
  savedAt: "2026-05-01T00:00:00.000Z",
  folders: [],
  files: [{ path: "a", mode: 0o644, content: new Uint8Array(100_000) }],
};

let kept: KeptWork;
let desk: Desk;
let downloads: string[];

beforeEach(async () => {
  downloads = [];
  const anchor = { download: "", href: "", click: () => downloads.push(anchor.download) };
  const page = Object.assign(new EventTarget(), { createElement: () => anchor, querySelectorAll: () => [] });
  vi.stubGlobal("document", page);
  vi.stubGlobal("localStorage", { getItem: () => null, setItem: () => undefined, removeItem: () => undefined });
  vi.stubGlobal("addEventListener", () => undefined);
  kept = pageKeptWork();
  await kept.saveWorkspace(workspace);
  const { WorkDesk } = await import("../../src/components/your-work/work-desk.ts");
  desk = new WorkDesk(new Set(["c/a"]));
});

afterEach(() => {
  desk[Symbol.dispose]();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const failExports = () => vi.spyOn(kept, "loadSetAside").mockRejectedValue(new Error("The disk is broken."));

it("deletes everything once the export that was asked for before has been made", async () => {
  void desk.exportWork(undefined, { machines: true });
  await desk.forgetAll();
  expect(downloads).toEqual([expect.stringMatching(/\.tar\.gz$/)]);
  expect(desk.report.value).toEqual({ words: "Everything has been deleted.", isFailure: false });
  expect(await kept.listWorkspaces()).toEqual([]);
});

it("deletes nothing when the export that was asked for before has failed, until it is asked again", async () => {
  failExports();
  void desk.exportWork(undefined, { machines: true });
  await desk.forgetAll();
  expect(desk.report.value).toEqual({ words: "The disk is broken.", isFailure: true });
  expect(await kept.listWorkspaces()).toHaveLength(1);
  await desk.forgetAll();
  expect(await kept.listWorkspaces()).toEqual([]);
});

it("imports once the export that was asked for before has been made, and asks again when that has failed", async () => {
  const plan: ImportPlan = {
    work: {
      created: "2026-05-01T00:00:00.000Z",
      progress: {},
      workspaces: [{ ...workspace, files: [] }],
      beginnings: [],
      machines: [],
      ignored: [],
    },
    lessons: [
      {
        lesson: "c/a",
        newlyDone: 0,
        workspace: { kind: "new", imported: { lesson: "c/a", savedAt: workspace.savedAt, files: 0, bytes: 0 } },
        machine: undefined,
      },
    ],
    unknown: [],
  };
  const none = { workspaces: new Set<string>(), machines: new Set<string>() };
  const failing = failExports();
  void desk.exportWork();
  await desk.carryOut(plan, none);
  expect([desk.plan.value, desk.report.value?.isFailure]).toEqual([plan, true]);
  failing.mockRestore();
  void desk.exportWork();
  await desk.carryOut(plan, none);
  expect([downloads.length, desk.plan.value, desk.report.value?.isFailure]).toEqual([1, undefined, false]);
  expect((await kept.listWorkspaces()).map(({ files }) => files)).toEqual([0]);
});
