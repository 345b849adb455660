import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { alertKind } from '../alerts.dto.js';
import { ALL_CHANNELS, channelsTo, urgentChannels } from '../run.rules.js';
import { MOST_QUIET_MIN, MOST_WAIT_S, setContact, type Way, WAYS } from './contact.dto.js';
import * as rules from './contact.rules.js';

const NOW = new Date('2026-07-21T02:00:00Z');
const atChina = (time: string) => new Date(`2026-07-21T${time}:00+08:00`);
const person = { memberId: null, userId: 'u', name: '王队', phone: '19900000001', email: 'a@b.test' };
const whole = { channels: ALL_CHANNELS, now: NOW, answerS: 300 };
const URGENT = urgentChannels({ VOICE_GATEWAY_URL: 'https://calls.test/' });
const inS = (turns: rules.Turn[]) =>
  turns.map(({ channel, dueAt, passedOver }) => [
    channel,
    passedOver ? null : (dueAt.getTime() - NOW.getTime()) / 1000,
  ]);

describe("a person's own order", () => {
  it('is no order where nothing was said: every channel at once', () => {
    expect(inS(rules.turnsOf(person, null, whole))).toEqual(ALL_CHANNELS.map((channel) => [channel, 0]));
  });

  it('tries one way after the other, the link with its text message, and the app at once', () => {
    expect(inS(rules.turnsOf(person, { ways: ['sms', 'mail', 'in-app'], waitS: 20 }, whole))).toEqual([
      ['link', 0], ['sms', 0], ['mail', 20], ['in-app', 0],
    ]); // prettier-ignore
    expect(inS(rules.turnsOf(person, { ways: ['in-app', 'sms', 'mail'], waitS: 60 }, whole))).toEqual([
      ['in-app', 0], ['link', 60], ['sms', 60], ['mail', 120],
    ]); // prettier-ignore
  });

  it('is shown to who sends as it would be taken, with the ways that have no address', () => {
    const shown = (own: rules.OwnOrder | null, who = person) => rules.waysTo(who, own, whole).map(({ way, afterS }) => [way, afterS]); // prettier-ignore
    expect(shown(null)).toEqual([['in-app', 0], ['sms', 0], ['mail', 0]]); // prettier-ignore
    expect(shown({ ways: ['sms', 'mail', 'in-app'], waitS: 20 })).toEqual([['sms', 0], ['mail', 20], ['in-app', 0]]); // prettier-ignore
    const noMail = { ...person, email: null as unknown as string };
    expect(shown({ ways: ['mail', 'sms', 'in-app'], waitS: 20 }, noMail)).toEqual([['mail', null], ['sms', 0], ['in-app', 0]]); // prettier-ignore
  });

  it('passes over a way without an address, which takes no turn', () => {
    const own = { ways: ['mail', 'sms', 'in-app'] as Way[], waitS: 30 };
    expect(inS(rules.turnsOf({ ...person, email: null }, own, whole))).toEqual([
      ['mail', null], ['link', 0], ['sms', 0], ['in-app', 0],
    ]); // prettier-ignore
    expect(inS(rules.turnsOf({ ...person, phone: null }, own, whole))).toEqual([
      ['mail', 0], ['sms', null], ['in-app', 0],
    ]); // prettier-ignore
  });

  it('rings the telephone a minute after its text message, and no later than half of the time of a step', () => {
    const rung = (own: rules.OwnOrder | null, more: object = {}) =>
      inS(rules.turnsOf({ ...person, ...more }, own, { ...whole, channels: URGENT })).filter(([channel]) => channel === 'voice' || channel === 'sms'); // prettier-ignore
    expect(rung(null)).toEqual([['sms', 0], ['voice', 60]]); // prettier-ignore
    expect(rung({ ways: ['mail', 'sms', 'in-app'], waitS: 20 })).toEqual([['sms', 20], ['voice', 80]]); // prettier-ignore
    expect(rung({ ways: ['in-app', 'mail', 'sms'], waitS: 60 })).toEqual([['sms', 120], ['voice', 150]]); // prettier-ignore
    expect(rung(null, { phone: null })).toEqual([]);
    expect(urgentChannels({ VOICE_GATEWAY_URL: undefined })).toEqual(ALL_CHANNELS);
  });

  it('names no channel that the alert does not use', () => {
    const own = { ways: ['sms', 'mail', 'in-app'] as Way[], waitS: 30 };
    expect(inS(rules.turnsOf(person, own, { ...whole, channels: ['in-app'] }))).toEqual([['in-app', 0]]);
  });

  it('never holds a message back (D19)', () => {
    const order = fc.shuffledSubarray([...WAYS], { minLength: 3, maxLength: 3 });
    const address = fc.option(fc.constant('x'), { nil: null });
    fc.assert(
      fc.property(order, fc.integer({ min: 0, max: MOST_WAIT_S }), fc.integer({ min: 1, max: 86_400 }), address, address, address, fc.subarray([...URGENT]),
        (ways, waitS, answerS, userId, phone, email, channels) => {
          const somebody = { memberId: null, userId, name: '王队', phone, email };
          const turns = rules.turnsOf(somebody, { ways, waitS }, { channels, now: NOW, answerS });
          const tried = turns.filter(({ passedOver }) => !passedOver);
          expect(tried.map(({ channel }) => channel).sort()).toEqual(channelsTo(somebody, channels).sort());
          if (tried.length > 0) expect(Math.min(...tried.map(({ dueAt }) => dueAt.getTime()))).toBe(NOW.getTime());
          for (const { dueAt } of tried) expect(dueAt.getTime() - NOW.getTime()).toBeLessThanOrEqual(answerS * 500);
        }),
    ); // prettier-ignore
  });
});

