/** For tools that know TypeScript but not Astro, such as the linter; `astro check` sees the components' own types. */
declare module "*.astro" {
  import type { AstroComponentFactory } from "astro/runtime/server/index.js";

  const component: AstroComponentFactory;
  export default component;
}
