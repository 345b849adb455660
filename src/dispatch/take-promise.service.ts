import { Inject, Injectable } from '@nestjs/common';
import { type Actor, allow, inCommand, visibleOr404 } from '../access/index.js';
import { raiseAlert } from '../alerts/index.js';
import { CONFIG, type Config } from '../config.js';
import { Database, type Tx } from '../database/index.js';
import { type IncidentForDispatch, lockIncident } from '../incidents/index.js';
import { findPromiser, type HeldPromise, holdPromise, losePromise } from '../relief-stock/index.js';
import { Clock } from '../shared/clock.js';
import { Problem } from '../shared/problem.js';
import { incidentPaths } from './changes.service.js';
import { claimReserved, orderTaken } from './claim-reserved.service.js';
import type { SupplyOrderDto, TakePromise } from './dispatch.dto.js';
import { mustTakeMissions } from './mission.rules.js';
import { missionContext } from './opening.service.js';
import { mustOutrank, unitsToTake } from './part.rules.js';
import { dutyDeskOf } from './people.store.js';
import type { MissionContext } from './send-teams.service.js';

/** A graver incident takes goods that a society has promised to a request and not yet sent. */
@Injectable()
export class TakePromiseService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Promised goods pass to a supply order of the incident; the request asks for them again, its readers see who took what and why, and the
   * desk of who loses them gets a message. 422 `reservation.take-over-refused` unless the incident outranks what the request is for;
   * `reservation.too-small`; `stock.against-intent` for goods that were given for something else; 409 `reservation.closed` when nothing is
   * promised any more, `stock-request.stale`; 403 or 404 for goods that are not the officer's to send.
   */
  async takePromise(
    actor: Actor,
    ids: { requestId: string; commitmentId: string },
    input: TakePromise,
  ): Promise<SupplyOrderDto> {
    return inCommand(this.db, actor, async (tx) => {
      const { taker, loser } = await lockIncidents(tx, actor, { requestId: ids.requestId, incidentId: input.incidentId }); // prettier-ignore
      const promise = await holdPromise(tx, ids);
      allow(actor, 'mission.dispatch', { paths: incidentPaths(taker) });
      mustTakeMissions(taker);
      mustOutrank(taker, loser);
      if (input.version !== undefined && input.version !== promise.version)
        throw new Problem('stock-request.stale', { version: promise.version });
      const units = unitsToTake(promise, input.units);
      const mission = { supplies: [], assignments: [], message: input.reason, occurredAt: input.occurredAt, recordedAt: input.recordedAt }; // prettier-ignore
      const context = missionContext(actor, { incident: taker, input: mission, now: this.clock.now(), config: this.config }); // prettier-ignore
      const { warehouseId, itemId, commitmentId } = promise;
      const claim = await claimReserved(tx, context, { warehouseId, parts: [{ lineId: commitmentId, itemId, units }] });
      const taken = await orderTaken(tx, context, claim);
      await tellLoser(tx, context, { requestId: ids.requestId, promise, loser, taken, units, reason: input.reason });
      return taken;
    });
  }
}

/** The incident that takes, and that of the request if it is for one: locked in the order of their ids, before the request. */
async function lockIncidents(
  tx: Tx,
  actor: Actor,
  { requestId, incidentId }: { requestId: string; incidentId: string },
): Promise<{ taker: IncidentForDispatch; loser: IncidentForDispatch | null }> {
  const seen = visibleOr404(actor, await findPromiser(tx, requestId), 'stock-request', requestId);
  const locked = new Map<string, IncidentForDispatch | undefined>();
  for (const id of [...new Set([incidentId, seen.incidentId ?? incidentId])].sort())
    locked.set(id, await lockIncident(tx, id));
  const taker = visibleOr404(actor, locked.get(incidentId), 'incident', incidentId);
  return { taker, loser: seen.incidentId ? (locked.get(seen.incidentId) ?? null) : null };
}

async function tellLoser(
  tx: Tx,
  { actor, now, incident, occurredAt, recordedAt, answerS }: MissionContext,
  loss: {
    requestId: string;
    promise: HeldPromise;
    loser: IncidentForDispatch | null;
    taken: SupplyOrderDto;
    units: number;
    reason: string;
  },
): Promise<void> {
  const { requestId, promise, loser, taken, units, reason } = loss;
  await losePromise(tx, requestId, {
    commitmentId: promise.commitmentId, incidentId: incident.id, orderNumber: taken.number, units, reason, byName: actor.name,
    takenAt: occurredAt, actor, recordedAt: recordedAt ?? now,
  }); // prettier-ignore
  await raiseAlert(tx, {
    kind: 'information', incident: loser ?? incident, missionId: taken.missionId, assignmentId: null, team: null,
    message: `${promise.number} → ${taken.number}: ${reason}`, dutyPhone: null,
    steps: [{ role: 'duty', people: await dutyDeskOf(tx, promise.societyPath) }], channels: ['in-app'], scope: promise.scope, answerS, now,
    actor,
  }); // prettier-ignore
}
