import { z } from 'zod';
import { day, id } from '../../shared/fields.dto.js';

const MOST_DAYS = 366;
const daysFrom = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;

/** Days in China, both included; a year at most. societyId: what its warehouses and those below gave. */
export const distributionsQuery = z.object({
  from: day, to: day, societyId: id.optional(), warehouseId: id.optional(),
}).refine(({ from, to }) => to >= from && daysFrom(from, to) <= MOST_DAYS, { path: ['to'] }); // prettier-ignore
export type DistributionsQuery = z.infer<typeof distributionsQuery>;

/**
 * What was handed out, in the form of a public table: receiver × item × price, net of what was taken back. unitValueFen: of the lot; for goods
 * that were not donated, else of the catalogue; null when no proof shows one. Values are units × unit value; unvaluedUnits have none.
 */
export const distributionsDto = z.object({
  from: day, to: day,
  rows: z.array(z.object({
    societyId: id, recipient: z.string(), itemId: id, itemCode: z.string(), unitValueFen: z.int().nullable(), units: z.int(),
    valueFen: z.int().nullable(),
  })),
  items: z.array(z.object({ itemId: id, itemCode: z.string(), units: z.int(), valueFen: z.int(), unvaluedUnits: z.int() })),
  valueFen: z.int(),
}); // prettier-ignore
export type DistributionsDto = z.infer<typeof distributionsDto>;
