/** What cannot be had from the machine, and what is there instead. */
export const outOfReachWords = {
  machineNoInternetDocker: "This machine has no internet, so Docker Hub cannot be reached. ",
  dockerPullBuildsTake: "docker pull and a build's FROM take images from this site's image catalogue.",
  machineNoInternetCannot: (name: string) => `This machine has no internet: ${name} cannot be reached from it.`,
  couldNotPulledSites: (image: string, why: string) =>
    `${image} could not be pulled from this site's image catalogue. ${why}`,
  notSitesImageCatalogue: (nameOf: string, instead: string) =>
    `${nameOf} is not in this site's image catalogue, and the machine has no internet to fetch it from. ${instead}`,
  catalogueEmpty: "The catalogue is empty.",
  theCatalogueHas: (names: string) => `The catalogue has ${names}.`,
  didYouMean: (names: string) => `Did you mean ${names}? `,
  theCatalogueHas2: (meant: string, names: string) => `${meant}The catalogue has ${names}.`,
};
