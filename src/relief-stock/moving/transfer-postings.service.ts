import { accountAt, type Place, type Posting } from '../ledger.service.js';
import type { Account } from '../ledger.store.js';
import type { BinDto } from '../relief-stock.dto.js';
import type { LotCount } from './arrival.rules.js';
import type { LotLine } from './transfer-line.store.js';
import { ownerAfter } from './transfer.rules.js';
import type { HeldTransfer } from './transfer-step.service.js';
import type { TransferRow } from './transfer.store.js';

export const placeOf = (transfer: TransferRow, kind: Place['kind']): Place => ({
  kind,
  warehouseId: transfer.fromWarehouseId,
  placeCode: transfer.id,
  placeName: transfer.number,
});

/** The account that the departure has put the goods into: the sender's, one a transfer. */
export const inTransit = (transfer: TransferRow, goods: Account): Account =>
  accountAt(placeOf(transfer, 'transit'), goods);

export const missing = (transfer: TransferRow, from: Account, units: number): Posting => ({
  from,
  to: accountAt(placeOf(transfer, 'inquiry'), from),
  units,
  reason: 'missing',
});

/**
 * The movements of one lot on arrival. One movement changes one thing, so that the record says each: in which condition the goods are
 * (damage), whose they are (handover), where they are (transfer).
 */
export function arrivalOf(held: HeldTransfer, lot: LotLine & LotCount & { bin: BinDto }): Posting[] {
  const { transfer } = held;
  const sent = inTransit(transfer, lot.source);
  const broken = { ...sent, condition: 'damaged' as const };
  const postings: Posting[] = [];
  if (lot.acceptedUnits > 0) postings.push(...putAway(held, sent, { units: lot.acceptedUnits, bin: lot.bin }));
  if (lot.damagedTo === 'disposal') {
    const to = accountAt(placeOf(transfer, 'disposal'), broken);
    postings.push({ from: sent, to, units: lot.damagedUnits, reason: 'damage' });
  } else if (lot.damagedUnits > 0) {
    const to = inTransit(transfer, broken);
    if (to.id !== sent.id) postings.push({ from: sent, to, units: lot.damagedUnits, reason: 'damage' });
    postings.push(...putAway(held, to, { units: lot.damagedUnits, bin: lot.bin }));
  }
  if (lot.missingUnits > 0) postings.push(missing(transfer, sent, lot.missingUnits));
  return postings;
}

/** Out of transit into a bin of the receiver, after the goods have become the receiver's where they do. */
export function putAway(
  { transfer, from, to }: Pick<HeldTransfer, 'transfer' | 'from' | 'to'>,
  sent: Account,
  { units, bin }: { units: number; bin: BinDto },
): Posting[] {
  const parties = { keepsOwner: transfer.keepsOwner, giving: from.societyId, receiving: to.societyId };
  const owned = accountAt(placeOf(transfer, 'transit'), {
    ...sent,
    ownerSocietyId: ownerAfter(sent.ownerSocietyId, parties),
  });
  const place: Place = { kind: 'bin', warehouseId: to.id, placeId: bin.id, placeCode: bin.code, placeName: null };
  const moved: Posting = { from: owned, to: accountAt(place, owned), units, reason: 'transfer' };
  return owned.id === sent.id ? [moved] : [{ from: sent, to: owned, units, reason: 'handover' }, moved];
}

/** Missing goods were found: back into transit, and from there to where they lie. */
export function found(
  held: Pick<HeldTransfer, 'transfer' | 'from' | 'to'>,
  goods: Account,
  { units, at, bin }: { units: number; at: 'sender' | 'receiver'; bin: BinDto },
): Posting[] {
  const inquiry = accountAt(placeOf(held.transfer, 'inquiry'), goods);
  if (at === 'sender') {
    const place: Place = {
      kind: 'bin',
      warehouseId: held.from.id,
      placeId: bin.id,
      placeCode: bin.code,
      placeName: null,
    };
    return [{ from: inquiry, to: accountAt(place, goods), units, reason: 'found' }];
  }
  const transit = inTransit(held.transfer, goods);
  return [{ from: inquiry, to: transit, units, reason: 'found' }, ...putAway(held, transit, { units, bin })];
}

/** Missing goods are given up. */
export const lost = (transfer: TransferRow, goods: Account, units: number): Posting => ({
  from: accountAt(placeOf(transfer, 'inquiry'), goods),
  to: accountAt(placeOf(transfer, 'loss'), goods),
  units,
  reason: 'loss',
});

/** The levels that a warehouse needs for what comes in: it may never have had these items. */
export const levelsInto = (
  warehouse: { id: string },
  postings: readonly Posting[],
): { warehouseId: string; itemId: string }[] => {
  const items = new Set(postings.filter(({ to }) => to.warehouseId === warehouse.id).map(({ to }) => to.itemId));
  return [...items].map((itemId) => ({ warehouseId: warehouse.id, itemId }));
};
