import type { TileAddress } from './tiles.dto.js';

const WHOLE = /^\d{1,6}$/;

/** The tile that three numbers of an address name, or null where the grid has none down to `maxZoom`. */
export function tileAt(named: { z: string; x: string; y: string }, maxZoom: number): TileAddress | null {
  if (![named.z, named.x, named.y].every((number) => WHOLE.test(number))) return null;
  const tile = { z: Number(named.z), x: Number(named.x), y: Number(named.y) };
  return tile.z <= maxZoom && tile.x < 2 ** tile.z && tile.y < 2 ** tile.z ? tile : null;
}

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
