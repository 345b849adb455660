import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Plan, PlannerInput, TeamLine } from './planner.types.js';
import { PlannerPool } from './planner.js';
import { greedyPlan } from './planner.rules.js';
import { sampleCapability, sampleInput, sampleUnit } from './planner.samples.js';
import { verifyPlan } from './verify.rules.js';

let pool: PlannerPool;
beforeAll(() => {
  pool = new PlannerPool();
});
afterAll(() => pool.close());

/** The stand-in must obey the same rules on cases as plain as these, so every case is asked of both. */
async function bothPlans(special: Partial<PlannerInput>): Promise<Plan[]> {
  const input = sampleInput(special);
  const solved = await pool.plan(input, { timeoutMs: 30_000 });
  expect(solved.status).toBe('optimal');
  const stand = greedyPlan(input);
  verifyPlan(input, stand);
  return [solved, stand];
}

const teams = (plan: Plan): TeamLine[] => plan.lines.filter((line) => line.kind === 'team');
const going = (plan: Plan): Record<string, number> =>
  Object.fromEntries(teams(plan).map(({ unitId, headcount }) => [unitId, headcount]));
const codes = (reasons: { code: string }[]): string[] => reasons.map(({ code }) => code);
const whyNot = (plan: Plan, id: string): string | undefined =>
  plan.excluded.find(({ unitId, warehouseId }) => unitId === id || warehouseId === id)?.reason.code;

