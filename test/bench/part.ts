import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Ledger } from "./ledger.ts";

/** What a part measures with. */
export interface PartContext {
  readonly runs: number;
  /** The rate of the line in a cold visit, Mbit/s. */
  readonly mbit: number;
  readonly ledger: Ledger;
  /** Whatever runs, is mounted or lies in a temporary folder is put here, and ends with the part, also when the bench is interrupted. */
  readonly held: AsyncDisposableStack;
  /** Where the built site is served, without a slash at its end. */
  readonly url: string;
  /** Told with the part's results: what was measured with. */
  readonly versions: Record<string, string>;
}

export type Part = (context: PartContext) => Promise<void>;

/** What is held in it ends with the scope, or with the part if that is interrupted. */
export function openScope(context: PartContext): PartContext & AsyncDisposable {
  const held = context.held.use(new AsyncDisposableStack());
  return { ...context, held, [Symbol.asyncDispose]: () => held.disposeAsync() };
}

/** A folder that is gone with the part. */
export async function holdFolder({ held }: Pick<PartContext, "held">): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "drydock-bench-"));
  held.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}
