import { deflateSync, inflateSync } from 'node:zlib';

// In the sandbox of a test each look at a global is slow, and a picture has millions of pixels: no loop here asks for one. That is also
// why pictures are read here and not by `pngjs`, which takes seconds for a screen.
const { max, min, abs, round } = Math;

/** A picture of a screen: four bytes a pixel. */
export interface Picture {
  width: number;
  height: number;
  data: Buffer;
}
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Bytes a pixel of the kinds of PNG that are read here: plain, with a palette, with transparency; 8 bits each. */
const BYTES_OF: Record<number, number> = { 2: 3, 3: 1, 6: 4 };

/** Undoes what a row was filtered by, in place. @param size bytes a pixel */
function unfilter(filter: number, row: Buffer, above: Buffer, size: number): void {
  if (filter === 0) return;
  for (let at = 0; at < row.length; at++) {
    const left = at < size ? 0 : row[at - size]!;
    const up = above[at]!;
    if (filter === 1) row[at] = row[at]! + left;
    else if (filter === 2) row[at] = row[at]! + up;
    else if (filter === 3) row[at] = row[at]! + ((left + up) >> 1);
    else {
      const corner = at < size ? 0 : above[at - size]!;
      const toLeft = abs(up - corner);
      const toUp = abs(left - corner);
      const toCorner = abs(left + up - 2 * corner);
      row[at] = row[at]! + (toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner);
    }
  }
}

/** Reads a PNG of 8 bits a channel, not interlaced: what Chromium and `encode` write. */
export function decode(png: Buffer): Picture {
  const parts = new Map<string, Buffer>();
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12) {
    const name = png.toString('latin1', at + 4, at + 8);
    const body = png.subarray(at + 8, at + 8 + png.readUInt32BE(at));
    parts.set(name, Buffer.concat([parts.get(name) ?? Buffer.alloc(0), body]));
  }
  const head = parts.get('IHDR')!;
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)];
  const size = BYTES_OF[head[9]!];
  if (head[8] !== 8 || size === undefined || head[12] !== 0) throw new Error('not a PNG of 8 bits a channel');
  const rows = inflateSync(parts.get('IDAT')!);
  const palette = parts.get('PLTE');
  const data = Buffer.alloc(width * height * 4, 255);
  const stride = width * size;
  let above: Buffer = Buffer.alloc(stride);
  for (let y = 0; y < height; y++) {
    const from = y * (stride + 1);
    const row = rows.subarray(from + 1, from + 1 + stride);
    unfilter(rows[from]!, row, above, size);
    above = row;
    const source = palette ?? row;
    for (let x = 0; x < width; x++) {
      const to = (y * width + x) * 4;
      const of = palette ? row[x]! * 3 : x * size;
      data[to] = source[of]!;
      data[to + 1] = source[of + 1]!;
      data[to + 2] = source[of + 2]!;
      if (size === 4) data[to + 3] = source[of + 3]!;
    }
  }
  return { width, height, data };
}

const inside = (x: number, y: number, box: Box): boolean =>
  x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height;

/** From which distance of the strongest to the weakest channel on a colour draws the eye; greys and tinted grounds stay below. */
export const SATURATED = 64;

/** Share of the pixels outside of `without` that are saturated, 0 to 1. */
export function saturatedShare({ width, height, data }: Picture, without: Box): number {
  let looked = 0;
  let saturated = 0;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (inside(x, y, without)) continue;
      const at = (y * width + x) * 4;
      const [r, g, b] = [data[at]!, data[at + 1]!, data[at + 2]!];
      looked++;
      if (max(r, g, b) - min(r, g, b) >= SATURATED) saturated++;
    }
  return saturated / looked;
}

/** What is left without colour: how light each pixel is, 0 to 255. */
export function greyOf({ width, height, data }: Picture): { width: number; height: number; light: Uint8Array } {
  const light = new Uint8Array(width * height);
  for (let at = 0; at < light.length; at++)
    light[at] = round(0.2126 * data[at * 4]! + 0.7152 * data[at * 4 + 1]! + 0.0722 * data[at * 4 + 2]!);
  return { width, height, light };
}

