import { signal } from "@preact/signals";
import type { Workbench } from "./workbench.ts";

/** The workbench of the page, for what is loaded later and not below its view; undefined until the sandbox has arrived. */
export const currentBench = signal<Workbench | undefined>(undefined);
