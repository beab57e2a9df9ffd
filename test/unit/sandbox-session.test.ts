// Over 250 lines because it follows one object, the session, through every way its life can go.
import { signal } from "@preact/signals";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { deleteEverything } from "../../src/components/your-work/delete-everything.ts";
import type { Machine, MachineStatus } from "../../src/machine/contract.ts";
import { MachineError } from "../../src/machine/error.ts";
import { createBootGuard } from "../../src/sandbox/boot-guard.ts";
import type { Browser } from "../../src/sandbox/capability.ts";
import { Session, type SessionOptions } from "../../src/sandbox/session.ts";
import { createSingleTab } from "../../src/sandbox/single-tab.ts";
import { settle } from "./checks-fakes.ts";

const ableBrowser: Browser = {
  hasWebAssembly: true,
  hasWorkers: true,
  hasStreams: true,
  deviceMemory: 8,
  savesData: false,
  isPhone: false,
};

let storage: Map<string, string>;
let page: EventTarget;
let lockName: string;

beforeEach(() => {
  storage = new Map();
  page = new EventTarget();
  lockName = `test-${Math.random()}`;
});

/** A tab of one browser: tabs share the locks and the channel, but not their session storage. */
function openTab({
  tabStorage = new Map<string, string>(),
  ...options
}: Partial<SessionOptions> & { tabStorage?: Map<string, string> } = {}) {
  const starts: FakeStart[] = [];
  const session = new Session({
    browser: ableBrowser,
    guard: createBootGuard(() => storageOf(tabStorage), page),
    tab: createTab(),
    start: (startOptions) => {
      const start = new FakeStart(startOptions);
      starts.push(start);
      return start.promise;
    },
    ...options,
  });
  open.push(session);
  return { session, starts, phase: () => session.state.value.phase };
}

function createTab() {
  return createSingleTab({
    // The lock's name is made this test's own.
    locks: {
      request: (_: string, lockOptions: LockOptions, callback: LockGrantedCallback<unknown>) =>
        navigator.locks.request(lockName, lockOptions, callback),
    } as Pick<LockManager, "request">,
    openChannel: () => new BroadcastChannel(lockName),
    patienceMs: 200,
  });
}

const open: Session[] = [];
afterEach(async () => {
  for (const session of open.splice(0)) {
    session.cancel();
    await session.machine?.[Symbol.asyncDispose]();
  }
});

class FakeStart {
  readonly promise: Promise<Machine>;
  readonly onStatus: (status: MachineStatus) => void;
  readonly isFresh: boolean;
  readonly machine = createFakeMachine();
  #settle: PromiseWithResolvers<Machine>;

  constructor({ signal: abort, onStatus, isFresh }: Parameters<SessionOptions["start"]>[0]) {
    this.isFresh = isFresh;
    this.#settle = Promise.withResolvers<Machine>();
    this.promise = this.#settle.promise;
    this.onStatus = onStatus;
    abort.addEventListener("abort", () => {
      void this.fails(new MachineError("cancelled", "Cancelled.", { hint: "" }));
    });
  }

  succeeds() {
    this.#settle.resolve(this.machine);
    return settle();
  }

  fails(error: Error) {
    this.#settle.reject(error);
    return settle();
  }
}

function createFakeMachine() {
  const status = signal<MachineStatus>({ phase: "ready" });
  const dispose = vi.fn(() => Promise.resolve());
  const machine = {
    get status() {
      return status.value;
    },
    onStatus(listener: (status: MachineStatus) => void) {
      const stop = status.subscribe(listener);
      return { [Symbol.dispose]: stop };
    },
    becomes: (next: MachineStatus) => (status.value = next),
    [Symbol.asyncDispose]: dispose,
    dispose,
  };
  return machine as typeof machine & Machine;
}

function storageOf(map: Map<string, string>) {
  return {
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
    removeItem: (key: string) => void map.delete(key),
  };
}

