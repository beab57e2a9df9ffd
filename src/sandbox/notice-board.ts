import { signal, type ReadonlySignal } from "@preact/signals";

/** Something that the person should know, or decide. */
export interface BoardNotice {
  /** One of a kind at a time: a new one takes the place of the old. */
  readonly key: string;
  readonly words: string;
  /** Where there is more to read. */
  readonly link: { readonly label: string; readonly address: string } | undefined;
  readonly choices: readonly { readonly label: string; readonly act: () => void }[];
}

/** What is to be said beside the lesson, until it is answered or no longer so. */
export class NoticeBoard {
  readonly #notices = signal<readonly BoardNotice[]>([]);

  get notices(): ReadonlySignal<readonly BoardNotice[]> {
    return this.#notices;
  }

  /** Shows a notice. Each of its choices closes it. Without any, it can be closed. */
  show(
    key: string,
    words: string,
    choices: Readonly<Record<string, () => void>> = {},
    link?: BoardNotice["link"],
  ): void {
    const given = Object.entries(Object.keys(choices).length === 0 ? { Close: () => undefined } : choices);
    const notice: BoardNotice = {
      key,
      words,
      link,
      choices: given.map(([label, act]) => ({
        label,
        act: () => {
          if (this.#notices.peek().includes(notice)) this.close(key);
          act();
        },
      })),
    };
    this.#notices.value = [...this.#notices.peek().filter((each) => each.key !== key), notice];
  }

  close(...keys: readonly string[]): void {
    const left = this.#notices.peek().filter(({ key }) => !keys.includes(key));
    if (left.length < this.#notices.peek().length) this.#notices.value = left;
  }
}
