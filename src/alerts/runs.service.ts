import type { Tx } from '../database/index.js';
import { recordChange, type RecordedActor } from '../journal/index.js';
import { newId } from '../shared/ids.js';
import { ensure } from '../shared/problem.js';
import type { AlertDto, AnswerDto } from './alerts.dto.js';
import * as store from './alerts.store.js';
import { contactSettings } from './contact/contact.store.js';
import { longestWaitMs, turnsOf } from './contact/contact.rules.js';
import { planNotices } from './robots/notices.js';
import {
  allDeliveries,
  clampDeliveries,
  endDeliveries,
  insertDelivery,
  pullDueDeliveries,
  unsettledDeliveries,
} from './deliveries.store.js';
import {
  ALL_CHANNELS,
  type AlertPerson,
  type AlertStep,
  type Channel,
  CLAMP_TOLERANCE_MS,
  HAND_OVER_LEASE_MS,
  keepSteps,
  LONGEST_RETRY_MS,
  stepAfter,
  wantsAnswer,
} from './run.rules.js';

/** What a new run is about and whom it climbs to. `channels` narrows how people are told; `answerS` is the time each step has. */
export interface RaiseAlert {
  kind: AlertDto['kind'];
  incident: {
    id: string;
    title: string;
    severity: string;
    placeText: string;
    lon: number;
    lat: number;
    exercise: boolean;
  };
  missionId: string | null;
  assignmentId: string | null;
  team: { id: string; name: string; unitCode: string } | null;
  message: string;
  dutyPhone: string | null;
  steps: AlertStep[];
  channels?: readonly Channel[];
  scope: string[];
  answerS: number;
  now: Date;
  actor: RecordedActor;
}

/**
 * Starts an escalation run and plans the messages of its first step, in the transaction of what it is about (D2). Steps with nobody to
 * tell are skipped at once and say why; with no step at all the run is exhausted at once, never silent.
 */
export async function raiseAlert(tx: Tx, input: RaiseAlert): Promise<AlertDto> {
  const { incident, team, now } = input;
  const channels = [...(input.channels ?? ALL_CHANNELS)];
  const steps = keepSteps(input.steps, channels);
  const first = stepAfter(steps, 0);
  const users = steps.flatMap((step) => step.people.flatMap(({ userId }) => (userId ? [`user:${userId}`] : [])));
  const alert: store.NewAlert = {
    id: newId(), kind: input.kind, incidentId: incident.id, missionId: input.missionId, assignmentId: input.assignmentId,
    teamId: team?.id ?? null, unitCode: team?.unitCode ?? '', teamName: team?.name ?? '', message: input.message,
    severity: incident.severity, placeText: incident.placeText, lon: incident.lon, lat: incident.lat, incidentTitle: incident.title,
    exercise: incident.exercise, dutyPhone: input.dutyPhone, channels, steps, step: first ?? steps.length, raisedAt: now,
    nextDueAt: first ? dueAfter(now, input.answerS) : null, putOff: false, doneReason: first ? null : 'exhausted', doneAt: first ? null : now,
    scope: [...new Set([...input.scope, ...users])], version: 1,
  }; // prettier-ignore
  await store.insertAlert(tx, alert);
  if (first) await planDeliveries(tx, alert, { now, answerS: input.answerS });
  return tell(tx, alert.id, { kind: 'alert.raised', actor: input.actor, now });
}

/**
 * The step had its time: climbs to the next one, or ends the run as exhausted (a notice just ends), but for what `waitsFrom` says. Null when
 * there is nothing to do (answered or moved on by someone else meanwhile), so that any number of processes may call it.
 */
export async function moveAlertOn(
  tx: Tx,
  alertId: string,
  { now, answerS, actor }: { now: Date; answerS: number; actor: RecordedActor },
): Promise<{ exhausted: boolean; alert: AlertDto; row: store.AlertRow } | null> {
  const alert = await store.lockAlert(tx, alertId);
  if (!alert?.nextDueAt || alert.nextDueAt > now) return null;
  const next = stepAfter(alert.steps, alert.step);
  const from = next === null ? await waitsFrom(tx, alert, { now, answerS }) : null;
  if (from) {
    const waiting = { ...alert, nextDueAt: dueAfter(from, answerS), putOff: true };
    await store.saveProgress(tx, waiting);
    return { exhausted: false, alert: await tell(tx, alertId, { kind: 'alert.put-off', actor }), row: waiting };
  }
  if (next === null) {
    const exhausted = wantsAnswer(alert.kind);
    const ended = await end(tx, alert, { reason: exhausted ? 'exhausted' : 'stood-down', now, actor });
    return { exhausted, alert: ended, row: alert };
  }
  const moved = { ...alert, step: next, nextDueAt: dueAfter(now, answerS) };
  await store.insertLeftStep(tx, alert, now);
  await store.saveProgress(tx, moved);
  await planDeliveries(tx, moved, { now, answerS });
  return { exhausted: false, alert: await tell(tx, alertId, { kind: 'alert.moved-on', actor, now }), row: moved };
}

