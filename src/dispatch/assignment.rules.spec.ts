import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as rules from './assignment.rules.js';
import { ASSIGNMENT_STATUSES, type AssignmentStatus } from './dispatch.dto.js';

const AT = new Date('2026-07-21T03:00:00Z');
const later = (minutes: number) => new Date(AT.getTime() + minutes * 60_000);
const assignment = (status: AssignmentStatus, facts: Partial<rules.Progress> = {}): rules.Progress => ({
  status, statusSince: AT, headcount: 10, promisedHeadcount: null, actualHeadcount: null, reason: null, etaAt: null, orderDoubtful: false,
  reservedAt: AT, alertedAt: AT, answeredAt: null, assembledAt: null, departedAt: null, arrivedAt: null, releasedAt: null,
  returningAt: null, closedAt: null, withdrawnAt: null, ...facts,
}); // prettier-ignore
const facts = { occurredAt: later(1), now: later(1), reason: '理由' };
const outcome = (status: AssignmentStatus, step: rules.Step) => {
  try {
    return rules.takeStep(assignment(status), step, facts).status;
  } catch (error) {
    return (error as { code: string }).code;
  }
};

/** The whole table once more, by hand: from each state, the steps that lead on and where to. */
const LEADS: Record<AssignmentStatus, Partial<Record<rules.Step, AssignmentStatus>>> = {
  planned: { withdraw: 'withdrawn' },
  reserved: { withdraw: 'withdrawn' },
  alerted: { accept: 'accepted', decline: 'declined', miss: 'no-answer', withdraw: 'withdrawn' },
  accepted: { decline: 'declined', assemble: 'assembling', depart: 'departed', withdraw: 'withdrawn' },
  declined: {},
  'no-answer': {},
  assembling: { depart: 'departed', withdraw: 'withdrawn' },
  departed: { arrive: 'on-scene', withdraw: 'withdrawn' },
  'on-scene': { work: 'working', rest: 'resting', release: 'released' },
  working: { rest: 'resting', release: 'released' },
  resting: { resume: 'working', release: 'released' },
  released: { return: 'returning' },
  returning: { close: 'closed' },
  closed: {},
  withdrawn: {},
};
const STEPS = Object.keys(rules.EDGES) as rules.Step[];

describe('the steps of an assignment', () => {
  it.each(ASSIGNMENT_STATUSES.flatMap((from) => STEPS.map((step) => [from, step] as const)))('%s: %s', (from, step) => {
    expect(outcome(from, step)).toBe(LEADS[from][step] ?? 'assignment.step-not-allowed');
  });

  it('stamps the first time only, and says since when it stands where it stands', () => {
    const accepted = rules.takeStep(assignment('alerted'), 'accept', { ...facts, etaMin: 30, headcount: 8 });
    expect(accepted).toMatchObject({
      answeredAt: later(1),
      statusSince: later(1),
      etaAt: later(31),
      promisedHeadcount: 8,
    });
    const declined = rules.takeStep(accepted, 'decline', { ...facts, occurredAt: later(5), now: later(5) });
    expect(declined).toMatchObject({ answeredAt: later(1), statusSince: later(5), reason: '理由' });
  });

  it('counts the people who are really there', () => {
    const there = rules.takeStep(assignment('departed'), 'arrive', { ...facts, headcount: 7 });
    expect(there).toMatchObject({ actualHeadcount: 7, promisedHeadcount: null });
  });

  it('wants a reason to decline and to withdraw', () => {
    for (const step of ['decline', 'withdraw'] as const) {
      const silent = () => rules.takeStep(assignment('alerted'), step, { occurredAt: AT, now: AT });
      expect(silent).toThrow(expect.objectContaining({ code: 'request.invalid' }));
    }
  });

  it('refuses what is said to happen later than a wrong clock can explain', () => {
    const at = (minutes: number) => () =>
      rules.takeStep(assignment('alerted'), 'accept', { ...facts, occurredAt: later(minutes), now: AT });
    expect(at(5)).not.toThrow();
    expect(at(6)).toThrow(expect.objectContaining({ code: 'fact.in-future', status: 422 }));
  });

  it('marks an order of stamps that cannot be, and only that', () => {
    const departed = assignment('departed', { answeredAt: later(2), departedAt: later(10) });
    expect(rules.takeStep(departed, 'arrive', { occurredAt: later(9), now: later(20) }).orderDoubtful).toBe(true);
    expect(rules.takeStep(departed, 'arrive', { occurredAt: later(10), now: later(20) }).orderDoubtful).toBe(false);
  });

  it('never loses a stamp and never moves one, whatever the order of steps', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...STEPS), fc.integer({ min: -60, max: 60 }))), (walk) => {
        let now = assignment('alerted');
        for (const [step, minute] of walk) {
          const before = now;
          try {
            now = rules.takeStep(before, step, { occurredAt: later(minute), now: later(60), reason: '理由' });
          } catch {
            continue;
          }
          for (const stamp of rules.STAMPS) if (before[stamp]) expect(now[stamp]).toEqual(before[stamp]);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('the answer of a team', () => {
  const times = { occurredAt: later(2), now: later(2) };
  const say = (status: AssignmentStatus, said: rules.Answer) => rules.takeAnswer(assignment(status), said, times);

  it('promises everyone asked for unless it says otherwise, and when they will be there', () => {
    expect(say('alerted', { answer: 'accept' })).toMatchObject({
      step: 'accept',
      assignment: { promisedHeadcount: 10, etaAt: null },
    });
    const delayed = say('alerted', { answer: 'delay', minutes: 40 });
    expect(delayed).toMatchObject({ assignment: { status: 'accepted', etaAt: later(42), promisedHeadcount: 10 } });
    const some = say('alerted', { answer: 'conditions', headcount: 6, reason: '缺一条船' });
    expect(some).toMatchObject({ assignment: { status: 'accepted', promisedHeadcount: 6, reason: '缺一条船' } });
  });

  it('counts the last clear one until the team moves, and then changes nothing', () => {
    expect(say('accepted', { answer: 'conditions', headcount: 4, reason: '两人受伤' })).toMatchObject({
      assignment: { status: 'accepted', promisedHeadcount: 4 },
    });
    expect(say('accepted', { answer: 'decline', reason: '道路中断' })).toMatchObject({ step: 'decline' });
    for (const status of ASSIGNMENT_STATUSES) {
      const counts = status === 'alerted' || status === 'accepted';
      expect(say(status, { answer: 'accept' }) !== null).toBe(counts);
    }
  });

  it.each([{ answer: 'decline' }, { answer: 'delay' }, { answer: 'conditions', headcount: 3 }] as rules.Answer[])(
    'is not clear: %j',
    (said) => {
      expect(() => say('alerted', said)).toThrow(expect.objectContaining({ code: 'request.invalid', status: 400 }));
    },
  );
});
