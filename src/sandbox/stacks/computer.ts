import * as z from "zod/mini";

/** The reader's own computer, as far as the browser tells. */
export interface Computer {
  readonly browser?: string;
  /** Logical cores. */
  readonly cores?: number;
  /** Browsers round it, and say at most 8. */
  readonly memoryGigabytes?: number;
}

const hints = z.object({
  hardwareConcurrency: z.optional(z.number()),
  deviceMemory: z.optional(z.number()),
  userAgent: z.optional(z.string()),
  userAgentData: z.optional(z.object({ brands: z.array(z.object({ brand: z.string(), version: z.string() })) })),
});

/** `navigator` is the browser's own. */
export function readComputer(navigator: object): Computer {
  const found = hints.safeParse({
    hardwareConcurrency: read(navigator, "hardwareConcurrency"),
    deviceMemory: read(navigator, "deviceMemory"),
    userAgent: read(navigator, "userAgent"),
    userAgentData: read(navigator, "userAgentData"),
  }).data;
  if (found === undefined) return {};
  const { hardwareConcurrency, deviceMemory, userAgent = "", userAgentData } = found;
  const browser = brandOf(userAgentData?.brands ?? []) ?? nameIn(userAgent);
  return {
    ...(browser !== undefined && { browser }),
    ...(hardwareConcurrency !== undefined && { cores: hardwareConcurrency }),
    ...(deviceMemory !== undefined && { memoryGigabytes: deviceMemory }),
  };
}

function read(navigator: object, name: string): unknown {
  const value: unknown = Reflect.get(navigator, name);
  // An object of the browser's own kind has its values in its prototype.
  return name === "userAgentData" && typeof value === "object" && value !== null
    ? { brands: Reflect.get(value, "brands") as unknown }
    : value;
}

/** Browsers add a made-up brand, so that nobody relies on the list; and Chromium, which others are made of. */
function brandOf(brands: readonly { readonly brand: string; readonly version: string }[]): string | undefined {
  const real = brands.filter(({ brand }) => !/not.*brand/i.test(brand));
  const one = real.find(({ brand }) => brand !== "Chromium") ?? real[0];
  return one && `${one.brand} ${one.version}`;
}

function nameIn(userAgent: string): string | undefined {
  const [, name, version] = /(Firefox|Edg|Chrome)\/(\d+)/.exec(userAgent) ?? [];
  if (name !== undefined) return `${name === "Edg" ? "Edge" : name} ${version ?? ""}`;
  const safari = /Version\/(\d+).*Safari/.exec(userAgent)?.[1];
  return safari === undefined ? undefined : `Safari ${safari}`;
}
