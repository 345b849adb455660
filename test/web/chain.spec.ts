import { describe, expect, it } from '@jest/globals';
import type { ReplyDto, ReplyReading } from '../../src/alerts/replies.dto.js';
import type { ChainFaultDto } from '../../src/dispatch/audit/chain-audit.dto.js';
import type { IncidentDto } from '../../src/incidents/index.js';
import { faultsToAlarm } from '../../web/src/alerts/chain-alarms.rules.js';
import { repliesToAlarm } from '../../web/src/alerts/reply-alarms.rules.js';
import { heardOf, noOf, yesOf } from '../../web/src/alerts/reply.rules.js';

const reading = (part: Partial<ReplyReading>): ReplyReading => ({
  answer: 'accepted',
  minutes: null,
  headcount: null,
  condition: null,
  ...part,
});
const said = (part: Partial<ReplyReading>, words = '原话') => ({ words, reading: reading(part) });

describe('what a press on waiting words answers', () => {
  it.each([
    [{}, { answer: 'accept' }],
    [{ headcount: 3 }, { answer: 'accept', headcount: 3 }],
    [
      { minutes: 40, headcount: 3 },
      { answer: 'delay', minutes: 40, headcount: 3 },
    ],
    [{ condition: '派车' }, { answer: 'conditions', reason: '派车' }],
    [
      { minutes: 40, condition: '派车' },
      { answer: 'conditions', minutes: 40, reason: '派车' },
    ],
    [{ answer: 'unclear' as const, minutes: 40 }, { answer: 'accept' }],
    [{ answer: 'declined' as const, headcount: 2 }, { answer: 'accept' }],
  ])('is a yes with what was read: %j', (part, answer) => expect(yesOf(said(part))).toEqual(answer));

  it('is a no in their own words, no longer than a reason may be', () => {
    expect(noOf(said({}, '去不了'))).toEqual({ answer: 'decline', reason: '去不了' });
    expect(noOf(said({}, '不'.repeat(999))).reason).toHaveLength(400);
  });

  it('fills the form with what was read, only where a yes was read', () => {
    expect(heardOf(said({ minutes: 40, headcount: 3, condition: '派车' }))).toEqual({
      minutes: '40',
      headcount: '3',
      words: '派车',
    });
    expect(heardOf(said({ answer: 'declined', minutes: 40 }))).toEqual({ minutes: '', headcount: '', words: '' });
  });
});

describe('what calls the desk', () => {
  const at = Date.parse('2026-07-21T08:00:00Z');
  const incident = (exercise: boolean) => ({ id: 'i', severity: 'II', placeText: '古城', exercise }) as IncidentDto;
  const reply = {
    id: 'r',
    incidentId: 'i',
    receivedAt: new Date(at).toISOString(),
    personName: '王队',
    phone: null,
    teamName: '队',
  } as ReplyDto;
  const fault = {
    id: 'f',
    incidentId: 'i',
    since: '',
    openedAt: '2026-07-21T08:00:00Z',
    teamName: '队',
    unitCode: 'A',
  } as ChainFaultDto;

  it('is a reply that nobody has read for a minute, with the grade of its incident', () => {
    const calls = (part: Partial<ReplyDto>, seconds: number, exercise = false) =>
      repliesToAlarm([{ ...reply, ...part }], (id) => (id === 'i' ? incident(false) : undefined), {
        exercise,
        nowMs: at + seconds * 1000,
      });
    expect(calls({}, 59)).toEqual([]);
    expect(calls({}, 60)).toMatchObject([
      { code: 'reply', severity: 'II', incidentId: 'i', place: '古城', who: '王队' },
    ]);
    expect(calls({}, 60, true)).toEqual([]);
    const unknown = { incidentId: null, personName: null, phone: '139', teamName: '' };
    expect(calls(unknown, 60)).toMatchObject([{ severity: 'III', incidentId: null, place: '139', who: '139' }]);
  });

  it('is every silence of the chain, at once and as gravely as can be, apart from drills', () => {
    expect(faultsToAlarm([fault], () => incident(false), false)).toMatchObject([
      { code: 'chain', severity: 'I', who: '队' },
    ]);
    expect(faultsToAlarm([fault], () => incident(true), false)).toEqual([]);
    expect(faultsToAlarm([fault], () => incident(true), true)).toHaveLength(1);
  });
});
