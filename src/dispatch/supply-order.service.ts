import { Injectable } from '@nestjs/common';
import { type Actor, allow, inCommand, may, visibleOr404 } from '../access/index.js';
import { Database, read, type Tx } from '../database/index.js';
import { type IncidentForDispatch, readIncident } from '../incidents/index.js';
import {
  absentLines, deliverSupplies, inquiriesOf, isInquiryEnded, keepReservations, openInquiry, releaseSupplies, type WarehouseForDispatch,
  warehousesByIds,
} from '../relief-stock/index.js'; // prettier-ignore
import { Clock } from '../shared/clock.js';
import { ensure, Problem } from '../shared/problem.js';
import { orderWays, type OrderWay } from '../travel/index.js';
import { activeAssignments, type WorkFilter } from './assignment.store.js';
import { changeOrder, incidentPaths } from './changes.service.js';
import type { CancelSupplies, ReceiveSupplies, ShipSupplies, SupplyOrderDto, SupplyStep } from './dispatch.dto.js';
import { openUnits } from './part.rules.js';
import { sendGoods } from './send-part.service.js';
import { countIn, mustNotBeApprover, type SupplyStepName, takeSupplyStep } from './supply-order.rules.js';
import {
  findOrder, type LineRow, linesOfOrders, lockOrder, orderDtos, type OrderRow, saveLine, visibleOrders,
} from './supply-order.store.js'; // prettier-ignore

export interface Held {
  order: OrderRow;
  lines: LineRow[];
  warehouse: WarehouseForDispatch;
  incident: IncidentForDispatch;
  now: Date;
  occurredAt: Date;
  recordedAt: Date;
}

@Injectable()
export class SupplyOrderService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  async orders(actor: Actor, filter: WorkFilter): Promise<SupplyOrderDto[]> {
    return read(this.db, (tx) => visibleOrders(tx, actor.keys, filter));
  }

  /** 404 `supply-order.not-found`. */
  async order(actor: Actor, id: string): Promise<SupplyOrderDto> {
    return read(this.db, async (tx) => {
      const row = visibleOr404(actor, await findOrder(tx, id), 'supply-order', id);
      return (await orderDtos(tx, [row]))[0]!;
    });
  }

  /** The owner of the goods lets them go: approved goods do not lapse. 409 `reservation.closed` when they lapsed meanwhile. */
  async approve(actor: Actor, id: string, input: SupplyStep): Promise<SupplyOrderDto> {
    return this.step(actor, { id, step: 'approve', input }, async (tx, held, decided) => {
      await keepReservations(tx, idsOf(held.lines.filter((line) => openUnits(line) > 0)));
      return { ...decided, approvedBy: actor.name, approvedById: actor.userId };
    });
  }

  async pick(actor: Actor, id: string, input: SupplyStep): Promise<SupplyOrderDto> {
    return this.step(actor, { id, step: 'pick', input });
  }

  /**
   * The goods leave the warehouse, all or a part: out of its bins, into the transit of this order. 422 `duty.separation` for who approved
   * them; `partsToShip` says what else is refused.
   */
  async ship(actor: Actor, id: string, input: ShipSupplies): Promise<SupplyOrderDto> {
    return this.step(actor, { id, step: 'ship', input }, async (tx, held, decided) => {
      const { warehouse, incident, occurredAt, order } = held;
      mustNotBeApprover(order, actor.userId);
      await sendGoods(tx, actor, held, input);
      const { minutes, way } = await arrivalOf(tx, { input, from: warehouse, to: incident, at: occurredAt });
      const etaAt = minutes === null ? null : new Date(occurredAt.getTime() + minutes * 60_000);
      const { vehicle, driverName = null, driverPhone = null } = input;
      return { ...decided, vehicle, driverName, driverPhone, etaAt, etaWay: way };
    });
  }

  /**
   * Counted in by an officer of the incident or the leader of a team that works on it. Every shipped unit is good, damaged or missing (422
   * `supply-order.count-mismatch`), so that nothing stays in transit; what is missing is inquired into.
   */
  async receive(actor: Actor, id: string, input: ReceiveSupplies): Promise<SupplyOrderDto> {
    return this.step(actor, { id, step: 'receive', input }, async (tx, held, decided) => {
      const { incident, order, now, occurredAt, recordedAt } = held;
      const { lines, differs } = countIn(held.lines, input.lines);
      const counted = lines.map(({ id: orderLineId, receivedUnits, damagedUnits, missingUnits }) => ({
        orderLineId, receivedUnits, damagedUnits, missingUnits,
      })); // prettier-ignore
      const { number: document, scope, warehouseId: fromWarehouseId } = order;
      const recipient = incident.placeText;
      const absent = await deliverSupplies(tx, {
        orderId: id,
        document,
        recipient,
        lines: counted,
        now,
        occurredAt,
        actor,
      });
      const paper = { of: 'supply-order' as const, id, number: document, recipient, scope, fromWarehouseId };
      await openInquiry(tx, { paper, lines: absentLines(absent), actor, times: { now, occurredAt, recordedAt } });
      for (const line of lines) await saveLine(tx, line);
      const status = differs ? ('received-with-differences' as const) : decided.status;
      return { ...decided, status, receiverName: input.receiverName };
    });
  }

  /** Until the goods leave: they go back to what others may ask for. */
  async cancel(actor: Actor, id: string, input: CancelSupplies): Promise<SupplyOrderDto> {
    return this.step(actor, { id, step: 'cancel', input }, async (tx, { lines, now }, decided) => {
      const open = lines.filter((line) => openUnits(line) > 0);
      await releaseSupplies(tx, { orderLineIds: idsOf(open), how: 'released', now, actor });
      return { ...decided, reason: input.reason };
    });
  }

  /** Clears a received order off the boards. 422 `supply-order.inquiry-open` while something missing is not explained. */
  async close(actor: Actor, id: string, input: SupplyStep): Promise<SupplyOrderDto> {
    return this.step(actor, { id, step: 'close', input }, async (tx, _held, decided) => {
      const inquiry = (await inquiriesOf(tx, [id])).get(id);
      if (inquiry && !isInquiryEnded(inquiry.status))
        throw new Problem('supply-order.inquiry-open', { inquiryId: inquiry.id });
      return decided;
    });
  }

  /** Lock, authority, version, table, then what is special about the step. */
  private async step(
    actor: Actor,
    { id, step, input }: { id: string; step: keyof typeof KIND; input: SupplyStep },
    take: (tx: Tx, held: Held, decided: OrderRow) => Promise<OrderRow> = async (_tx, _held, decided) => decided,
  ): Promise<SupplyOrderDto> {
    return inCommand(this.db, actor, async (tx) => {
      const order = visibleOr404(actor, await lockOrder(tx, id), 'supply-order', id);
      const held = await this.hold(tx, order, input);
      await authorise(tx, actor, { step, held });
      if (input.version !== undefined && input.version !== order.version)
        throw new Problem('supply-order.stale', { version: order.version });
      const decided = await take(tx, held, takeSupplyStep(order, step, held));
      return changeOrder(tx, decided, { kind: KIND[step], actor, ...held });
    });
  }

  private async hold(tx: Tx, order: OrderRow, input: SupplyStep): Promise<Held> {
    const now = this.clock.now();
    const [warehouse] = await warehousesByIds(tx, [order.warehouseId]);
    const incident = await readIncident(tx, order.incidentId);
    ensure(warehouse !== undefined && incident !== undefined, 'an order keeps its warehouse and incident');
    const occurredAt = input.occurredAt ? new Date(input.occurredAt) : now;
    const recordedAt = input.recordedAt ? new Date(input.recordedAt) : now;
    return { order, lines: await linesOfOrders(tx, [order.id]), warehouse, incident, now, occurredAt, recordedAt };
  }
}

