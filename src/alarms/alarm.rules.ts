import { Problem } from '../shared/problem.js';
import { type AlarmCode, type AlarmSeverity, MOST_SNOOZE_MIN } from './alarms.dto.js';

const S_MS = 1000;
/** The same source raised again within this time is the same alarm (C-17). */
export const AGAIN_MS = 60 * S_MS;
/** No console has shown it for so long that it leaves the list, its answer kept. Consoles show theirs each minute. */
export const LOST_MS = 600 * S_MS;
/** A desk of which no console showed the alarm for so long has nobody who hears it. */
export const MANNED_MS = 150 * S_MS;

/** What is kept of one alarm at one desk. */
export interface Alarm {
  id: string;
  societyId: string;
  source: string;
  since: Date;
  code: AlarmCode;
  severity: AlarmSeverity;
  incidentId: string | null;
  exercise: boolean;
  raisedAt: Date;
  raises: number;
  raisedAgainAt: Date | null;
  seenAt: Date;
  deskSeenAt: Date | null;
  clearedAt: Date | null;
  lost: boolean;
  answeredAt: Date | null;
  acknowledgedAt: Date | null;
  acknowledgedBy: string | null;
  snoozedAt: Date | null;
  snoozedUntil: Date | null;
  snoozedBy: string | null;
  snoozeReason: string | null;
  level: number;
  hopAt: Date | null;
  scope: string[];
  version: number;
}

const OF_ITSELF: Partial<Record<AlarmCode, AlarmSeverity>> = { 'help-call': 'I', chain: 'I', handover: 'II' };
/** As grave as its incident; a call for help and a silence of the alert chain as grave as anything can be, and a hand-over that is late grave. */
export const severityOf = (code: AlarmCode, incident: { severity: AlarmSeverity } | undefined): AlarmSeverity =>
  OF_ITSELF[code] ?? incident?.severity ?? 'III';

/**
 * What it means that a console shows an alarm of which `held` is the newest row: a new one, the old one once more (C-17), one that had only
 * been lost from sight, another cause in place of the old one, or nothing new.
 */
export function whatIsNoted(
  held: Pick<Alarm, 'since' | 'clearedAt' | 'lost' | 'raisedAt' | 'raisedAgainAt'> | undefined,
  { since, now }: { since: Date; now: Date },
): 'new' | 'again' | 'found' | 'replaced' | 'standing' {
  if (!held) return 'new';
  const isSame = held.since.getTime() === since.getTime();
  const isSoon = (before: Date) => now.getTime() - before.getTime() <= AGAIN_MS;
  if (held.clearedAt === null) {
    if (isSame) return 'standing';
    return isSoon(held.raisedAgainAt ?? held.raisedAt) ? 'again' : 'replaced';
  }
  if (held.lost) return isSame ? 'found' : 'new';
  return isSoon(held.clearedAt) ? 'again' : 'new';
}

const isAnswered = ({ acknowledgedAt, snoozedUntil }: Alarm): boolean =>
  acknowledgedAt !== null || snoozedUntil !== null;

/** It rings again: one more in its counter. Who acknowledged it or put it aside has said so of this one too. */
export const raiseAgain = (alarm: Alarm, { since, now, hopAt }: { since: Date; now: Date; hopAt: Date }): Alarm => ({
  ...alarm, since, clearedAt: null, lost: false, raises: alarm.raises + 1, raisedAgainAt: now, seenAt: now,
  hopAt: isAnswered(alarm) ? null : hopAt,
}); // prettier-ignore

/** A console shows it that nobody showed for a while; its cause may have been there all the time. */
export const findAgain = (alarm: Alarm, { now, hopAt }: { now: Date; hopAt: Date }): Alarm => ({
  ...alarm, clearedAt: null, lost: false, seenAt: now, hopAt: isAnswered(alarm) ? null : hopAt,
}); // prettier-ignore

export const clear = (alarm: Alarm, { now, lost = false }: { now: Date; lost?: boolean }): Alarm => ({
  ...alarm, clearedAt: now, lost, hopAt: null,
}); // prettier-ignore

/** L5: a call for help is silenced by who takes it up, and by nothing else. 422 `alarm.not-silenced`. */
export function mustBeSilenceable({ code }: Pick<Alarm, 'code'>): void {
  if (code === 'help-call') throw new Problem('alarm.not-silenced', { code });
}

const AWAKE = { snoozedAt: null, snoozedUntil: null, snoozedBy: null, snoozeReason: null };

/** L2: an alarm is acknowledged or put aside, never both. Acknowledged once it stays so until it is put aside or raised anew. */
export const acknowledge = (alarm: Alarm, { by, now }: { by: string; now: Date }): Alarm => ({
  ...alarm, ...AWAKE, acknowledgedAt: now, acknowledgedBy: by, answeredAt: alarm.answeredAt ?? now, hopAt: null,
}); // prettier-ignore

/** Puts an alarm aside until an end that everybody sees (C-17). 422 `alarm.snooze-too-long`. */
export function snooze(
  alarm: Alarm,
  { severity, minutes, reason, by, now }: { severity: AlarmSeverity; minutes: number; reason: string; by: string; now: Date },
): Alarm {
  const most = MOST_SNOOZE_MIN[severity];
  if (minutes > most) throw new Problem('alarm.snooze-too-long', { minutes, most, severity });
  return {
    ...alarm, acknowledgedAt: null, acknowledgedBy: null, snoozedAt: now, snoozedUntil: new Date(now.getTime() + minutes * 60 * S_MS),
    snoozedBy: by, snoozeReason: reason, answeredAt: alarm.answeredAt ?? now, hopAt: null,
  };
} // prettier-ignore

/** It calls again, before its end or at it. */
export const wake = (alarm: Alarm, hopAt: Date): Alarm => ({ ...alarm, ...AWAKE, hopAt });

export const isAside = ({ snoozedUntil }: Pick<Alarm, 'snoozedUntil'>): boolean => snoozedUntil !== null;

/**
 * Whether an unanswered alarm goes on to the desk above now (C-20): the gravest do, and every one of a desk at which nobody hears it. Null: it
 * stays, and is looked at again.
 */
export function reasonToHop(
  { deskSeenAt }: Pick<Alarm, 'deskSeenAt'>,
  { severity, now }: { severity: AlarmSeverity; now: Date },
): 'unanswered' | 'unmanned' | null {
  const isManned = deskSeenAt !== null && now.getTime() - deskSeenAt.getTime() <= MANNED_MS;
  if (!isManned) return 'unmanned';
  return severity === 'I' || severity === 'II' ? 'unanswered' : null;
}

/** One desk further up; from the top there is nowhere to go. */
export const hop = (alarm: Alarm, { above, hopAt }: { above: number; hopAt: Date }): Alarm => {
  const level = Math.min(alarm.level + 1, above);
  return { ...alarm, level, hopAt: level < above ? hopAt : null };
};
