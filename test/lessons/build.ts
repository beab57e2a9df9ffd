import { buildMachine } from "../../src/server/build-site.ts";

/** Before the lesson tests: the machine image, from the cache when nothing changed. */
export default async function build(): Promise<void> {
  await buildMachine();
}
