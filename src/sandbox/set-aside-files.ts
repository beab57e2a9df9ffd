import type { SetAsideRecord } from "./kept-work.ts";

interface ExportedFile {
  readonly name: string;
  readonly content: Uint8Array<ArrayBuffer>;
}

/**
 * A record that nobody could understand as files that somebody may: a JSON, and each of the bytes in it as a file of its own,
 * which the JSON names. None for what JSON cannot say.
 */
export function filesOfSetAside({ name, value }: SetAsideRecord, number: number): readonly ExportedFile[] {
  const files: ExportedFile[] = [];
  const takeBytes = (_: string, part: unknown): unknown => {
    const content = part instanceof ArrayBuffer ? new Uint8Array(part) : part;
    if (!(content instanceof Uint8Array)) return part;
    const file = { name: `${setAsideFolder}${number}/${files.length}.bin`, content: content.slice() };
    files.push(file);
    return { file: file.name };
  };
  try {
    const json = JSON.stringify({ name, value }, takeBytes, 2);
    return [{ name: `${setAsideFolder}${number}.json`, content: new TextEncoder().encode(`${json}\n`) }, ...files];
  } catch {
    return [];
  }
}

export const setAsideFolder = "set-aside/";