describe('quiet hours', () => {
  it('hold back no alert of any kind, and nothing that somebody asked for this moment (D20)', () => {
    for (const kind of [...alertKind.options, 'channel-trial' as const]) expect(rules.mayWait(kind)).toBe(false);
    expect(rules.mayWait('channel-test')).toBe(true);
    const night = { from: '22:00', to: '07:00' };
    expect(rules.waitsUntil('deploy', night, atChina('23:00'))).toBeNull();
    expect(rules.waitsUntil('channel-test', night, atChina('23:00'))).toEqual(new Date('2026-07-22T07:00:00+08:00'));
  });

  it.each([
    ['22:00', '07:00', '21:59', null],
    ['22:00', '07:00', '22:00', '2026-07-22T07:00'],
    ['22:00', '07:00', '23:59', '2026-07-22T07:00'],
    ['22:00', '07:00', '00:00', '2026-07-21T07:00'],
    ['22:00', '07:00', '06:59', '2026-07-21T07:00'],
    ['22:00', '07:00', '07:00', null],
    ['13:00', '14:30', '12:59', null],
    ['13:00', '14:30', '13:00', '2026-07-21T14:30'],
    ['13:00', '14:30', '14:30', null],
    ['00:00', '12:00', '00:00', '2026-07-21T12:00'],
    ['18:00', '00:00', '23:00', '2026-07-22T00:00'],
  ])('from %s to %s at %s on the clock of China: until %s', (from, to, at, until) => {
    expect(rules.quietUntil({ from, to }, atChina(at))).toEqual(until && new Date(`${until}:00+08:00`));
  });

  it('end within their longest span, whatever the moment', () => {
    const minute = fc.integer({ min: 0, max: 1439 });
    const wall = (n: number) => `${String(Math.floor(n / 60)).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}`;
    fc.assert(
      fc.property(minute, fc.integer({ min: 1, max: MOST_QUIET_MIN }), fc.integer({ min: 0, max: 172_800_000 }), (from, span, ms) => {
        const now = new Date(NOW.getTime() + ms);
        const quiet = { from: wall(from), to: wall((from + span) % 1440) };
        const until = rules.quietUntil(quiet, now);
        if (!until) return;
        expect(until.getTime() - now.getTime()).toBeGreaterThan(0);
        expect(until.getTime() - now.getTime()).toBeLessThanOrEqual(span * 60_000);
        expect(rules.quietUntil(quiet, until)).toBeNull();
      }),
    ); // prettier-ignore
  });

  it.each([
    [{ from: '22:00', to: '22:00' }, false],
    [{ from: '22:00', to: '10:01' }, false],
    [{ from: '22:00', to: '10:00' }, true],
    [{ from: '24:00', to: '07:00' }, false],
    [{ from: '9:00', to: '10:00' }, false],
    [null, true],
  ])('are taken as %j: %s', (quiet, taken) => {
    expect(setContact.safeParse({ ways: WAYS, waitS: 0, quiet, version: 0 }).success).toBe(taken);
  });

  it.each([[['sms', 'sms', 'mail']], [['sms', 'mail']], [['sms', 'mail', 'in-app', 'voice']], [[]]])('an order names each way once, not %j', (ways) => {
    expect(setContact.safeParse({ ways, waitS: 0, quiet: null, version: 0 }).success).toBe(false);
  }); // prettier-ignore
});
