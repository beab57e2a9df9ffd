// Over 250 lines because it follows one keeper through every moment at which a machine is kept, used again or given up.
import { signal } from "@preact/signals";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Machine, SavedState } from "../../src/machine/contract.ts";
import { MachineError, type MachineErrorCode } from "../../src/machine/error.ts";
import type { KeptMachineInfo, KeptWork } from "../../src/sandbox/kept-work.ts";
import { amount, moment } from "../../src/sandbox/kept-words.ts";
import { MachineKeeper, type MachinePlace } from "../../src/sandbox/machine-keeper.ts";

const state: SavedState = { imageId: "abcdef01", bytes: new Blob(["state"]) };

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-11-21T12:00:00Z") });
});

afterEach(() => {
  vi.useRealTimers();
});

describe("a machine that starts", () => {
  it("goes on from what is kept for the open lesson", async () => {
    const { keeper, kept, said } = desk();
    kept.machines.set("c/one", info("c/one"));
    const start = vi.fn(() => Promise.resolve(machine()));
    await keeper.start(options(), start);
    expect(start.mock.calls).toEqual([[expect.objectContaining({ savedState: state })]]);
    expect(keeper.goesOn.value?.lesson).toBe("c/one");
    expect(said).toEqual([]);
  });

  it("is fresh where nothing is kept, or storage fails", async () => {
    const { keeper, kept } = desk();
    kept.machines.set("c/two", info("c/two"));
    const start = vi.fn((_: { savedState?: SavedState }) => Promise.resolve(machine()));
    await keeper.start(options(), start);
    kept.fails = true;
    await keeper.start(options(), start);
    expect(start.mock.calls.map(([{ savedState }]) => savedState)).toEqual([undefined, undefined]);
    expect(keeper.goesOn.value).toBeUndefined();
  });

  it.each<[MachineErrorCode, RegExp]>([
    ["state-mismatch", /^The machine has been updated since, so the kept one of “One” could not be used\. Your files/],
    ["boot-failed", /^The kept machine of “One” could not be used, so this is a fresh one\. Your files.*It failed\./],
  ])("is fresh when the kept one fails with %s, and says so once", async (code, words) => {
    const { keeper, kept, said } = desk();
    kept.machines.set("c/one", info("c/one"));
    const start = failingWithState(code);
    await keeper.start(options(), start);
    await keeper.start(options(), start);
    expect(said).toEqual([expect.stringMatching(words)]);
    expect([...kept.machines]).toEqual([]);
    expect(keeper.goesOn.value).toBeUndefined();
  });

  it.each<MachineErrorCode>(["download-failed", "not-enough-memory", "cancelled"])(
    "does not blame the kept one for %s",
    async (code) => {
      const { keeper, kept, said } = desk();
      kept.machines.set("c/one", info("c/one"));
      const start = failingWithState(code);
      await expect(keeper.start(options(), start)).rejects.toMatchObject({ code });
      expect(start).toHaveBeenCalledTimes(1);
      expect([[...kept.machines.keys()], said]).toEqual([["c/one"], []]);
    },
  );

  it("is fresh on request, and leaves the kept one where it is until the person decides", async () => {
    const { keeper, kept, place } = desk();
    kept.machines.set("c/one", info("c/one"));
    place.value = { ...place.value };
    const start = vi.fn((_: { savedState?: SavedState }) => Promise.resolve(machine()));
    await keeper.start({ ...options(), isFresh: true }, start);
    expect(start.mock.calls.map(([{ savedState }]) => savedState)).toEqual([undefined]);
    expect([...kept.machines.keys()]).toEqual(["c/one"]);
    await vi.advanceTimersByTimeAsync(0);
    expect(keeper.other.value?.lesson).toBe("c/one");
  });

  it("is fresh when the kept one is forgotten while it is being woken", async () => {
    const { keeper, kept } = desk();
    kept.machines.set("c/one", info("c/one"));
    const woken = machine();
    const fresh = machine();
    const started = await keeper.start(options(), async ({ savedState }) => {
      if (savedState === undefined) return fresh;
      await keeper.forget("c/one");
      return woken;
    });
    expect(started).toBe(fresh);
    expect(woken.dispose).toHaveBeenCalledOnce();
    expect(keeper.goesOn.value).toBeUndefined();
  });

  it("keeps the kept one when a fresh one does not start either", async () => {
    const { keeper, kept } = desk();
    kept.machines.set("c/one", info("c/one"));
    const failure = new MachineError("boot-failed", "It failed.", { hint: "" });
    await expect(keeper.start(options(), () => Promise.reject(failure))).rejects.toBe(failure);
    expect([...kept.machines.keys()]).toEqual(["c/one"]);
  });
});

