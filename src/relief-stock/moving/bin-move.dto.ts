import { z } from 'zod';
import { day, factTimes, id, instant, LIMITS, page, pageQuery, text, units, version } from '../../shared/fields.dto.js';
import { condition, lotState } from '../relief-stock.dto.js';

/** Goods of one kind in one bin: a lot, its condition, whose it is, for which purpose. freeUnits: nobody has been promised them. */
export const binContentDto = z.object({
  id, binId: id, binCode: z.string(), itemId: id, lotId: id, lotCode: z.string(), expiresOn: day.nullable(), lotState, condition,
  ownerSocietyId: id, fund: z.string().nullable(), onHandUnits: z.int(), freeUnits: z.int(),
}); // prettier-ignore
export type BinContentDto = z.infer<typeof binContentDto>;
export const binContentPage = page(binContentDto);
export const binContentQuery = z.object({ warehouseId: id, binId: id.optional(), itemId: id.optional(), ...pageQuery });
export type BinContentQuery = z.infer<typeof binContentQuery>;

export const moveBins = z.object({
  id: id.optional(), warehouseId: id, note: text.default(''),
  lines: z.array(z.object({ contentId: id, toBinId: id, units })).min(1).max(LIMITS.documentLines), ...factTimes,
}); // prettier-ignore
export type MoveBins = z.infer<typeof moveBins>;
export const binMoveDto = z.object({
  id, number: z.string(), warehouseId: id, note: z.string(),
  lines: z.array(z.object({ line: z.int(), itemId: id, lotId: id, lotCode: z.string(), fromBin: z.string(), toBin: z.string(), units: z.int() })),
  movedBy: z.string(), occurredAt: instant, receivedAt: instant, version,
}); // prettier-ignore
export type BinMoveDto = z.infer<typeof binMoveDto>;
export const binMovePage = page(binMoveDto);
export const binMovesQuery = z.object({ warehouseId: id.optional(), ...pageQuery });
export type BinMovesQuery = z.infer<typeof binMovesQuery>;
