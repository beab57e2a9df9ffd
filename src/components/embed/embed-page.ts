import { whereLinkLeads } from "../../embed/embed-path.ts";
import { link } from "../link.ts";

/**
 * A page that is made for frames in pages of other sites: lets its sandbox come when it is known that the pages around may show it, and keeps the reader's
 * links in the frame or leads them out of it.
 */
document.addEventListener("astro:page-load", begin);
// Before the router, which would follow them in the frame.
document.addEventListener("click", onClick, { capture: true });

const isFramed = window.parent !== window;
let guest: Promise<{ show: (release: () => void) => Promise<void> }> | undefined;

function begin(): void {
  if (!isFramed) release();
  else {
    guest ??= import("./framed-page.ts");
    void guest.then(({ show }) => show(release));
  }
}

function release(): void {
  document.getElementById("sandbox")?.removeAttribute("data-held");
  document.dispatchEvent(new Event("drydock:release"));
}

/** Links that have a target of their own are left alone. For the others, `<base>` has one that leads out of the frame, also without this script. */
function onClick({ target }: Event): void {
  const anchor = target instanceof Element ? target.closest("a[href]") : null;
  if (!(anchor instanceof HTMLAnchorElement) || anchor.target !== "" || anchor.download !== "") return;
  const url = new URL(anchor.href);
  const base = link("");
  const below = (at: { readonly origin: string; readonly pathname: string }) =>
    at.origin === location.origin && at.pathname.startsWith(base) ? at.pathname.slice(base.length) : undefined;
  const way = whereLinkLeads(below(url), below(location) ?? "");
  if (way.to === "out") {
    anchor.target = "_blank";
    anchor.rel = "noopener";
    return;
  }
  anchor.target = "_self";
  if (way.to === "embed") anchor.href = base + way.path + url.hash;
  else anchor.href = url.hash || "#content";
}
