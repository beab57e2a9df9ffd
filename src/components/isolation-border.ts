/**
 * Pages that are cross-origin isolated are so by the headers that they come with. Going there or from there therefore loads the
 * page as a whole: the router, which only exchanges what is in a page, would leave it as isolated as the one before.
 */
class IsolationBorder extends HTMLElement {
  connectedCallback() {
    document.addEventListener("astro:before-preparation", this.#look);
  }

  disconnectedCallback() {
    document.removeEventListener("astro:before-preparation", this.#look);
  }

  readonly #look = (event: Event) => {
    const { from, to } = event as Event & { readonly from: URL; readonly to: URL };
    const isIsolated = ({ pathname }: URL) => pathname.startsWith(this.dataset.isolated ?? "/run-here/");
    if (isIsolated(from) !== isIsolated(to)) event.preventDefault();
  };
}

customElements.define("isolation-border", IsolationBorder);
