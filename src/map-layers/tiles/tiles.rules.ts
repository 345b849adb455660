import type { TileAddress } from './tiles.dto.js';

/** Whether the grid has such a tile at all, down to `maxZoom`. */
export const isOnGrid = ({ z, x, y }: TileAddress, maxZoom: number): boolean =>
  z <= maxZoom && x < 2 ** z && y < 2 ** z;

/** The provider's address of a tile. */
export const addressOf = (template: string, tile: TileAddress): string =>
  template.replace(/\{([zxy])\}/g, (_, name: 'z' | 'x' | 'y') => String(tile[name]));

const startsWith = (bytes: Buffer, signature: string, at = 0): boolean =>
  bytes.subarray(at, at + signature.length).equals(Buffer.from(signature, 'latin1'));

/** What a picture is by its own first bytes, whatever its provider calls it; null for anything that is passed to nobody. */
export function imageTypeOf(bytes: Buffer): string | null {
  if (startsWith(bytes, '\x89PNG\r\n\x1a\n')) return 'image/png';
  if (startsWith(bytes, '\xff\xd8\xff')) return 'image/jpeg';
  return startsWith(bytes, 'RIFF') && startsWith(bytes, 'WEBP', 8) ? 'image/webp' : null;
}
