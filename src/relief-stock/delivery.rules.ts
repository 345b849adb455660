import { Problem } from '../shared/problem.js';
import type { MovementReason } from './relief-stock.dto.js';

/** Units of one lot of an order line that lie in the order's transit account. Given in order of use (see fefo.rules). */
export interface Parcel {
  orderLineId: string;
  cellId: string;
  units: number;
}

/** How the receiver found a line. The three add up to what was shipped. */
export interface CountedLine {
  orderLineId: string;
  receivedUnits: number;
  damagedUnits: number;
  missingUnits: number;
}

export type DeliveryReason = Extract<MovementReason, 'deliver' | 'damage' | 'missing'>;
export interface Delivered extends Parcel {
  reason: DeliveryReason;
}

/**
 * Where each parcel goes: what was received counts against the lots that expire first, then what was damaged, then what is missing,
 * because papers name items and not lots. 422 `stock.delivery-differs` when a line's count is not what was shipped.
 */
export function sortDelivery(parcels: readonly Parcel[], lines: readonly CountedLine[]): Delivered[] {
  const shippedBy = new Map<string, Parcel[]>();
  for (const parcel of parcels) {
    const own = shippedBy.get(parcel.orderLineId) ?? [];
    shippedBy.set(parcel.orderLineId, own);
    own.push({ ...parcel });
  }
  return lines.flatMap((line) => {
    const rest = shippedBy.get(line.orderLineId) ?? [];
    const shipped = rest.reduce((sum, parcel) => sum + parcel.units, 0);
    const counted = line.receivedUnits + line.damagedUnits + line.missingUnits;
    if (counted !== shipped) throw new Problem('stock.delivery-differs', { shipped, counted });
    return [
      ...take(rest, line.receivedUnits, 'deliver'),
      ...take(rest, line.damagedUnits, 'damage'),
      ...take(rest, line.missingUnits, 'missing'),
    ];
  });
}

function take(rest: Parcel[], wanted: number, reason: DeliveryReason): Delivered[] {
  const taken: Delivered[] = [];
  for (let missing = wanted; missing > 0;) {
    const parcel = rest[0]!;
    const units = Math.min(missing, parcel.units);
    taken.push({ ...parcel, units, reason });
    parcel.units -= units;
    missing -= units;
    if (parcel.units === 0) rest.shift();
  }
  return taken;
}
