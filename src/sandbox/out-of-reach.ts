import type { CatalogueEntry, OutOfReach } from "../machine/contract.ts";
import { errorSentence } from "./error-sentence.ts";
import { outOfReachWords } from "../words/out-of-reach.ts";

/** What a person is told of something that the machine cannot have, and whether the page of the image catalogue says more. */
export function explainOutOfReach(wanted: OutOfReach): { readonly words: string; readonly isImage: boolean } {
  switch (wanted.kind) {
    case "host":
      if (/(?:^|\.)docker\.(?:io|com)$/.test(wanted.name)) {
        const words = outOfReachWords.machineNoInternetDocker + outOfReachWords.dockerPullBuildsTake;
        return { words, isImage: true };
      }
      return {
        words: outOfReachWords.machineNoInternetCannot(wanted.name),
        isImage: false,
      };
    case "catalogue":
      return {
        words: outOfReachWords.couldNotPulledSites(wanted.image, errorSentence(wanted.error)),
        isImage: true,
      };
    case "image":
      return {
        words: outOfReachWords.notSitesImageCatalogue(nameOf(wanted), instead(wanted)),
        isImage: true,
      };
  }
}

type WantedImage = Extract<OutOfReach, { kind: "image" }>;

function nameOf({ repository, reference }: WantedImage): string {
  return reference.startsWith("sha256:") ? `${repository}@${reference.slice(0, 19)}…` : `${repository}:${reference}`;
}

function instead({ repository, catalogue }: WantedImage): string {
  const [first] = catalogue;
  if (first === undefined) return outOfReachWords.catalogueEmpty;
  const same = catalogue.find((entry) => entry.repository === repository);
  if (same) return outOfReachWords.theCatalogueHas(listed(references(same), "and"));
  const similar = catalogue.filter((entry) => isSimilar(entry.repository, repository));
  const meant = similar.length > 0 ? outOfReachWords.didYouMean(listed(similar.map(bestReference), "or")) : "";
  return outOfReachWords.theCatalogueHas2(meant, listed(catalogue.map((entry) => entry.repository).sort(), "and"));
}

function references({ repository, tags }: CatalogueEntry): string[] {
  return tags.map((tag) => `${repository}:${tag}`);
}

/** What is typed with the fewest signs. */
function bestReference({ repository, tags }: CatalogueEntry): string {
  return tags.includes("latest") ? repository : `${repository}:${tags[0] ?? "latest"}`;
}

function listed(names: readonly string[], before: "and" | "or"): string {
  if (names.length <= MAX_LISTED)
    return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} ${before} ${names.at(-1) ?? ""}`;
  return `${names.slice(0, MAX_LISTED).join(", ")} and ${names.length - MAX_LISTED} more`;
}

/** More would hide the terminal; the catalogue's own page has them all. */
const MAX_LISTED = 12;

/** A slip of a letter or two, or the same name with something before or after it, as in `bitnami/nginx` or `python3`. */
function isSimilar(there: string, wanted: string): boolean {
  const name = wanted.slice(wanted.lastIndexOf("/") + 1);
  const own = there.slice(there.lastIndexOf("/") + 1);
  if (own.length >= 3 && (name.includes(own) || (name.length >= 3 && own.includes(name)))) return true;
  return changesBetween(own, name) <= (Math.max(own.length, name.length) > 5 ? 2 : 1);
}

/** How many letters are added, left out, changed or exchanged with the next (optimal string alignment distance). */
function changesBetween(a: string, b: string): number {
  let [before, last]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, n) => n)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = (last[j - 1] ?? 0) + Number(a[i - 1] !== b[j - 1]);
      const isExchanged = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(
        Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, changed, isExchanged ? (before[j - 2] ?? 0) + 1 : Infinity),
      );
    }
    [before, last] = [last, row];
  }
  return last[b.length] ?? 0;
}
