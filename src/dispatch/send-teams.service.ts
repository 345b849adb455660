import { type Actor, canSee } from '../access/index.js';
import { type AlertPerson, type AlertStep, type Channel, raiseAlert } from '../alerts/index.js';
import type { Tx } from '../database/index.js';
import type { IncidentForDispatch } from '../incidents/index.js';
import { bookUnit, lockUnits, type Person, type UnitForDispatch } from '../rescue-teams/index.js';
import { newId } from '../shared/ids.js';
import { notFound, Problem } from '../shared/problem.js';
import { insertAssignment, type NewAssignment, toAssignmentDto } from './assignment.store.js';
import { tellAssignment, workScope } from './changes.service.js';
import type { AssignmentDto, DispatchMission } from './dispatch.dto.js';
import { mustBeSendable, sourceOf } from './mission.rules.js';
import { dutyStepsOf, phoneOf } from './people.store.js';

/** What every part of one dispatch needs to know. */
export interface MissionContext {
  actor: Actor;
  incident: IncidentForDispatch;
  input: DispatchMission;
  missionId: string;
  /** Paths at which the officer may dispatch. */
  actingPaths: string[];
  now: Date;
  occurredAt: Date;
  recordedAt: Date;
  answerS: number;
  /** By which channels an order goes. */
  channels: readonly Channel[];
  holdUntil: Date;
}
export interface ClaimedUnit {
  assignmentId: string;
  unit: UnitForDispatch;
  asked: DispatchMission['assignments'][number];
}

/** Where the right to use a team or warehouse comes from; 404 for what the officer does not see, 403 for what is not his to send. */
export function mustBeOurs(
  { actor, actingPaths }: Pick<MissionContext, 'actor' | 'actingPaths'>,
  resource: { societyPath: string; scope: string[] } | undefined,
  { noun, id }: { noun: string; id: string },
): 'own' | 'above' {
  if (!resource) throw notFound(noun, id);
  const source = sourceOf(resource.societyPath, actingPaths);
  if (source) return source;
  throw canSee(actor, resource.scope)
    ? new Problem('access.denied', { action: 'mission.dispatch' })
    : notFound(noun, id);
}

/** Locks the units in the order of their ids, checks each and books it (D1). The answer keeps the order of the request. */
export async function claimUnits(tx: Tx, context: MissionContext): Promise<ClaimedUnit[]> {
  const { input, incident, now, actor } = context;
  if (input.assignments.length === 0) return [];
  const units = await lockUnits(tx, input.assignments.map((asked) => asked.teamUnitId), now); // prettier-ignore
  const claims = input.assignments.map((asked, n) => {
    const unit = units.find((each) => each.id === asked.teamUnitId);
    mustBeOurs(context, unit, { noun: 'team-unit', id: asked.teamUnitId });
    const headcount = asked.headcount ?? unit!.headcount;
    const overridden = input.overrideReason !== undefined;
    mustBeSendable(unit!, { headcount, overridden, pointer: `/assignments/${n}/teamUnitId` });
    return { assignmentId: newId(), unit: unit!, asked };
  });
  for (const { assignmentId, unit } of claims) {
    const booking = { assignmentId, incidentId: incident.id, status: 'alerted', since: now.toISOString() };
    await bookUnit(tx, unit.id, { booking, actor });
  }
  return claims;
}

/** Writes the assignments and starts the alert of each in the same breath (D2). */
export async function orderTeams(tx: Tx, context: MissionContext, claims: ClaimedUnit[]): Promise<AssignmentDto[]> {
  const { actor, incident, missionId, input, now } = context;
  if (claims.length === 0) return [];
  const desk = await dutyStepsOf(tx, incident.leadPath, now);
  const dutyPhone = await phoneOf(tx, actor.userId);
  const assignments: AssignmentDto[] = [];
  for (const { assignmentId, unit, asked } of claims) {
    const scope = workScope(incident, { paths: [unit.societyPath], teamIds: [unit.teamId] });
    const wanted: NewAssignment = {
      id: assignmentId, missionId, incidentId: incident.id, teamId: unit.teamId, unitId: unit.id, unitCode: unit.code,
      teamName: unit.teamName, headcount: asked.headcount ?? unit.headcount, capabilities: unit.capabilities, task: asked.task ?? '',
      reason: unit.ready ? null : (input.overrideReason ?? null), scope,
    }; // prettier-ignore
    const row = await insertAssignment(tx, wanted, now);
    await tellAssignment(tx, row, { ...context, kind: 'team.alerted' });
    await raiseAlert(tx, {
      kind: 'deploy', incident, missionId, assignmentId, team: { id: unit.teamId, name: unit.teamName, unitCode: unit.code },
      message: [input.message, asked.task].filter(Boolean).join('\n'), dutyPhone, steps: ladderOf(unit, desk), scope,
      channels: context.channels, answerS: context.answerS, now, actor,
    }); // prettier-ignore
    assignments.push(toAssignmentDto(row));
  }
  return assignments;
}

/** Leader, then deputy, then the duty desk of the lead society, which rings them up: who is on duty, then everybody at it. */
function ladderOf(unit: UnitForDispatch, desk: AlertPerson[][]): AlertStep[] {
  const one = (person: Person | null): AlertPerson[] => (person ? [person] : []);
  return [
    { role: 'leader', people: one(unit.leader) },
    { role: 'deputy', people: one(unit.deputy) },
    ...desk.map((people) => ({ role: 'duty' as const, people })),
  ];
}
