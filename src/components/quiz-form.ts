import { judgeQuiz } from "../checks/judge-quiz.ts";
import type { QuizAnswer, QuizSpec } from "../lessons/model.ts";
import { readNumber } from "./read-number.ts";
import { lessonTextWords } from "../words/lesson-text.ts";

/**
 * Judges the reader's answer and explains it. On "Check answer" it dispatches `drydock:answer` with `{ quiz, answer }`, which
 * bubbles. `data-state="right"` has it show the right answer as given, and taking that away begins anew.
 */
class QuizForm extends HTMLElement {
  static readonly observedAttributes = ["data-state"];
  #stop = new AbortController();
  #isAnswering = false;

  connectedCallback() {
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    this.addEventListener("submit", this.#onSubmit, { signal });
    this.addEventListener("click", this.#onMove, { signal });
    this.addEventListener("input", () => this.#say(""), { signal });
    if (this.#isRight) this.#showRight();
  }

  disconnectedCallback() {
    this.#stop.abort();
  }

  attributeChangedCallback(_: string, before: string | null, after: string | null) {
    if (before === after || !this.isConnected) return;
    if (this.#isRight) this.#showRight();
    else if (before === "right") this.#reset();
  }

  get #isRight(): boolean {
    return this.dataset.state === "right";
  }

  readonly #onSubmit = (event: Event) => {
    event.preventDefault();
    if (this.#isRight) return;
    const answer = this.#readAnswer();
    if (typeof answer === "string") {
      this.#say(answer);
      return;
    }
    const detail: { quiz: string; answer: QuizAnswer } = { quiz: this.dataset.quiz ?? "", answer };
    const outcome = judgeQuiz(this.#spec(), answer);
    if (outcome.result === "passed") {
      this.#isAnswering = true;
      this.dataset.state = "right";
      this.#isAnswering = false;
    } else {
      this.#explain(answer);
      this.#say(outcome.result === "not-yet" ? lessonTextWords.notYet(outcome.seen) : outcome.cause);
    }
    this.dispatchEvent(new CustomEvent("drydock:answer", { detail, bubbles: true }));
  };

  readonly #onMove = ({ target }: Event) => {
    const button = target instanceof Element ? target.closest<HTMLElement>("[data-move]") : null;
    const item = button?.closest<HTMLElement>(".quiz-answer");
    if (!button || !item) return;
    const up = button.dataset.move === "-1";
    const neighbour = up ? item.previousElementSibling : item.nextElementSibling;
    if (up) neighbour?.before(item);
    else neighbour?.after(item);
    // An element that is moved loses the focus.
    button.focus();
    this.#say("");
    const items = this.#answers();
    const moved = this.querySelector("[data-quiz-moved]");
    const place = `${items.indexOf(item) + 1} of ${items.length}`;
    if (moved)
      moved.textContent = neighbour
        ? lessonTextWords.now(item.dataset.text ?? "", place)
        : lessonTextWords.itStays(place);
  };

  /** What the reader has given, or what is missing, in words. */
  #readAnswer(): QuizAnswer | string {
    const type = this.dataset.type;
    if (type === "order") return this.#answers().map(readIndex);
    if (type === "number") {
      const field = this.#number();
      const number = readNumber(field?.value ?? "");
      if (number !== undefined) return [number];
      field?.focus();
      return field?.value.trim() ? lessonTextWords.notNumber : lessonTextWords.writeNumberFirst;
    }
    const chosen = [...this.querySelectorAll<HTMLInputElement>("input:checked")].map(({ value }) => Number(value));
    return chosen.length > 0 ? chosen : lessonTextWords.chooseAnswerFirst;
  }

  /** Why each answer that was chosen is right or wrong; nothing about those that were not. */
  #explain(chosen: QuizAnswer) {
    const choice = this.dataset.type === "one" || this.dataset.type === "many";
    for (const item of this.#answers()) {
      const because = item.querySelector<HTMLDetailsElement>(".because");
      const isChosen = choice && chosen.includes(readIndex(item));
      if (isChosen && because?.dataset.verdict) item.dataset.verdict = because.dataset.verdict;
      else delete item.dataset.verdict;
      if (because) because.open = isChosen;
    }
  }

  #showRight() {
    const spec = this.#spec();
    const { right, type } = spec;
    if (type === "number") {
      const field = this.#number();
      const given = readNumber(field?.value ?? "");
      const isNear = given !== undefined && judgeQuiz(spec, [given]).result === "passed";
      if (field && !isNear) field.value = String(right[0]);
    } else if (type === "order") {
      this.#sort(right);
    } else {
      for (const input of this.querySelectorAll("input")) input.checked = right.includes(Number(input.value));
    }
    this.#explain(right);
    const whole = this.querySelector<HTMLDetailsElement>("form > .because");
    if (whole) whole.open = true;
    this.#say(lessonTextWords.right);
    this.#lock(true);
  }

  #reset() {
    this.#lock(false);
    this.querySelector("form")?.reset();
    this.#explain([]);
    for (const because of this.querySelectorAll<HTMLDetailsElement>(".because")) because.open = false;
    if (this.dataset.type === "order") this.#sort((this.dataset.shown ?? "").split(" ").map(Number));
    this.#say("");
  }

  #sort(order: readonly number[]) {
    const items = new Map(this.#answers().map((item) => [readIndex(item), item]));
    this.querySelector(".quiz-answers")?.append(...order.flatMap((index) => items.get(index) ?? []));
  }

  #lock(locked: boolean) {
    const fields = this.querySelector("fieldset");
    const button = this.querySelector<HTMLElement>("[type=submit]");
    const hadFocus = this.contains(document.activeElement);
    if (fields) fields.disabled = locked;
    if (button) button.hidden = locked;
    if (hadFocus && locked) this.#status()?.focus();
  }

  #say(words: string) {
    const status = this.#status();
    if (!status) return;
    // What was right at an earlier visit is no news.
    status.ariaLive = this.#isRight && !this.#isAnswering ? "off" : "polite";
    status.textContent = words;
  }

  #status() {
    return this.querySelector<HTMLElement>("[data-quiz-status]");
  }

  #number() {
    return this.querySelector<HTMLInputElement>(".quiz-number input");
  }

  #answers(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>(".quiz-answer")];
  }

  #spec(): QuizSpec {
    const { quiz = "", type = "one", right = "", tolerance } = this.dataset;
    return {
      kind: "quiz",
      quiz,
      type: type as QuizSpec["type"],
      question: this.querySelector("legend")?.textContent ?? "",
      right: right.split(" ").map(Number),
      answers: this.#answers().length,
      ...(tolerance === undefined ? {} : { tolerance: Number(tolerance) }),
    };
  }
}

function readIndex(item: HTMLElement): number {
  return Number(item.dataset.index);
}

customElements.define("quiz-form", QuizForm);
