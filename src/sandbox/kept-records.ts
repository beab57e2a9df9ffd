import { openDB, type IDBPDatabase } from "idb";
import { KeptWorkError } from "./kept-work-error.ts";
import { keptWorkWords } from "../words/kept-work.ts";

/** Tables of the database `drydock`. Each maps a string (a lesson's id but for the last two) to a record. */
export type Table = "workspaces" | "workspace-list" | "machines" | "machine-states" | "set-aside" | "facts";

export interface Place {
  readonly table: Table;
  readonly key: string;
}

export type Change =
  | { readonly table: Table; readonly key: string; readonly put: unknown }
  | { readonly table: Table; readonly key: string; readonly put?: never };

/** Where kept work lies: in the browser's database, or, where that is refused, in memory for the life of the page. */
export type Where = { readonly kind: "browser" } | { readonly kind: "memory"; readonly why: string };

export interface Records {
  readonly where: Where;
  get(table: Table, key: string): Promise<unknown>;
  keys(table: Table): Promise<readonly string[]>;
  all(table: Table): Promise<readonly { readonly key: string; readonly value: unknown }[]>;
  /**
   * Looks at `places` and makes the changes that `decide` answers, in `tables`; nobody else changes these in between. Answers
   * whether there were any.
   */
  exchange(
    places: readonly Place[],
    tables: readonly Table[],
    decide: (values: readonly unknown[]) => readonly Change[],
  ): Promise<boolean>;
  /** All of the changes or none; one without `put` deletes. */
  write(changes: readonly Change[]): Promise<void>;
}

export const databaseName = "drydock";

/** The database if the browser lets us have it within `patienceMs`, else memory. Never rejects. */
export async function openRecords(patienceMs: number): Promise<Records> {
  const database = new Database(patienceMs);
  try {
    await database.open();
    return new BrowserRecords(database);
  } catch (error) {
    const { MemoryRecords } = await import("./memory-records.ts");
    return new MemoryRecords(error instanceof KeptWorkError ? error.message : String(error));
  }
}

/** Each brings the database from the version of its index to the next. Add to the end, change none. */
const migrations: readonly ((database: IDBPDatabase) => void)[] = [
  (database) => {
    for (const table of ["workspaces", "workspace-list", "machines", "machine-states", "set-aside", "facts"])
      database.createObjectStore(table);
  },
];

/** A connection that is opened again when the browser, or a newer version of the site in another tab, has closed it. */
class Database {
  readonly #patienceMs: number;
  #connection: Promise<IDBPDatabase> | undefined;

  constructor(patienceMs: number) {
    this.#patienceMs = patienceMs;
  }

  open(): Promise<IDBPDatabase> {
    const connection = (this.#connection ??= this.#connect());
    connection.catch(() => this.forget(connection));
    return connection;
  }

  async #connect(): Promise<IDBPDatabase> {
    let isBlocked = false;
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(
      () =>
        late.reject(
          isBlocked
            ? new KeptWorkError("busy", keptWorkWords.anotherTabDrydockWay, {
                hint: keptWorkWords.closeOtherTabsDrydock,
              })
            : new KeptWorkError("refused", keptWorkWords.browsersStorageNotAnswer, { hint: keptWorkWords.reloadPage }),
        ),
      this.#patienceMs,
    );
    try {
      const opening = openDB(databaseName, migrations.length, {
        upgrade(database, from) {
          for (const migrate of migrations.slice(from)) migrate(database);
        },
        blocked: () => (isBlocked = true),
        blocking: (_from, _to, { target }) => {
          (target as IDBDatabase).close();
          this.#connection = undefined;
        },
        terminated: () => (this.#connection = undefined),
      });
      late.promise.catch(() => opening.then((database) => database.close()).catch(() => undefined));
      return await Promise.race([opening, late.promise]);
    } catch (cause) {
      throw cause instanceof KeptWorkError ? cause : openingError(cause);
    } finally {
      clearTimeout(timer);
    }
  }

  /** `connection` is of no use any more. */
  forget(connection: Promise<IDBPDatabase>): void {
    if (this.#connection === connection) this.#connection = undefined;
  }
}

class BrowserRecords implements Records {
  readonly where = { kind: "browser" } as const;
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  get(table: Table, key: string): Promise<unknown> {
    return this.#use((database) => database.get(table, key));
  }

  keys(table: Table): Promise<readonly string[]> {
    return this.#use(async (database) => (await database.getAllKeys(table)) as string[]);
  }

  all(table: Table): Promise<readonly { readonly key: string; readonly value: unknown }[]> {
    return this.#use(async (database) => {
      const { store } = database.transaction(table);
      const [keys, values] = await Promise.all([store.getAllKeys(), store.getAll()]);
      return keys.map((key, n) => ({ key: key as string, value: values[n] as unknown }));
    });
  }

  exchange(
    places: readonly Place[],
    tables: readonly Table[],
    decide: (values: readonly unknown[]) => readonly Change[],
  ): Promise<boolean> {
    return this.#use(async (database) => {
      const transaction = database.transaction([...tables], "readwrite");
      // `done` says why a transaction failed; its requests fail for no better reason.
      transaction.done.catch(() => undefined);
      try {
        const reading = places.map(({ table, key }): Promise<unknown> => transaction.objectStore(table).get(key));
        // Not every browser lets a transaction wait that has nothing to do.
        const values = reading.length === 0 ? [] : await Promise.all(reading);
        const changes = decide(values);
        for (const { table, key, put } of changes) {
          const store = transaction.objectStore(table);
          (put === undefined ? store.delete(key) : store.put(put, key)).catch(() => undefined);
        }
        await transaction.done;
        return changes.length > 0;
      } catch (error) {
        abort(transaction);
        throw error;
      }
    });
  }

  async write(changes: readonly Change[]): Promise<void> {
    const tables = [...new Set(changes.map(({ table }) => table))];
    if (tables.length > 0) await this.exchange([], tables, () => changes);
  }

  async #use<T>(act: (database: IDBPDatabase) => Promise<T>): Promise<T> {
    const connection = this.#database.open();
    try {
      return await act(await connection);
    } catch (error) {
      // The connection was closed between its opening and its use, of which it may not have told yet.
      if (!isNamed(error, "InvalidStateError")) throw translate(error);
      this.#database.forget(connection);
    }
    try {
      return await act(await this.#database.open());
    } catch (error) {
      throw translate(error);
    }
  }
}

/** One that has failed is at its end already. */
function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch (error) {
    if (!isNamed(error, "InvalidStateError")) throw error;
  }
}

function openingError(cause: unknown): KeptWorkError {
  if (isNamed(cause, "VersionError")) {
    return new KeptWorkError("outdated", keptWorkWords.newerVersionDrydockOpened, {
      hint: keptWorkWords.reloadPageGet,
      cause,
    });
  }
  return new KeptWorkError("refused", keptWorkWords.browserNotLetPage, {
    hint: keptWorkWords.exportYourWorkBefore,
    cause,
  });
}

function translate(error: unknown): KeptWorkError {
  if (error instanceof KeptWorkError) return error;
  if (isNamed(error, "QuotaExceededError")) {
    return new KeptWorkError("no-room", keptWorkWords.noRoomLeftBrowsers, {
      hint: keptWorkWords.forgetSomeKeptMachines,
      cause: error,
    });
  }
  return new KeptWorkError("failed", keptWorkWords.browsersStorageFailed, {
    hint: keptWorkWords.reloadPageExportYour,
    cause: error,
  });
}

function isNamed(error: unknown, name: string): boolean {
  return typeof error === "object" && error !== null && "name" in error && error.name === name;
}
