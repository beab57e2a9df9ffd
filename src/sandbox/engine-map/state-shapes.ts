import type { ContainerThing } from "./engine-map.ts";

const ring = "M6 1.5a4.5 4.5 0 1 0 .01 0Z M6 3.2a2.8 2.8 0 1 0 .01 0Z";
const square = "M1.5 1.5h9v9h-9Z M3.2 3.2v5.6h5.6V3.2Z";
const cross = "M2.6 1.4 6 4.8 9.4 1.4l1.2 1.2L7.2 6l3.4 3.4-1.2 1.2L6 7.2l-3.4 3.4-1.2-1.2L4.8 6 1.4 2.6Z";

/** Each state of a container as a shape, 12 wide and high, to be filled by the even-odd rule. */
export const stateShapes: Readonly<Record<ContainerThing["state"], string>> = {
  running: "M6 1a5 5 0 1 0 .01 0Z",
  paused: "M2 1.5h3v9H2Z M7 1.5h3v9H7Z",
  restarting: ring,
  created: ring,
  exited: square,
  removing: cross,
  dead: cross,
};
