import { once } from "node:events";
import { parseArgs } from "node:util";
import { BuildError, buildMachine, buildSite, siteFolder } from "./build-site.ts";
import { serveFolder, type StaticServer } from "./static.ts";

/** `npm start`: builds what is missing, serves the site on a loopback port and prints its address. */
const { values } = parseArgs({ options: { port: { type: "string", default: "4321" } } });
const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());

try {
  await buildMachine(stop.signal);
  await buildSite(stop.signal);
  stop.signal.throwIfAborted();
  await using server = await serveOnFreePort(Number(values.port));
  console.log(`\n  Drydock is ready:  ${server.url}\n  Ctrl-C stops it.\n`);
  if (!stop.signal.aborted) await once(stop.signal, "abort");
} catch (error) {
  if (stop.signal.aborted) {
    console.error("Stopped before it was ready.");
  } else if (error instanceof BuildError) {
    console.error(error.message);
  } else {
    throw error;
  }
  process.exitCode = 1;
}

async function serveOnFreePort(first: number): Promise<StaticServer> {
  if (!Number.isInteger(first) || first < 0 || first > 65_535) throw new RangeError(`${values.port} is not a port`);
  for (let port = first; ; port++) {
    try {
      return await serveFolder(siteFolder, port);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EADDRINUSE") || port === 65_535) throw error;
      console.log(`Port ${port} is taken, trying ${port + 1}.`);
    }
  }
}
