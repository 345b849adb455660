import type { Tx } from '../database/index.js';
import type { RecordedActor } from '../journal/index.js';
import { idFrom } from '../shared/ids.js';
import { ensure, Problem } from '../shared/problem.js';
import { firstSetAside } from './changing/lot.store.js';
import { type CountedLine, type DeliveryReason, sortDelivery } from './delivery.rules.js';
import { inOrderOfUse } from './fefo.rules.js';
import { accountAt, type Batch, type Place, postMovements, wasPosted } from './ledger.service.js';
import { type Account, lockLevels, unitsLeftBy } from './ledger.store.js';
import { isPending, leaveUnits, refuseEnded } from './reservation.service.js';
import { endReservations, type HeldAccount, lockReservations } from './reservation.store.js';

interface Shipment {
  orderId: string;
  /** The number people know the order by; it stands on every movement. */
  document: string;
  now: Date;
  occurredAt: Date;
  actor: RecordedActor;
}

interface Delivery extends Shipment {
  recipient: string;
}
/** Units of a lot that did not arrive, as they were in transit. */
export interface MissingGoods {
  orderLineId: string;
  units: number;
  goods: Account;
}

/** A line of which only a part goes: the rest stays reserved for another line, or goes back when none is named. */
export interface Part {
  orderLineId: string;
  units: number;
  restLineId?: string | undefined;
}

/**
 * The promised goods of an order leave their bins for the order's own transit account; the promises end (S4). The goods stay the
 * owner's until they are signed for. Told twice, it happens once. 409 `reservation.closed` if a promise has ended otherwise; 422
 * `stock.lot-held` when a lot was set aside meanwhile, `reservation.too-small` for a part larger than what is promised.
 */
export async function shipSupplies(
  tx: Tx,
  shipment: Shipment & { orderLineIds: string[]; parts?: Part[] },
): Promise<void> {
  const { orderLineIds, parts = [], now, actor } = shipment;
  const held = await lockReservations(tx, orderLineIds);
  if (await wasShipped(tx, shipment, held)) return;
  const going = orderLineIds.filter((id) => !parts.some((part) => part.orderLineId === id && part.units === 0));
  refuseEnded(held, orderLineIds);
  await lockLevels(tx, [...new Set(held.filter(isPending).map(({ account }) => account.levelId))]);
  for (const part of parts) await leaveUnits(tx, { ...part, now, actor });
  const leaving = parts.length > 0 ? await lockReservations(tx, going) : held;
  const pending = leaving.filter(isPending);
  await mustNotBeSetAside(tx, pending);
  await postMovements(tx, shippingOf(shipment, pending));
  await endReservations(tx, pending.map(({ id }) => id), { state: 'posted', at: now }); // prettier-ignore
}

/** Whether this order was shipped before with the same content. 409 `idempotency.mismatch` for another part than then. */
async function wasShipped(tx: Tx, shipment: Parameters<typeof shipSupplies>[1], held: HeldAccount[]): Promise<boolean> {
  const posted = held.filter(({ state }) => state === 'posted');
  const batch = shippingOf(shipment, posted);
  if (posted.length === 0 || !(await wasPosted(tx, batch))) return false;
  for (const { orderLineId, units } of shipment.parts ?? []) {
    const sent = posted.reduce((sum, one) => sum + (one.orderLineId === orderLineId ? one.units : 0), 0);
    if (sent !== units) throw new Problem('idempotency.mismatch', { key: batch.causeId });
  }
  return true;
}

const shippingOf = (shipment: Shipment, held: HeldAccount[]): Batch => ({
  ...causeOf('ship', shipment),
  postings: inOrderOfUse(held).map(({ account, units }) => ({
    from: account, to: inTransit(shipment, account), units, reason: 'ship', reserved: true,
  })),
}); // prettier-ignore

/** A lot may be held, or recalled, after it was promised: it does not leave. 422 `stock.lot-held`. Under the lock of its levels. */
async function mustNotBeSetAside(tx: Tx, held: readonly HeldAccount[]): Promise<void> {
  const lot = await firstSetAside(tx, [...new Set(held.map(({ account }) => account.lotId))]);
  if (lot) throw new Problem('stock.lot-held', { lot: lot.code, item: lot.item });
}

/**
 * The receiver has counted: goods leave transit for the recipient, what came damaged for an account that names the order, and what did not
 * come for one that holds it until it is explained. Nothing stays in transit. Answers what was missing: who calls opens the inquiry into it
 * (`openInquiry`). Told twice, it happens once; 409 `idempotency.mismatch` for another count, 422 `stock.delivery-differs` when a line's count
 * is not what was shipped.
 */
export async function deliverSupplies(tx: Tx, shipment: Delivery & { lines: CountedLine[] }): Promise<MissingGoods[]> {
  const held = await lockReservations(tx, shipment.lines.map((line) => line.orderLineId)); // prettier-ignore
  ensure(!held.some(isPending), 'S4 only goods that were shipped are delivered');
  const sent = inOrderOfUse(held.filter(({ state }) => state === 'posted'));
  const transit = new Map(sent.map(({ account }) => [account.id, inTransit(shipment, account)]));
  const parcels = sent.map(({ orderLineId, account, units }) => ({ orderLineId, cellId: account.id, units }));
  const sorted = sortDelivery(parcels, shipment.lines);
  await postMovements(tx, {
    ...causeOf('deliver', shipment),
    postings: sorted.map(({ cellId, units, reason }) => {
      const from = transit.get(cellId)!;
      return { from, to: deliveredTo(shipment, from, reason), units, reason };
    }),
  });
  const left = await unitsLeftBy(tx, causeOf('ship', shipment).causeId);
  ensure(left === 0, 'S3 nothing of an order stays in transit once it is delivered');
  return sorted.flatMap(({ orderLineId, cellId, units, reason }) => reason === 'missing' ? [{ orderLineId, units, goods: transit.get(cellId)! }] : []); // prettier-ignore
}

const causeOf = (act: 'ship' | 'deliver', { orderId, document, actor, now, occurredAt }: Shipment) => ({
  causeId: idFrom(act, orderId), document, actor, now, occurredAt,
}); // prettier-ignore

/** Accounts outside the bins are the order's own: one a warehouse and order, never a row that others wait for. */
const placeOf = (shipment: Shipment, kind: Place['kind'], warehouseId: string, placeName: string): Place => ({
  kind, warehouseId, placeCode: shipment.orderId, placeName,
}); // prettier-ignore

const inTransit = (shipment: Shipment, goods: Account): Account =>
  accountAt(placeOf(shipment, 'transit', goods.warehouseId, shipment.document), goods);

function deliveredTo(shipment: Delivery, goods: Account, reason: DeliveryReason): Account {
  const at = (kind: Place['kind'], name: string) => placeOf(shipment, kind, goods.warehouseId, name);
  if (reason === 'deliver') return accountAt(at('recipient', shipment.recipient), goods);
  if (reason === 'missing') return accountAt(at('inquiry', shipment.document), goods);
  return accountAt(at('disposal', shipment.document), { ...goods, condition: 'damaged' as const });
}