/**
 * D18: from when a run that would end gets the time of a step once more; null where it may end. While a process may still say what became of a
 * message it waits, from when that claim runs out, and for people who were asked only just now, as after a standstill: a message leaves once and is
 * claimed three times at most, so both have an end. Over messages that nobody has tried it waits once.
 */
async function waitsFrom(
  tx: Tx,
  alert: store.AlertRow,
  { now, answerS }: { now: Date; answerS: number },
): Promise<Date | null> {
  const { claimedUntil, untried, justAsked } = await unsettledDeliveries(tx, alert.id, { now, answerS });
  if (claimedUntil) return claimedUntil;
  return justAsked || (untried && !alert.putOff) ? now : null;
}

export interface NewAnswer {
  id?: string;
  answer: AnswerDto['answer'];
  minutes: number | null;
  headcount: number | null;
  reason: string | null;
  by: { userId: string | null; name: string };
  onBehalfOf: string | null;
  channel: AnswerDto['channel'];
  words?: string;
  occurredAt: Date;
  recordedAt: Date;
  now: Date;
}

/** Keeps an answer as a new row; the first one ends the run. The caller holds the locks and decided that the answer may be given. */
export async function recordAnswer(tx: Tx, alert: store.AlertRow, answer: NewAnswer): Promise<AlertDto> {
  const { by, now, id = newId(), ...said } = answer;
  await store.insertAnswer(tx, {
    ...said,
    words: said.words ?? null,
    id,
    alertId: alert.id,
    byName: by.name,
    byUserId: by.userId,
    receivedAt: now,
  });
  const actor = { userId: by.userId, name: by.name, ...(said.onBehalfOf ? { onBehalfOf: said.onBehalfOf } : {}) };
  const occurred = { occurredAt: said.occurredAt, recordedAt: said.recordedAt };
  if (alert.doneReason === null) return end(tx, alert, { reason: 'answered', now, actor, ...occurred });
  await store.saveProgress(tx, alert);
  return tell(tx, alert.id, { kind: 'alert.answered', actor, ...occurred });
}

/** Ends a run for another reason than an answer; nothing is handed over after this. A run that has ended stays as it ended. */
export async function stopAlert(
  tx: Tx,
  alert: store.AlertRow,
  stop: { reason: 'withdrawn' | 'stood-down'; now: Date; actor: RecordedActor },
): Promise<void> {
  if (alert.doneReason === null) await end(tx, alert, stop);
}

/** People whom a message of this run reached or may have reached: they must hear when it is called off. */
export async function peopleTold(tx: Tx, alertId: string): Promise<AlertPerson[]> {
  const told = (await allDeliveries(tx, [alertId])).filter(
    ({ stage }) => !['planned', 'cancelled', 'expired'].includes(stage),
  );
  const people = new Map(told.map((row) => [`${row.memberId} ${row.userId}`, row]));
  return [...people.values()].map(({ personRole: role, memberId, userId, personName: name, phone, email }) => ({
    role, memberId, userId, name, phone, email,
  })); // prettier-ignore
}

/** Stands down every running alert of an incident that is over. */
export async function standDownAlerts(
  tx: Tx,
  incidentId: string,
  by: { now: Date; actor: RecordedActor },
): Promise<void> {
  for (const alert of await store.lockOpenAlertsOfIncident(tx, incidentId)) {
    await stopAlert(tx, alert, { reason: 'stood-down', ...by });
  }
}

