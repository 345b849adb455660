import { type Actor, findSocieties } from '../../access/index.js';
import type { Tx } from '../../database/index.js';
import { idFrom } from '../../shared/ids.js';
import { ensure, notFound, Problem } from '../../shared/problem.js';
import { itemsByIds, makeLots } from '../item.store.js';
import { accountAt, type Place, type Posting } from '../ledger.service.js';
import { mustBeFunds } from '../receiving/intent.service.js';
import type { BinDto, ItemDto, LotDto } from '../relief-stock.dto.js';
import { binsOf, type WarehouseRow } from '../warehouse.store.js';
import type { AdjustmentKind, AdjustmentLineDto, AdjustmentLineIn, StockReasonDto } from './adjustment.dto.js';
import { ACCOUNTS, directionOf, type ReasonedLine } from './adjustment.rules.js';
import { reasonsOf } from './adjustment.store.js';
import { lotsByIds } from './cell.store.js';
import { unitsEntered } from './pack.rules.js';
import { packsByIds } from './pack.store.js';

/** A line with everything that it names. */
export type KnownLine = AdjustmentLineDto & ReasonedLine;

export interface KnownPaper {
  lines: KnownLine[];
  reasons: Map<string, StockReasonDto>;
  items: Map<string, ItemDto>;
}

/**
 * The lines of a paper with the lots, bins and packs that they name; a lot that is found for the first time is made. 404 `lot.not-found`,
 * `item.not-found`, `bin.not-found`, `item-pack.not-found`, `fund.not-found`, `society.not-found`; 422 of `directionOf` and `unitsEntered`, `adjustment.lot-unclear` for a
 * line that names no lot, or a new one that would have to leave.
 */
export async function knownLines(
  tx: Tx,
  actor: Actor,
  paper: { kind: AdjustmentKind; warehouse: WarehouseRow; lines: AdjustmentLineIn[]; today: string },
): Promise<KnownPaper> {
  const { kind, warehouse, lines } = paper;
  const reasons = new Map((await reasonsOf(tx, null)).map((reason) => [reason.code, reason]));
  const ways = lines.map((line, n) =>
    directionOf({ ...line, line: n + 1 }, { kind, reason: reasons.get(line.reason) }),
  );
  await mustBeFunds(tx, lines.map(({ fund }) => fund)); // prettier-ignore
  await mustBeSocieties(tx, lines.flatMap(({ ownerSocietyId }) => ownerSocietyId ?? [])); // prettier-ignore
  const bins = new Map((await binsOf(tx, warehouse.id)).map((bin) => [bin.id, bin]));
  const lots = await lotsOf(tx, actor, { lines, ways, today: paper.today });
  const items = new Map(
    (await itemsByIds(tx, [...new Set(lots.map((lot) => lot.itemId))])).map((item) => [item.id, item]),
  );
  const packs = await packsByIds(tx, lines.flatMap(({ pack }) => (pack ? [pack.packId] : []))); // prettier-ignore
  const known = lines.map((asked, n): KnownLine => {
    const lot = lots[n]!;
    const bin = binOf(bins, asked.binId);
    const { reason, condition, fund = null, note } = asked;
    const entered = unitsEntered({ ...asked, line: n + 1, itemId: lot.itemId }, packs);
    return {
      line: n + 1, reason, direction: ways[n]!, itemId: lot.itemId, lotId: lot.id, lotCode: lot.code, expiresOn: lot.expiresOn, binId: bin.id,
      binCode: bin.code, condition, ownerSocietyId: asked.ownerSocietyId ?? warehouse.societyId, fund, ...entered, note, lot,
    }; // prettier-ignore
  });
  return { lines: known, reasons, items };
}

async function mustBeSocieties(tx: Tx, ids: string[]): Promise<void> {
  const known = new Set((await findSocieties(tx, [...new Set(ids)])).map(({ id }) => id));
  const unknown = ids.find((id) => !known.has(id));
  if (unknown !== undefined) throw notFound('society', unknown);
}

function binOf(bins: ReadonlyMap<string, BinDto>, binId: string): BinDto {
  const bin = bins.get(binId);
  if (!bin) throw notFound('bin', binId);
  return bin;
}

/** The lot of each line: one that is known, or, for goods that come in, one by code that is made where it is new. */
async function lotsOf(
  tx: Tx,
  actor: Actor,
  paper: { lines: AdjustmentLineIn[]; ways: ('in' | 'out')[]; today: string },
): Promise<LotDto[]> {
  const { lines, ways, today } = paper;
  const named = lines.flatMap(({ lotId }) => (lotId ? [lotId] : []));
  const known = new Map((await lotsByIds(tx, [...new Set(named)], actor.keys)).map((lot) => [lot.id, lot]));
  const coded = lines.map((line, n) => (line.lotId ? null : newLot(line, { n, way: ways[n]!, today })));
  const wanted = new Map(coded.flatMap((lot) => (lot ? [[lot.id, lot] as const] : [])));
  const asked = [...new Set([...wanted.values()].map(({ itemId }) => itemId))];
  const items = await itemsByIds(tx, asked);
  const missing = asked.find((id) => !items.some((item) => item.id === id));
  if (missing) throw notFound('item', missing);
  const made = wanted.size === 0 ? [] : await makeLots(tx, [...wanted.values()]);
  return lines.map((line, n) => {
    const code = coded[n];
    if (!code) {
      const lot = known.get(line.lotId!);
      if (!lot) throw notFound('lot', line.lotId!);
      return lot;
    }
    const lot = made.find(({ itemId, code: name, expiresOn }) => itemId === code.itemId && name === code.code && expiresOn === code.expiresOn); // prettier-ignore
    ensure(lot !== undefined, 'S3 goods found belong to a lot');
    return lot;
  });
}

/** A lot that nobody has a paper of: its source is unknown. */
function newLot(line: AdjustmentLineIn, at: { n: number; way: 'in' | 'out'; today: string }) {
  const { itemId, lotCode: code, expiresOn = null } = line;
  if (!itemId || !code || at.way === 'out') throw new Problem('adjustment.lot-unclear', { line: at.n + 1 });
  const source = 'other' as const;
  return {
    id: idFrom('lot', itemId, code, expiresOn ?? '', source),
    itemId,
    code,
    expiresOn,
    source,
    receivedOn: at.today,
  };
}

/** The movements of a paper, line by line: between the bin and the account of the reason, or into the other condition in the same bin. */
export function postingsOf(
  paper: { id: string; number: string; warehouseId: string },
  lines: readonly AdjustmentLineDto[],
  reasons: ReadonlyMap<string, StockReasonDto>,
): Posting[] {
  return lines.map((line) => {
    const { itemId, lotId, condition, ownerSocietyId, fund, units, binId, binCode } = line;
    const account = ACCOUNTS[reasons.get(line.reason)!.account];
    const { warehouseId } = paper;
    const place: Place = { kind: 'bin', warehouseId, placeId: binId, placeCode: binCode, placeName: null };
    const goods = { itemId, lotId, condition, ownerSocietyId, fund };
    const bin = accountAt(place, goods);
    const { reason } = account;
    if ('stays' in account) {
      return { from: bin, to: accountAt(place, { ...goods, condition: account.stays }), units, reason };
    }
    const outside = accountAt(
      { kind: account.outside, warehouseId, placeCode: paper.id, placeName: paper.number },
      goods,
    );
    return line.direction === 'out'
      ? { from: bin, to: outside, units, reason }
      : { from: outside, to: bin, units, reason };
  });
}
