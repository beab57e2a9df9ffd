/** One machine per browser: a second one would not fit into the memory of many. */
export interface SingleTab {
  /** `undefined` when another tab has it. `onAsked` is called when another tab wants it, or has taken it. */
  claim(onAsked: OnAsked): Promise<Claim | undefined>;
  /** Asks the tab that has it, which may be this one, to let go, and takes it in any case after a while. */
  takeOver(onAsked: OnAsked, signal: AbortSignal, why?: TakeOverReason): Promise<Claim>;
}

/** The machine is wanted in another tab, or must end because all work is deleted. */
export type TakeOverReason = "taken" | "deleted";

type OnAsked = (why: TakeOverReason) => void;

export interface Claim {
  /** Resolves when somebody else can have it. */
  release(): Promise<void>;
}

export interface SingleTabOptions {
  /** Missing on a page that is not a secure context; then every tab may have a machine. */
  locks: Pick<LockManager, "request"> | undefined;
  openChannel: () => BroadcastChannel;
  /** How long the other tab may take to let go. */
  patienceMs: number;
}

export function createSingleTab({ locks, openChannel, patienceMs }: SingleTabOptions): SingleTab {
  const hold = (
    lock: Lock | null,
    onAsked: OnAsked,
    claimed: (claim: Claim | undefined) => void,
    released: () => Promise<unknown>,
  ) => {
    if (lock === null) {
      claimed(undefined);
      return undefined;
    }
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const channel = openChannel();
    channel.onmessage = ({ data }) => onAsked(data === "deleted" ? "deleted" : "taken");
    claimed({
      async release() {
        channel.close();
        resolve(undefined);
        // One that was stolen is released already.
        await released().catch(() => undefined);
      },
    });
    return promise;
  };

  const request = (options: LockOptions, onAsked: OnAsked) =>
    new Promise<Claim | undefined>((resolve, reject) => {
      if (locks === undefined) {
        resolve(unshared);
        return;
      }
      let isHeld = false;
      const claimed = (claim: Claim | undefined) => {
        isHeld = true;
        resolve(claim);
      };
      const released: Promise<unknown> = locks.request(machineLock, options, (lock) =>
        hold(lock, onAsked, claimed, () => released),
      );
      released.catch((error: unknown) => {
        // A held lock ends like this when another tab steals it.
        if (isHeld) onAsked("taken");
        // Browsers that refuse storage refuse locks too. No other tab can know of this machine then, as on a page without them.
        else if (error instanceof DOMException && error.name === "SecurityError") resolve(unshared);
        else reject(error instanceof Error ? error : new Error(String(error)));
      });
    });

  return {
    claim: (onAsked) => request({ ifAvailable: true }, onAsked),
    async takeOver(onAsked, signal, why = "taken") {
      const channel = openChannel();
      channel.postMessage(why);
      channel.close();
      try {
        const claim = await request({ signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]) }, onAsked);
        if (claim !== undefined) return claim;
      } catch (error) {
        if (signal.aborted) throw error;
      }
      const stolen = await request({ steal: true }, onAsked);
      if (stolen === undefined) throw new TypeError("A lock that is stolen is always given.");
      return stolen;
    },
  };
}

const unshared: Claim = { release: () => Promise.resolve() };

/** The one of this page. */
export function pageSingleTab(): SingleTab {
  return createSingleTab({
    locks: "locks" in navigator ? navigator.locks : undefined,
    openChannel: () => new BroadcastChannel(channelName),
    patienceMs: 6000,
  });
}

/** Held by the tab that has the machine. */
export const machineLock = "drydock:machine";
const channelName = "drydock:machine";
