/** What was asked for: a dialog about files, text for a terminal, or files that were dropped. */
export type TransferRequest =
  | { readonly kind: "upload"; readonly files?: readonly File[] }
  | { readonly kind: "download" }
  | { readonly kind: "paste" };
