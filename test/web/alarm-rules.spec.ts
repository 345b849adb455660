import { describe, expect, it } from '@jest/globals';
import type { AlarmDto } from '../../src/alarms/alarms.dto.js';
import * as rules from '../../web/src/alarms/alarm-state.rules.js';
import { firstAudible, isMuted, keptMutes, mute, MUTE_CHOICES, unmute } from '../../web/src/alarms/mute.rules.js';
import { alarmId, type Alarm, byUrgency } from '../../web/src/desk/alarms.rules.js';
import type { HelpCallDto } from '../../src/dispatch/help-calls/help-call.dto.js';
import type { IncidentDto } from '../../src/incidents/incidents.dto.js';
import { byNeed, callsToAlarm, cameLate, wordsAdded } from '../../web/src/dispatch/help-calls/help-calls.rules.js';

const SINCE = '2026-07-21T03:00:00.000Z';
const NOW = Date.parse(SINCE) + 600_000;
const later = (s: number) => new Date(NOW + s * 1000).toISOString();
const ABOVE: Record<string, string | null> = { county: 'city', city: 'province', province: null, other: 'province' };
const stepsUp = (from: string, above: string): number | null => {
  let steps = 0;
  for (let id: string | null = from; id; id = ABOVE[id] ?? null, steps += 1) if (id === above) return steps;
  return null;
};
const seat = (...own: string[]): rules.Seat => ({ own, stepsUp });
const alarm = (more: Partial<Alarm> = {}): Alarm => ({
  id: alarmId('i/nobody', SINCE), source: 'i/nobody', code: 'nobody', severity: 'II', incidentId: 'i', place: '', who: '', since: SINCE, dueAt: 0,
  deskIds: ['county'], everywhere: false, ...more,
}); // prettier-ignore
const row = (more: Partial<AlarmDto> = {}): AlarmDto => ({
  id: 'row', societyId: 'county', source: 'i/nobody', since: SINCE, code: 'nobody', severity: 'II', incidentId: 'i', exercise: false, raisedAt: SINCE,
  raises: 1, raisedAgainAt: null, clearedAt: null, acknowledgedAt: null, acknowledgedBy: null, snoozedAt: null, snoozedUntil: null,
  snoozedBy: null, snoozeReason: null, level: 0, version: 1, ...more,
}); // prettier-ignore

describe('an alarm on one of several consoles', () => {
  const on = (desk: rules.Seat, rows: AlarmDto[], one = alarm()) => rules.shownAlarms([one], rows, desk, NOW)[0]!;

  it('calls until it is acknowledged or put aside, and again when that ends', () => {
    expect(on(seat('county'), []).state).toBe('calling');
    expect(on(seat('county'), [row()]).state).toBe('calling');
    expect(on(seat('county'), [row({ acknowledgedAt: SINCE, acknowledgedBy: '甲' })]).state).toBe('acknowledged');
    expect(on(seat('county'), [row({ snoozedUntil: later(1) })]).state).toBe('snoozed');
    expect(on(seat('county'), [row({ snoozedUntil: later(0) })]).state).toBe('calling');
  });

  it('is not answered by what was answered of another moment or at another desk', () => {
    const answered = { acknowledgedAt: SINCE, acknowledgedBy: '甲' };
    expect(on(seat('county'), [row({ ...answered, since: later(-5) })]).state).toBe('calling');
    expect(on(seat('county'), [row({ ...answered, societyId: 'city' })]).state).toBe('calling');
  });

  it('is heard at its desk, and above only when nobody there answered (C-20)', () => {
    const heard = (level: number) => ['county', 'city', 'province', 'other'].filter((desk) => on(seat(desk), [row({ level })]).heard); // prettier-ignore
    expect([heard(0), heard(1), heard(2)]).toEqual([['county'], ['county', 'city'], ['county', 'city', 'province']]);
    expect(on(seat(), [row({ level: 2 })], alarm({ everywhere: true })).heard).toBe(false);
    expect(on(seat('other'), [], alarm({ everywhere: true })).heard).toBe(true);
  });

  it('belongs to the own desk where that has to act, else to the desk below', () => {
    const both = alarm({ deskIds: ['county', 'city'] });
    expect([on(seat('county'), [], both).deskId, on(seat('city'), [], both).deskId]).toEqual(['county', 'city']);
    expect(on(seat('province'), [], both).deskId).toBe('county');
    expect([on(seat('other'), [], both).deskId, on(seat('other'), [], alarm({ deskIds: [] })).deskId]).toEqual([null, 'other']); // prettier-ignore
  });

  it('is silent for a minute when it has only come back (C-17)', () => {
    expect(rules.isRepeat(row(), NOW)).toBe(false);
    expect(rules.isRepeat(row({ raisedAgainAt: later(-59) }), NOW)).toBe(true);
    expect(rules.isRepeat(row({ raisedAgainAt: later(-60) }), NOW)).toBe(false);
  });
});

