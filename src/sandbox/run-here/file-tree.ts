import type { DirectoryNode, FileSystemTree } from "@webcontainer/api";
import type { LessonFile } from "../../lessons/model.ts";

/** Files as WebContainers take them: folders within folders. Which of them can be executed gets lost. */
export function fileTree(files: readonly LessonFile[]): FileSystemTree {
  const root: FileSystemTree = {};
  for (const { path, content, encoding } of files) {
    const names = path.split("/");
    const name = names.pop() ?? path;
    folderOf(root, names)[name] = { file: { contents: encoding === "base64" ? bytesOf(content) : content } };
  }
  return root;
}

function folderOf(root: FileSystemTree, names: readonly string[]): FileSystemTree {
  let folder = root;
  for (const name of names) {
    const known = folder[name];
    const next: DirectoryNode = known !== undefined && "directory" in known ? known : { directory: {} };
    folder[name] = next;
    folder = next.directory;
  }
  return folder;
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}
