import type { LessonFile } from "../../lessons/model.ts";

/** What runs programs in the tab, without a container. Nothing above it knows whose it is. */
export interface Runtime extends AsyncDisposable {
  /** Puts files into the folder that programs are started in. */
  mount(files: readonly LessonFile[]): Promise<void>;
  spawn(command: string, args: readonly string[]): Promise<RuntimeProcess>;
  /** Tells of each port that answers from now on, and where a page can be framed that shows it. */
  onServer(listener: (port: number, url: string) => void): Disposable;
  /** Tells of what went wrong in the runtime itself. */
  onError(listener: (message: string) => void): Disposable;
}

export interface RuntimeProcess {
  /** What it prints, as a terminal would get it. */
  readonly output: ReadableStream<string>;
  readonly exit: Promise<number>;
  kill(): void;
}

/** Rejects with a `RunHereError`, and with the signal's reason once it is aborted. */
export type BootRuntime = (options: { readonly signal: AbortSignal }) => Promise<Runtime>;