describe("the session", () => {
  it("starts by itself and shows every status on the way to ready", async () => {
    const { session, starts, phase } = openTab();
    session.begin();
    await settle();
    expect(phase()).toBe("booting");
    const status = { phase: "downloading", loadedBytes: 1, totalBytes: 2 } as const;
    starts[0]?.onStatus(status);
    expect(session.state.value).toEqual({ phase: "booting", status });
    await starts[0]?.succeeds();
    expect(phase()).toBe("ready");
    session.begin();
    expect(starts).toHaveLength(1);
  });

  it("tells what an unsupported browser lacks, and starts nothing", async () => {
    const { session, starts } = openTab({ browser: { ...ableBrowser, hasWebAssembly: false } });
    session.begin();
    await session.start();
    expect(session.state.value).toMatchObject({
      phase: "unsupported",
      missing: [expect.stringContaining("WebAssembly")],
    });
    expect(starts).toHaveLength(0);
  });

  it.each([
    ["phone", { isPhone: true }],
    ["little-memory", { deviceMemory: 2 }],
    ["save-data", { savesData: true }],
  ])("waits for a click: %s", async (reason, difference) => {
    const { session, starts, phase } = openTab({ browser: { ...ableBrowser, ...difference } });
    session.begin();
    await settle();
    expect(session.state.value).toEqual({ phase: "waiting", reason });
    expect(starts).toHaveLength(0);
    void session.start();
    await settle();
    expect(phase()).toBe("booting");
  });

  it("does not start by itself again after the tab was killed while it started", async () => {
    const killed = openTab({ tabStorage: storage });
    killed.session.begin();
    await settle();
    lockName += "-the-browser-frees-a-dead-tab's-lock";
    const again = openTab({ tabStorage: storage });
    again.session.begin();
    await settle();
    expect(again.session.state.value).toEqual({ phase: "waiting", reason: "killed" });
    void again.session.start();
    await settle();
    expect(again.phase()).toBe("booting");
  });

  it("starts where the browser refuses the page all storage, and locks with it", async () => {
    const refused = () => {
      throw new DOMException("Access is denied for this document.", "SecurityError");
    };
    const locks = { request: () => Promise.resolve().then(refused) } as unknown as Pick<LockManager, "request">;
    const { session, starts, phase } = openTab({
      guard: createBootGuard(refused, new EventTarget()),
      tab: createSingleTab({ locks, openChannel: refused, patienceMs: 200 }),
    });
    session.begin();
    await settle();
    await starts[0]?.succeeds();
    expect(phase()).toBe("ready");
  });

  it("takes a reload while it starts for no kill", async () => {
    const first = openTab({ tabStorage: storage });
    first.session.begin();
    await settle();
    page.dispatchEvent(new Event("pagehide"));
    lockName += "-reloaded";
    const second = openTab({ tabStorage: storage });
    second.session.begin();
    await settle();
    expect(second.phase()).toBe("booting");
  });

  it("stops when cancelled and can be started again", async () => {
    const { session, starts, phase } = openTab();
    session.begin();
    await settle();
    session.cancel();
    await settle();
    expect(session.state.value).toEqual({ phase: "waiting", reason: "cancelled" });
    void session.start();
    await settle();
    await starts[1]?.succeeds();
    expect(phase()).toBe("ready");
  });

  it("shows what failed with its hint, and starts anew on retry", async () => {
    const { session, starts, phase } = openTab();
    session.begin();
    await settle();
    await starts[0]?.fails(new MachineError("download-failed", "A part failed.", { hint: "Check the network." }));
    expect(session.state.value).toEqual({ phase: "failed", message: "A part failed.", hint: "Check the network." });
    void session.start();
    await settle();
    await starts[1]?.succeeds();
    expect(phase()).toBe("ready");
  });

  it("starts without what is kept when that is asked for, once", async () => {
    const { session, starts } = openTab();
    void session.start({ isFresh: true });
    await settle();
    await starts[0]?.fails(new Error("It failed."));
    void session.start();
    await settle();
    expect(starts.map(({ isFresh }) => isFresh)).toEqual([true, false]);
  });

  it("follows a machine that falls silent, recovers, and fails", async () => {
    const { session, starts, phase } = openTab();
    session.begin();
    await settle();
    await starts[0]?.succeeds();
    const machine = starts[0]?.machine;
    machine?.becomes({ phase: "unresponsive", silentMs: 12_000 });
    expect(session.state.value).toMatchObject({ phase: "unresponsive", silentMs: 12_000 });
    machine?.becomes({ phase: "ready" });
    expect(phase()).toBe("ready");
    machine?.becomes({ phase: "failed", error: new MachineError("boot-failed", "It stopped.", { hint: "Start it." }) });
    await settle();
    expect(session.state.value).toEqual({ phase: "failed", message: "It stopped.", hint: "Start it." });
    expect(machine?.dispose).toHaveBeenCalledOnce();
  });

  it("restarts a machine that is silent for good", async () => {
    const { session, starts, phase } = openTab();
    session.begin();
    await settle();
    await starts[0]?.succeeds();
    starts[0]?.machine.becomes({ phase: "unresponsive", silentMs: 60_000 });
    void session.restart();
    await settle();
    expect(starts[0]?.machine.dispose).toHaveBeenCalledOnce();
    await starts[1]?.succeeds();
    expect(phase()).toBe("ready");
  });
});