/**
 * The shape on a small picture without its lightness: which pixels stand out from the ground (the first one) by more than half of what
 * the strongest does. Two signs of one shape are the same here, whatever their colours.
 */
export function shapeOf(picture: Picture): boolean[] {
  const { light } = greyOf(picture);
  const ground = light[0]!;
  const most = light.reduce((most, each) => max(most, abs(each - ground)), 0);
  return [...light].map((each) => most > 20 && abs(each - ground) > most / 2);
}

const rgbAt = (data: Uint8Array | Buffer, at: number): number =>
  (data[at]! << 16) | (data[at + 1]! << 8) | data[at + 2]!;

const distance = (a: number, b: number): number =>
  ((a >> 16) - (b >> 16)) ** 2 + (((a >> 8) & 255) - ((b >> 8) & 255)) ** 2 + ((a & 255) - (b & 255)) ** 2;

const MOST_COLOURS = 256;
/** Colours nearer than this are one to the eye: the second of them would take the place of a hue that only a few letters have. */
const APART = 3 * 6 ** 2;

/** All the colours that an 8-bit picture may have: the most frequent of those that differ, then the most frequent of the rest. */
export function paletteOf({ data }: Picture): number[] {
  const counts = new Map<number, number>();
  // A screen is mostly runs of one colour: each run is looked up once.
  for (let at = 0; at < data.length;) {
    const rgb = rgbAt(data, at);
    const from = at;
    while (at < data.length && rgbAt(data, at) === rgb) at += 4;
    counts.set(rgb, (counts.get(rgb) ?? 0) + (at - from) / 4);
  }
  const frequent = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([rgb]) => rgb);
  if (frequent.length <= MOST_COLOURS) return frequent;
  const apart: number[] = [];
  for (const rgb of frequent)
    if (apart.length < MOST_COLOURS && apart.every((other) => distance(rgb, other) > APART)) apart.push(rgb);
  const known = new Set(apart);
  return [...apart, ...frequent.filter((rgb) => !known.has(rgb)).slice(0, MOST_COLOURS - apart.length)];
}

/** Which colour of the palette each pixel is nearest to. */
function indexed({ data, width, height }: Picture, colours: readonly number[]): Uint8Array {
  const known = new Map(colours.map((rgb, index) => [rgb, index] as const));
  const out = new Uint8Array(width * height);
  for (let at = 0; at < out.length; at++) {
    const rgb = rgbAt(data, at * 4);
    if (at > 0 && rgb === rgbAt(data, at * 4 - 4)) {
      out[at] = out[at - 1]!;
      continue;
    }
    let index = known.get(rgb);
    if (index === undefined) {
      index = 0;
      for (let other = 1; other < colours.length; other++)
        if (distance(rgb, colours[other]!) < distance(rgb, colours[index]!)) index = other;
      known.set(rgb, index);
    }
    out[at] = index;
  }
  return out;
}

/** The picture in the colours of a palette, so that a kept picture and a fresh one lose the same. */
export function inPalette(picture: Picture, colours: readonly number[]): Picture {
  const out = Buffer.alloc(picture.data.length);
  indexed(picture, colours).forEach((index, at) => {
    const rgb = colours[index]!;
    out.writeUInt32BE(((rgb << 8) | 255) >>> 0, at * 4);
  });
  return { width: picture.width, height: picture.height, data: out };
}

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});
const crc = (bytes: Buffer): number => {
  let c = 0xffffffff;
  for (const byte of bytes) c = TABLE[(c ^ byte) & 255]! ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
};
function chunk(name: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), body]);
  const out = Buffer.alloc(named.length + 8);
  out.writeUInt32BE(body.length, 0);
  named.copy(out, 4);
  out.writeUInt32BE(crc(named), named.length + 4);
  return out;
}

/** An 8-bit PNG with a palette: a third of the size, which `pngjs` reads but does not write. */
export function encode(picture: Picture, colours: readonly number[]): Buffer {
  const { width, height } = picture;
  const pixels = indexed(picture, colours);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) rows.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  const palette = Buffer.from(colours.flatMap((rgb) => [rgb >> 16, (rgb >> 8) & 255, rgb & 255]));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('PLTE', palette),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
