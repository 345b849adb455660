import type { ItemNeed, Reason, StockCandidate, StockLot } from './planner.types.js';
import { reason } from './reasons.rules.js';
import { compareIds } from './snapshot.rules.js';

const MINUTES_A_DAY = 24 * 60;

export interface Use {
  /** Minutes from now until the goods arrive. */
  arrivalMin: number;
  /** Days for which they must stay usable after that. */
  minimumUseDays: number;
}

export interface LotPick {
  lotId: string;
  units: number;
}

export interface SkippedLot {
  lotId: string;
  units: number;
  reason: Reason;
}

/** First expired, first out: expiry (undated last), then receipt, then lot id. */
export function byFefo(left: StockLot, right: StockLot): number {
  const leftDays = left.expiresInDays ?? Number.POSITIVE_INFINITY;
  const rightDays = right.expiresInDays ?? Number.POSITIVE_INFINITY;
  if (leftDays !== rightDays) return leftDays - rightDays;
  return left.receivedOrder - right.receivedOrder || compareIds(left.lotId, right.lotId);
}

/** True when the lot outlives the planned arrival plus the minimum days of use. */
export function outlives(lot: StockLot, use: Use): boolean {
  return lot.expiresInDays === null || lot.expiresInDays >= use.arrivalMin / MINUTES_A_DAY + use.minimumUseDays;
}

/** Lots that may go, in the order in which they must go, and the others with the reason. Empty lots are in neither. */
export function sortLots(lots: readonly StockLot[], use: Use): { eligible: StockLot[]; skipped: SkippedLot[] } {
  const eligible: StockLot[] = [];
  const skipped: SkippedLot[] = [];
  for (const lot of lots.toSorted(byFefo)) {
    const units = lot.availableUnits;
    if (units === 0) continue;
    if (lot.held) skipped.push({ lotId: lot.lotId, units, reason: reason('lots-held', { units }) });
    else if (outlives(lot, use)) eligible.push(lot);
    else
      skipped.push({
        lotId: lot.lotId,
        units,
        reason: reason('lot-expires-before-arrival', {
          units,
          etaMin: use.arrivalMin,
          minimumUseDays: use.minimumUseDays,
          latestExpiresInDays: lot.expiresInDays ?? 0,
        }),
      });
  }
  return { eligible, skipped };
}

/** Takes `units` from lots already in order; `short` is what they could not give. */
export function pickInOrder(lots: readonly StockLot[], units: number): { picks: LotPick[]; short: number } {
  const picks: LotPick[] = [];
  let short = units;
  for (const lot of lots) {
    const taken = Math.min(lot.availableUnits, short);
    if (taken > 0) picks.push({ lotId: lot.lotId, units: taken });
    short -= taken;
  }
  return { picks, short };
}

/** Units of a cell that a need could get at most: not held and long-lived enough. */
export function eligibleUnits(cell: StockCandidate, minimumUseDays: number): number {
  const use = { arrivalMin: cell.etaMin, minimumUseDays };
  return cell.lots.reduce((sum, lot) => sum + (!lot.held && outlives(lot, use) ? lot.availableUnits : 0), 0);
}

/** Units that count as the warehouse's own: not held, not past their day. The reserve is measured on these. */
export function usableUnits(cell: StockCandidate): number {
  return cell.lots.reduce((sum, lot) => sum + (!lot.held && (lot.expiresInDays ?? 0) >= 0 ? lot.availableUnits : 0), 0);
}

/** Units above the reserve. */
export function freeUnits(cell: StockCandidate): number {
  return Math.max(0, usableUnits(cell) - cell.minimumUnits);
}

export interface Draw {
  need: Pick<ItemNeed, 'id' | 'minimumUseDays'>;
  units: number;
}

/**
 * Splits what several needs draw from one cell into lots. The need with the longest use picks first from its (smaller)
 * set of lots, so the sets are nested and every draw that passed the limits of the formulation finds its units.
 */
export function splitIntoLots(cell: StockCandidate, draws: readonly Draw[]): Map<string, LotPick[]> {
  const left = new Map(cell.lots.map((lot) => [lot.lotId, lot.availableUnits]));
  const picked = new Map<string, LotPick[]>();
  const strictestFirst = draws.toSorted(
    (one, other) => other.need.minimumUseDays - one.need.minimumUseDays || compareIds(one.need.id, other.need.id),
  );
  for (const { need, units } of strictestFirst) {
    const remaining = cell.lots.map((lot) => ({ ...lot, availableUnits: left.get(lot.lotId) ?? 0 }));
    const { eligible } = sortLots(remaining, { arrivalMin: cell.etaMin, minimumUseDays: need.minimumUseDays });
    const { picks, short } = pickInOrder(eligible, units);
    if (short > 0) throw new RangeError(`planner.lots-short ${cell.warehouseId} ${cell.itemId} ${need.id}`);
    for (const pick of picks) left.set(pick.lotId, (left.get(pick.lotId) ?? 0) - pick.units);
    picked.set(need.id, picks);
  }
  return picked;
}
