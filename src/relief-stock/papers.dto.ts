import { z } from 'zod';
import { id, instant, version } from '../shared/fields.dto.js';

/**
 * The papers of a warehouse that somebody still has to do something about, by what the journal calls them: the states in which they are
 * open. An accepted receipt has had its effect; a transfer or issue is open until the giving side has read what became of it.
 */
export const OPEN_PAPERS = {
  'goods-receipt': ['announced', 'arrived', 'counted-a', 'counted-b'],
  donation: ['announced'],
  'stock-count': ['open', 'counted', 'approved'],
  'stock-transfer': ['draft', 'ordered', 'picking', 'loaded', 'departed', 'arrived', 'received', 'received-with-differences'],
  'stock-issue': ['ordered', 'approved', 'picking', 'issued', 'signed', 'signed-with-differences'],
  'stock-inquiry': ['open', 'write-off-proposed'],
  'stock-request': ['open', 'answered'],
  'stock-adjustment': ['draft', 'submitted'],
  'stock-reversal': ['submitted'],
} as const; // prettier-ignore
export const PAPER_KINDS = Object.keys(OPEN_PAPERS) as (keyof typeof OPEN_PAPERS)[];
export type PaperKind = (typeof PAPER_KINDS)[number];

/**
 * An open paper in one row. kind: what the journal calls it, and what its page fetches; counterpart: who is at the other end, in words;
 * toWarehouseId: the receiving warehouse; at: since when it is in its state, or when it was written where it does not say.
 */
export const paperRowDto = z.object({
  id, number: z.string(), kind: z.enum(PAPER_KINDS), state: z.string(), warehouseId: id.nullable(), toWarehouseId: id.nullable(),
  counterpart: z.string().nullable(), at: instant, version,
}); // prettier-ignore
export type PaperRowDto = z.infer<typeof paperRowDto>;
