import { join } from "node:path";
import { startMachineInNode } from "../../src/machine/node.ts";
import { describeEngine } from "./contract.ts";

describeEngine("Docker Engine in the emulated machine", async () => {
  const machine = await startMachineInNode({ imageFolder: join(import.meta.dirname, "../../public/machine") });
  return {
    dialer: machine,
    image: "busybox",
    [Symbol.asyncDispose]: () => machine[Symbol.asyncDispose](),
  };
});
