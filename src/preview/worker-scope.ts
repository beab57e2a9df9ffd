/** What of a service worker's surroundings is used. TypeScript's own types of them cannot be had beside those of a page. */
export interface WorkerScope {
  readonly location: Location;
  readonly clients: WorkerClients;
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", listener: (event: ExtendableEvent) => void): void;
  addEventListener(type: "fetch", listener: (event: FetchEvent) => void): void;
}

export interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

export interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  /** Empty for a page to come. */
  readonly clientId: string;
  respondWith(answer: Promise<Response>): void;
}

export interface WorkerClients {
  claim(): Promise<void>;
  get(id: string): Promise<WorkerClient | undefined>;
  /** The last used first. */
  matchAll(options: { type: "window"; includeUncontrolled: boolean }): Promise<readonly WorkerClient[]>;
}

export interface WorkerClient {
  readonly url: string;
  readonly type: string;
  postMessage(message: unknown, transfer: Transferable[]): void;
}
