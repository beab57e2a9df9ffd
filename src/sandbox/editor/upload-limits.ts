import { editorWords } from "../../words/editor.ts";
import { amount } from "../kept-words.ts";
import { isWorkspacePath } from "../kept-paths.ts";

/** A file that somebody gives to the workspace. `path` is below the folder that it is put into. */
export interface OfferedFile {
  readonly path: string;
  readonly bytes: number;
  read(): Promise<Uint8Array>;
}

/** The machine's memory is small, and all that is kept of a lesson are 32 MiB. */
export const uploadLimits = { files: 300, fileBytes: 8_000_000, totalBytes: 24_000_000 };

/** Why these cannot be uploaded, in a sentence. */
export function uploadProblem(files: readonly OfferedFile[], limits = uploadLimits): string | undefined {
  const words = editorWords.upload;
  if (files.length === 0) return words.nothing;
  if (files.length > limits.files) return words.tooMany(limits.files);
  const large = files.find(({ bytes }) => bytes > limits.fileBytes);
  if (large !== undefined) return words.tooLarge(large.path, amount(limits.fileBytes));
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total > limits.totalBytes) return words.tooMuch(amount(limits.totalBytes));
  const bad = files.find(({ path }) => !isWorkspacePath(path));
  return bad && words.badName(bad.path);
}
