import type { Actor } from '../../access/index.js';
import type { Tx } from '../../database/index.js';
import { idFrom } from '../../shared/ids.js';
import { ensure, notFound, Problem } from '../../shared/problem.js';
import { dayOf } from '../days.rules.js';
import type { FactTimes } from '../fact-times.rules.js';
import { fillLotValues, itemsByIds, makeLots } from '../item.store.js';
import { accountAt, openLevels, type Place, postMovements } from '../ledger.service.js';
import type { BinDto, LotDto } from '../relief-stock.dto.js';
import { binsOf, type WarehouseRow } from '../warehouse.store.js';
import { fundsByCodes } from './fund.store.js';
import { type Delivered, inspectGoods, type Inspected } from './inspection.rules.js';
import type { Stored } from './receipt.rules.js';

/** The paper by which goods come in. */
export interface Paper {
  id: string;
  number: string;
  source: LotDto['source'];
  sourceName: string;
}
interface Entering {
  paper: Paper;
  warehouse: WarehouseRow;
  delivered: Delivered[];
  actor: Actor;
  times: FactTimes;
}
type InLot = Inspected & { lot: LotDto };

/**
 * The one way by which goods enter the ledger: inspected, named by their lots, then moved from the supplier or donor into bins, one movement
 * a lot. The goods belong to the warehouse's society. Refusals of the goods themselves: see `inspectGoods`; 422 `stock.lot-held` for a lot
 * that is set aside, `lot.value-differs` for one that is known at another price; 404 `fund.not-found`, 422 `fund.other-item`.
 */
export async function enterGoods(tx: Tx, entering: Entering): Promise<Stored[]> {
  const { paper, warehouse, delivered, actor, times } = entering;
  const receivedOn = dayOf(times.occurredAt);
  const bins = await binsOf(tx, warehouse.id);
  const items = new Map((await itemsByIds(tx, delivered.map(({ itemId }) => itemId))).map((item) => [item.id, item])); // prettier-ignore
  const inspected = inspectGoods(delivered, {
    warehouseCode: warehouse.code,
    source: paper.source,
    items,
    bins,
    receivedOn,
  });
  await mustSuitFunds(tx, delivered);
  const goods = await inLots(tx, inspected, { source: paper.source, receivedOn });
  if (goods.length > 0) {
    await openLevels(tx, goods.map(({ itemId }) => ({ warehouseId: warehouse.id, itemId }))); // prettier-ignore
    const postings = postingsOf(goods, { paper, warehouse, bins });
    await postMovements(tx, { causeId: paper.id, document: paper.number, postings, actor, ...times });
  }
  return goods.map(({ line, lot, binId, units, condition, overrideReason }) => ({
    line, lotId: lot.id, lotCode: lot.code, expiresOn: lot.expiresOn, binId, units, condition, overrideReason,
  })); // prettier-ignore
}

/** Every named fund exists, and goods of a fund for one item are of that item. 404 `fund.not-found`, 422 `fund.other-item`. */
export async function mustSuitFunds(
  tx: Tx,
  goods: { line: number; itemId: string; fund: string | null }[],
): Promise<void> {
  const named = goods.filter(({ fund }) => fund !== null);
  if (named.length === 0) return;
  const codes = [...new Set(named.map(({ fund }) => fund!))];
  const funds = new Map((await fundsByCodes(tx, codes)).map((fund) => [fund.code, fund]));
  for (const { line, itemId, fund: code } of named) {
    const fund = funds.get(code!);
    if (!fund) throw notFound('fund', code!);
    if (fund.itemId !== null && fund.itemId !== itemId) throw new Problem('fund.other-item', { line, fund: code! });
  }
}

/** Makes or finds the lot of each line, with what a unit of it is worth. */
async function inLots(
  tx: Tx,
  goods: Inspected[],
  delivery: { source: LotDto['source']; receivedOn: string },
): Promise<InLot[]> {
  const nameOf = (lot: { itemId: string; code: string; expiresOn: string | null }) =>
    JSON.stringify([lot.itemId, lot.code, lot.expiresOn]);
  const asked = goods.map(({ itemId, lotCode: code, expiresOn, unitValueFen, valueBasis }) => ({
    id: idFrom('lot', itemId, code, expiresOn ?? '', delivery.source), itemId, code, expiresOn, unitValueFen, valueBasis, ...delivery,
  })); // prettier-ignore
  const distinct = [...new Map(asked.map((lot) => [lot.id, lot])).values()];
  const lots = new Map((await makeLots(tx, distinct)).map((lot) => [nameOf(lot), lot]));
  const unvalued = new Map<string, Pick<LotDto, 'id' | 'unitValueFen' | 'valueBasis'>>();
  const found = goods.map((line, n) => {
    const lot = lots.get(nameOf(asked[n]!));
    ensure(lot !== undefined, 'S3 goods received belong to a lot');
    if (lot.state !== 'good') throw new Problem('stock.lot-held', { line: line.line, lot: lot.code });
    const told = line.unitValueFen;
    const known = lot.unitValueFen ?? unvalued.get(lot.id)?.unitValueFen ?? null;
    if (told !== null && known !== null && told !== known)
      throw new Problem('lot.value-differs', { line: line.line, lot: lot.code, knownFen: known, toldFen: told });
    if (told !== null && known === null)
      unvalued.set(lot.id, { id: lot.id, unitValueFen: told, valueBasis: line.valueBasis });
    return { ...line, lot };
  });
  if (unvalued.size > 0) await fillLotValues(tx, [...unvalued.values()]);
  return found;
}

/** From the supplier or donor of this paper into the bins. */
function postingsOf(
  goods: InLot[],
  { paper, warehouse, bins }: { paper: Paper; warehouse: WarehouseRow; bins: BinDto[] },
) {
  const outside: Place = {
    kind: paper.source === 'donation' ? 'donor' : 'supplier', warehouseId: warehouse.id, placeCode: paper.id, placeName: paper.sourceName,
  }; // prettier-ignore
  return goods.map(({ itemId, lot, binId, units, condition, fund }) => {
    const what = { itemId, lotId: lot.id, condition, ownerSocietyId: warehouse.societyId, fund };
    return {
      from: accountAt(outside, what),
      to: accountAt(binAt(warehouse.id, bins, binId), what),
      units,
      reason: 'receipt' as const,
    };
  });
}

/** A bin as a place of the ledger. 404 `bin.not-found` for one of another warehouse. */
export function binAt(warehouseId: string, bins: readonly BinDto[], binId: string): Place {
  const bin = bins.find((one) => one.id === binId);
  if (!bin) throw notFound('bin', binId);
  return { kind: 'bin', warehouseId, placeId: binId, placeCode: bin.code, placeName: null };
}
