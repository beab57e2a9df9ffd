/** The machine's menu, the terminals and what the workbench says by itself. */
export const workbenchWords = {
  playground: "Playground",
  smallMachineCouldNot: "The small machine could not be loaded.",
  partPageCouldNot: "A part of the page could not be loaded, without which the machine cannot be used here.",
  allImagesCatalogue: "All images of the catalogue",
  addressInsideMachineFetch: (address: string, address2: string) =>
    `${address} is an address inside the machine. Fetch it there: curl ${address2}`,
  terminal: (n: number) => `Terminal ${n}`,
  leavesTerminal: "leaves the terminal",
  copiesPastes: "copies, pastes",
  searches: "searches",
  figuresNotLoaded: "The pictures of your engine could not be loaded.",
  linkNotLoaded: "The link could not be followed.",
};
