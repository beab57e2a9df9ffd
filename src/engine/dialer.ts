import type { Cancellable, Connection } from "../machine/contract.ts";

/** All that the engine needs of a machine. Aborting a connection makes its pending reads and writes reject. */
export interface Dialer {
  dial(port: number, options?: Cancellable): Promise<Connection>;
}
