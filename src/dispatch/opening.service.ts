import { type Actor, may, teamKey, warehouseKey } from '../access/index.js';
import { urgentChannels } from '../alerts/index.js';
import type { Config } from '../config.js';
import { nextNumber, type Tx } from '../database/index.js';
import { shareIncident } from '../incidents/index.js';
import { recordChange } from '../journal/index.js';
import { newId } from '../shared/ids.js';
import { workScope } from './changes.service.js';
import { adcodeOf, documentNumber, seriesOf } from './mission.rules.js';
import { insertMission, type MissionRow, toMissionHead } from './mission.store.js';
import type { ClaimedSupplies } from './send-supplies.service.js';
import type { ClaimedUnit, MissionContext } from './send-teams.service.js';

/** Paths at which somebody may dispatch. */
export const actingPathsOf = (actor: Actor): string[] =>
  actor.grants
    .filter((grant) => may({ ...actor, grants: [grant] }, 'mission.dispatch', { paths: [grant.path] }))
    .map(({ path }) => path);

/** What every part of one mission needs to know, from the officer and the locked incident. */
export function missionContext(
  actor: Actor,
  { incident, input, now, config }: Pick<MissionContext, 'incident' | 'input' | 'now'> & { config: Config },
): MissionContext {
  return {
    actor, incident, input, missionId: input.id ?? newId(), actingPaths: actingPathsOf(actor), now,
    occurredAt: input.occurredAt ? new Date(input.occurredAt) : now,
    recordedAt: input.recordedAt ? new Date(input.recordedAt) : now,
    answerS: config.ALERT_ANSWER_S, channels: urgentChannels(config), holdUntil: new Date(now.getTime() + config.RESERVATION_HOURS * 3_600_000),
  }; // prettier-ignore
}

export interface MissionParts {
  suggestionId?: string | undefined;
  teams: ClaimedUnit[];
  supplies: ClaimedSupplies[];
}

/** Writes the head of a mission, numbered. Everyone who sees a part of it sees its head. */
export async function openMission(tx: Tx, context: MissionContext, parts: MissionParts): Promise<MissionRow> {
  const { actor, incident, input, missionId, now, occurredAt, recordedAt } = context;
  const { suggestionId = null, teams, supplies } = parts;
  const scope = workScope(incident, {
    paths: [...teams.map(({ unit }) => unit.societyPath), ...supplies.map(({ warehouse }) => warehouse.societyPath)],
    teamIds: teams.map(({ unit }) => unit.teamId),
    warehouseIds: supplies.map(({ warehouse }) => warehouse.id),
  });
  const series = seriesOf(adcodeOf(incident.leadPath), 'DD', now);
  const mission: MissionRow = {
    id: missionId, number: documentNumber(series, await nextNumber(tx, series)), incidentId: incident.id, suggestionId,
    message: input.message ?? '', dispatchedBy: actor.name, dispatchedAt: now, scope, version: 1,
  }; // prettier-ignore
  await insertMission(tx, mission);
  const { id, version } = mission;
  await recordChange(tx, {
    kind: 'mission.dispatched', subject: 'mission', id, version, scope, data: toMissionHead(mission), actor, incidentId: incident.id,
    occurredAt, recordedAt,
  }); // prettier-ignore
  return mission;
}

/** Shows the incident to the teams and warehouses of a mission. */
export async function shareWithMission(
  tx: Tx,
  { incident, actor }: MissionContext,
  { teams, supplies }: MissionParts,
): Promise<void> {
  const keys = [
    ...teams.map(({ unit }) => teamKey(unit.teamId)),
    ...supplies.map(({ warehouse }) => warehouseKey(warehouse.id)),
  ];
  await shareIncident(tx, incident.id, { keys: [...new Set(keys)], actor });
}
