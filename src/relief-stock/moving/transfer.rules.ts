import { Problem } from '../../shared/problem.js';
import type { TransferStatus } from './transfer.dto.js';

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

/** The transfer after a step. 409 `transfer.step-not-allowed`. */
export function takeTransferStep<T extends TransferProgress>(transfer: T, step: TransferStepName, occurredAt: Date): T {
  const { from, to, stamp } = TRANSFER_EDGES[step];
  if (!from.includes(transfer.status))
    throw new Problem('transfer.step-not-allowed', { step, status: transfer.status });
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
