import { pictureWords } from "../../words/pictures.ts";
/**
 * Draws an SVG that stands for itself, with its width and height in pixels and nothing from elsewhere, as a PNG of `scale` times its size.
 * Rejects when the browser cannot.
 */
export async function svgToPng(svg: string, scale = 2): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    const fit = Math.min(scale, longestSide / Math.max(image.naturalWidth, image.naturalHeight));
    canvas.width = Math.ceil(image.naturalWidth * fit);
    canvas.height = Math.ceil(image.naturalHeight * fit);
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const { promise, resolve, reject } = Promise.withResolvers<Blob>();
    canvas.toBlob((blob) => (blob === null ? reject(new Error(pictureWords.pngFailed)) : resolve(blob)), "image/png");
    return await promise;
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** In pixels; beyond it browsers give an empty canvas. */
const longestSide = 16_000;
