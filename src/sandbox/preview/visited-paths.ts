/** The pages of a preview in the order they were seen. The browser's own history holds those of the whole tab. */
export class VisitedPaths {
  #paths: string[] = [];

  get canGoBack(): boolean {
    return this.#paths.length > 1;
  }

  /** The page before this one, unless it is that again, as after a reload or a step back. */
  arrive(path: string): void {
    if (this.#paths.at(-1) === path) return;
    this.#paths.push(path);
    if (this.#paths.length > most) this.#paths.shift();
  }

  /** Leaves this page. Where to go, if there was one before. */
  back(): string | undefined {
    if (!this.canGoBack) return undefined;
    this.#paths.pop();
    return this.#paths.at(-1);
  }

  clear(): void {
    this.#paths = [];
  }
}

const most = 100;
