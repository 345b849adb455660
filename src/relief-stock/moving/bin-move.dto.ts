import { z } from 'zod';
import { factTimes, id, instant, LIMITS, page, pageQuery, text, units, version } from '../../shared/fields.dto.js';

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
