import { Problem } from '../shared/problem.js';
import type { ReceiveSupplies, SupplyOrderStatus } from './dispatch.dto.js';
import { mustHaveHappened } from './facts.rules.js';

export const SUPPLY_STEPS = ['approve', 'pick', 'ship', 'receive', 'cancel', 'close', 'expire', 'take-over'] as const;
export type SupplyStepName = (typeof SUPPLY_STEPS)[number];

export const SUPPLY_STAMPS = ['approvedAt', 'pickingAt', 'shippedAt', 'receivedAt', 'closedAt', 'cancelledAt'] as const;
type Stamp = (typeof SUPPLY_STAMPS)[number];

/** The part of a supply order that steps change. */
export interface OrderProgress extends Record<Stamp, Date | null> {
  status: SupplyOrderStatus;
  statusSince: Date;
  reservedUntil: Date | null;
  approvedById: string | null;
}

interface Edge {
  from: readonly SupplyOrderStatus[];
  to: SupplyOrderStatus;
  stamp: Stamp;
}
/**
 * Cancelled until shipped; what is under way is received, with differences if need be. Only goods that wait for approval lapse. An order
 * whose last goods a graver incident takes over is cancelled.
 */
export const SUPPLY_EDGES: Record<SupplyStepName, Edge> = {
  approve: { from: ['reserved'], to: 'approved', stamp: 'approvedAt' },
  pick: { from: ['approved'], to: 'picking', stamp: 'pickingAt' },
  ship: { from: ['picking'], to: 'shipped', stamp: 'shippedAt' },
  receive: { from: ['shipped'], to: 'received', stamp: 'receivedAt' },
  cancel: { from: ['reserved', 'approved', 'picking'], to: 'cancelled', stamp: 'cancelledAt' },
  close: { from: ['received', 'received-with-differences'], to: 'closed', stamp: 'closedAt' },
  expire: { from: ['reserved'], to: 'cancelled', stamp: 'cancelledAt' },
  'take-over': { from: ['reserved', 'approved', 'picking'], to: 'cancelled', stamp: 'cancelledAt' },
};

/** Goods of such an order are neither in the warehouse for others nor in someone's hands: an incident cannot end over it. */
export const UNSETTLED: readonly SupplyOrderStatus[] = ['reserved', 'approved', 'picking', 'shipped'];

/** The order after a step. 409 `supply-order.step-not-allowed`, 422 `fact.in-future`. */
export function takeSupplyStep<T extends OrderProgress>(
  order: T,
  step: SupplyStepName,
  { occurredAt, now }: { occurredAt: Date; now: Date },
): T {
  const { from, to, stamp } = SUPPLY_EDGES[step];
  if (!from.includes(order.status)) throw new Problem('supply-order.step-not-allowed', { step, status: order.status });
  mustHaveHappened({ occurredAt, now });
  // Only a reservation that waits for approval lapses.
  return { ...order, status: to, statusSince: occurredAt, [stamp]: occurredAt, reservedUntil: null };
}

/** Who approved goods may not be the one who sends them out of the door. 422 `duty.separation`. */
export function mustNotBeApprover(order: Pick<OrderProgress, 'approvedById'>, userId: string): void {
  if (order.approvedById === userId) throw new Problem('duty.separation', { first: 'approve', second: 'ship' });
}

export interface OrderLine {
  id: string;
  itemId: string;
  units: number;
  shippedUnits: number;
  receivedUnits: number;
  damagedUnits: number;
  missingUnits: number;
}

/**
 * The lines as the receiver counted them; a line left out came whole. Good, damaged and missing units of a line add up to what was
 * shipped, otherwise 422 `supply-order.count-mismatch`.
 */
export function countIn<T extends OrderLine>(
  lines: T[],
  counted: ReceiveSupplies['lines'],
): { lines: T[]; differs: boolean } {
  counted.forEach(({ lineId }, n) => {
    const known = lines.some((line) => line.id === lineId) && counted.findIndex((each) => each.lineId === lineId) === n;
    if (!known) throw badField(`/lines/${n}/lineId`);
  });
  const received = lines.map((line) => {
    const { lineId, ...units } = counted.find((each) => each.lineId === line.id) ?? {
      lineId: line.id, receivedUnits: line.shippedUnits, damagedUnits: 0, missingUnits: 0,
    }; // prettier-ignore
    const sum = units.receivedUnits + units.damagedUnits + units.missingUnits;
    if (sum !== line.shippedUnits)
      throw new Problem('supply-order.count-mismatch', { line: lineId, shipped: line.shippedUnits, counted: sum });
    return { ...line, ...units };
  });
  return { lines: received, differs: received.some((line) => line.damagedUnits + line.missingUnits > 0) };
}

const badField = (pointer: string) => new Problem('request.invalid', {}, { errors: [{ pointer, code: 'unknown' }] });
