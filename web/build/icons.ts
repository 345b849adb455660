import { PNG } from 'pngjs';
import type { Plugin } from 'vite';

/** The mark of `public/icon.svg`, drawn by points: a way over a hill and the place where it ends. No emblem. */
const GROUND = [0x12, 0x18, 0x1f];
const WAY = [0x11, 0x8a, 0xfc];
const PLACE = [0x37, 0xea, 0x84];
const CORNER = 7;
const SIDES: [x1: number, y1: number, x2: number, y2: number][] = [
  [7, 22, 16, 8],
  [16, 8, 25, 22],
];
/** Points a pixel is looked at, each way. */
const FINE = 4;

/** A maskable icon is cut to the platform's shape: its mark stays in the middle four fifths, and the ground goes to the edge. */
type Icon = { size: number; maskable: boolean };
const ICONS: Record<string, Icon> = {
  'icons/icon-192.png': { size: 192, maskable: false },
  'icons/icon-512.png': { size: 512, maskable: false },
  'icons/maskable-512.png': { size: 512, maskable: true },
};

/** Writes the icons that an installed page needs as PNG. */
export function icons(): Plugin {
  return {
    name: 'chiyuan:icons',
    apply: 'build',
    generateBundle() {
      for (const [fileName, icon] of Object.entries(ICONS)) this.emitFile({ type: 'asset', fileName, source: drawn(icon) });
    },
  };
} // prettier-ignore

function drawn({ size, maskable }: Icon): Uint8Array {
  const png = new PNG({ width: size, height: size });
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) png.data.set(pixel(x, y, { size, maskable }), (y * size + x) * 4);
  return PNG.sync.write(png);
}

/** The mean colour of a pixel, weighted by how much of it is covered. */
function pixel(px: number, py: number, { size, maskable }: Icon): number[] {
  const sum = [0, 0, 0];
  let covered = 0;
  for (let n = 0; n < FINE * FINE; n++) {
    const at = (p: number, step: number) => ((p + (step + 0.5) / FINE) / size) * 32;
    const colour = colourAt(at(px, n % FINE), at(py, Math.floor(n / FINE)), maskable);
    if (!colour) continue;
    covered += 1;
    colour.forEach((value, part) => (sum[part]! += value));
  }
  if (covered === 0) return [0, 0, 0, 0];
  return [...sum.map((value) => Math.round(value / covered)), Math.round((255 * covered) / FINE ** 2)];
}

function colourAt(x: number, y: number, maskable: boolean): number[] | null {
  if (!maskable && outside(x, y)) return null;
  const [mx, my] = maskable ? [16 + (x - 16) / 0.8, 16 + (y - 16) / 0.8] : [x, y];
  if (Math.hypot(mx - 16, my - 22) <= 3) return PLACE;
  return SIDES.some((side) => distance(mx, my, side) <= 1.7) ? WAY : GROUND;
}

const outside = (x: number, y: number): boolean => {
  const over = (value: number) => Math.max(CORNER - value, value - (32 - CORNER), 0);
  return Math.hypot(over(x), over(y)) > CORNER;
};

function distance(x: number, y: number, [x1, y1, x2, y2]: (typeof SIDES)[number]): number {
  const length2 = (x2 - x1) ** 2 + (y2 - y1) ** 2;
  const t = Math.min(1, Math.max(0, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length2));
  return Math.hypot(x - x1 - t * (x2 - x1), y - y1 - t * (y2 - y1));
}
