import { describe, expect, it } from '@jest/globals';
import * as rules from './alarm.rules.js';

const at = (s: number) => new Date(Date.parse('2026-07-21T03:00:00Z') + s * 1000);
const alarm = (more: Partial<rules.Alarm> = {}): rules.Alarm => ({
  id: 'a', societyId: 's', source: 'i/nobody', since: at(-60), code: 'nobody', severity: 'II', incidentId: 'i', exercise: false, raisedAt: at(0),
  raises: 1, raisedAgainAt: null, seenAt: at(0), deskSeenAt: at(0), clearedAt: null, lost: false, answeredAt: null, acknowledgedAt: null,
  acknowledgedBy: null, snoozedAt: null, snoozedUntil: null, snoozedBy: null, snoozeReason: null, level: 0, hopAt: at(60),
  scope: ['/33/', '/33/3310/'], version: 1, ...more,
}); // prettier-ignore
const refused = (code: string) => expect.objectContaining({ code });

describe('what a console shows', () => {
  const noted = (held: Partial<rules.Alarm> | null, s: number, since = at(-60)) =>
    rules.whatIsNoted(held === null ? undefined : alarm(held), { since, now: at(s) });

  it.each([
    ['is new when nothing of it is known', null, 0, 'new'],
    ['is nothing new while it stands', {}, 500, 'standing'],
    ['is the same alarm when it comes back within a minute', { clearedAt: at(100) }, 160, 'again'],
    ['is a new one when it comes back later', { clearedAt: at(100) }, 161, 'new'],
    ['keeps its answer when it had only been lost from sight', { clearedAt: at(600), lost: true }, 9000, 'found'],
  ] as const)('%s', (_, held, s, what) => expect(noted(held, s)).toBe(what));

  it('is another one when its clock counts from another moment, but for a minute', () => {
    expect(noted({}, 30, at(20))).toBe('again');
    expect(noted({}, 61, at(20))).toBe('replaced');
    expect(noted({ clearedAt: at(600), lost: true }, 700, at(650))).toBe('new');
  });

  it('counts what comes back, and keeps who acknowledged it (C-17)', () => {
    const seen = rules.clear(rules.acknowledge(alarm(), { by: '甲', now: at(10) }), { now: at(20) });
    const back = rules.raiseAgain(seen, { since: at(-60), now: at(50), hopAt: at(110) });
    expect(back).toMatchObject({
      raises: 2,
      raisedAgainAt: at(50),
      clearedAt: null,
      acknowledgedBy: '甲',
      hopAt: null,
    });
    expect(rules.raiseAgain(alarm({ clearedAt: at(20) }), { since: at(-60), now: at(50), hopAt: at(110) }).hopAt).toEqual(at(110)); // prettier-ignore
  });
});

describe('an alarm that is put aside (C-17)', () => {
  const aside = (severity: rules.Alarm['severity'], minutes: number) =>
    rules.snooze(alarm(), { severity, minutes, reason: '已电话核实', by: '甲', now: at(10) });

  it.each([
    ['I', 30],
    ['II', 30],
    ['III', 480],
    ['IV', 480],
  ] as const)('of grade %s stays so for %i minutes at most', (severity, most) => {
    expect(aside(severity, most).snoozedUntil).toEqual(at(10 + most * 60));
    expect(() => aside(severity, most + 1)).toThrow(refused('alarm.snooze-too-long') as never);
  });

  it('is not acknowledged, and calls again when it is woken', () => {
    const held = rules.snooze(rules.acknowledge(alarm(), { by: '乙', now: at(5) }), { severity: 'II', minutes: 5, reason: '等', by: '甲', now: at(10) }); // prettier-ignore
    expect(held).toMatchObject({ acknowledgedAt: null, snoozedBy: '甲', answeredAt: at(5), hopAt: null });
    expect(rules.wake(held, at(400))).toMatchObject({ snoozedUntil: null, snoozeReason: null, hopAt: at(400) });
    expect(rules.acknowledge(held, { by: '丙', now: at(20) })).toMatchObject({ snoozedUntil: null, acknowledgedBy: '丙', answeredAt: at(5) }); // prettier-ignore
  });
});

describe('an alarm that nobody answers (C-20)', () => {
  it('goes on when it is grave, and every one of a desk where nobody hears it', () => {
    const why = (severity: rules.Alarm['severity'], deskSeenAt: Date | null) => rules.reasonToHop({ deskSeenAt }, { severity, now: at(300) }); // prettier-ignore
    expect([why('I', at(290)), why('II', at(290)), why('III', at(290)), why('IV', at(290))]).toEqual(['unanswered', 'unanswered', null, null]); // prettier-ignore
    expect([why('II', at(100)), why('IV', at(149)), why('IV', null)]).toEqual(['unmanned', 'unmanned', 'unmanned']);
  });

  it('goes one desk up at a time, and stays at the top', () => {
    const first = rules.hop(alarm(), { above: 2, hopAt: at(120) });
    expect(first).toMatchObject({ level: 1, hopAt: at(120) });
    expect(rules.hop(first, { above: 2, hopAt: at(180) })).toMatchObject({ level: 2, hopAt: null });
  });

  it('is as grave as its incident; a silent chain and a late hand-over are grave by themselves', () => {
    const of = (code: rules.Alarm['code'], severity?: rules.Alarm['severity']) => rules.severityOf(code, severity && { severity }); // prettier-ignore
    expect([of('nobody', 'IV'), of('chain', 'IV'), of('handover'), of('reply')]).toEqual(['IV', 'I', 'II', 'III']);
  });
});
