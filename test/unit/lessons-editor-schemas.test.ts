import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { expect, it } from "vitest";
import { createEditorSchemas } from "../../src/lessons/editor-schemas.ts";
import { root } from "../../src/server/build-site.ts";

/** `npx vitest run --project unit lessons-editor-schemas -u` writes them anew. */
it.each(Object.entries(createEditorSchemas()))(
  "content/.schemas/%s is what authors may write",
  async (name, schema) => {
    const path = join(root, "content/.schemas", name);
    const text = await format(JSON.stringify(schema), { ...(await resolveConfig(path)), parser: "json" });
    await expect(text).toMatchFileSnapshot(path);
  },
);
