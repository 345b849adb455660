import { z } from 'zod';

/** Grid of the base map: web mercator (EPSG:3857), tiles of 256 pixels, rows from the north. */
export const MOST_ZOOM = 18;
/** A number of the grid as it stands in an address; whether there is such a tile is judged afterwards (404). */
export const gridNumber = z.string().max(40);
export interface TileAddress {
  z: number;
  x: number;
  y: number;
}

/** Whose map lies under ours, as the rules on quoting maps ask; null: none is set, the neutral land alone is drawn. */
export const baseMapDto = z.object({
  baseMap: z.object({ provider: z.string(), approvalNo: z.string(), maxZoom: z.int() }).nullable(),
});
export type BaseMapDto = z.infer<typeof baseMapDto>;
export type BaseMap = NonNullable<BaseMapDto['baseMap']>;
