import { z } from 'zod';
import { factTimes, id, instant, requiredText, version } from '../../shared/fields.dto.js';
import { condition, lotDto } from '../relief-stock.dto.js';

/** A lot with why it is not good, since when and by whom; `causedByLotId`: a part whose recall holds this kit lot. */
export const lotStateDto = lotDto.extend({
  stateReason: z.string().nullable(), stateSince: instant.nullable(), stateBy: z.string().nullable(), causedByLotId: id.nullable(),
}); // prettier-ignore
export type LotStateDto = z.infer<typeof lotStateDto>;

export const changeLot = z.object({ reason: requiredText, version: version.optional(), ...factTimes });
export type ChangeLot = z.infer<typeof changeLot>;

/** Where units of the lot, or of kits that contain it, are now. */
export const lotWhere = z.object({
  warehouseId: id, warehouseCode: z.string(), warehouseName: z.string(), keeperName: z.string().nullable(), keeperPhone: z.string().nullable(),
  lotId: id, condition, onHandUnits: z.int(), reservedUnits: z.int(), transitUnits: z.int(),
}); // prettier-ignore
/** Units promised of lots that may not be sent: the order line must be supplied otherwise. */
export const promisedUnits = z.object({
  reservationId: id, orderLineId: id, warehouseId: id, lotId: id, units: z.int(), untilAt: instant.nullable(),
}); // prettier-ignore
export const recipientUnits = z.object({
  deliveryId: z.string(),
  recipient: z.string(),
  warehouseId: id,
  lotId: id,
  units: z.int(),
});

/**
 * A lot and everything it touches. `contains`: what one kit of it holds; `containedIn`: kit lots with units of it; `elsewhere`: warehouses
 * concerned that the reader may not see; they are told in their own consoles.
 */
export const lotTraceDto = z.object({
  lot: lotStateDto,
  contains: z.array(z.object({ lot: lotStateDto, units: z.int(), donors: z.array(z.string()), fund: z.string().nullable() })),
  containedIn: z.array(z.object({ lot: lotStateDto, units: z.int() })),
  donors: z.array(z.string()), where: z.array(lotWhere), elsewhere: z.int(), promised: z.array(promisedUnits),
  delivered: z.array(recipientUnits),
}); // prettier-ignore
export type LotTraceDto = z.infer<typeof lotTraceDto>;