describe("a restart", () => {
  /** A session whose machine is silent when its work is to be kept. */
  async function openSilent() {
    const tab = openTab({ beforeEnd: () => new Promise(() => undefined), endPatienceMs: 50 });
    tab.session.begin();
    await settle();
    await tab.starts[0]?.succeeds();
    return tab;
  }

  it("shows that the machine is about to end, whatever that still says", async () => {
    const { session, starts } = await openSilent();
    const restarting = session.restart();
    const { machine } = starts[0] ?? {};
    expect(session.state.value).toEqual({ phase: "ending", machine });
    machine?.becomes({ phase: "unresponsive", silentMs: 1000 });
    machine?.becomes({ phase: "failed", error: new Error("It stopped.") });
    expect(session.state.value).toEqual({ phase: "ending", machine });
    await vi.waitFor(() => expect(starts).toHaveLength(2), { interval: 1 });
    await starts[1]?.succeeds();
    await restarting;
    expect(session.state.value).toEqual({ phase: "ready", machine: starts[1]?.machine });
  });

  it("is one restart, however often it is asked for meanwhile", async () => {
    const { session, starts, phase } = await openSilent();
    const first = session.restart();
    await new Promise((resolve) => setTimeout(resolve, 25));
    const second = session.restart();
    await vi.waitFor(() => expect(starts).toHaveLength(2), { interval: 1 });
    await starts[1]?.succeeds();
    await Promise.all([first, second]);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect([phase(), starts.length]).toEqual(["ready", 2]);
    expect(starts[0]?.machine.dispose).toHaveBeenCalledOnce();
    expect(starts[1]?.machine.dispose).not.toHaveBeenCalled();
  });

  it("begins no machine when another tab takes it over meanwhile", async () => {
    const { session, starts } = await openSilent();
    const restarting = session.restart();
    const second = openTab();
    void second.session.start({ takeOver: true });
    await vi.waitFor(() => expect(second.starts).toHaveLength(1));
    await restarting;
    expect(session.state.value).toEqual({ phase: "waiting", reason: "taken" });
    expect(starts).toHaveLength(1);
  });
});

