import { Inject, Injectable } from '@nestjs/common';
import { type Actor, allow, inCommand, visibleOr404 } from '../access/index.js';
import { raiseAlert } from '../alerts/index.js';
import { CONFIG, type Config } from '../config.js';
import { Database, type Tx } from '../database/index.js';
import { type IncidentForDispatch, lockIncident } from '../incidents/index.js';
import { Clock } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { ensure, Problem } from '../shared/problem.js';
import { changeOrder, incidentPaths, workScope } from './changes.service.js';
import { claimReserved, orderTaken } from './claim-reserved.service.js';
import type { SupplyOrderDto, TakeOverSupplies } from './dispatch.dto.js';
import { mustTakeMissions } from './mission.rules.js';
import { missionContext } from './opening.service.js';
import { mustOutrank, type Part, partsToTake } from './part.rules.js';
import { dutyDeskOf } from './people.store.js';
import type { MissionContext } from './send-teams.service.js';
import { SUPPLY_EDGES, takeSupplyStep } from './supply-order.rules.js';
import {
  findOrder, insertTakeOver, type LineRow, linesOfOrders, lockOrder, type OrderRow,
} from './supply-order.store.js'; // prettier-ignore

interface Loss {
  order: OrderRow;
  incident: IncidentForDispatch;
  parts: Part<LineRow>[];
  /** The order has nothing left afterwards. */
  whole: boolean;
}

/** A graver incident takes goods that are still only reserved for another one. */
@Injectable()
export class TakeOverService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * The still reserved goods of another order pass to an order of the incident in one transaction; the desk that loses them is told by
   * whom and why. 422 `reservation.take-over-refused` unless the incident is graver; 409 `reservation.closed` when they were shipped,
   * released or taken by others meanwhile; 422 `stock.against-intent` for goods that were given for something else; 403 or 404 for goods that are not the officer's to send.
   */
  async takeOver(actor: Actor, orderId: string, input: TakeOverSupplies): Promise<SupplyOrderDto> {
    return inCommand(this.db, actor, async (tx) => {
      const { taker, loser } = await this.lockBoth(tx, actor, { orderId, incidentId: input.incidentId });
      const order = visibleOr404(actor, await lockOrder(tx, orderId), 'supply-order', orderId);
      allow(actor, 'mission.dispatch', { paths: incidentPaths(taker) });
      mustTakeMissions(taker);
      mustOutrank(taker, loser);
      if (input.version !== undefined && input.version !== order.version)
        throw new Problem('supply-order.stale', { version: order.version });
      const loss = lossOf(order, loser, { lines: await linesOfOrders(tx, [orderId]), input });
      const mission = { supplies: [], assignments: [], message: input.reason, occurredAt: input.occurredAt, recordedAt: input.recordedAt }; // prettier-ignore
      const context = missionContext(actor, { incident: taker, input: mission, now: this.clock.now(), config: this.config }); // prettier-ignore
      const wanted = loss.parts.map(({ line, units }) => ({ lineId: line.id, itemId: line.itemId, units }));
      const claim = await claimReserved(tx, context, { warehouseId: order.warehouseId, parts: wanted });
      const taken = await orderTaken(tx, context, claim);
      await this.noteLoss(tx, context, { loss, taken, reason: input.reason });
      return taken;
    });
  }

  /** Both incidents, locked in the order of their ids. The order names its own, which never changes. */
  private async lockBoth(
    tx: Tx,
    actor: Actor,
    { orderId, incidentId }: { orderId: string; incidentId: string },
  ): Promise<{ taker: IncidentForDispatch; loser: IncidentForDispatch }> {
    const seen = visibleOr404(actor, await findOrder(tx, orderId), 'supply-order', orderId);
    const locked = new Map<string, IncidentForDispatch | undefined>();
    for (const id of [...new Set([incidentId, seen.incidentId])].sort()) locked.set(id, await lockIncident(tx, id));
    const loser = locked.get(seen.incidentId);
    ensure(loser !== undefined, 'an order keeps its incident');
    return { taker: visibleOr404(actor, locked.get(incidentId), 'incident', incidentId), loser };
  }

  /** The losing order shows who took what and why, ends when nothing is left, and its desk gets a message. */
  private async noteLoss(
    tx: Tx,
    { actor, now, occurredAt, recordedAt, answerS }: MissionContext,
    { loss, taken, reason }: { loss: Loss; taken: SupplyOrderDto; reason: string },
  ): Promise<void> {
    const { order, incident, parts, whole } = loss;
    for (const { line, units } of parts) {
      await insertTakeOver(tx, {
        id: newId(), lineId: line.id, byOrderId: taken.id, units, reason, byName: actor.name, takenAt: occurredAt,
      }); // prettier-ignore
    }
    const decided = whole ? { ...takeSupplyStep(order, 'take-over', { occurredAt, now }), reason } : order;
    await changeOrder(tx, decided, { kind: 'supplies.taken-over', actor, now, occurredAt, recordedAt });
    await raiseAlert(tx, {
      kind: 'information', incident, missionId: order.missionId, assignmentId: null, team: null,
      message: `${order.number} → ${taken.number}: ${reason}`, dutyPhone: null,
      steps: [{ role: 'duty', people: await dutyDeskOf(tx, incident.leadPath) }], channels: ['in-app'],
      scope: workScope(incident, { paths: [] }), answerS, now, actor,
    }); // prettier-ignore
  }
}

/** What the order gives up. 409 `supply-order.step-not-allowed` once it is on its way; what else is refused: `partsToTake`. */
function lossOf(
  order: OrderRow,
  incident: IncidentForDispatch,
  { lines, input }: { lines: LineRow[]; input: TakeOverSupplies },
): Loss {
  if (!SUPPLY_EDGES['take-over'].from.includes(order.status))
    throw new Problem('supply-order.step-not-allowed', { step: 'take-over', status: order.status });
  const parts = partsToTake(lines, input.lines);
  const left = lines.reduce((sum, line) => sum + line.units - line.takenUnits, 0);
  return { order, incident, parts, whole: parts.reduce((sum, { units }) => sum + units, 0) === left };
}