describe("a machine that runs", () => {
  it("is kept when the person pauses after a step was done", async () => {
    const { keeper, kept, place, page } = desk();
    keeper.follow(machine());
    place.value = { ...place.value, done: ["first"] };
    await vi.advanceTimersByTimeAsync(3000);
    page.dispatchEvent(new Event("keydown"));
    await vi.advanceTimersByTimeAsync(3000);
    expect(kept.machines.size).toBe(0);
    await vi.advanceTimersByTimeAsync(2000);
    expect(kept.machines.get("c/one")).toEqual({
      lesson: "c/one",
      step: "first",
      savedAt: "2026-11-21T12:00:07.000Z",
      imageId: "abcdef01",
      bytes: 5,
    });
    expect(keeper.last.value?.step).toBe("first");
  });

  it("is kept at last although the person never pauses, and at once when the page is hidden", async () => {
    const { keeper, kept, place, page } = desk();
    keeper.follow(machine());
    place.value = { ...place.value, done: ["first"] };
    for (let second = 0; second < 59; second++) {
      page.dispatchEvent(new Event("keydown"));
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect(kept.machines.size).toBe(0);
    await vi.advanceTimersByTimeAsync(1000);
    expect(kept.machines.get("c/one")?.step).toBe("first");
    place.value = { ...place.value, done: ["first", "second"] };
    page.visibilityState = "hidden";
    page.dispatchEvent(new Event("visibilitychange"));
    await vi.advanceTimersByTimeAsync(0);
    expect(kept.machines.get("c/one")?.step).toBe("second");
  });

  it("is not kept for keys alone, for another lesson's steps, nor when it is gone", async () => {
    const { keeper, kept, place, page } = desk();
    const following = keeper.follow(machine());
    page.dispatchEvent(new Event("keydown"));
    place.value = { id: "c/two", title: "Two", done: ["a", "b"] };
    await vi.advanceTimersByTimeAsync(100_000);
    place.value = { ...place.value, done: ["a", "b", "c"] };
    following[Symbol.dispose]();
    await vi.advanceTimersByTimeAsync(100_000);
    expect(kept.machines.size).toBe(0);
  });

  it("is kept for the lesson that it was used in, when the person goes to another one right after a step", async () => {
    const { keeper, kept, place } = desk();
    kept.machines.set("c/two", info("c/two"));
    keeper.follow(machine());
    place.value = { ...place.value, done: ["first", "last"] };
    await vi.advanceTimersByTimeAsync(1000);
    place.value = { id: "c/two", title: "Two", done: ["a"] };
    await vi.advanceTimersByTimeAsync(100_000);
    expect(kept.machines.get("c/one")?.step).toBe("last");
    expect(kept.machines.get("c/two")).toEqual(info("c/two"));
  });

  it("does not replace by itself the one that is kept for another lesson, until the person says so", async () => {
    const { keeper, kept, place } = desk();
    kept.machines.set("c/two", info("c/two"));
    await keeper.start(options(), () => Promise.resolve(machine()));
    keeper.follow(machine());
    expect(keeper.other.value).toBeUndefined();
    place.value = { id: "c/two", title: "Two", done: ["a"] };
    await vi.advanceTimersByTimeAsync(0);
    expect(keeper.other.value).toEqual(info("c/two"));
    place.value = { ...place.value, done: ["a", "b"] };
    await vi.advanceTimersByTimeAsync(100_000);
    expect(kept.machines.get("c/two")).toEqual(info("c/two"));
    keeper.useThis();
    expect(keeper.other.value).toBeUndefined();
    place.value = { ...place.value, done: ["a", "b", "c"] };
    await vi.advanceTimersByTimeAsync(100_000);
    expect(kept.machines.get("c/two")?.step).toBe("c");
  });

  it("goes on replacing what it was woken from, and what has been kept of it", async () => {
    const { keeper, kept, place } = desk();
    kept.machines.set("c/one", info("c/one"));
    const running = machine();
    await keeper.start(options(), () => Promise.resolve(running));
    keeper.follow(running);
    for (const id of ["c/one", "c/two", "c/one", "c/two"]) {
      place.value = { id, title: id, done: [] };
      await vi.advanceTimersByTimeAsync(0);
      expect(keeper.other.value).toBeUndefined();
      place.value = { ...place.value, done: [`of ${id}`] };
      await vi.advanceTimersByTimeAsync(100_000);
      expect(kept.machines.get(id)?.step).toBe(`of ${id}`);
    }
  });

  it("leaves what is kept of another when it is reset, and takes what is kept of itself with it", async () => {
    const { keeper, kept, place } = desk();
    kept.machines.set("c/one", info("c/one"));
    kept.machines.set("c/two", info("c/two"));
    await keeper.start(options(), () => Promise.resolve(machine()));
    place.value = { id: "c/two", title: "Two", done: [] };
    await keeper.noteReset("c/two");
    expect([...kept.machines.keys()]).toEqual(["c/one", "c/two"]);
    await keeper.start(options(), () => Promise.resolve(machine()));
    await keeper.noteReset("c/two");
    expect([...kept.machines.keys()]).toEqual(["c/one"]);
  });

  it("says once that there is no room for it, until there was", async () => {
    const { keeper, kept, place, said } = desk();
    keeper.follow(machine());
    kept.outcome = "no-room";
    const finish = async (...done: string[]) => {
      place.value = { ...place.value, done };
      await vi.advanceTimersByTimeAsync(100_000);
    };
    await finish("a");
    await finish("a", "b");
    expect(said).toEqual([expect.stringMatching(/^There is no room to keep this machine/)]);
    kept.outcome = "kept";
    await finish("a", "b", "c");
    kept.outcome = "no-room";
    await finish("a", "b", "c", "d");
    expect(said).toHaveLength(2);
  });

  it("says why it could not be kept, unless it has gone", async () => {
    const { keeper, place, said } = desk();
    keeper.follow(machine({ onSave: () => Promise.reject(new Error("It is busy.")) }));
    place.value = { ...place.value, done: ["a"] };
    await vi.advanceTimersByTimeAsync(100_000);
    expect(said).toEqual(["The machine could not be kept after this step. It is busy."]);
    const gone = new MachineError("disposed", "It was shut down.", { hint: "" });
    keeper.follow(machine({ onSave: () => Promise.reject(gone) }));
    place.value = { ...place.value, done: ["a", "b"] };
    await vi.advanceTimersByTimeAsync(100_000);
    expect(said).toHaveLength(1);
  });

  it("is not kept any more once it is to be left", async () => {
    const { keeper, kept, place } = desk();
    const slow = machine({ onSave: () => new Promise((resolve) => setTimeout(resolve, 1000)) });
    keeper.follow(slow);
    place.value = { ...place.value, done: ["first"] };
    await vi.advanceTimersByTimeAsync(4500);
    const left = keeper.leave();
    place.value = { ...place.value, done: ["first", "second"] };
    await vi.advanceTimersByTimeAsync(100_000);
    await left;
    expect(kept.machines.size).toBe(0);
  });

  it.each([
    ["saves data", { savesData: true, deviceMemory: 8 }, true],
    ["has little memory", { savesData: false, deviceMemory: 2 }, true],
    ["has a machine that cannot", { savesData: false, deviceMemory: 8 }, false],
  ])("is not kept by itself by a browser that %s", async (_, browser, save) => {
    const { keeper, kept, place } = desk(browser);
    keeper.follow(machine({ save }));
    place.value = { ...place.value, done: ["first"] };
    await vi.advanceTimersByTimeAsync(100_000);
    expect(kept.machines.size).toBe(0);
  });

  it("is kept one at a time", async () => {
    const { keeper } = desk();
    let saving = 0;
    let most = 0;
    const slow = machine({
      async onSave() {
        most = Math.max(most, ++saving);
        await new Promise((resolve) => setTimeout(resolve, 1000));
        saving--;
      },
    });
    const both = Promise.all([keeper.keepNow(slow), keeper.keepNow(slow)]);
    await vi.advanceTimersByTimeAsync(500);
    expect(keeper.isKeeping.value).toBe(true);
    await vi.advanceTimersByTimeAsync(2000);
    await both;
    expect([most, keeper.isKeeping.value]).toEqual([1, false]);
  });

  it("is not kept as it was before a reset", async () => {
    const { keeper, kept, place } = desk();
    const slow = machine({ onSave: () => new Promise((resolve) => setTimeout(resolve, 1000)) });
    keeper.follow(slow);
    place.value = { ...place.value, done: ["first"] };
    await vi.advanceTimersByTimeAsync(4500);
    place.value = { ...place.value, done: ["first", "second"] };
    await keeper.noteReset("c/one");
    await vi.advanceTimersByTimeAsync(100_000);
    expect(kept.machines.size).toBe(0);
  });

  it("is not kept as it was before a reset that comes while its bytes are written", async () => {
    const { keeper, kept, said } = desk();
    const running = machine();
    keeper.follow(running);
    const writing = Promise.withResolvers<void>();
    kept.saving = writing.promise;
    const keeping = keeper.keepNow(running);
    await vi.advanceTimersByTimeAsync(10);
    await keeper.noteReset("c/one");
    writing.resolve();
    await keeping;
    await vi.advanceTimersByTimeAsync(10);
    expect([kept.machines.size, keeper.last.value, said]).toEqual([
      0,
      undefined,
      ["The machine is not kept, as it was reset meanwhile."],
    ]);
  });

  it("leaves what is kept of another when a reset comes while it finds no room beside that", async () => {
    const { keeper, kept } = desk();
    kept.machines.set("c/one", info("c/one"));
    kept.outcome = "no-room";
    const running = machine();
    keeper.follow(running);
    const writing = Promise.withResolvers<void>();
    kept.saving = writing.promise;
    const keeping = keeper.keepNow(running);
    await vi.advanceTimersByTimeAsync(10);
    await keeper.noteReset("c/one");
    writing.resolve();
    await keeping;
    expect([...kept.machines.keys()]).toEqual(["c/one"]);
  });

  it("is kept on request, with words on how that went", async () => {
    const { keeper, kept, said } = desk();
    await keeper.keepNow(machine());
    kept.outcome = "no-room";
    await keeper.keepNow(machine());
    await keeper.keepNow(machine({ onSave: () => Promise.reject(new Error("It is busy.")) }));
    kept.place = { kind: "memory", why: "It is a private window." };
    await keeper.keepNow(machine());
    expect(said).toEqual([
      "The machine is kept in this browser (5 bytes).",
      expect.stringMatching(/no room/),
      "The machine could not be kept. It is busy.",
      "The machine cannot be kept. It is a private window.",
    ]);
  });
});

describe("words", () => {
  it.each([
    [0, "0 bytes"],
    [1, "1 byte"],
    [999, "999 bytes"],
    [1000, "1 KB"],
    [12_345, "12 KB"],
    [999_499, "999 KB"],
    [999_500, "1 MB"],
    [5_240_000, "5.2 MB"],
    [9_960_000, "10 MB"],
    [3_000_000_000, "3 GB"],
  ])("tell %d bytes as %s", (bytes, words) => {
    expect(amount(bytes)).toBe(words);
  });

  it("tell times as seen from now", () => {
    const now = new Date(2026, 10, 21, 12);
    expect(moment(new Date(2026, 10, 21, 9, 5).toISOString(), now)).toBe("today, 09:05");
    expect(moment(new Date(2026, 10, 20, 23, 59).toISOString(), now)).toBe("yesterday, 23:59");
    expect(moment(new Date(2025, 10, 21, 9, 5).toISOString(), now)).toBe("21 November 2025, 09:05");
  });
});

class FakeKept {
  readonly machines = new Map<string, KeptMachineInfo>();
  outcome: "kept" | "no-room" = "kept";
  place: Awaited<ReturnType<KeptWork["where"]>> = { kind: "browser" };
  fails = false;
  /** What a save waits for. */
  saving: Promise<void> | undefined;
  readonly #listeners = new Set<() => void>();

  where() {
    return Promise.resolve(this.place);
  }

  /** Storage takes longer than what waits for it may think. */
  async listMachines() {
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    return [...this.machines.values()];
  }

  loadMachine(lesson: string) {
    if (this.fails) return Promise.reject(new Error("no storage"));
    const found = this.machines.get(lesson);
    return Promise.resolve(found && { info: found, state });
  }

  async saveMachine(saved: KeptMachineInfo) {
    await this.saving;
    if (this.outcome === "kept") this.machines.set(saved.lesson, saved);
    for (const listener of this.#listeners) listener();
    return this.outcome;
  }

  forgetMachine(lesson: string) {
    this.machines.delete(lesson);
    for (const listener of this.#listeners) listener();
    return Promise.resolve();
  }

  onChange(listener: () => void) {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }
}

class FakePage extends EventTarget {
  visibilityState: DocumentVisibilityState = "visible";
}

function desk(
  browser: { savesData: boolean; deviceMemory: number | undefined } = { savesData: false, deviceMemory: 8 },
) {
  const kept = new FakeKept();
  const place = signal<MachinePlace>({ id: "c/one", title: "One", done: [] });
  const page = new FakePage();
  const said: string[] = [];
  const keeper = new MachineKeeper({
    kept: kept as unknown as KeptWork,
    place,
    browser,
    page: page,
    now: () => new Date(),
    say: (words) => said.push(words),
  });
  return { keeper, kept, place, page, said };
}

function info(lesson: string): KeptMachineInfo {
  return { lesson, step: undefined, savedAt: "2026-11-20T12:00:00Z", imageId: "abcdef01", bytes: 5 };
}

function options() {
  return { signal: new AbortController().signal, isFresh: false };
}

function machine({ save = true, onSave = (): Promise<void> => Promise.resolve() } = {}) {
  const dispose = vi.fn(() => Promise.resolve());
  const fake = {
    capabilities: { save },
    save: async () => {
      await onSave();
      return state;
    },
    [Symbol.asyncDispose]: dispose,
    dispose,
  };
  return fake as unknown as Machine & { dispose: typeof dispose };
}

/** Fails as long as there is a saved state, and is a fresh machine without. */
function failingWithState(code: MachineErrorCode) {
  return vi.fn(({ savedState }: { savedState?: SavedState }) =>
    savedState === undefined
      ? Promise.resolve(machine())
      : Promise.reject(new MachineError(code, "It failed.", { hint: "Start anew." })),
  );
}
