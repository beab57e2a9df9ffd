import type { Change, Place, Records, Table, Where } from "./kept-records.ts";

/** Records for the life of the page, where the browser keeps none. */
export class MemoryRecords implements Records {
  readonly where: Where;
  readonly #tables = new Map<Table, Map<string, unknown>>();

  constructor(why: string) {
    this.where = { kind: "memory", why };
  }

  get(table: Table, key: string): Promise<unknown> {
    return Promise.resolve(this.#tables.get(table)?.get(key));
  }

  keys(table: Table): Promise<readonly string[]> {
    return Promise.resolve([...(this.#tables.get(table)?.keys() ?? [])]);
  }

  async exchange(
    places: readonly Place[],
    _tables: readonly Table[],
    decide: (values: readonly unknown[]) => readonly Change[],
  ): Promise<boolean> {
    const changes = decide(places.map(({ table, key }) => this.#tables.get(table)?.get(key)));
    await this.write(changes);
    return changes.length > 0;
  }

  all(table: Table): Promise<readonly { readonly key: string; readonly value: unknown }[]> {
    return Promise.resolve([...(this.#tables.get(table) ?? [])].map(([key, value]) => ({ key, value })));
  }

  write(changes: readonly Change[]): Promise<void> {
    for (const { table, key, put } of changes) {
      const records = this.#tables.get(table) ?? new Map<string, unknown>();
      this.#tables.set(table, records);
      if (put === undefined) records.delete(key);
      else records.set(key, structuredClone(put));
    }
    return Promise.resolve();
  }
}
