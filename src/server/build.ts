import { BuildError, buildMachine, buildSite } from "./build-site.ts";

/** `npm run build`: the machine image and the site as they are to be hosted, unless they are there already. */
const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());

try {
  await buildMachine(stop.signal);
  const wasBuilt = await buildSite(stop.signal);
  console.log(wasBuilt ? "The site is in dist/." : "The site in dist/ is up to date.");
} catch (error) {
  if (!stop.signal.aborted && !(error instanceof BuildError)) throw error;
  console.error(error instanceof BuildError ? error.message : "Stopped before it was built.");
  process.exitCode = 1;
}
