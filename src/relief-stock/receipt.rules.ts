import { Problem } from '../shared/problem.js';
import { addMonths } from './days.rules.js';
import type { BinDto, ItemDto, LotDto, ReceiveGoods } from './relief-stock.dto.js';

/** Donated food and drugs need six months to expiry, three when their whole life is six months or less (relief practice in China). */
const DONATED_LIFE_MONTHS = 6;
const SHORT_LIVED_MONTHS = 6;
const SHORT_LIVED_DONATED_MONTHS = 3;

/** A line that may be put away: its item is known, its goods are fit, its bin is one of the warehouse. */
export interface InspectedLine {
  line: number;
  itemId: string;
  lotCode: string;
  expiresOn: string | null;
  binId: string;
  units: number;
  fund: string | null;
  overrideReason: string | null;
}

/**
 * Inspects what is delivered. 404 `item.not-found`, `bin.not-found`; 422 `warehouse.no-bin` (nothing can lie there), `stock.lot-expired`
 * (never taken in), `stock.life-too-short` and `stock.expiry-missing` (donations; the keeper may override with a reason).
 */
export function inspectGoods(
  input: Pick<ReceiveGoods, 'source' | 'lines'>,
  known: { warehouseCode: string; items: ReadonlyMap<string, ItemDto>; bins: readonly BinDto[]; receivedOn: string },
): InspectedLine[] {
  const [defaultBin] = known.bins;
  if (!defaultBin) throw new Problem('warehouse.no-bin', { warehouse: known.warehouseCode });
  return input.lines.map((line, n) => {
    const item = known.items.get(line.itemId);
    if (!item) throw new Problem('item.not-found', { id: line.itemId });
    const bin = line.binId === undefined ? defaultBin : known.bins.find((one) => one.id === line.binId);
    if (!bin) throw new Problem('bin.not-found', { id: line.binId! });
    inspectLife(line, { line: n + 1, item, source: input.source, receivedOn: known.receivedOn });
    return {
      line: n + 1, itemId: item.id, lotCode: line.lotCode, expiresOn: line.expiresOn ?? null, binId: bin.id, units: line.units,
      fund: line.fund ?? null, overrideReason: line.overrideReason ?? null,
    }; // prettier-ignore
  });
}

function inspectLife(
  goods: ReceiveGoods['lines'][number],
  at: { line: number; item: ItemDto; source: LotDto['source']; receivedOn: string },
): void {
  const named = { line: at.line, item: at.item.code, lot: goods.lotCode };
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