/** Pulls every deadline of running alerts back by as much as the clock of the database was turned back. */
export async function pullDeadlines(
  tx: Tx,
  { backMs, actor }: { backMs: number; actor: RecordedActor },
): Promise<void> {
  for (const alert of await store.lockRunningAlerts(tx)) {
    await pullDueDeliveries(tx, alert.id, backMs);
    await store.saveProgress(tx, { ...alert, nextDueAt: new Date(alert.nextDueAt!.getTime() - backMs) });
    await tell(tx, alert.id, { kind: 'alert.pulled-back', actor });
  }
}

/**
 * Brings every deadline that lies further away than the chain ever sets one to where it would be now: a process that had not yet followed
 * the clock of the database wrote it by the time before.
 */
export async function clampDeadlines(
  tx: Tx,
  { now, answerS, actor }: { now: Date; answerS: number; actor: RecordedActor },
): Promise<void> {
  const after = (ms: number) => new Date(now.getTime() + ms);
  const latest = {
    step: after(answerS * 1000 + HAND_OVER_LEASE_MS + CLAMP_TOLERANCE_MS),
    message: after(Math.max(LONGEST_RETRY_MS, longestWaitMs(answerS)) + CLAMP_TOLERANCE_MS),
  };
  for (const alert of await store.lockAlertsDueAfter(tx, latest)) {
    await clampDeliveries(tx, alert.id, { latest: latest.message, to: after(HAND_OVER_LEASE_MS) });
    const nextDueAt = alert.nextDueAt! > latest.step ? after(answerS * 1000) : alert.nextDueAt;
    await store.saveProgress(tx, { ...alert, nextDueAt });
    await tell(tx, alert.id, { kind: 'alert.pulled-back', actor });
  }
}

const KIND = {
  answered: 'alert.answered', withdrawn: 'alert.stopped', 'stood-down': 'alert.stopped', exhausted: 'alert.exhausted',
} as const; // prettier-ignore

interface Telling {
  actor: RecordedActor;
  occurredAt?: Date;
  recordedAt?: Date;
}

async function end(
  tx: Tx,
  alert: store.AlertRow,
  { reason, now, ...telling }: Telling & { reason: NonNullable<AlertDto['doneReason']>; now: Date },
): Promise<AlertDto> {
  ensure(alert.doneReason === null, 'D2 a run ends once');
  await store.insertLeftStep(tx, alert, now);
  await endDeliveries(tx, alert.id, { stage: reason === 'exhausted' ? 'expired' : 'cancelled', now });
  await store.saveProgress(tx, { ...alert, nextDueAt: null, doneReason: reason, doneAt: now });
  return tell(tx, alert.id, { kind: KIND[reason], now, ...telling });
}

/** Journals the run as it stands in the database now. `now` where it moved on: then groups hear of it, too. */
export async function tell(
  tx: Tx,
  alertId: string,
  { now, ...change }: Telling & { kind: string; now?: Date },
): Promise<AlertDto> {
  const alert = await store.findAlert(tx, alertId);
  ensure(alert !== undefined, 'D2 an alert is never deleted');
  const data = store.toAlertDto(await store.runOf(tx, alert));
  const { id, version, scope, incidentId } = alert;
  await recordChange(tx, { ...change, subject: 'alert', id, version, scope, data, incidentId });
  if (now) await planNotices(tx, alert, data, { kind: change.kind, now });
  return data;
}

async function planDeliveries(
  tx: Tx,
  alert: store.NewAlert,
  { now, answerS }: { now: Date; answerS: number },
): Promise<void> {
  const { role, people } = alert.steps[alert.step - 1]!;
  const said = await contactSettings(tx, people.map(({ userId }) => userId)); // prettier-ignore
  for (const person of people) {
    const own = (person.userId && said.get(person.userId)) || null;
    for (const turn of turnsOf(person, own, { channels: alert.channels, now, answerS })) {
      const open = turn.passedOver
        ? ({ stage: 'cancelled', dueAt: null, failure: 'no-address' } as const)
        : ({ stage: 'planned', dueAt: turn.dueAt, failure: null } as const);
      await insertDelivery(tx, {
        id: newId(), alertId: alert.id, step: alert.step, personName: person.name, personRole: person.role ?? role, memberId: person.memberId,
        userId: person.userId, phone: person.phone, email: person.email ?? null, channel: turn.channel, attempt: 1, stageAt: now, ...open,
        tokenHash: null, tokenUsedAt: null, handedAt: null, lateS: null, throughQuiet: false,
      }); // prettier-ignore
    }
  }
}

const dueAfter = (now: Date, seconds: number) => new Date(now.getTime() + seconds * 1000);