describe('teams', () => {
  it('sends the nearest capable units and only as many people as are missing', async () => {
    const units = [
      sampleUnit({ unitId: 'far', etaMin: 90 }),
      sampleUnit({ unitId: 'near', etaMin: 30 }),
      sampleUnit({ unitId: 'middle', etaMin: 60 }),
      sampleUnit({ unitId: 'doctors', etaMin: 10, speciality: 'medical' }),
    ];
    const capabilities = [sampleCapability({ id: 'need', headcount: 20, alreadyHeadcount: 6 })];
    for (const plan of await bothPlans({ capabilities, units })) {
      expect(going(plan)).toEqual({ near: 10, middle: 4 });
      expect(codes(teams(plan)[1]?.reasons ?? [])).toEqual(['nearest-capable', 'keeps-city-cover', 'part-of-unit']);
      expect(whyNot(plan, 'far')).toBe('not-needed');
      expect(whyNot(plan, 'doctors')).toBe('capability-not-needed');
    }
  });

  it.each([
    { why: 'busy', trouble: { busy: true } },
    { why: 'not-ready', trouble: { ready: false, notReadyReasons: ['kit-overdue', 'crew-short'] } },
    { why: 'resting', trouble: { restUntilMin: 15 } },
    { why: 'no-people', trouble: { headcount: 0 } },
  ])('never sends a unit that is $why, and says so', async ({ why, trouble }) => {
    const units = [sampleUnit({ unitId: 'near', etaMin: 10, ...trouble }), sampleUnit({ unitId: 'free', etaMin: 60 })];
    const capabilities = [sampleCapability({ id: 'need', headcount: 12 })];
    for (const plan of await bothPlans({ capabilities, units, lockedUnitIds: ['near'] })) {
      expect(going(plan)).toEqual({ free: 10 });
      expect(whyNot(plan, 'near')).toBe(why);
      const params = { nearerId: 'near', nearerEtaMin: 10, etaMin: 60, why };
      expect(teams(plan)[0]?.reasons).toContainEqual({ code: 'farther-but-free', params });
      expect(plan.unmet.map(({ missing, cause }) => [missing, cause.code])).toEqual([[2, 'not-enough-people']]);
    }
  });

  it('asks the next one when a unit said no, unless the desk names it', async () => {
    const units = [
      sampleUnit({ unitId: 'near', etaMin: 10, saidNo: true }),
      sampleUnit({ unitId: 'free', etaMin: 60 }),
    ];
    const capabilities = [sampleCapability({ id: 'need', headcount: 8 })];
    for (const plan of await bothPlans({ capabilities, units })) {
      expect(going(plan)).toEqual({ free: 8 });
      expect(whyNot(plan, 'near')).toBe('said-no');
    }
    for (const plan of await bothPlans({ capabilities, units, lockedUnitIds: ['near'] }))
      expect(going(plan)).toEqual({ near: 8 });
  });

  it('lists what keeps a unit from being ready in a fixed order', async () => {
    const units = [sampleUnit({ unitId: 'near', ready: false, notReadyReasons: ['kit-overdue', 'crew-short'] })];
    for (const plan of await bothPlans({ capabilities: [sampleCapability({ id: 'need' })], units }))
      expect(plan.excluded[0]?.reason.params).toEqual({ reasons: 'crew-short,kit-overdue' });
  });

  it('comes late only when nobody is in time', async () => {
    const units = [
      sampleUnit({ unitId: 'late', etaMin: 200 }),
      sampleUnit({ unitId: 'last-of-its-city', etaMin: 90, tier: 'province', peersReadyInCity: 0 }),
    ];
    const one = sampleCapability({ id: 'need', headcount: 8, neededByMin: 120 });
    for (const plan of await bothPlans({ capabilities: [one], units })) {
      expect(going(plan)).toEqual({ 'last-of-its-city': 8 });
      expect(codes(teams(plan)[0]?.warnings ?? [])).toEqual(['leaves-city-uncovered']);
      expect(whyNot(plan, 'late')).toBe('too-late');
    }
    for (const plan of await bothPlans({ capabilities: [{ ...one, headcount: 15 }], units })) {
      expect(going(plan)).toEqual({ 'last-of-its-city': 10, late: 5 });
      expect(teams(plan)[1]?.warnings).toEqual([
        { code: 'late', params: { etaMin: 200, neededByMin: 120, lateMin: 80 } },
      ]);
    }
  });

  it('leaves another city its last unit while a farther one covers; the own city serves itself', async () => {
    const last = { etaMin: 40, peersReadyInCity: 0 };
    const far = sampleUnit({ unitId: 'far', tier: 'province', etaMin: 100 });
    const capabilities = [sampleCapability({ id: 'need' })];
    const abroad = sampleUnit({ unitId: 'last', tier: 'province', ...last });
    for (const plan of await bothPlans({ capabilities, units: [abroad, far] })) {
      expect(going(plan)).toEqual({ far: 10 });
      expect(whyNot(plan, 'last')).toBe('city-cover-kept');
    }
    const atHome = sampleUnit({ unitId: 'last', tier: 'city', ...last });
    for (const plan of await bothPlans({ capabilities, units: [atHome, far] }))
      expect(going(plan)).toEqual({ last: 10 });
  });

  it('counts the units of one city together', async () => {
    const pair = ['a', 'b'].map((unitId) =>
      sampleUnit({ unitId, tier: 'province', etaMin: 40, peersReadyInCity: 1, homeCityId: 'city-1' }),
    );
    const far = sampleUnit({ unitId: 'far', tier: 'province', etaMin: 100, homeCityId: 'city-2' });
    const capabilities = [sampleCapability({ id: 'need', headcount: 20 })];
    for (const plan of await bothPlans({ capabilities, units: [...pair, far] })) {
      expect(Object.keys(going(plan))).toEqual([expect.stringMatching(/^[ab]$/), 'far']);
      expect(plan.lines.flatMap(({ warnings }) => warnings)).toEqual([]);
    }
  });

  it('serves priority 1 with the only unit that can, although another need asks for it too', async () => {
    const units = [
      sampleUnit({ unitId: 'both', speciality: 'water', capabilities: ['medical'], etaMin: 20 }),
      sampleUnit({ unitId: 'water-only', etaMin: 50 }),
    ];
    const capabilities = [
      sampleCapability({ id: 'swim', priority: 1 }),
      sampleCapability({ id: 'heal', priority: 2, speciality: 'medical' }),
    ];
    const plan = await pool.plan(sampleInput({ capabilities, units }), { timeoutMs: 30_000 });
    expect(teams(plan).map(({ unitId, needId }) => [unitId, needId])).toEqual([
      ['water-only', 'swim'],
      ['both', 'heal'],
    ]);
    expect(teams(plan)[0]?.reasons[0]?.params['why']).toBe('serves-other-need');
    expect(codes(teams(plan)[1]?.reasons ?? [])).toContain('second-speciality');
    const short = sampleInput({ capabilities, units: units.slice(0, 1) });
    const scarce = await pool.plan(short, { timeoutMs: 30_000 });
    expect(teams(scarce).map(({ needId }) => needId)).toEqual(['swim']);
    expect(scarce.unmet[0]?.cause.code).toBe('units-serve-other-needs');
  });

  it('keeps the locks of the desk and its exclusions', async () => {
    const units = [10, 20, 30].map((etaMin) => sampleUnit({ unitId: `unit-${etaMin}`, etaMin }));
    const desk = { lockedUnitIds: ['unit-30'], excludedUnitIds: ['unit-10'] };
    for (const plan of await bothPlans({ capabilities: [sampleCapability({ id: 'need' })], units, ...desk })) {
      expect(going(plan)['unit-30']).toBeGreaterThan(0);
      expect(whyNot(plan, 'unit-10')).toBe('excluded-by-desk');
      const locked = teams(plan).find(({ unitId }) => unitId === 'unit-30');
      expect(codes(locked?.reasons ?? [])).toContain('locked-by-desk');
      expect(plan.stages).toContainEqual({ name: 'locks-left-out', value: 0 });
    }
  });

  it.each([
    { cause: 'no-capable-unit', units: [sampleUnit({ unitId: 'doctors', speciality: 'medical' })] },
    { cause: 'no-unit-available', units: [sampleUnit({ unitId: 'away', busy: true })] },
    { cause: 'not-enough-people', units: [sampleUnit({ unitId: 'few', headcount: 3 })] },
  ])('names $cause as the cause of an open need', async ({ cause, units }) => {
    for (const plan of await bothPlans({ capabilities: [sampleCapability({ id: 'need' })], units })) {
      expect(plan.unmet.map((unmet) => unmet.cause.code)).toEqual([cause]);
      expect(plan.bound).toBeCloseTo(cause === 'not-enough-people' ? 0.3 : 0, 12);
      expect(plan.gap).toBe(0);
    }
  });
});
