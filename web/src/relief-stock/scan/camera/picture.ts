import { readingSize } from './camera.rules.js';

const LONGEST_PX = 1920;
type Source = { image: CanvasImageSource; width: number; height: number };

/** The points of a picture, no more of them than reading needs. */
export function pointsOf({ image, ...size }: Source, canvas = document.createElement('canvas')): ImageData {
  const { width, height } = readingSize(size, LONGEST_PX);
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  context.drawImage(image, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}

/** A photo as the phone took it; rejects what is no picture. */
export async function pointsOfPhoto(file: Blob): Promise<ImageData> {
  const image = await createImageBitmap(file);
  try {
    return pointsOf({ image, width: image.width, height: image.height });
  } finally {
    image.close();
  }
}
