import { pathKeys } from '../../access/index.js';
import { raiseAlert, urgentChannels } from '../../alerts/index.js';
import type { Config } from '../../config.js';
import type { Tx } from '../../database/index.js';
import { recordChange, type RecordedActor } from '../../journal/index.js';
import { sentence } from '../../shared/i18n.js';
import { Problem } from '../../shared/problem.js';
import type { HeldAssignment } from '../assignment.service.js';
import { workScope } from '../changes.service.js';
import { dutyStepsAbove, dutyStepsOf } from '../people.store.js';
import type { CallForHelp, HelpCallDto } from './help-call.dto.js';
import { type CallerIds, isSamePerson } from './help-call.rules.js';
import * as store from './help-call.store.js';

interface Times {
  now: Date;
  occurredAt: Date;
  recordedAt: Date;
}

/** Who sees the assignment sees its calls, and so do the desks that have come to lead the incident since. */
export const workScopeOf = ({ incident, unit, assignment }: HeldAssignment): string[] => [
  ...new Set([
    ...assignment.scope,
    ...workScope(incident, { paths: [unit.societyPath], teamIds: [assignment.teamId] }),
  ]),
];

/**
 * Calls the duty desk that leads, then those above it, by every channel and until somebody answers or the call is taken up. Messages are in
 * the language of the country, like all that leave. Answers the id of the run.
 */
export async function callDesks(
  tx: Tx,
  { incident, unit, assignment }: HeldAssignment,
  {
    row,
    config,
    now,
  }: { row: store.HelpCallRow; config: Pick<Config, 'ALERT_ANSWER_S' | 'VOICE_GATEWAY_URL'>; now: Date },
): Promise<string> {
  const steps = [...(await dutyStepsOf(tx, incident.leadPath, now)), ...(await dutyStepsAbove(tx, incident.leadPath, now))]; // prettier-ignore
  const said = { name: row.byName, unit: `${row.teamName} ${row.unitCode}`, phone: row.phone ?? '' };
  const alert = await raiseAlert(tx, {
    kind: 'duty-call', incident, missionId: assignment.missionId, assignmentId: assignment.id,
    team: { id: unit.teamId, name: unit.teamName, unitCode: unit.code }, message: sentence('zh-CN', 'help-call.desk-message', said),
    dutyPhone: row.phone, steps: steps.map((people) => ({ role: 'duty' as const, people })),
    scope: [...new Set([incident.societyPath, incident.leadPath].flatMap(pathKeys))], answerS: config.ALERT_ANSWER_S, channels: urgentChannels(config), now,
    actor: { userId: row.byUserId, name: row.byName },
  }); // prettier-ignore
  return alert.id;
}

/** Keeps what the phone said with a press or after it; a press without words or position is kept too. */
export async function sayWord(
  tx: Tx,
  helpCallId: string,
  { input, kind, now, ...times }: Times & { input: CallForHelp; kind: store.HelpWordRow['kind'] },
): Promise<void> {
  const { id, words, position } = input;
  const { lon = null, lat = null, accuracyM = null } = position ?? {};
  await store.insertHelpWord(tx, { id, helpCallId, kind, words, lon, lat, accuracyM, receivedAt: now, ...times });
}

/** Writes what a call has become and tells it to everybody who sees it. The caller holds its lock. */
export async function keepCall(
  tx: Tx,
  row: store.HelpCallRow,
  told: { kind: string; actor: RecordedActor; isNew?: boolean } & Times,
): Promise<HelpCallDto> {
  const saved = told.isNew ? row : await store.saveHelpCall(tx, row);
  const data = (await store.helpCallDtos(tx, [saved]))[0]!;
  const { id, version, scope, incidentId } = saved;
  const { kind, actor, occurredAt, recordedAt } = told;
  await recordChange(tx, { kind, subject: 'help-call', id, version, scope, incidentId, data, actor, occurredAt, recordedAt }); // prettier-ignore
  return data;
}

/** What was said before under the same id is answered again, to who said it; 409 `idempotency.mismatch` for anybody else. */
export async function mustBeOwn(
  tx: Tx,
  row: store.HelpCallRow,
  { assignmentId, caller }: { assignmentId: string; caller: CallerIds },
): Promise<HelpCallDto> {
  const isOwn = row.assignmentId === assignmentId && isSamePerson(caller, { userId: row.byUserId, memberId: row.byMemberId }); // prettier-ignore
  if (!isOwn) throw new Problem('idempotency.mismatch', { key: row.id });
  return (await store.helpCallDtos(tx, [row]))[0]!;
}
