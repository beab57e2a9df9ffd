import { buildMachine, buildSite } from "../../src/server/build-site.ts";

/** Before the browser tests: the machine image and the site as `npm start` would serve them. */
export default async function build(): Promise<void> {
  await buildMachine();
  await buildSite();
}
