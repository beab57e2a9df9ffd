import { inlineSvg } from "./inline-svg.ts";

/** Endings of the pictures that a lesson can show. */
export const pictureTypes = /\.(svg|png|jpe?g|webp)$/;

/** Why the picture cannot be shown; undefined when it can. `name` is that of its file. */
export function faultOfPicture(
  name: string,
  content: Uint8Array,
): { readonly problem: string; readonly remedy: string } | undefined {
  const type = pictureTypes.exec(name)?.[1];
  if (type === "svg") {
    const result = inlineSvg(new TextDecoder().decode(content), { id: "picture", name });
    return "problem" in result
      ? { problem: `${name} cannot be shown: ${result.problem}`, remedy: result.remedy }
      : undefined;
  }
  const start = Buffer.from(content.subarray(0, 12)).toString("latin1");
  if (type !== undefined && signatures[type]?.test(start)) return undefined;
  return {
    problem: `${name} is not what its ending says.`,
    remedy: "Save it as the kind of picture that it is named.",
  };
}

/** The first bytes of each kind of picture. */
const signatures: Readonly<Record<string, RegExp>> = {
  png: /^\x89PNG\r\n/,
  jpg: /^\xff\xd8\xff/,
  jpeg: /^\xff\xd8\xff/,
  webp: /^RIFF[^]{4}WEBP/,
};
