import { describe, expect, it } from '@jest/globals';
import { DRILL_LIMITS, DRILL_STATES } from './drills.dto.js';
import { type DrillAct, injectDue, LOST_MS, mayStartAt, mayTake, RENEW_MS, rescueOf } from './drill.rules.js';

const ALLOWED: Record<DrillAct, string[]> = {
  start: ['planned'],
  end: ['preparing', 'running'],
  'set-speed': ['running'],
  enter: ['running'],
  score: ['running'],
  inject: ['running'],
  judge: ['running', 'ended'],
  remark: ['running', 'ended'],
  improve: ['running', 'ended'],
  report: ['running', 'ended'],
};

describe('the life of a drill', () => {
  const pairs = (Object.keys(ALLOWED) as DrillAct[]).flatMap((act) =>
    DRILL_STATES.map((state) => [act, state] as const),
  );

  it.each(pairs)('%s while %s', (act, state) => {
    const take = () => mayTake({ state, version: 1 }, act, 1);
    if (ALLOWED[act].includes(state)) expect(take).not.toThrow();
    else expect(take).toThrow('drill.step-not-allowed');
  });

  it('is stepped by who has seen it as it is', () => {
    expect(() => mayTake({ state: 'planned', version: 2 }, 'start', 1)).toThrow('drill.stale');
  });

  const NOW = new Date('2026-11-29T00:00:00Z');
  it.each([
    ['1948-12-31T23:59:59Z', false],
    ['1949-01-01T00:00:00Z', true],
    ['2019-08-09T18:00:00Z', true],
    ['2036-11-29T00:00:00Z', true],
    ['2036-11-29T00:00:01Z', false],
    ['9999-12-31T00:00:00Z', false],
  ])('starts at %s: %s', (at, allowed) => {
    const plan = () => mayStartAt(new Date(at), NOW);
    if (allowed) expect(plan).not.toThrow();
    else expect(plan).toThrow('drill.start-out-of-range');
  });

  const LATEST_S = DRILL_LIMITS.atMin * 60;
  it.each([
    [null, 0],
    [-59, 0],
    [-60, 'refused'],
    [90, 90],
    [LATEST_S, LATEST_S],
    [LATEST_S + 1, 'refused'],
  ])('has an inject by hand %s s from now due in %s s', (inS, due) => {
    const enter = () => injectDue(inS === null ? null : new Date(NOW.getTime() + inS * 1000), NOW);
    if (due === 'refused') expect(enter).toThrow('drill.inject-out-of-range');
    else expect((enter().getTime() - NOW.getTime()) / 1000).toBe(due);
  });

  it.each([
    ['preparing', LOST_MS, 1, 'leave'],
    ['preparing', LOST_MS + 1, 2, 'again'],
    ['preparing', LOST_MS + 1, 3, 'give-up'],
    ['running', LOST_MS + 1, 1, 'leave'],
  ] as const)('%s, silent for %d ms, begun %d times: %s', (state, silentMs, attempts, fate) => {
    const preparingSince = new Date(NOW.getTime() - silentMs);
    expect(rescueOf({ state, preparingSince, attempts }, NOW)).toBe(fate);
    expect(RENEW_MS * 3).toBeLessThan(LOST_MS);
  });
});