describe('what a console says of its alarms', () => {
  const look = (memory: rules.Memory, alarms: rules.ShownAlarm[], more: Partial<Parameters<typeof rules.notesOf>[1]> = {}) =>
    rules.notesOf(memory, { alarms, openIds: new Set(['row']), own: ['county'], actor: ACTOR, nowMs: NOW, ...more }); // prettier-ignore
  const ACTOR = {};
  const shown = (rows: AlarmDto[], desk = seat('county')) => rules.shownAlarms([alarm()], rows, desk, NOW);

  it('is raised after a second look, and not again while its row is on the way', () => {
    const first = look(rules.NOTHING, shown([]));
    expect(first.body).toBeNull();
    const second = look(first.memory, shown([]));
    expect(second.body).toEqual({ raised: [{ source: 'i/nobody', since: SINCE, code: 'nobody', incidentId: 'i', societyId: 'county' }], standing: [], gone: [] }); // prettier-ignore
    expect(look(second.memory, shown([])).body).toBeNull();
  });

  it('leaves that to the desk itself for a while when it lies above', () => {
    let memory = rules.NOTHING;
    const said = Array.from({ length: rules.LOOKS.other }, () => {
      const after = look(memory, shown([], seat('city')), { own: ['city'] });
      memory = after.memory;
      return after.body !== null;
    });
    expect(said.indexOf(true)).toBe(rules.LOOKS.other - 1);
  });

  it('is standing once a minute, and gone only if this console saw it go', () => {
    const standing = look(rules.NOTHING, shown([row()]));
    expect(standing.body).toEqual({ raised: [], standing: ['row'], gone: [] });
    expect(look(standing.memory, shown([row()]), { nowMs: NOW + 59_000 }).body).toBeNull();
    expect(look(standing.memory, shown([row()]), { nowMs: NOW + 60_000 }).body).not.toBeNull();
    expect(look(standing.memory, []).body).toEqual({ raised: [], standing: [], gone: ['row'] });
    expect(look(standing.memory, [], { openIds: new Set() }).body).toBeNull(); // another console said so
    expect(look(standing.memory, [], { actor: {} }).body).toBeNull(); // what this person may see has changed
    expect(look(rules.NOTHING, []).body).toBeNull();
  });
});

describe('silence by grade (C-19)', () => {
  it('ends by itself, after five minutes at the latest for the gravest', () => {
    const mutes = mute({}, 'I', { minutes: 600, nowMs: NOW });
    expect([isMuted(mutes, 'I', NOW + 299_999), isMuted(mutes, 'I', NOW + 300_000), isMuted(mutes, 'II', NOW)]).toEqual([true, false, false]); // prettier-ignore
    expect(Math.max(...MUTE_CHOICES.I)).toBe(5);
    expect(isMuted(unmute(mutes, 'I'), 'I', NOW)).toBe(false);
  });

  it('is kept over a reload, but never for longer than it may last', () => {
    expect(keptMutes({ I: NOW + 9e9, II: NOW - 1, III: 'x', V: NOW + 1 }, NOW)).toEqual({ I: NOW + 300_000 });
    expect(keptMutes(null, NOW)).toEqual({});
  });

  it('lets the next grade be heard', () => {
    const calling = [
      { severity: 'I' as const, code: 'par' },
      { severity: 'III' as const, code: 'nobody' },
    ];
    const mutes = mute({}, 'I', { minutes: 2, nowMs: NOW });
    expect(firstAudible(calling, {}, NOW)?.severity).toBe('I');
    expect(firstAudible(calling, mutes, NOW)?.severity).toBe('III');
    expect(firstAudible(calling.slice(0, 1), mutes, NOW)).toBeUndefined();
    // No mute holds a call for help back.
    expect(firstAudible([{ ...calling[0]!, code: 'help-call' }], mutes, NOW)?.code).toBe('help-call');
  });
});

