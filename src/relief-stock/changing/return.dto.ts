import { z } from 'zod';
import {
  day, factTimes, id, instant, LIMITS, page, pageQuery, shortText, text, units, version,
} from '../../shared/fields.dto.js'; // prettier-ignore
import { condition, reversalMark } from '../relief-stock.dto.js';

/** Goods that a recipient holds of one order or issue (its id), as the ledger names them. */
export const deliveryDto = z.object({
  id, warehouseId: id, recipient: z.string(), document: z.string(), deliveredAt: instant, units: z.int(),
}); // prettier-ignore
export type DeliveryDto = z.infer<typeof deliveryDto>;
export const deliveryPage = page(deliveryDto);
export const deliveriesQuery = z.object({ warehouseId: id, ...pageQuery });
export type DeliveriesQuery = z.infer<typeof deliveriesQuery>;
export const deliveredLine = z.object({
  cellId: id, itemId: id, lotId: id, lotCode: z.string(), expiresOn: day.nullable(), ownerSocietyId: id, fund: z.string().nullable(),
  units: z.int(),
}); // prettier-ignore
export const deliveredDto = deliveryDto.extend({ lines: z.array(deliveredLine) });
export type DeliveredDto = z.infer<typeof deliveredDto>;

/** What came back of a delivery, as the keeper found it: `cellId` names the goods that the recipient held. */
export const returnGoods = z.object({
  id: id.optional(), warehouseId: id, deliveryId: id, returnedBy: shortText, note: text.default(''),
  lines: z.array(z.object({ cellId: id, units, binId: id, condition })).min(1).max(LIMITS.list), ...factTimes,
}); // prettier-ignore
export type ReturnGoods = z.infer<typeof returnGoods>;
export const returnDto = z.object({
  id, number: z.string(), warehouseId: id, deliveryId: id, recipient: z.string(), returnedBy: z.string(), note: z.string(),
  status: z.enum(['posted', 'reversed']),
  lines: z.array(z.object({
    line: z.int(), itemId: id, lotId: id, lotCode: z.string(), binId: id, binCode: z.string(), condition, ownerSocietyId: id,
    fund: z.string().nullable(), units: z.int(),
  })),
  inspectedBy: z.string(), reversal: reversalMark.nullable(), occurredAt: instant, recordedAt: instant, receivedAt: instant, version,
}); // prettier-ignore
export type ReturnDto = z.infer<typeof returnDto>;
export const returnPage = page(returnDto);
export const returnsQuery = z.object({ warehouseId: id.optional(), deliveryId: id.optional(), ...pageQuery });
export type ReturnsQuery = z.infer<typeof returnsQuery>;
