/** By what right WebContainers may be run on this site. A commercial site needs a licence of StackBlitz's, and a key with it. */
export type WebContainerLicence =
  | { readonly kind: "none" }
  /** The operator says that none is needed. */
  | { readonly kind: "non-commercial" }
  /** The key is public: it is sent to StackBlitz by each reader's browser, and holds for the addresses that its owner has named. */
  | { readonly kind: "key"; readonly key: string };

/** Reads `DRYDOCK_WEBCONTAINER_KEY`: a key of StackBlitz's, or `non-commercial`. Throws an `Error` that says what is wrong with it. */
export function readWebContainerLicence(value: string | undefined): WebContainerLicence {
  const key = value?.trim() ?? "";
  if (key === "") return { kind: "none" };
  if (key === "non-commercial") return { kind: "non-commercial" };
  if (/^[\w.:-]{8,200}$/.test(key)) return { kind: "key", key };
  throw new Error(
    `DRYDOCK_WEBCONTAINER_KEY is "${key}", which is no key. Write the one that StackBlitz gave you for this site's address, non-commercial if its terms ask for none, or leave it out.`,
  );
}
