import { Problem } from '../../shared/problem.js';
import type { DispatchGoods, TransferStatus } from './transfer.dto.js';

export const TRANSFER_STEPS = [
  'order',
  'pick',
  'load',
  'depart',
  'arrive',
  'receive',
  'close',
  'cancel',
  'return',
  'lose',
] as const;
export type TransferStepName = (typeof TRANSFER_STEPS)[number];

export const TRANSFER_STAMPS = [
  'orderedAt', 'pickingAt', 'loadedAt', 'departedAt', 'arrivedAt', 'receivedAt', 'closedAt', 'cancelledAt', 'returnedAt', 'lostAt',
] as const; // prettier-ignore
type Stamp = (typeof TRANSFER_STAMPS)[number];

/** The part of a transfer that steps change. */
export interface TransferProgress extends Record<Stamp, Date | null> {
  status: TransferStatus;
  statusSince: Date;
}

interface Edge {
  from: readonly TransferStatus[];
  to: TransferStatus;
  stamp: Stamp;
}
/** Cancelled until it departs. What is under way arrives, comes back whole, or is lost: nothing else ends it. */
export const TRANSFER_EDGES: Record<TransferStepName, Edge> = {
  order: { from: ['draft'], to: 'ordered', stamp: 'orderedAt' },
  pick: { from: ['ordered'], to: 'picking', stamp: 'pickingAt' },
  load: { from: ['picking'], to: 'loaded', stamp: 'loadedAt' },
  depart: { from: ['loaded'], to: 'departed', stamp: 'departedAt' },
  arrive: { from: ['departed'], to: 'arrived', stamp: 'arrivedAt' },
  receive: { from: ['arrived'], to: 'received', stamp: 'receivedAt' },
  close: { from: ['received', 'received-with-differences'], to: 'closed', stamp: 'closedAt' },
  cancel: { from: ['draft', 'ordered', 'picking', 'loaded'], to: 'cancelled', stamp: 'cancelledAt' },
  return: { from: ['departed', 'arrived'], to: 'returned', stamp: 'returnedAt' },
  lose: { from: ['departed', 'arrived'], to: 'lost', stamp: 'lostAt' },
};

/** Papers that nobody waits for any more. */
export const ENDED_TRANSFERS: readonly TransferStatus[] = ['closed', 'cancelled', 'returned', 'lost'];

/** The transfer after a step. 409 `transfer.step-not-allowed`; 422 `transfer.before-departure` for goods that arrive before they left. */
export function takeTransferStep<T extends TransferProgress>(transfer: T, step: TransferStepName, occurredAt: Date): T {
  const { from, to, stamp } = TRANSFER_EDGES[step];
  if (!from.includes(transfer.status))
    throw new Problem('transfer.step-not-allowed', { step, status: transfer.status });
  if (step === 'arrive' && transfer.departedAt && occurredAt < transfer.departedAt)
    throw new Problem('transfer.before-departure', { departedAt: transfer.departedAt.toISOString() });
  return { ...transfer, status: to, statusSince: occurredAt, [stamp]: occurredAt };
}

/** Who puts a name to which step, and whose name must not stand there already: who orders does not handle, who sends does not receive. */
export const TRANSFER_SIGNERS: Partial<Record<TransferStepName, readonly TransferStepName[]>> = {
  order: [],
  pick: ['order'],
  load: ['order'],
  depart: ['order'],
  receive: ['order', 'depart'],
  return: ['order'],
  lose: [],
};

/** Whose decision a step is: of the duty side or the keeper of who gives, or of the keeper of who receives. */
export const TRANSFER_SIDES: Record<
  TransferStepName,
  { side: 'from' | 'to'; may: 'stock.order' | 'stock.transfer' | 'supply.keep' }
> = {
  order: { side: 'from', may: 'stock.order' },
  pick: { side: 'from', may: 'supply.keep' },
  load: { side: 'from', may: 'supply.keep' },
  depart: { side: 'from', may: 'supply.keep' },
  arrive: { side: 'to', may: 'supply.keep' },
  receive: { side: 'to', may: 'supply.keep' },
  close: { side: 'from', may: 'stock.transfer' },
  cancel: { side: 'from', may: 'stock.transfer' },
  return: { side: 'from', may: 'supply.keep' },
  lose: { side: 'from', may: 'stock.order' },
};

/** A line of a request as a transfer that answers it sees it. */
export interface Asked {
  id: string;
  number: string;
  itemId: string;
  societyPath: string;
  warehouseId: string | null;
}

