import { ensure } from '../../shared/problem.js';
import type { PlaceKind } from '../relief-stock.dto.js';
import type { TraceDto } from './donation.dto.js';

/** The balance of a fund's goods of one item at places of one kind, by warehouse and by what the place is called. */
export interface Balance {
  itemId: string;
  warehouseId: string;
  kind: PlaceKind;
  name: string;
  units: number;
}

/** A delivery of a fund's goods of one item to a receiver who signed for it. */
export interface HandOver {
  itemId: string;
  recipient: string;
  document: string;
  units: number;
  receiverName: string | null;
  incidentId: string | null;
  signedAt: Date;
}

type Traced = TraceDto['items'][number];
type Figure = 'receivedUnits' | 'inStoreUnits' | 'inTransitUnits' | 'issuedUnits' | 'lostUnits' | 'disposedUnits' | 'adjustedUnits' | 'convertedUnits'; // prettier-ignore

/** Which figure of the trace a place counts for. Where goods come from has a negative balance: what was given. */
const FIGURE: Record<PlaceKind, Figure> = {
  bin: 'inStoreUnits', transit: 'inTransitUnits', supplier: 'receivedUnits', donor: 'receivedUnits', opening: 'receivedUnits',
  recipient: 'issuedUnits', loss: 'lostUnits', inquiry: 'lostUnits', disposal: 'disposedUnits', 'count-difference': 'adjustedUnits',
  adjustment: 'adjustedUnits', conversion: 'convertedUnits',
}; // prettier-ignore

/** The trace of a fund, item by item; its figures close because the ledger does (S3). */
export function traceOf(balances: readonly Balance[], handOvers: readonly HandOver[] = []): Traced[] {
  const items = new Map<string, Traced>();
  for (const { itemId, warehouseId, kind, name, units } of balances) {
    const item = items.get(itemId) ?? nothing(itemId);
    items.set(itemId, item);
    const figure = FIGURE[kind];
    item[figure] += figure === 'receivedUnits' ? -units : units;
    if (kind === 'recipient') addTo(item.issuedTo, { recipient: name, units }, (one) => one.recipient === name);
    if (kind === 'bin') addTo(item.inStoreAt, { warehouseId, units }, (one) => one.warehouseId === warehouseId);
  }
  for (const item of items.values()) ensureCloses(item);
  for (const { itemId, signedAt, ...handed } of handOvers)
    items.get(itemId)?.handedOver.push({ ...handed, signedAt: signedAt.toISOString() });
  return [...items.values()].sort((a, b) => (a.itemId < b.itemId ? -1 : 1));
}

function addTo<T extends { units: number }>(list: T[], row: T, same: (one: T) => boolean): void {
  const known = list.find(same);
  if (known) known.units += row.units;
  else list.push(row);
}

function ensureCloses(item: Traced): void {
  const { receivedUnits, inStoreUnits, inTransitUnits, issuedUnits, lostUnits, disposedUnits, adjustedUnits, convertedUnits } = item; // prettier-ignore
  const found =
    inStoreUnits + inTransitUnits + issuedUnits + lostUnits + disposedUnits + adjustedUnits + convertedUnits;
  ensure(receivedUnits === found, `S3 the goods of item ${item.itemId} of a fund are where they went`);
}

const nothing = (itemId: string): Traced => ({
  itemId, receivedUnits: 0, inStoreUnits: 0, inTransitUnits: 0, issuedUnits: 0, lostUnits: 0, disposedUnits: 0, adjustedUnits: 0,
  convertedUnits: 0, issuedTo: [], handedOver: [], inStoreAt: [],
}); // prettier-ignore