describe("a second tab", () => {
  it("is told that one is running, and starts nothing", async () => {
    const first = openTab();
    first.session.begin();
    await settle();
    const second = openTab();
    second.session.begin();
    await settle();
    expect(second.phase()).toBe("elsewhere");
    expect(second.starts).toHaveLength(0);
  });

  it("takes over when asked to, and the first lets go of its machine", async () => {
    const first = openTab();
    first.session.begin();
    await settle();
    await first.starts[0]?.succeeds();
    const second = openTab();
    second.session.begin();
    await settle();
    void second.session.start({ takeOver: true });
    await vi.waitFor(() => expect(second.starts).toHaveLength(1));
    await second.starts[0]?.succeeds();
    expect(second.phase()).toBe("ready");
    expect(first.session.state.value).toEqual({ phase: "waiting", reason: "taken" });
    expect(first.starts[0]?.machine.dispose).toHaveBeenCalledOnce();
  });

  it("takes over only when the first has kept the work, or that takes too long", async () => {
    const saving = Promise.withResolvers<void>();
    const first = openTab({ beforeEnd: () => saving.promise });
    first.session.begin();
    await settle();
    await first.starts[0]?.succeeds();
    const second = openTab();
    void second.session.start({ takeOver: true });
    await settle();
    expect([first.phase(), second.starts.length]).toEqual(["ending", 0]);
    saving.resolve();
    await vi.waitFor(() => expect(second.starts).toHaveLength(1));
    expect(first.starts[0]?.machine.dispose).toHaveBeenCalledOnce();

    const stuck = openTab({ beforeEnd: () => new Promise(() => undefined), endPatienceMs: 20 });
    void stuck.session.start({ takeOver: true });
    await vi.waitFor(() => expect(stuck.starts).toHaveLength(1));
    await stuck.starts[0]?.succeeds();
    void second.session.start({ takeOver: true });
    await vi.waitFor(() => expect(stuck.phase()).toBe("waiting"));
    expect(stuck.starts[0]?.machine.dispose).toHaveBeenCalledOnce();
  });

  it("takes over although the first could not keep the work", async () => {
    const first = openTab({ beforeEnd: () => Promise.reject(new Error("full")) });
    first.session.begin();
    await settle();
    await first.starts[0]?.succeeds();
    void openTab().session.start({ takeOver: true });
    await vi.waitFor(() => expect(first.starts[0]?.machine.dispose).toHaveBeenCalledOnce());
    expect(first.session.state.value).toEqual({ phase: "waiting", reason: "taken" });
  });

  it("takes over from a tab that is still starting", async () => {
    const first = openTab();
    first.session.begin();
    await settle();
    const second = openTab();
    void second.session.start({ takeOver: true });
    await vi.waitFor(() => expect(second.starts).toHaveLength(1));
    expect(first.session.state.value).toEqual({ phase: "waiting", reason: "taken" });
  });

  it("takes over from a tab that does not listen any more", async () => {
    const first = openTab();
    first.session.begin();
    await settle();
    await first.starts[0]?.succeeds();
    first.starts[0]?.machine.dispose.mockReturnValue(new Promise(() => undefined));
    const second = openTab();
    void second.session.start({ takeOver: true });
    await vi.waitFor(() => expect(second.starts).toHaveLength(1));
  });

  it("starts by itself when the first has ended", async () => {
    const first = openTab();
    first.session.begin();
    await settle();
    first.session.cancel();
    await settle();
    const second = openTab();
    second.session.begin();
    await settle();
    expect(second.phase()).toBe("booting");
  });
});

describe("deleting everything", () => {
  it("ends the machine of whichever tab has it first, and lets none begin meanwhile", async () => {
    const { session, starts } = openTab();
    session.begin();
    await settle();
    await starts[0]?.succeeds();
    const phases: string[] = [];
    const look = () => Promise.resolve(void phases.push(session.state.value.phase));
    const deleting = deleteEverything({
      tab: createTab(),
      forgetWork: async () => {
        await look();
        await session.start();
        await look();
      },
      forgetProgress: () => void look(),
    });
    await deleting;
    expect(phases).toEqual(["waiting", "elsewhere", "elsewhere"]);
    expect(starts[0]?.machine.dispose).toHaveBeenCalledOnce();
    void session.start();
    await vi.waitFor(() => expect(starts).toHaveLength(2), { interval: 1 });
  });

  it("tells the tab why its machine has ended", async () => {
    const { session, starts } = openTab();
    session.begin();
    await settle();
    await starts[0]?.succeeds();
    await deleteEverything({
      tab: createTab(),
      forgetWork: () => Promise.resolve(),
      forgetProgress: () => undefined,
    });
    expect(session.state.value).toEqual({ phase: "waiting", reason: "deleted" });
  });

  it("lets machines begin again when it has failed", async () => {
    const failure = new Error("no storage");
    const forgetWork = () => Promise.reject(failure);
    await expect(deleteEverything({ tab: createTab(), forgetWork, forgetProgress: vi.fn() })).rejects.toBe(failure);
    const { session, starts } = openTab();
    session.begin();
    await vi.waitFor(() => expect(starts).toHaveLength(1));
  });
});
