import { Problem } from '../shared/problem.js';
import { addDays } from './days.rules.js';
import type { Portion } from './ledger.rules.js';
import { fitOf, type FundIntent, limitsOf, type Purpose } from './receiving/intent.rules.js';
import type { Condition, LotDto } from './relief-stock.dto.js';

/** Units of a lot in a bin that nobody has been promised. */
export interface FreeCell {
  cellId: string;
  lotId: string;
  lotCode: string;
  lotState: LotDto['state'];
  condition: Condition;
  expiresOn: string | null;
  receivedOn: string;
  freeUnits: number;
  /** What the fund that they belong to may be used for. */
  intent?: FundIntent | null;
}

/** When the goods arrive and how many days they must still be usable then: the item's figure, 0 for undated kit. */
export interface Use {
  arrivalOn: string;
  minimumUseDays: number;
  /** What they are for. Without it, goods that are meant for one purpose are not promised. */
  purpose?: Purpose;
}

export type SkipReason = 'held' | 'damaged' | 'expired' | 'life-too-short' | 'intent';
export type Skipped = Pick<FreeCell, 'cellId' | 'lotId' | 'lotCode' | 'freeUnits' | 'intent'> & { reason: SkipReason };

/** What is taken, what could have been taken, and which lots were passed over and why. */
export interface Picking {
  portions: Portion[];
  availableUnits: number;
  skipped: Skipped[];
}

/**
 * Why units may not be sent, or undefined when they may: a good lot, in good condition, not meant for something else, usable for long
 * enough on arrival.
 */
export function skipReason(
  cell: Pick<FreeCell, 'lotState' | 'condition' | 'expiresOn' | 'intent'>,
  use: Use,
): SkipReason | undefined {
  if (cell.condition === 'damaged' || cell.lotState === 'damaged') return 'damaged';
  if (cell.condition !== 'good' || cell.lotState !== 'good') return 'held';
  if (fitOf(cell.intent, use.purpose, use.arrivalOn) === 'against') return 'intent';
  if (cell.expiresOn === null) return undefined;
  if (cell.expiresOn < use.arrivalOn) return 'expired';
  return cell.expiresOn < addDays(use.arrivalOn, use.minimumUseDays) ? 'life-too-short' : undefined;
}

type Dated = Pick<FreeCell, 'cellId' | 'lotId' | 'expiresOn' | 'receivedOn'>;
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const NEVER = '9999-12-31';

/** Order of use: first to expire (undated last), first received, then by id so that two runs agree. */
export const byExpiry = (a: Dated, b: Dated): number =>
  compare(a.expiresOn ?? NEVER, b.expiresOn ?? NEVER) ||
  compare(a.receivedOn, b.receivedOn) ||
  compare(a.lotId, b.lotId) ||
  compare(a.cellId, b.cellId);

/** First to expire; among equals of expiry what was given for this purpose, because nobody else may use it; then as `byExpiry`. */
function inOrderOf(use: Use): (a: FreeCell, b: FreeCell) => number {
  const meant = (cell: FreeCell) => (fitOf(cell.intent, use.purpose, use.arrivalOn) === 'meant' ? 0 : 1);
  return (a, b) => compare(a.expiresOn ?? NEVER, b.expiresOn ?? NEVER) || meant(a) - meant(b) || byExpiry(a, b);
}

/** Picks units first expired, first out, as far as the lots that are still usable on arrival go. */
export function pickUnits(cells: readonly FreeCell[], use: Use, units: number): Picking {
  const picking: Picking = { portions: [], availableUnits: 0, skipped: [] };
  let missing = units;
  for (const cell of [...cells].sort(inOrderOf(use))) {
    if (cell.freeUnits <= 0) continue;
    const reason = skipReason(cell, use);
    if (reason) {
      const { cellId, lotId, lotCode, freeUnits, intent } = cell;
      picking.skipped.push({ cellId, lotId, lotCode, freeUnits, reason, ...(reason === 'intent' ? { intent } : {}) });
      continue;
    }
    picking.availableUnits += cell.freeUnits;
    const taken = Math.min(missing, cell.freeUnits);
    if (taken > 0) picking.portions.push({ cellId: cell.cellId, units: taken });
    missing -= taken;
  }
  return picking;
}

/** Reservations with the account that they hold, by the order of use of their lots; stable by id. */
export function inOrderOfUse<
  T extends { id: string; expiresOn: string | null; receivedOn: string; account: { id: string; lotId: string } },
>(held: readonly T[]): T[] {
  const dated = held.map((from) => ({ ...from, lotId: from.account.lotId, cellId: from.account.id, from }));
  return dated.sort((a, b) => byExpiry(a, b) || compare(a.id, b.id)).map(({ from }) => from);
}

/** Takes units from rows in their order: what is taken of each, and what is left of the one that was cut. */
export function takeInOrder<T extends { units: number }>(
  rows: readonly T[],
  units: number,
): { taken: { from: T; units: number }[]; left: { from: T; units: number }[] } {
  const taken: { from: T; units: number }[] = [];
  let missing = units;
  for (const from of rows) {
    if (missing <= 0) break;
    const share = Math.min(missing, from.units);
    taken.push({ from, units: share });
    missing -= share;
  }
  const last = taken.at(-1);
  const left = last && last.units < last.from.units ? [{ from: last.from, units: last.from.units - last.units }] : [];
  return { taken, left };
}

/** What was picked for several lines together, given out to them in their order. The units of lines and portions are equal. */
export function portionLines<T extends { units: number }>(
  lines: readonly T[],
  portions: readonly Portion[],
): (Portion & { line: T })[] {
  const shares: (Portion & { line: T })[] = [];
  const rest = portions.map((portion) => ({ ...portion }));
  for (const line of lines) {
    let missing = line.units;
    while (missing > 0) {
      const from = rest[0]!;
      const units = Math.min(missing, from.units);
      shares.push({ line, cellId: from.cellId, units });
      missing -= units;
      from.units -= units;
      if (from.units === 0) rest.shift();
    }
  }
  return shares;
}

/**
 * The refusal when a picking falls short: 422 `stock.insufficient`; 422 `stock.lot-expired`, `stock.lot-held` or `stock.against-intent` when
 * nothing else is left than lots that are too old on arrival, set aside, or given for something else.
 */
export function shortage(picking: Picking, asked: { warehouse: string; item: string; requested: number }): Problem {
  const available = picking.availableUnits;
  const params = { ...asked, available };
  const [first] = picking.skipped;
  if (available > 0 || !first) return new Problem('stock.insufficient', params);
  const tooOld = ({ reason }: Skipped) => reason === 'expired' || reason === 'life-too-short';
  if (picking.skipped.every(tooOld)) return new Problem('stock.lot-expired', { ...params, lot: first.lotCode });
  const elsewhere = ({ reason }: Skipped) => reason === 'intent';
  if (picking.skipped.every(elsewhere)) return againstIntent(first, params);
  if (!picking.skipped.some((one) => tooOld(one) || elsewhere(one)))
    return new Problem('stock.lot-held', { ...params, lot: first.lotCode });
  return new Problem('stock.insufficient', params);
}

/** 422 `stock.against-intent`: which lot, of which fund, and what that fund allows. */
export const againstIntent = (
  lot: { lotCode: string; intent?: FundIntent | null },
  params: { warehouse: string; item: string; available: number; requested: number },
): Problem =>
  new Problem('stock.against-intent', { ...params, lot: lot.lotCode, ...(lot.intent ? limitsOf(lot.intent) : {}) });
