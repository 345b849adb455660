import { type Actor, allow } from '../access/index.js';
import { type AlertRow, findAlert, lockAlert, recordAnswer } from '../alerts/index.js';
import type { AlertDto, AnswerAlert, AnswerDto } from '../alerts/alerts.dto.js';
import type { Tx } from '../database/index.js';
import { lockIncident } from '../incidents/index.js';
import { ensure, Problem } from '../shared/problem.js';
import { mustBeClear, takeAnswer } from './assignment.rules.js';
import { assignmentPaths, type HeldAssignment, holdAssignment, speaksAsTeam } from './assignment.service.js';
import { changeAssignment, incidentPaths } from './changes.service.js';
import { fieldMissing } from './facts.rules.js';

/** In whose name an answer is given, and how it came; `words` as they came, where it was read from free text. */
export interface Voice {
  by: { userId: string | null; name: string };
  onBehalfOf: string | null;
  channel: AnswerDto['channel'];
  words?: string;
}
/** An alert with what its answer may move, locked: incident, unit, assignment, alert. */
export interface HeldAlert {
  alert: AlertRow;
  work: HeldAssignment | null;
  paths: string[];
}

/** The alert must exist; who may see it was asked before. */
export async function holdAlert(tx: Tx, alertId: string, now: Date): Promise<HeldAlert> {
  const known = (await findAlert(tx, alertId))!;
  const asksTeam = known.kind === 'deploy' && known.assignmentId !== null;
  const work = asksTeam ? await holdAssignment(tx, known.assignmentId!, now) : null;
  const incident = work?.incident ?? (await lockIncident(tx, known.incidentId));
  ensure(incident !== undefined, 'an alert keeps its incident');
  const alert = (await lockAlert(tx, alertId))!;
  return { alert, work, paths: work ? assignmentPaths(work) : incidentPaths(incident) };
}

interface Said {
  input: AnswerAlert;
  voice: Voice;
  now: Date;
}

/**
 * Keeps an answer and moves what it moves. 409 `alert.closed` once the assignment, or a call without one, is over; 422 `fact.in-future`;
 * 400 when a delay has no minutes, or a no or conditions no words.
 */
export async function giveAnswer(tx: Tx, { alert, work }: HeldAlert, { input, voice, now }: Said): Promise<AlertDto> {
  const occurredAt = input.occurredAt ? new Date(input.occurredAt) : now;
  const recordedAt = input.recordedAt ? new Date(input.recordedAt) : now;
  const times = { now, occurredAt, recordedAt };
  if (work) await moveTeam(tx, work, { input, voice, times });
  else {
    mustBeClear(input);
    if (alert.doneReason !== null) throw new Problem('alert.closed', { doneReason: alert.doneReason });
  }
  const { answer, minutes = null, headcount = null, reason = null, id } = input;
  return recordAnswer(tx, alert, { answer, minutes, headcount, reason, ...(id ? { id } : {}), ...voice, ...times });
}

async function moveTeam(
  tx: Tx,
  { assignment }: HeldAssignment,
  { input, voice, times }: Omit<Said, 'now'> & { times: { now: Date; occurredAt: Date; recordedAt: Date } },
): Promise<void> {
  if (!assignment.active) throw new Problem('alert.closed', { doneReason: assignment.status });
  const taken = takeAnswer(assignment, input, times);
  if (!taken) return;
  const { by, onBehalfOf } = voice;
  const actor = { ...by, ...(onBehalfOf ? { onBehalfOf } : {}) };
  await changeAssignment(tx, taken.assignment, { step: taken.step, actor, ...times });
}

/** In whose name an actor answers: the team's own people as themselves, an officer for them, with the name of whose words they are. */
export function voiceOf(actor: Actor, { alert, work, paths }: HeldAlert, input: AnswerAlert): Voice {
  const by = { userId: actor.userId, name: actor.name };
  const told = alert.steps.some((step) => step.people.some(({ userId }) => userId === actor.userId));
  const own = work ? speaksAsTeam(actor, work.assignment.teamId) : told;
  if (own) return { by, onBehalfOf: input.onBehalfOf ?? null, channel: 'in-app' };
  allow(actor, 'alert.answer-for', { paths });
  if (work && !input.onBehalfOf) throw fieldMissing('/onBehalfOf');
  return { by, onBehalfOf: input.onBehalfOf ?? null, channel: 'desk' };
}
