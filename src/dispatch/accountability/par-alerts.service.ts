import { type AlertPerson, lockAlert, raiseAlert, stopAlert } from '../../alerts/index.js';
import type { Tx } from '../../database/index.js';
import type { RecordedActor } from '../../journal/index.js';
import type { IncidentForDispatch } from '../../incidents/index.js';
import type { UnitForDispatch } from '../../rescue-teams/index.js';
import { sentence } from '../../shared/i18n.js';
import { pathKeys } from '../../access/index.js';
import { dutyStepsAbove, dutyStepsOf } from '../people.store.js';
import { expectedAtScene } from './roll.rules.js';
import type { RollRow } from './roll.store.js';

/** What a message about a unit needs to know, from the locked rows. */
export interface AboutUnit {
  incident: IncidentForDispatch;
  unit: UnitForDispatch;
  missionId: string;
  answerS: number;
  now: Date;
  actor: RecordedActor;
}
interface Stop {
  now: Date;
  actor: RecordedActor;
}

/** Messages are in the language of the country, like those that leave as text. */
const inChinese = (key: string, params: Record<string, string | number>) => sentence('zh-CN', key, params);
const withRole = (person: AlertPerson, role: 'leader' | 'deputy'): AlertPerson => ({ ...person, role });

/** Asks the leader how many are there; asked again, the deputy hears it too. A question that still runs is replaced. */
export async function askUnit(tx: Tx, row: RollRow, about: AboutUnit): Promise<RollRow> {
  const { incident, unit, missionId, answerS, now, actor } = about;
  const { asked } = row.par!.clock;
  await stop(tx, row.askAlertId, about);
  const { leader, deputy } = unit;
  const people = [
    ...(leader ? [withRole(leader, 'leader')] : []),
    ...(deputy && (asked > 1 || !leader) ? [withRole(deputy, 'deputy')] : []),
  ];
  const desk = (await dutyStepsOf(tx, incident.leadPath, now)).flat();
  const message = inChinese('par.ask-message', { people: expectedAtScene(row.people).length + row.unnamed, asked });
  const alert = await raiseAlert(tx, {
    kind: 'information', incident, missionId, assignmentId: row.assignmentId, team: teamOf(unit), message,
    dutyPhone: desk.find(({ phone }) => phone !== null)?.phone ?? null, steps: [{ role: 'leader', people }], scope: row.scope, answerS, now, actor,
  }); // prettier-ignore
  return { ...row, askAlertId: alert.id };
}

/**
 * Calls the duty desk that leads, then those above it, of each who is on duty first, until somebody answers: a unit is silent, or people of
 * it are missing. A call that still runs about this unit says enough.
 */
export async function callDesks(
  tx: Tx,
  row: RollRow,
  { message, ...about }: AboutUnit & { message: { key: string; params: Record<string, string | number> } },
): Promise<RollRow> {
  const running = row.callAlertId ? await lockAlert(tx, row.callAlertId) : undefined;
  if (running?.doneReason === null) return row;
  const { incident, unit, missionId, answerS, now, actor } = about;
  const desks = [...(await dutyStepsOf(tx, incident.leadPath, now)), ...(await dutyStepsAbove(tx, incident.leadPath, now))]; // prettier-ignore
  const alert = await raiseAlert(tx, {
    kind: 'duty-call', incident, missionId, assignmentId: row.assignmentId, team: teamOf(unit), message: inChinese(message.key, message.params),
    dutyPhone: unit.leader?.phone ?? null, steps: desks.map((people) => ({ role: 'duty' as const, people })), channels: ['in-app'],
    scope: [...new Set([incident.societyPath, incident.leadPath].flatMap(pathKeys))], answerS, now, actor,
  }); // prettier-ignore
  return { ...row, callAlertId: alert.id };
}

/** The unit answered, or is asked no more: its question ends; the call of the desks too, unless somebody is still missing. */
export async function stopAsking(tx: Tx, row: RollRow, by: Stop): Promise<void> {
  await stop(tx, row.askAlertId, by);
  if (!row.people.some(({ state }) => state === 'missing')) await stop(tx, row.callAlertId, by);
}

async function stop(tx: Tx, alertId: string | null, { now, actor }: Stop): Promise<void> {
  const alert = alertId ? await lockAlert(tx, alertId) : undefined;
  if (alert) await stopAlert(tx, alert, { reason: 'stood-down', now, actor });
}

const teamOf = ({ teamId, teamName, code }: UnitForDispatch) => ({ id: teamId, name: teamName, unitCode: code });
