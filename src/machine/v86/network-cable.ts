import type { V86Instance } from "./v86-internals.ts";

export interface NetworkCable extends Disposable {
  /** Hands one Ethernet frame to the guest, in order, as soon as its driver has a buffer for it. */
  send(frame: Uint8Array): void;
}

/** v86 drops a frame for which the guest's driver has no buffer ready, so it waits here and is offered again. */
export function createNetworkCable(v86: V86Instance): NetworkCable {
  let backlog: Uint8Array[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  const flush = () => {
    timer = undefined;
    const queue = v86.v86?.cpu.devices.virtio_net.virtio.queues[RECEIVE_QUEUE];
    let sent = 0;
    for (const frame of backlog) {
      if (!queue?.is_configured() || !queue.has_request()) break;
      v86.bus.send("net0-receive", frame);
      sent++;
    }
    backlog = backlog.slice(sent);
    if (backlog.length > 0) timer = setTimeout(flush, RETRY_MS);
  };

  return {
    send(frame) {
      // What does not fit is lost as on a real cable; TCP sends it again.
      if (backlog.length < BACKLOG_FRAMES) backlog.push(frame);
      if (timer === undefined) flush();
    },
    [Symbol.dispose]() {
      clearTimeout(timer);
      backlog = [];
    },
  };
}

const RECEIVE_QUEUE = 0;
const BACKLOG_FRAMES = 4096;
const RETRY_MS = 2;
