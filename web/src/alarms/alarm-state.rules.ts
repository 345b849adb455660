import { MOST_NOTED, MOST_STANDING } from '../../../src/alarms/alarms.dto.js';
import type { AlarmDto, AlarmNote, NoteAlarms } from '../../../src/alarms/alarms.dto.js';
import type { Alarm } from '../desk/alarms.rules.js';

/** A repeat within a minute adds to the counter and does not sound (C-17). */
export const QUIET_MS = 60_000;
/** How often a console says that what it shows is still there. */
export const STANDING_MS = 60_000;
/** Looks, one a second, before a console says what it shows: its own desk's soon, another's only when that desk has not said it. */
export const LOOKS = { own: 2, other: 10 };

export type AlarmState = 'calling' | 'acknowledged' | 'snoozed';
/** An alarm as one console shows it. deskId: at whose desk it is kept, null where this person answers for none; heard: it calls here. */
export type ShownAlarm = Alarm & {
  row: AlarmDto | undefined;
  state: AlarmState;
  deskId: string | null;
  heard: boolean;
};

export interface Seat {
  /** The desks at which this person sits. */
  own: readonly string[];
  /** How many desks one lies above the other: 0 for the same, null when it does not. */
  stepsUp: (deskId: string, above: string) => number | null;
}

/** An alarm of whose answer nothing is known calls. */
export function stateOf(row: AlarmDto | undefined, nowMs: number): AlarmState {
  if (row?.acknowledgedAt) return 'acknowledged';
  return row?.snoozedUntil && Date.parse(row.snoozedUntil) > nowMs ? 'snoozed' : 'calling';
}

/** A call for help is silenced by who takes it up, and by nothing else. */
export const isSilenceable = ({ code }: Pick<Alarm, 'code'>): boolean => code !== 'help-call';

/** Whether it has come back a moment ago: it is counted and makes no sound. */
export const isRepeat = (row: AlarmDto | undefined, nowMs: number): boolean =>
  !!row?.raisedAgainAt && nowMs - Date.parse(row.raisedAgainAt) < QUIET_MS;

/** At which desk this person answers an alarm: an own one that has to act, else one below, else, where all have to, an own one. */
export function deskOf({ deskIds }: Pick<Alarm, 'deskIds'>, { own, stepsUp }: Seat): string | null {
  const mine = deskIds.find((deskId) => own.includes(deskId));
  if (mine) return mine;
  const below = deskIds.find((deskId) => own.some((above) => stepsUp(deskId, above) !== null));
  return below ?? (deskIds.length === 0 ? (own[0] ?? null) : null);
}

/** Whether it calls here: at its desk, at the desks above to which nobody's answer has passed it on (C-20), or everywhere. */
export function isHeard(alarm: Alarm, row: AlarmDto | undefined, { own, stepsUp }: Seat): boolean {
  if (own.length === 0) return false;
  if (alarm.everywhere) return true;
  const level = row?.level ?? 0;
  return alarm.deskIds.some((deskId) => own.some((above) => (stepsUp(deskId, above) ?? Infinity) <= level));
}

export const rowKey = (deskId: string | null, source: string, since: string): string =>
  `${deskId}|${source}|${Date.parse(since)}`;

/** Alarms with what is known of them at all consoles. */
export function shownAlarms(alarms: readonly Alarm[], rows: readonly AlarmDto[], seat: Seat, nowMs: number): ShownAlarm[] {
  const byKey = new Map(rows.map((row) => [rowKey(row.societyId, row.source, row.since), row]));
  return alarms.map((alarm) => {
    const deskId = deskOf(alarm, seat) ?? alarm.deskIds[0] ?? null;
    const row = byKey.get(rowKey(deskId, alarm.source, alarm.since));
    const answers = deskId !== null && deskOf(alarm, seat) !== null;
    return { ...alarm, row, state: stateOf(row, nowMs), deskId: answers ? deskId : null, heard: isHeard(alarm, row, seat) };
  });
} // prettier-ignore

export const noteOf = ({ source, since, code, incidentId, deskId }: ShownAlarm): AlarmNote | null =>
  deskId === null ? null : { source, since: new Date(since).toISOString(), code, incidentId, societyId: deskId };

/** What a console remembers between two looks. */
export interface Memory {
  actor: object | null;
  /** How often in a row an alarm was seen that has no row. */
  looks: ReadonlyMap<string, number>;
  /** Rows of which the cause was there at the last look. */
  shown: ReadonlySet<string>;
  standingAtMs: number;
}
export const NOTHING: Memory = { actor: null, looks: new Map(), shown: new Set(), standingAtMs: -Infinity };

/**
 * What a console has to say to the server after a look: what it shows and no row is known of, whose cause it saw go, and each minute that
 * the rest is still there. Null when there is nothing. `actor` changes with what a person may see; then nothing counts as gone.
 */
export function notesOf(
  memory: Memory,
  look: { alarms: readonly ShownAlarm[]; openIds: ReadonlySet<string>; own: readonly string[]; actor: object | null; nowMs: number },
): { memory: Memory; body: NoteAlarms | null } {
  const { alarms, openIds, own, actor, nowMs } = look;
  const before = memory.actor === actor ? memory : NOTHING;
  const looks = new Map<string, number>();
  const raised: AlarmNote[] = [];
  for (const alarm of alarms) {
    const note = noteOf(alarm);
    if (alarm.row || !note) continue;
    const seen = (before.looks.get(alarm.id) ?? 0) + 1;
    const wanted = own.includes(note.societyId) ? LOOKS.own : LOOKS.other;
    const due = seen >= wanted && raised.length < MOST_NOTED;
    if (due) raised.push(note);
    looks.set(alarm.id, due ? 0 : seen); // said: the row is on its way, or it is said again after as many looks
  }
  const shown = new Set(alarms.flatMap(({ row }) => (row ? [row.id] : [])));
  const gone = [...before.shown].filter((id) => !shown.has(id) && openIds.has(id)).slice(0, MOST_NOTED);
  const isDue = nowMs - before.standingAtMs >= STANDING_MS && shown.size > 0;
  const standing = isDue ? [...shown].slice(0, MOST_STANDING) : [];
  const next = { actor, looks, shown, standingAtMs: isDue ? nowMs : before.standingAtMs };
  const isSilent = raised.length + gone.length + standing.length === 0;
  return { memory: next, body: isSilent ? null : { raised, standing, gone } };
} // prettier-ignore
