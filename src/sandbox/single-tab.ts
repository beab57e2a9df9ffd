/** One machine per browser: a second one would not fit into the memory of many. */
export interface SingleTab {
  /** `undefined` when another tab has it. `onAsked` is called when another tab wants it, or has taken it. */
  claim(onAsked: () => void): Promise<Claim | undefined>;
  /** Asks the tab that has it to let go, and takes it in any case after a while. */
  takeOver(onAsked: () => void, signal: AbortSignal): Promise<Claim>;
}

export interface Claim {
  release(): void;
}

export interface SingleTabOptions {
  /** Missing on a page that is not a secure context; then every tab may have a machine. */
  locks: Pick<LockManager, "request"> | undefined;
  openChannel: () => BroadcastChannel;
  /** How long the other tab may take to let go. */
  patienceMs: number;
}

export function createSingleTab({ locks, openChannel, patienceMs }: SingleTabOptions): SingleTab {
  const hold = (lock: Lock | null, onAsked: () => void, claimed: (claim: Claim | undefined) => void) => {
    if (lock === null) {
      claimed(undefined);
      return undefined;
    }
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const channel = openChannel();
    channel.onmessage = () => onAsked();
    claimed({
      release() {
        channel.close();
        resolve(undefined);
      },
    });
    return promise;
  };

  const request = (options: LockOptions, onAsked: () => void) =>
    new Promise<Claim | undefined>((resolve, reject) => {
      if (locks === undefined) {
        resolve({ release: () => undefined });
        return;
      }
      let isHeld = false;
      const claimed = (claim: Claim | undefined) => {
        isHeld = true;
        resolve(claim);
      };
      locks
        .request(machineLock, options, (lock) => hold(lock, onAsked, claimed))
        .catch((error: unknown) => {
          // A held lock ends like this when another tab steals it.
          if (isHeld) onAsked();
          else reject(error instanceof Error ? error : new Error(String(error)));
        });
    });

  return {
    claim: (onAsked) => request({ ifAvailable: true }, onAsked),
    async takeOver(onAsked, signal) {
      const channel = openChannel();
      channel.postMessage("let-go");
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

/** Held by the tab that has the machine. */
export const machineLock = "drydock:machine";
export const channelName = "drydock:machine";
