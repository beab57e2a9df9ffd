import type { Properties } from "./property.ts";

interface Parameters {
  readonly user?: string | undefined;
  readonly root?: boolean | undefined;
}

interface Thing {
  readonly Config?: { readonly User?: string | undefined } | null | undefined;
}

/** As whom a container or an image runs. */
export const processUser = {
  user: {
    wrong: (wanted: string, { Config }: Thing) => {
      const user = Config?.User ?? "";
      return user === wanted || user.split(":")[0] === wanted ? undefined : sayUser(user);
    },
    wants: (wanted: string) => `that runs as the user ${wanted}`,
  },
  root: {
    wrong: (wanted: boolean, { Config }: Thing) =>
      isRoot(Config?.User ?? "") === wanted ? undefined : sayUser(Config?.User ?? ""),
    wants: (wanted: boolean) => (wanted ? "that runs as root" : "that does not run as root"),
  },
} satisfies Properties<Parameters, Thing>;

/** Whether a user, as Docker names one, is root: nobody named is root as well. */
function isRoot(user: string): boolean {
  return /^(root|0)?(:|$)/.test(user);
}

/** To follow a container's or an image's name. */
function sayUser(user: string): string {
  return user === "" ? "names no user, so it runs as root" : `runs as the user ${user}`;
}
