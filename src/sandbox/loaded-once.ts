/** Something that is loaded when it is first needed, and again when that has failed. */
export class LoadedOnce<T> {
  readonly #load: () => Promise<T>;
  #loading: Promise<T> | undefined;

  constructor(load: () => Promise<T>) {
    this.#load = load;
  }

  get(): Promise<T> {
    if (this.#loading !== undefined) return this.#loading;
    const loading = (this.#loading = this.#load());
    loading.catch(() => (this.#loading = undefined));
    return loading;
  }

  /** Undefined where nobody has needed it yet, or it could not be loaded. */
  async find(): Promise<T | undefined> {
    return this.#loading?.catch(() => undefined);
  }
}
