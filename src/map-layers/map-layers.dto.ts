import { z } from 'zod';
import { datum, day, flag, id, instant, requiredText, shortText, version } from '../shared/fields.dto.js';

/** What a file may hold, before any work on it is begun; and what may be kept of it, so that a console draws it without stopping. */
export const LAYER_LIMITS = {
  bytes: 8_000_000,
  /** Brackets within brackets, strings apart. */
  depth: 16,
  shapes: 5000,
  sourceVertices: 200_000,
  keptVertices: 40_000,
  toleranceM: 5000,
};

/** As the survey offices write it, for example GS(2024)0650, with or without the word for number at its end; brackets of either width. */
export const approvalNo = z
  .string()
  .trim()
  .regex(/^[\p{Script=Han}A-Z]{1,10} ?[(（]\d{4}[)）] ?\d{1,6} ?\p{Script=Han}?$/u);

/** A layer as everybody who may see it knows it; its shapes come by their own address. approvalNo null: for use inside only. */
export const mapLayerDto = z.object({
  id, societyId: id, name: z.string(), provider: z.string(), approvalNo: z.string().nullable(), datum, validFrom: day,
  validUntil: day.nullable(), shown: z.boolean(), extent: z.array(z.number()).length(4), features: z.int(), sourceVertices: z.int(),
  vertices: z.int(), toleranceM: z.int(), fileName: z.string(), addedBy: z.string(), addedAt: instant, removedBy: z.string().nullable(),
  removedAt: instant.nullable(), reason: z.string().nullable(), version,
}); // prettier-ignore
export type MapLayerDto = z.infer<typeof mapLayerDto>;

/** GeoJSON in EPSG:4326, which `datum` repeats, so that nobody converts it again. */
export const layerShapesDto = z.object({
  type: z.literal('FeatureCollection'),
  datum: z.literal('WGS84'),
  features: z.array(
    z.object({
      type: z.literal('Feature'),
      properties: z.object({ name: z.string().nullable() }),
      geometry: z.object({
        type: z.enum(['MultiPoint', 'MultiLineString', 'MultiPolygon']),
        coordinates: z.array(z.unknown()),
      }),
    }),
  ),
});
export type LayerShapesDto = z.infer<typeof layerShapesDto>;

/** How a file is read. The file itself is the body of the request. */
const reading = {
  societyId: id,
  datum,
  toleranceM: z.coerce.number().int().min(0).max(LAYER_LIMITS.toleranceM),
};
export const previewQuery = z.object(reading);
export type PreviewQuery = z.infer<typeof previewQuery>;
export const previewDto = z.object({
  shapes: layerShapesDto, extent: z.array(z.number()).length(4), features: z.int(), sourceVertices: z.int(), vertices: z.int(),
  /** Rings smaller than the tolerance: an island in a lake of the survey is no island any more. */
  droppedRings: z.int(),
}); // prettier-ignore
export type PreviewDto = z.infer<typeof previewDto>;

export const addQuery = z.object({
  ...reading, id: id.optional(), name: shortText, provider: shortText, approvalNo: approvalNo.optional(), validFrom: day,
  validUntil: day.optional(), fileName: shortText,
}); // prettier-ignore
export type AddQuery = z.infer<typeof addQuery>;

export const layersQuery = z.object({ societyId: id, removed: flag.optional() });
export type LayersQuery = z.infer<typeof layersQuery>;
export const layersDto = z.object({ items: z.array(mapLayerDto), nextCursor: z.null() });
export const switchLayer = z.object({ version, shown: z.boolean() });
export type SwitchLayer = z.infer<typeof switchLayer>;
export const removeLayer = z.object({ version, reason: requiredText });
export type RemoveLayer = z.infer<typeof removeLayer>;
