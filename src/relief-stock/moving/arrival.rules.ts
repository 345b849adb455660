import { Problem } from '../../shared/problem.js';
import type { ReceiveTransfer } from './transfer.dto.js';

/** Units of a lot of a line as they were sent. */
export interface SentLot {
  id: string;
  units: number;
}
export interface LotCount {
  acceptedUnits: number;
  damagedUnits: number;
  missingUnits: number;
  binId: string | null;
  damagedTo: 'bin' | 'disposal' | null;
  reason: string | null;
}

const invalid = (pointer: string, code: string) => new Problem('request.invalid', {}, { errors: [{ pointer, code }] });

/**
 * Each lot as the receiver found it; a lot left out came whole. 422 `stock.delivery-differs` unless good, damaged and missing add up
 * to what was sent; 400 `request.invalid`, at its place in the
 * list that it was told in, for a lot that was not sent, one counted twice, or a difference without a reason.
 */
export function countLots<T extends SentLot>(
  sent: readonly T[],
  told: Pick<ReceiveTransfer, 'binId' | 'lots'>,
  list: 'lots' | 'lines' = 'lots',
): (T & LotCount)[] {
  const known = new Set(sent.map((lot) => lot.id));
  const counts = new Map<string, LotCount>();
  told.lots.forEach(({ id, reason = null, binId = told.binId ?? null, damagedTo, ...units }, n) => {
    if (!known.has(id) || counts.has(id)) throw invalid(`/${list}/${n}/id`, 'unknown');
    if (units.damagedUnits + units.missingUnits > 0 && reason === null)
      throw invalid(`/${list}/${n}/reason`, 'required');
    counts.set(id, { ...units, binId, damagedTo: units.damagedUnits > 0 ? damagedTo : null, reason });
  });
  return sent.map((lot) => {
    const whole = {
      acceptedUnits: lot.units,
      damagedUnits: 0,
      missingUnits: 0,
      binId: told.binId ?? null,
      damagedTo: null,
      reason: null,
    };
    const count = counts.get(lot.id) ?? whole;
    const counted = count.acceptedUnits + count.damagedUnits + count.missingUnits;
    if (counted !== lot.units) throw new Problem('stock.delivery-differs', { shipped: lot.units, counted });
    return { ...lot, ...count };
  });
}

/** The sums of a count. */
export function sumOf(lots: readonly Pick<LotCount, 'acceptedUnits' | 'damagedUnits' | 'missingUnits'>[]) {
  const sum = { acceptedUnits: 0, damagedUnits: 0, missingUnits: 0 };
  for (const lot of lots) {
    sum.acceptedUnits += lot.acceptedUnits;
    sum.damagedUnits += lot.damagedUnits;
    sum.missingUnits += lot.missingUnits;
  }
  return sum;
}
