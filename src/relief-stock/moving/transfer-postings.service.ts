import { accountAt, type Place, type Posting } from '../ledger.service.js';
import type { Account } from '../ledger.store.js';
import type { BinDto } from '../relief-stock.dto.js';
import type { WarehouseRow } from '../warehouse.store.js';
import type { LotCount } from './arrival.rules.js';
import type { LotLine } from './transfer-line.store.js';
import { ownerAfter } from './transfer.rules.js';
import type { HeldTransfer } from './transfer-step.service.js';
import type { TransferRow } from './transfer.store.js';

/** A paper out of whose transit goods arrive, or not: its accounts are named by it, in the book of who sends. */
export type Consigned = Pick<TransferRow, 'id' | 'number' | 'fromWarehouseId'>;

export const placeOf = (transfer: Consigned, kind: Place['kind']): Place => ({
  kind,
  warehouseId: transfer.fromWarehouseId,
  placeCode: transfer.id,
  placeName: transfer.number,
});

/** The account that the departure has put the goods into: the sender's, one a transfer. */
export const inTransit = (transfer: Consigned, goods: Account): Account =>
  accountAt(placeOf(transfer, 'transit'), goods);

export const missing = (transfer: Consigned, from: Account, units: number): Posting => ({
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
  { transfer, from, to }: { transfer: Consigned & { keepsOwner: boolean }; from: WarehouseRow; to: WarehouseRow },
  sent: Account,
  { units, bin }: { units: number; bin: BinDto },
): Posting[] {
  const parties = { keepsOwner: transfer.keepsOwner, giving: from.societyId, receiving: to.societyId };
  const owned = accountAt(placeOf(transfer, 'transit'), {
    ...sent,
    ownerSocietyId: ownerAfter(sent.ownerSocietyId, parties),
  });
  const moved: Posting = { from: owned, to: accountAt(inBin(to, bin), owned), units, reason: 'transfer' };
  return owned.id === sent.id ? [moved] : [{ from: sent, to: owned, units, reason: 'handover' }, moved];
}

/** Where missing goods came out: in a bin of the sender, at the receiver of a transfer, or with the recipient of an issue. */
export interface FoundAt {
  from: WarehouseRow;
  to: WarehouseRow | null;
  keepsOwner: boolean;
  recipient: string | null;
}

/** Missing goods were found: back into transit, and from there to where they lie. */
export function found(
  paper: Consigned & FoundAt,
  goods: Account,
  { units, at, bin }: { units: number; at: 'sender' | 'receiver'; bin: BinDto | null },
): Posting[] {
  const inquiry = accountAt(placeOf(paper, 'inquiry'), goods);
  if (at === 'sender')
    return [{ from: inquiry, to: accountAt(inBin(paper.from, bin!), goods), units, reason: 'found' }];
  const transit = inTransit(paper, goods);
  const back: Posting = { from: inquiry, to: transit, units, reason: 'found' };
  if (paper.to) return [back, ...putAway({ transfer: paper, from: paper.from, to: paper.to }, transit, { units, bin: bin! })]; // prettier-ignore
  const recipient = accountAt({ ...placeOf(paper, 'recipient'), placeName: paper.recipient }, goods);
  return [back, { from: transit, to: recipient, units, reason: 'deliver' }];
}

const inBin = (warehouse: WarehouseRow, bin: BinDto): Place => ({
  kind: 'bin', warehouseId: warehouse.id, placeId: bin.id, placeCode: bin.code, placeName: null,
}); // prettier-ignore

/** Missing goods are given up. */
export const lost = (transfer: Consigned, goods: Account, units: number): Posting => ({
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
