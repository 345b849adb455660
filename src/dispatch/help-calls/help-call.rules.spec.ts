import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { HELP_CALL_STATES, HELP_OUTCOMES, type HelpCallState } from './help-call.dto.js';
import * as rules from './help-call.rules.js';

const at = (min: number) => new Date(Date.parse('2026-07-21T03:00:00Z') + min * 60_000);
const wang = { userId: 'wang', name: '王建国' };
const li = { userId: 'li', name: '李芳' };
const call = (state: HelpCallState): rules.HelpProgress => ({
  state, takenUpAt: state === 'raised' ? null : at(1), takenUpBy: state === 'raised' ? null : wang.name,
  takenUpById: state === 'raised' ? null : wang.userId, endedAt: state === 'ended' ? at(2) : null, endedBy: state === 'ended' ? wang.name : null,
  endedById: state === 'ended' ? wang.userId : null, outcome: state === 'ended' ? 'safe' : null, reason: state === 'ended' ? '已归队' : null,
}); // prettier-ignore
const STEPS: rules.HelpStep[] = ['add', 'take-up', 'end'];
const codeOf = (body: () => unknown): unknown => {
  try {
    body();
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
  return null;
};

describe('a call for help', () => {
  const ALLOWED: Record<string, HelpCallState> = {
    'raised add': 'raised',
    'raised take-up': 'taken-up',
    'taken-up add': 'taken-up',
    'taken-up end': 'ended',
    'ended add': 'ended',
  };
  const matrix = HELP_CALL_STATES.flatMap((state) => STEPS.map((step) => [state, step] as const));

  it.each(matrix)('%s: %s', (state, step) => {
    const next = ALLOWED[`${state} ${step}`];
    if (next) expect(rules.stateAfter(call(state), step)).toBe(next);
    else expect(codeOf(() => rules.stateAfter(call(state), step))).toBe('help-call.step-not-allowed');
  });

  it('is taken up in the name of a person, once, and says who has it', () => {
    const taken = rules.takeUp(call('raised'), { by: wang, now: at(1) });
    expect(taken).toMatchObject({
      state: 'taken-up',
      takenUpBy: wang.name,
      takenUpById: 'wang',
      takenUpAt: at(1),
      endedAt: null,
    });
    expect(() => rules.takeUp(taken, { by: li, now: at(2) })).toThrow(expect.objectContaining({ params: expect.objectContaining({ by: wang.name }) }) as never); // prettier-ignore
  });

  it.each(HELP_OUTCOMES)('ends as %s, by whoever answers for it, with the reason', (outcome) => {
    const ended = rules.end(call('taken-up'), { outcome, reason: '电话确认', by: li, now: at(9) });
    expect(ended).toMatchObject({
      state: 'ended',
      outcome,
      reason: '电话确认',
      endedBy: li.name,
      endedAt: at(9),
      takenUpBy: wang.name,
    });
  });

  it('is never over without a person who took it up, whatever is tried in whatever order', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...STEPS), { maxLength: 12 }), (steps) => {
        let held = call('raised');
        for (const step of steps) {
          if (codeOf(() => rules.stateAfter(held, step)) !== null) continue;
          if (step === 'take-up') held = rules.takeUp(held, { by: wang, now: at(1) });
          else if (step === 'end') held = rules.end(held, { outcome: 'safe', reason: '好', by: li, now: at(2) });
        }
        expect(held.endedAt !== null).toBe(held.state === 'ended');
        expect(held.state === 'ended' && held.takenUpBy === null).toBe(false);
      }),
    );
  });
});

describe('who may call', () => {
  const now = at(600);
  const late = (occurred: number, standing: Partial<rules.Standing> = {}, at_ = now) =>
    codeOf(() => rules.mustBeOut({ active: false, rollOpen: false, endedAt: at(100), ...standing }, { occurredAt: at(occurred), now: at_ })); // prettier-ignore

  it('is everybody whose unit is under way, or who is not accounted for yet', () => {
    expect(late(600, { active: true, endedAt: null })).toBeNull();
    expect(late(600, { rollOpen: true })).toBeNull();
    expect(late(600)).toBe('help-call.not-out');
  });

  it('is a phone that had no network, if it was pressed before the end and not days ago', () => {
    expect([late(99), late(100), late(101)]).toEqual([null, null, 'help-call.not-out']);
    const longAfter = new Date(at(100).getTime() + rules.LATE_MS);
    expect([late(99, {}, longAfter), late(99, {}, new Date(longAfter.getTime() + 1))]).toEqual([null, 'help-call.not-out']); // prettier-ignore
  });

  it('is believed as far as now when its clock runs ahead', () => {
    expect(rules.momentOf(undefined, now)).toEqual(now);
    expect(rules.momentOf(at(700).toISOString(), now)).toEqual(now);
    expect(rules.momentOf(at(500).toISOString(), now)).toEqual(at(500));
  });

  it('is the same person by account or by membership, never by lacking both', () => {
    const ids = (userId: string | null, memberId: string | null) => ({ userId, memberId });
    expect(rules.isSamePerson(ids('u', null), ids('u', 'm'))).toBe(true);
    expect(rules.isSamePerson(ids('u', 'm'), ids(null, 'm'))).toBe(true);
    expect(rules.isSamePerson(ids('u', 'm'), ids('v', 'n'))).toBe(false);
    expect(rules.isSamePerson(ids(null, null), ids(null, null))).toBe(false);
  });
});
