import { Problem } from '../../shared/problem.js';
import { addMonths } from '../days.rules.js';
import type { BinDto, Condition, ItemDto, LotDto, ValueBasis } from '../relief-stock.dto.js';

/** Donated food and drugs need six months to expiry, three when their whole life is six months or less (relief practice in China). */
const DONATED_LIFE_MONTHS = 6;
const SHORT_LIVED_MONTHS = 6;
const SHORT_LIVED_DONATED_MONTHS = 3;

/** Units of one lot that somebody wants to take in, as told. */
export interface Delivered {
  /** The line of the receipt, from 1. */
  line: number;
  itemId: string;
  lotCode: string;
  expiresOn: string | null;
  units: number;
  condition: Condition;
  fund: string | null;
  unitValueFen: number | null;
  valueBasis: ValueBasis | null;
  binId: string | undefined;
  overrideReason: string | null;
}
/** The same when it may be put away: its item is known, its goods are fit, its bin is one of the warehouse. */
export type Inspected = Delivered & { binId: string };

interface Known {
  warehouseCode: string;
  source: LotDto['source'];
  items: ReadonlyMap<string, ItemDto>;
  bins: readonly BinDto[];
  receivedOn: string;
}

/**
 * Inspects what is delivered. 404 `item.not-found`, `bin.not-found`; 422 `warehouse.no-bin` (nothing can lie there), `stock.lot-expired`
 * (never taken in), `stock.life-too-short` and `stock.expiry-missing` (donations; the keeper may override with a reason).
 */
export function inspectGoods(delivered: readonly Delivered[], known: Known): Inspected[] {
  const [defaultBin] = known.bins;
  if (!defaultBin) throw new Problem('warehouse.no-bin', { warehouse: known.warehouseCode });
  return delivered.map((goods) => {
    const item = known.items.get(goods.itemId);
    if (!item) throw new Problem('item.not-found', { id: goods.itemId });
    const bin = goods.binId === undefined ? defaultBin : known.bins.find((one) => one.id === goods.binId);
    if (!bin) throw new Problem('bin.not-found', { id: goods.binId! });
    inspectLife(goods, { item, source: known.source, receivedOn: known.receivedOn });
    return { ...goods, binId: bin.id };
  });
}

function inspectLife(goods: Delivered, at: { item: ItemDto; source: LotDto['source']; receivedOn: string }): void {
  const named = { line: goods.line, item: at.item.code, lot: goods.lotCode };
  if (goods.expiresOn && goods.expiresOn < at.receivedOn) {
    throw new Problem('stock.lot-expired', { ...named, expiresOn: goods.expiresOn });
  }
  if (at.source !== 'donation' || goods.overrideReason) return;
  if (goods.expiresOn) {
    const neededUntil = addMonths(at.receivedOn, donatedLifeMonths(at.item));
    if (goods.expiresOn < neededUntil) {
      throw new Problem('stock.life-too-short', { ...named, expiresOn: goods.expiresOn, neededUntil });
    }
  } else if (at.item.minimumUseDays > 0) throw new Problem('stock.expiry-missing', named);
}

/** Months that a donated lot of the item must still have. */
export const donatedLifeMonths = (item: Pick<ItemDto, 'shelfMonths'>): number =>
  item.shelfMonths !== null && item.shelfMonths <= SHORT_LIVED_MONTHS
    ? SHORT_LIVED_DONATED_MONTHS
    : DONATED_LIFE_MONTHS;
