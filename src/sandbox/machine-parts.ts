/** What the workbench needs once there is a machine, in one piece that is loaded with it. */
export { DiskSpace } from "./disk-space.ts";
export { createMachineChecks } from "./machine-checks.ts";
export { explainOutOfReach } from "./out-of-reach.ts";
export { warmUp } from "./warm-up.ts";
