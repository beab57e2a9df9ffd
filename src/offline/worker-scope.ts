/** What of a service worker's surroundings is used. TypeScript's own types of them cannot be had beside those of a page. */
export interface OfflineWorkerScope {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    claim(): Promise<void>;
    matchAll(options: { type: "window"; includeUncontrolled: boolean }): Promise<readonly unknown[]>;
  };
  addEventListener(type: "install", listener: (event: InstallEvent) => void): void;
  addEventListener(type: "activate" | "fetch", listener: (event: LastingEvent) => void): void;
}

export interface LastingEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

export interface InstallEvent extends LastingEvent {
  /** Of the Static Routing API, which not every browser has. */
  addRoutes?(rules: readonly object[]): Promise<void>;
}