describe('a call for help at a console', () => {
  const call = (more: Partial<HelpCallDto> = {}) =>
    ({
      id: 'call', state: 'raised', exercise: false, incidentId: 'i', deskIds: ['county', 'city'], byName: '王建国', teamName: '水队', unitCode: 'A',
      receivedAt: SINCE, occurredAt: SINCE, ...more,
    }) as HelpCallDto; // prettier-ignore
  const incident = { id: 'i', leadSocietyId: 'province', placeText: '古城' } as IncidentDto;

  it('rings at once and gravest at every desk in charge, the one that leads now first', () => {
    const [ringing] = callsToAlarm([call()], () => incident, false);
    expect(ringing).toMatchObject({ code: 'help-call', severity: 'I', deskIds: ['province', 'county', 'city'], place: '古城', dueAt: Date.parse(SINCE), source: 'call/help-call' }); // prettier-ignore
    expect(callsToAlarm([call()], () => undefined, false)[0]).toMatchObject({
      deskIds: ['county', 'city'],
      place: 'A',
    });
  });

  it('rings until somebody has taken it up, an exercise only among exercises', () => {
    const calls = [call({ state: 'taken-up' }), call({ state: 'ended' }), call({ exercise: true })];
    expect(callsToAlarm(calls, () => incident, false)).toEqual([]);
    expect(callsToAlarm(calls, () => incident, true)).toHaveLength(1);
  });

  it('comes before every other alarm and cannot be acknowledged', () => {
    const [ringing] = callsToAlarm([call()], () => incident, false);
    const others = [alarm({ severity: 'I', dueAt: 0 }), ringing!, alarm({ severity: 'IV', dueAt: 1 })];
    expect(others.sort(byUrgency)[0]!.code).toBe('help-call');
    expect([rules.isSilenceable(ringing!), rules.isSilenceable(alarm())]).toEqual([false, true]);
  });

  it('adds words to the log, and not its place alone: that changes nothing that the log says', () => {
    const said = (words: string, occurredAt: string) => ({ id: words, words, occurredAt, receivedAt: occurredAt });
    const place = (at: string) => ({ lon: 121, lat: 28, accuracyM: 10, at });
    expect(wordsAdded(call({ words: [], position: place(SINCE) }))).toBeNull();
    expect(wordsAdded(call({ words: [said('被困', SINCE)], position: null }))).toBe('被困');
    expect(wordsAdded(call({ words: [said('被困', SINCE)], position: place(SINCE) }))).toBe('被困');
    expect(wordsAdded(call({ words: [said('被困', SINCE)], position: place(later(5)) }))).toBeNull();
    expect(wordsAdded(call({ words: [said('', SINCE)], position: null }))).toBeNull();
  });

  it('is sorted by need, and says when its phone had no network', () => {
    const [old, fresh] = [call({ id: 'old' }), call({ id: 'fresh', receivedAt: later(60) })];
    expect([call({ state: 'taken-up' }), fresh, old].sort(byNeed).map(({ id }) => id)).toEqual([
      'old',
      'fresh',
      'call',
    ]);
    expect([cameLate(call()), cameLate(call({ receivedAt: later(-500) }))]).toEqual([false, true]);
  });
});
