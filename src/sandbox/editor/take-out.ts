import type { Cancellable, Workspace } from "../../machine/contract.ts";
import { openArchive } from "../open-archive.ts";
import { copyWorkspace } from "../workspace-copy.ts";

/** A file of the workspace, or a folder as a `.tar.gz` that ordinary tools open; "" is all of /workspace. */
export async function takeOut(
  workspace: Pick<Workspace, "list" | "read">,
  { path, kind }: { readonly path: string; readonly kind: "file" | "folder" },
  now: Date,
  options: Cancellable = {},
): Promise<File> {
  const name = path === "" ? "workspace" : path.slice(path.lastIndexOf("/") + 1);
  if (kind === "file") return new File([await workspace.read(path, options)], name);
  const below = (inner: string) => [path, inner].filter((part) => part !== "").join("/");
  const content = await copyWorkspace(
    { list: (folder) => workspace.list(below(folder), options), read: (file) => workspace.read(below(file), options) },
    options,
  );
  const archive = openArchive(now);
  try {
    await archive.addContent(`${name}/`, { ...content, files: [...content.files.values()] });
  } catch (error) {
    archive.abort(error);
    throw error;
  }
  return new File([await archive.close()], `${name}.tar.gz`, { type: "application/gzip" });
}
