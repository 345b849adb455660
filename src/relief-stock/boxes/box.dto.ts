import { z } from 'zod';
import { day, factTimes, id, instant, page, pageQuery, requiredText, text, units, version } from '../../shared/fields.dto.js'; // prettier-ignore
import { condition, lotSource } from '../relief-stock.dto.js';

export const BOX_LIMITS = {
  /** Kinds of goods in one box. */
  contents: 50,
  /** Boxes on one pallet. */
  boxes: 100,
};

export const boxKind = z.enum(['box', 'pallet']);
/** packed: on the shelf of its bin; left: its units are no longer there, what it held is kept; broken: opened, its units lie loose. */
export const BOX_STATUSES = ['packed', 'left', 'broken'] as const;
export const boxStatus = z.enum(BOX_STATUSES);
export type BoxStatus = z.infer<typeof boxStatus>;

/** contentId: the goods of one kind in one bin, as `GET /stock/cells` names them. boxId: the box on the pallet that holds them. */
export const boxContentDto = z.object({
  boxId: id, contentId: id, itemId: id, itemCode: z.string(), itemName: z.string(), unit: z.string(), lotId: id, lotCode: z.string(),
  expiresOn: day.nullable(), source: lotSource, condition, ownerSocietyId: id, fund: z.string().nullable(), units: z.int(),
}); // prettier-ignore
export type BoxContentDto = z.infer<typeof boxContentDto>;
/** contents: of the box itself and, for a pallet, of the boxes on it. leftWith: the paper under which its units left. */
export const boxDto = z.object({
  id, sscc: z.string(), kind: boxKind, status: boxStatus, warehouseId: id, warehouseName: z.string(), binId: id, binCode: z.string(),
  parentId: id.nullable(), note: z.string(), packedBy: z.string(), packedAt: instant, leftWith: z.string().nullable(),
  endedBy: z.string().nullable(), endedAt: instant.nullable(), boxIds: z.array(id), contents: z.array(boxContentDto), version,
}); // prettier-ignore
export type BoxDto = z.infer<typeof boxDto>;
export const boxPage = page(boxDto);
export const boxesQuery = z.object({ warehouseId: id, binId: id.optional(), status: boxStatus.default('packed'), ...pageQuery }); // prettier-ignore
export type BoxesQuery = z.infer<typeof boxesQuery>;

/** sscc: the number that stands on it already, of whoever packed it; left out, it is given one of ours. */
export const packBox = z.object({
  id: id.optional(), sscc: z.string().regex(/^\d{18}$/).optional(), kind: boxKind.default('box'), warehouseId: id, binId: id, note: text.default(''),
  contents: z.array(z.object({ contentId: id, units })).max(BOX_LIMITS.contents).default([]),
  boxIds: z.array(id).max(BOX_LIMITS.boxes).default([]),
}).refine(({ kind, contents, boxIds }) => contents.length + boxIds.length > 0 && (kind === 'pallet' || boxIds.length === 0), { path: ['contents'] }); // prettier-ignore
export type PackBox = z.infer<typeof packBox>;
export const moveBox = z.object({ version: version.optional(), toBinId: id, note: text.default(''), ...factTimes });
export type MoveBox = z.infer<typeof moveBox>;
export const placeBox = z.object({ version: version.optional(), warehouseId: id, binId: id });
export type PlaceBox = z.infer<typeof placeBox>;
export const breakBox = z.object({ version: version.optional() });
export type BreakBox = z.infer<typeof breakBox>;
/** document: the paper that it goes with. */
export const sendBox = z.object({ version: version.optional(), document: requiredText });
export type SendBox = z.infer<typeof sendBox>;

export const BOX_FORMS = ['receipt', 'goods', 'count', 'bin-move'] as const;
export const boxForm = z.enum(BOX_FORMS);
export type BoxForm = z.infer<typeof boxForm>;
/** What a form takes: `goods` serves issues, transfers and requests. */
export const boxLinesQuery = z.object({ form: boxForm.default('goods') });
export type BoxLinesQuery = z.infer<typeof boxLinesQuery>;
