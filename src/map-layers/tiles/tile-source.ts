import type { TileAddress } from './tiles.dto.js';

/** Largest picture that is passed on, in bytes. */
export const MOST_TILE_BYTES = 1_000_000;

/** Where tiles come from. Answers null where there is none; fails with `TileFailed`. */
export interface TileSource {
  ask(tile: TileAddress): Promise<Buffer | null>;
}

/** No tile, and why, in words for the log: never the address, which may hold a key. */
export class TileFailed extends Error {}
