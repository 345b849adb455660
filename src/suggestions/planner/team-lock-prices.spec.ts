import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { greedyPlan } from './planner.rules.js';
import { PlannerPool } from './planner.js';
import { sampleCapability, sampleInput, sampleUnit } from './planner.samples.js';
import type { Plan, PlannerInput } from './planner.types.js';
import { isQuick, lockQuestions, priceOf, teamsAlone } from './team-lock-prices.rules.js';
import { verifyPlan } from './verify.rules.js';

let pool: PlannerPool;
beforeAll(() => void (pool = new PlannerPool()));
afterAll(() => pool.close());

const capabilities = [sampleCapability({ id: 'need', headcount: 18, priority: 1 })];
const units = [
  sampleUnit({ unitId: 'near', etaMin: 30, headcount: 10 }),
  sampleUnit({ unitId: 'middle', etaMin: 60, headcount: 8 }),
  sampleUnit({ unitId: 'far', etaMin: 120, headcount: 8 }),
];
const plan = (special: Partial<PlannerInput>): Promise<Plan> =>
  pool.plan(sampleInput({ capabilities, units, items: [], stock: [], ...special }), { timeoutMs: 30_000 });
const prices = ({ insight }: Plan) =>
  (insight?.bindings ?? []).filter(({ code }) => code.startsWith('team-')).map(({ code, params }) => ({ code, ...params })); // prettier-ignore

describe('the price of a lock on a team', () => {
  it('is nothing to tell without a lock', async () => expect((await plan({})).insight).toBeNull());

  it('of one that must go is what the better one would have saved, also without goods', async () => {
    const locked = await plan({ lockedUnitIds: ['far'] });
    // One goes, because the desk said so, and comes 60 minutes later than one of the next unit; it counts 4.
    expect(prices(locked)).toEqual([{ code: 'team-must-costs', unitId: 'far', heads: 0, lateHeads: 0, holes: 0, personMinutes: 4 * 60 }]); // prettier-ignore
    expect(locked.insight!.equity).toEqual({ before: { smallestShare: 0, gini: 0 }, after: { smallestShare: 1, gini: 0 } }); // prettier-ignore
    verifyPlan(sampleInput({ capabilities, units, items: [], stock: [], lockedUnitIds: ['far'] }), locked);
  });

  it('of one that must not go is who is missing without it', async () => {
    const without = await plan({ units: units.slice(0, 2), excludedUnitIds: ['near'] });
    expect(prices(without)).toEqual([{ code: 'team-never-costs', unitId: 'near', heads: 4 * 10, lateHeads: 0, holes: 0, personMinutes: -4 * 10 * 30 }]); // prettier-ignore
    expect(without.insight!.equity.after.smallestShare).toBeCloseTo(8 / 18, 9);
  });

  it('counts cities left without cover, and who comes late', async () => {
    const last = sampleUnit({ unitId: 'last', etaMin: 200, headcount: 10, tier: 'other', peersReadyInCity: 0, homeCityId: '/33/02/' }); // prettier-ignore
    const bound = await plan({ units: [...units, last], lockedUnitIds: ['last'] });
    expect(prices(bound)[0]).toMatchObject({ unitId: 'last', heads: 0, holes: 1 });
    const due = [sampleCapability({ id: 'need', headcount: 18, priority: 1, neededByMin: 90 })];
    expect(prices(await plan({ capabilities: due, lockedUnitIds: ['far'] }))[0]).toMatchObject({ lateHeads: 4 });
  });

  it('is told for each lock, up to twelve, and costs nothing where the plan would be the same', async () => {
    expect(prices(await plan({ lockedUnitIds: ['near'], excludedUnitIds: ['far'] }))).toEqual([
      { code: 'team-must-costs', unitId: 'near', heads: 0, lateHeads: 0, holes: 0, personMinutes: 0 },
      { code: 'team-never-costs', unitId: 'far', heads: 0, lateHeads: 0, holes: 0, personMinutes: 0 },
    ]);
    const many = Array.from({ length: 13 }, (_, n) => `u${n}`);
    expect(lockQuestions(sampleInput({ capabilities, units, excludedUnitIds: many }))).toHaveLength(12);
    const covered = [sampleCapability({ id: 'need', headcount: 8, alreadyHeadcount: 8 })];
    expect(lockQuestions(sampleInput({ capabilities: covered, units, lockedUnitIds: ['near'] }))).toEqual([]);
  });

  it('is not worked out where the teams are too many to plan a dozen times more, and that is said', async () => {
    const crowd = Array.from({ length: 401 }, (_, n) => sampleUnit({ unitId: `u${n}`, etaMin: 30 + n }));
    expect(isQuick(sampleInput({ capabilities, units: crowd.slice(1) }))).toBe(true);
    const locked = await plan({ units: crowd, lockedUnitIds: ['u400'] });
    expect(locked.insight!.bindings).toEqual([{ code: 'team-locks-not-priced', params: { locks: 1 } }]);
  });

  it('is not told where one of the two plans is not proven', () => {
    const input = sampleInput({ capabilities, units, lockedUnitIds: ['far'] });
    const [question] = lockQuestions(input);
    const stand = greedyPlan(teamsAlone(input));
    expect(priceOf(question!, stand, stand)).toBeNull();
  });

  it('does not change the plan: the same lines, and the same bytes twice', async () => {
    const [once, again] = [await plan({ lockedUnitIds: ['far'] }), await plan({ lockedUnitIds: ['far'] })];
    expect(JSON.stringify(again)).toBe(JSON.stringify(once));
  });
});
