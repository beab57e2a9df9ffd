import { join } from "node:path";
import { startMachineInNode } from "../../src/machine/node.ts";
import { describeMachine } from "./contract.ts";

/** Another build of the image than the site's can be tried by this variable. */
const imageFolder = process.env.DRYDOCK_MACHINE ?? join(import.meta.dirname, "../../public/machine");

// What starts machines over and over is tried where readers have them, in Chromium; lessons are proven on this one.
describeMachine("the v86 machine under Node", (options = {}) => startMachineInNode({ imageFolder, ...options }), []);
