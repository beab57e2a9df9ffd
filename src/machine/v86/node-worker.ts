import { parentPort } from "node:worker_threads";
import { serveMachine } from "./serve.ts";

// worker.ts for Node's worker threads.
parentPort?.once("message", (port: MessagePort) => {
  const served = serveMachine(port);
  process.on("uncaughtException", (error) => {
    served.fail(error);
  });
});