/**
 * Lines that answer requests carry the item asked for to where it is asked for, and their item stands on no other line of the paper: what
 * lies in transit belongs to one line of a request. 422 `transfer.request-other-item`, `transfer.request-elsewhere`,
 * `transfer.request-item-twice`, `transfer.request-fund`; 404 `stock-request.not-found` for a line that is unknown or not visible.
 */
export function mustServe(
  lines: readonly { itemId: string; requestLineId: string | null; fund: string | null }[],
  asked: ReadonlyMap<string, Asked>,
  to: { id: string; code: string; societyPath: string },
): void {
  lines.forEach(({ itemId, requestLineId, fund }, n) => {
    if (requestLineId === null) return;
    const request = asked.get(requestLineId);
    if (!request) throw new Problem('stock-request.not-found', { id: requestLineId });
    const { number } = request;
    if (request.itemId !== itemId) throw new Problem('transfer.request-other-item', { line: n + 1, number });
    if (fund !== null) throw new Problem('transfer.request-fund', { line: n + 1, number });
    const there = request.warehouseId === null ? to.societyPath.startsWith(request.societyPath) : request.warehouseId === to.id;
    if (!there) throw new Problem('transfer.request-elsewhere', { number, warehouse: to.code });
    if (lines.filter((line) => line.itemId === itemId).length > 1)
      throw new Problem('transfer.request-item-twice', { line: n + 1, number });
  }); // prettier-ignore
}

/**
 * The goods of a transfer out of what a warehouse has promised to lines of a request: all of it, or the lines and units named. 422
 * `stock-request.nothing-promised`, `stock-request.not-promised`; 400 `request.invalid` for a line of another request, or named twice.
 */
export function promisedGoods(facts: {
  lines: readonly { id: string; itemId: string }[];
  promised: readonly { lineId: string; units: number }[];
  asked: DispatchGoods['lines'];
  number: string;
  warehouse: string;
}): { itemId: string; units: number; requestLineId: string }[] {
  const { lines, promised, asked, number, warehouse } = facts;
  const unitsOf = (lineId: string) => promised.reduce((sum, one) => sum + (one.lineId === lineId ? one.units : 0), 0);
  const goods = (asked ?? lines.map((line) => ({ lineId: line.id, units: undefined }))).flatMap(
    ({ lineId, units }, n) => {
      const line = lines.find(({ id }) => id === lineId);
      if (!line || asked?.some((one, m) => m < n && one.lineId === lineId)) throw unknownAt(n);
      const available = unitsOf(lineId);
      if (units !== undefined && units > available)
        throw new Problem('stock-request.not-promised', { number, available, units });
      const going = units ?? available;
      return going > 0 ? [{ itemId: line.itemId, units: going, requestLineId: lineId }] : [];
    },
  );
  if (goods.length === 0) throw new Problem('stock-request.nothing-promised', { number, warehouse });
  return goods;
}

const unknownAt = (n: number) =>
  new Problem('request.invalid', {}, { errors: [{ pointer: `/lines/${n}/lineId`, code: 'unknown' }] });

export interface Load {
  weightG: number;
  volumeCm3: number;
}
export interface Vehicle {
  capacityWeightG?: number | undefined;
  capacityVolumeCm3?: number | undefined;
}

/** 422 `transfer.overloaded { load, capacity }` in kilograms or cubic metres. What is not told about the vehicle is not checked. */
export function mustCarry(load: Load, vehicle: Vehicle): void {
  const { capacityWeightG, capacityVolumeCm3 } = vehicle;
  if (capacityWeightG !== undefined && load.weightG > capacityWeightG)
    throw overloaded(load.weightG, capacityWeightG, 1000, 'kg');
  if (capacityVolumeCm3 !== undefined && load.volumeCm3 > capacityVolumeCm3) {
    throw overloaded(load.volumeCm3, capacityVolumeCm3, 1_000_000, 'm³');
  }
}

/** Rounded so that the load never looks lighter, nor the vehicle larger, than it is. */
function overloaded(load: number, capacity: number, per: number, unit: string): Problem {
  const told = (figure: number, round: (n: number) => number) => `${round((figure / per) * 100) / 100} ${unit}`;
  return new Problem('transfer.overloaded', { load: told(load, Math.ceil), capacity: told(capacity, Math.floor) });
}

/**
 * Whose goods they are after the receipt: the receiver's, when the giving society gave its own. What it keeps for others is not its to
 * give, and a transfer that keeps the owner only changes who looks after the goods.
 */
export function ownerAfter(owner: string, parties: { keepsOwner: boolean; giving: string; receiving: string }): string {
  return parties.keepsOwner || owner !== parties.giving ? owner : parties.receiving;
}
