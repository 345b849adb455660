import { pathKeys, teamKey, warehouseKey } from '../access/index.js';
import type { Tx } from '../database/index.js';
import { type IncidentForDispatch, noteIncidentProgress } from '../incidents/index.js';
import { recordChange, type RecordedActor } from '../journal/index.js';
import { freeUnit, noteBooking } from '../rescue-teams/index.js';
import { followAssignment } from './accountability/following.service.js';
import type { Step } from './assignment.rules.js';
import { type AssignmentRow, saveAssignment, toAssignmentDto } from './assignment.store.js';
import type { AssignmentDto, SupplyOrderDto } from './dispatch.dto.js';
import { type OrderRow, orderDtos, saveOrder } from './supply-order.store.js';

/** Societies that an incident belongs to: where it is, and who leads. */
export const incidentPaths = (incident: Pick<IncidentForDispatch, 'societyPath' | 'leadPath'>): string[] => [
  ...new Set([incident.societyPath, incident.leadPath]),
];

/** Who sees work on an incident: both societies and those above, and the owner of the team or warehouse. */
export function workScope(
  incident: Pick<IncidentForDispatch, 'societyPath' | 'leadPath'>,
  part: { paths: string[]; teamIds?: string[]; warehouseIds?: string[] },
): string[] {
  const paths = [...incidentPaths(incident), ...part.paths].flatMap(pathKeys);
  const named = [...(part.teamIds ?? []).map(teamKey), ...(part.warehouseIds ?? []).map(warehouseKey)];
  return [...new Set([...paths, ...named])];
}

interface Told {
  actor: RecordedActor;
  now: Date;
  occurredAt: Date;
  recordedAt?: Date | undefined;
}
const factTimes = ({ occurredAt, recordedAt, now }: Told) => ({ occurredAt, recordedAt: recordedAt ?? now });

const TEAM_CHANGE: Record<Step, string> = {
  accept: 'team.accepted', decline: 'team.declined', miss: 'team.no-answer', assemble: 'team.assembled', depart: 'team.departed',
  arrive: 'team.arrived', work: 'team.working', rest: 'team.resting', resume: 'team.resumed', release: 'team.released',
  return: 'team.returning', close: 'team.closed', withdraw: 'team.withdrawn',
}; // prettier-ignore
/** Steps of a team by which its incident goes on by itself. */
const PROGRESS: Partial<Record<Step, 'responding' | 'on-scene'>> = { accept: 'responding', arrive: 'on-scene' };

/** `heads`: the number that the step tells. `channel`: how it came, where not by a session. */
interface StepSaid {
  step: Step;
  heads?: number | null | undefined;
  channel?: 'link' | null;
}

/**
 * Writes an assignment as decided, keeps the booking of its unit in step (D1: freed when the assignment ends) and moves the incident on
 * at the first yes and the first arrival. The people of the unit follow it. The caller holds the locks of incident, unit and assignment.
 */
export async function changeAssignment(
  tx: Tx,
  decided: AssignmentRow,
  { step, heads = null, channel = null, ...told }: Told & StepSaid,
): Promise<AssignmentDto> {
  const row = await saveAssignment(tx, decided);
  const { actor, now, occurredAt } = told;
  if (row.active) await noteBooking(tx, row.unitId, { status: row.status, since: row.statusSince, actor });
  else await freeUnit(tx, row.unitId, { assignmentId: row.id, actor, now });
  const data = toAssignmentDto(row);
  await tellAssignment(tx, row, { kind: TEAM_CHANGE[step], ...told });
  await followAssignment(tx, row, { step, heads, channel, actor, now, ...factTimes(told) });
  const progress = PROGRESS[step];
  if (progress) await noteIncidentProgress(tx, row.incidentId, { step: progress, at: occurredAt, actor });
  return data;
}

export async function tellAssignment(tx: Tx, row: AssignmentRow, told: Told & { kind: string }): Promise<void> {
  const { id, version, scope, incidentId } = row;
  const subject = { subject: 'assignment', id, version, scope, incidentId, data: toAssignmentDto(row) };
  await recordChange(tx, { kind: told.kind, actor: told.actor, ...factTimes(told), ...subject });
}

/** Writes an order as decided and tells it. The caller holds its lock. */
export async function changeOrder(tx: Tx, decided: OrderRow, told: Told & { kind: string }): Promise<SupplyOrderDto> {
  return tellOrder(tx, await saveOrder(tx, decided), told);
}

export async function tellOrder(tx: Tx, row: OrderRow, told: Told & { kind: string }): Promise<SupplyOrderDto> {
  const [data] = await orderDtos(tx, [row]);
  const { id, version, scope, incidentId } = row;
  const subject = { subject: 'supply-order', id, version, scope, incidentId, data: data! };
  await recordChange(tx, { kind: told.kind, actor: told.actor, ...factTimes(told), ...subject });
  return data!;
}
