import { serveMachine } from "./serve.ts";

// The first message brings the port; whatever v86 throws from its main loop afterwards comes by as an event.
globalThis.addEventListener(
  "message",
  (event: MessageEvent<MessagePort>) => {
    const served = serveMachine(event.data);
    globalThis.addEventListener("error", (crash: ErrorEvent) => {
      served.fail(crash.error ?? crash.message);
    });
    globalThis.addEventListener("unhandledrejection", (crash: PromiseRejectionEvent) => {
      served.fail(crash.reason);
    });
  },
  { once: true },
);
