import { Inject, Injectable } from '@nestjs/common';
import { type Actor, allow, canSee, inCommand, may, teamKey, visibleOr404, warehouseKey } from '../access/index.js';
import { CONFIG, type Config } from '../config.js';
import { Database, nextNumber, read, type Tx } from '../database/index.js';
import { type IncidentForDispatch, lockIncident, readIncident, shareIncident } from '../incidents/index.js';
import { recordChange } from '../journal/index.js';
import { Clock } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { activeAssignments, assignmentsOfMissions, toAssignmentDto } from './assignment.store.js';
import { incidentPaths, workScope } from './changes.service.js';
import type { DispatchMission, MissionDto } from './dispatch.dto.js';
import * as rules from './mission.rules.js';
import { findMission, insertMission, type MissionRow, missionsOfIncident, toMissionHead } from './mission.store.js';
import { type ClaimedUnit, claimUnits, type MissionContext, orderTeams } from './send-teams.service.js';
import { type ClaimedSupplies, claimSupplies, orderSupplies, shareOrders } from './send-supplies.service.js';
import { orderDtos, ordersOfMissions } from './supply-order.store.js';

export interface DispatchOptions {
  suggestionId?: string;
  /** Runs in the mission's transaction, after everything else: what belongs to the mission stands or falls with it. */
  within?: (tx: Tx, mission: MissionDto) => Promise<void>;
}

@Injectable()
export class DispatchService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Sends teams and goods to an incident: units booked, goods reserved, alerts raised, all or nothing. 409 `incident.not-verified`,
   * `team.not-available`; 422 `team.not-ready`, `team.headcount-exceeded`, `stock.insufficient`; 403 or 404 for what is not the officer's
   * to send.
   */
  async dispatchMission(
    actor: Actor,
    incidentId: string,
    input: DispatchMission,
    options: DispatchOptions = {},
  ): Promise<MissionDto> {
    return inCommand(this.db, actor, async (tx) => {
      const incident = visibleOr404(actor, await lockIncident(tx, incidentId), 'incident', incidentId);
      allow(actor, 'mission.dispatch', { paths: incidentPaths(incident) });
      rules.mustTakeMissions(incident);
      rules.mustNameUnitsOnce(input.assignments);
      const context = await this.contextOf(actor, { incident, input });
      // Locks in the order of the house: incident, units, orders, then stock; the series of the numbers last, for the shortest time.
      const teams = await claimUnits(tx, context);
      const active = await activeAssignments(tx, incidentId);
      const teamIds = [...new Set([...active.map((row) => row.teamId), ...teams.map(({ unit }) => unit.teamId)])];
      await shareOrders(tx, context, teamIds);
      const supplies = await claimSupplies(tx, context);
      const mission = await this.openMission(tx, context, options, scopeOf(incident, { teams, supplies }));
      const assignments = await orderTeams(tx, context, teams);
      const supplyOrders = await orderSupplies(tx, context, { supplies, teamIds });
      const keys = [
        ...teams.map(({ unit }) => teamKey(unit.teamId)),
        ...supplies.map(({ warehouse }) => warehouseKey(warehouse.id)),
      ];
      await shareIncident(tx, incidentId, { keys: [...new Set(keys)], actor });
      const dto = {
        ...toMissionHead(mission),
        assignments,
        supplyOrders,
        hints: rules.spanHints(teamIds.length),
      };
      await options.within?.(tx, dto);
      return dto;
    });
  }

  /** The mission with the parts of it that the actor may see. 404 `mission.not-found`. */
  async mission(actor: Actor, missionId: string): Promise<MissionDto> {
    return read(this.db, async (tx) => {
      const mission = visibleOr404(actor, await findMission(tx, missionId), 'mission', missionId);
      return (await this.missionDtos(tx, actor, [mission]))[0]!;
    });
  }

  async missionsOf(
    actor: Actor,
    incidentId: string,
    page: { before: string | null; limit: number },
  ): Promise<MissionDto[]> {
    return read(this.db, async (tx) => {
      visibleOr404(actor, await readIncident(tx, incidentId), 'incident', incidentId);
      return this.missionDtos(tx, actor, await missionsOfIncident(tx, incidentId, { keys: actor.keys, ...page }));
    });
  }

  private async contextOf(
    actor: Actor,
    { incident, input }: Pick<MissionContext, 'incident' | 'input'>,
  ): Promise<MissionContext> {
    const acting = actor.grants.filter((grant) =>
      may({ ...actor, grants: [grant] }, 'mission.dispatch', { paths: [grant.path] }),
    );
    const now = this.clock.now();
    return {
      actor, incident, input, missionId: input.id ?? newId(), actingPaths: acting.map((grant) => grant.path), now,
      occurredAt: input.occurredAt ? new Date(input.occurredAt) : now,
      recordedAt: input.recordedAt ? new Date(input.recordedAt) : now,
      answerS: this.config.ALERT_ANSWER_S, holdUntil: new Date(now.getTime() + this.config.RESERVATION_HOURS * 3_600_000),
    }; // prettier-ignore
  }

  private async openMission(
    tx: Tx,
    { actor, incident, input, missionId, now, occurredAt, recordedAt }: MissionContext,
    options: DispatchOptions,
    scope: string[],
  ): Promise<MissionRow> {
    const series = rules.seriesOf(rules.adcodeOf(incident.leadPath), 'DD', now);
    const mission: MissionRow = {
      id: missionId, number: rules.documentNumber(series, await nextNumber(tx, series)), incidentId: incident.id,
      suggestionId: options.suggestionId ?? null, message: input.message ?? '', dispatchedBy: actor.name, dispatchedAt: now,
      scope, version: 1,
    }; // prettier-ignore
    await insertMission(tx, mission);
    const { id, version } = mission;
    const told = {
      kind: 'mission.dispatched',
      subject: 'mission',
      id,
      version,
      scope,
      data: toMissionHead(mission),
      actor,
    };
    await recordChange(tx, { ...told, incidentId: incident.id, occurredAt, recordedAt });
    return mission;
  }

  private async missionDtos(tx: Tx, actor: Actor, missions: MissionRow[]): Promise<MissionDto[]> {
    const ids = missions.map((mission) => mission.id);
    const assignments = (await assignmentsOfMissions(tx, ids)).filter((row) => canSee(actor, row.scope));
    const orders = await orderDtos(
      tx,
      (await ordersOfMissions(tx, ids)).filter((row) => canSee(actor, row.scope)),
    );
    const incidentIds = [...new Set(missions.map((mission) => mission.incidentId))];
    const active = new Map<string, number>();
    for (const incidentId of incidentIds)
      active.set(incidentId, new Set((await activeAssignments(tx, incidentId)).map((row) => row.teamId)).size);
    return missions.map((mission) => ({
      ...toMissionHead(mission),
      assignments: assignments.filter((row) => row.missionId === mission.id).map(toAssignmentDto),
      supplyOrders: orders.filter((order) => order.missionId === mission.id),
      hints: rules.spanHints(active.get(mission.incidentId)!),
    }));
  }
}

/** Everyone who sees a part of the mission sees its head. */
function scopeOf(
  incident: IncidentForDispatch,
  { teams, supplies }: { teams: ClaimedUnit[]; supplies: ClaimedSupplies[] },
) {
  return workScope(incident, {
    paths: [...teams.map(({ unit }) => unit.societyPath), ...supplies.map(({ warehouse }) => warehouse.societyPath)],
    teamIds: teams.map(({ unit }) => unit.teamId),
    warehouseIds: supplies.map(({ warehouse }) => warehouse.id),
  });
}
