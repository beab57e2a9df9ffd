export interface SelfContained {
  readonly html: string;
  /** How many elements were left out or lost where they lead. */
  readonly leftOut: number;
}

/** A page without all that would run, load or lead somewhere else: it is shown without a host of its own, where its addresses would be the site's. */
export function selfContained(html: string): SelfContained {
  // Nothing of a document that is parsed so is loaded or run.
  const page = new DOMParser().parseFromString(html, "text/html");
  const removed = page.querySelectorAll("script, link, iframe, frame, object, embed, base, meta[http-equiv], portal");
  for (const element of removed) element.remove();
  let changed = removed.length;
  for (const element of page.querySelectorAll("*")) {
    let isChanged = false;
    for (const { name, value } of [...element.attributes]) {
      const leads = /^(href|src|srcset|action|formaction|poster|background|data|ping|xlink:href)$/.test(name);
      if (!name.startsWith("on") && !(leads && !/^(#|data:)/i.test(value.trim()))) continue;
      element.removeAttribute(name);
      isChanged = true;
    }
    if (isChanged) changed++;
  }
  return { html: `<!doctype html>${page.documentElement.outerHTML}`, leftOut: changed };
}