const KIND: Record<Exclude<SupplyStepName, 'expire' | 'take-over'>, string> = {
  approve: 'supplies.approved', pick: 'supplies.picking', ship: 'supplies.shipped', receive: 'supplies.received',
  cancel: 'supplies.cancelled', close: 'supplies.closed',
}; // prettier-ignore

/** The minutes that the keeper names, or by the rule of all ways. */
async function arrivalOf(
  tx: Tx,
  of: { input: ShipSupplies; from: WarehouseForDispatch; to: IncidentForDispatch; at: Date },
): Promise<{ minutes: number | null; way: OrderWay['way'] | null }> {
  if (of.input.etaMin !== undefined) return { minutes: of.input.etaMin, way: null };
  return (await orderWays(tx, of.to, of.at))(of.from);
}

const idsOf = (lines: LineRow[]): string[] => lines.map((line) => line.id);

/** The owner approves, the keeper sends, the incident's side receives; either side may cancel and clear away. */
async function authorise(tx: Tx, actor: Actor, { step, held }: { step: keyof typeof KIND; held: Held }): Promise<void> {
  const { incident, warehouse } = held;
  const owner = { paths: [warehouse.societyPath], warehouseId: warehouse.id };
  const eitherSide = { ...owner, paths: [...incidentPaths(incident), warehouse.societyPath] };
  if (step === 'approve') return allow(actor, 'supply.approve', owner);
  if (step === 'pick' || step === 'ship') return allow(actor, 'supply.keep', owner);
  if (step === 'cancel') return allow(actor, 'supply.cancel', eitherSide);
  if (step === 'close') return allow(actor, 'supply.approve', eitherSide);
  if (may(actor, 'incident.step', { paths: incidentPaths(incident) })) return;
  const teams = await activeAssignments(tx, incident.id);
  if (!teams.some(({ teamId }) => may(actor, 'supply.receive', { teamId })))
    throw new Problem('access.denied', { action: 'supply.receive' });
}
