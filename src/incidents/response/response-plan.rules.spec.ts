import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { changeLevel, differenceOf, type LevelFacts, type PlanVersion, proposeLevel, type Requirement, requirementsAt, RESPONSE_LEVELS, type ResponseLevel } from './response-plan.rules.js'; // prettier-ignore
import { CITY_EXAMPLE, NATIONAL_2024 } from './response-plans.data.js';

const level = (facts: LevelFacts, plan = NATIONAL_2024) => proposeLevel(plan, facts).level;

describe('triggers of the national plan', () => {
  const TABLE: [keyof LevelFacts, [number, ResponseLevel | null][]][] = [
    ['deadAndMissing', [[0, null], [19, null], [20, 'IV'], [49, 'IV'], [50, 'III'], [99, 'III'], [100, 'II'], [199, 'II'], [200, 'I']]],
    ['movedOrNeedingAid', [[99_999, null], [100_000, 'IV'], [499_999, 'IV'], [500_000, 'III'], [999_999, 'III'], [1_000_000, 'II'], [1_999_999, 'II'], [2_000_000, 'I']]],
    ['roomsCollapsed', [[9999, null], [10_000, 'IV'], [99_999, 'IV'], [100_000, 'III'], [199_999, 'III'], [200_000, 'II'], [299_999, 'II'], [300_000, 'I']]],
    ['householdsCollapsed', [[2999, null], [3000, 'IV'], [29_999, 'IV'], [30_000, 'III'], [69_999, 'III'], [70_000, 'II'], [99_999, 'II'], [100_000, 'I']]],
    ['droughtNeedingAid', [[999_999, null], [1_000_000, 'IV'], [2_000_000, 'III'], [3_000_000, 'II'], [3_999_999, 'II'], [4_000_000, 'I']]],
    ['droughtShare', [[14.9, null], [15, 'IV'], [20, 'III'], [25, 'II'], [29.9, 'II'], [30, 'I']]],
  ]; // prettier-ignore
  it.each(TABLE.flatMap(([by, rows]) => rows.map(([value, wanted]) => ({ by, value, wanted }))))(
    '$by $value speaks for $wanted',
    ({ by, value, wanted }) => expect(level({ [by]: value } as LevelFacts)).toBe(wanted),
  );

  it.each([[159, 'II'], [160, 'I'], [199, 'I'], [200, 'I']] as const)('counts %d dead and missing as %s when the neighbouring province is hit too', (deadAndMissing, wanted) => {
    expect(level({ deadAndMissing, neighbourAlsoHit: true })).toBe(wanted);
    expect(level({ deadAndMissing, neighbourAlsoHit: false })).toBe(deadAndMissing < 200 ? 'II' : 'I');
    expect(level({ deadAndMissing })).toBe(deadAndMissing < 200 ? 'II' : 'I');
  }); // prettier-ignore

  it('shows the facts used, the gravest first, and what nobody reported (Lekima, 11 August 2019, 08:00)', () => {
    const proposal = proposeLevel(NATIONAL_2024, { deadAndMissing: 48, movedOrNeedingAid: 1_079_000 });
    expect(proposal.level).toBe('II');
    expect(proposal.reached.map(({ by, level: of, from, value }) => [by, of, from, value])).toEqual([
      ['movedOrNeedingAid', 'II', 1_000_000, 1_079_000],
      ['deadAndMissing', 'IV', 20, 48],
    ]);
    expect(proposal.unknown).toEqual(['roomsCollapsed', 'householdsCollapsed', 'droughtNeedingAid', 'droughtShare']);
  });

  it('takes the figures of the tier whose plan it is', () => {
    expect([level({ deadAndMissing: 15 }), level({ deadAndMissing: 15 }, CITY_EXAMPLE)]).toEqual([null, 'I']);
    expect(level({ deadAndMissing: 14, movedOrNeedingAid: 49_999, roomsCollapsed: 4999 }, CITY_EXAMPLE)).toBeNull();
    expect(level({ deadAndMissing: 15 }, { ...CITY_EXAMPLE, triggers: [] })).toBeNull();
  });
});

const line = (kind: Requirement['kind'], code: string, count: number): Requirement => ({
  kind, code, count, title: kind === 'task' ? code : '', titleEn: '', ownerRole: 'dutyOfficer', dueMin: 60,
}); // prettier-ignore
const PLAN: PlanVersion = {
  plan: 'test', version: 1, triggers: [],
  adds: {
    IV: [line('task', 'duty', 1), line('team', 'relief', 10)],
    III: [line('team', 'relief', 20), line('goods', 'FP01', 500)],
    I: [line('goods', 'FP01', 2000)],
  },
}; // prettier-ignore

describe('a change of level', () => {
  it('asks for the difference only, and gives it back in reverse', () => {
    const up = differenceOf(PLAN, { from: 'IV', to: 'III' });
    expect(up).toEqual({ start: [line('team', 'relief', 20), line('goods', 'FP01', 500)], release: [] });
    const down = differenceOf(PLAN, { from: 'III', to: 'IV' });
    expect(down).toEqual({ start: [], release: [...up.start].reverse() });
    expect(differenceOf(PLAN, { from: null, to: 'IV' }).start).toEqual(PLAN.adds.IV);
    expect(differenceOf(PLAN, { from: 'II', to: null }).release).toEqual(requirementsAt(PLAN, 'II').reverse());
  });

  it('conserves quantities over any path of levels', () => {
    const any = fc.constantFrom(null, ...RESPONSE_LEVELS);
    fc.assert(
      fc.property(fc.array(any, { minLength: 1, maxLength: 12 }), (path) => {
        const held = new Map<string, number>();
        let from: ResponseLevel | null = null;
        for (const to of path) {
          const { start, release } = differenceOf(PLAN, { from, to });
          for (const { kind, code, count } of start)
            held.set(`${kind} ${code}`, (held.get(`${kind} ${code}`) ?? 0) + count);
          for (const { kind, code, count } of release)
            held.set(`${kind} ${code}`, held.get(`${kind} ${code}`)! - count);
          from = to;
        }
        const kept = Object.fromEntries([...held].filter(([, count]) => count !== 0));
        expect(kept).toEqual(
          Object.fromEntries(requirementsAt(PLAN, from).map((one) => [`${one.kind} ${one.code}`, one.count])),
        );
      }),
    );
  });

  it('is one of approve, raise, lower and end: the whole table', () => {
    const states = [null, ...RESPONSE_LEVELS];
    const rank = (of: ResponseLevel | null) => (of === null ? 4 : RESPONSE_LEVELS.indexOf(of));
    for (const from of states) {
      for (const step of ['approve', 'raise', 'lower', 'end'] as const) {
        for (const to of RESPONSE_LEVELS) {
          const may = { approve: from === null, raise: from !== null && rank(to) < rank(from), lower: from !== null && rank(to) > rank(from), end: from !== null }[step]; // prettier-ignore
          const act = () => changeLevel(from, { step, to, reason: 'x' });
          if (may) expect(act()).toBe(step === 'end' ? null : to);
          else expect(act).toThrow('response-level.step-not-allowed');
        }
      }
    }
    expect(() => changeLevel(null, { step: 'approve', to: 'IV', reason: ' ' })).toThrow('request.invalid');
    expect(() => changeLevel('IV', { step: 'raise', reason: 'x' })).toThrow('response-level.step-not-allowed');
  });
});
