import { Inject, Injectable } from '@nestjs/common';
import { type Actor, allow, canSee, inCommand, visibleOr404 } from '../access/index.js';
import { CONFIG, type Config } from '../config.js';
import { Database, read, type Tx } from '../database/index.js';
import { lockIncident, readIncident } from '../incidents/index.js';
import { Clock } from '../shared/clock.js';
import { activeAssignments, assignmentsOfMissions, toAssignmentDto } from './assignment.store.js';
import { incidentPaths } from './changes.service.js';
import type { DispatchMission, MissionDto } from './dispatch.dto.js';
import * as rules from './mission.rules.js';
import { findMission, type MissionRow, missionsOfIncident, toMissionHead } from './mission.store.js';
import { missionContext, openMission, shareWithMission } from './opening.service.js';
import { claimUnits, orderTeams } from './send-teams.service.js';
import { claimSupplies, orderSupplies, shareOrders } from './send-supplies.service.js';
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
      const context = missionContext(actor, { incident, input, now: this.clock.now(), config: this.config });
      // Locks in the order of the house: incident, units, orders, then stock; the series of the numbers last, for the shortest time.
      const teams = await claimUnits(tx, context);
      const active = await activeAssignments(tx, incidentId);
      const teamIds = [...new Set([...active.map((row) => row.teamId), ...teams.map(({ unit }) => unit.teamId)])];
      await shareOrders(tx, context, teamIds);
      const supplies = await claimSupplies(tx, context);
      const mission = await openMission(tx, context, { suggestionId: options.suggestionId, teams, supplies });
      const assignments = await orderTeams(tx, context, teams);
      const supplyOrders = await orderSupplies(tx, context, { supplies, teamIds });
      await shareWithMission(tx, context, { teams, supplies });
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
