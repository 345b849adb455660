import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Plan, PlannerInput, SupplyLine, TeamLine } from './planner.types.js';
import { PlannerPool } from './planner.js';
import { greedyPlan } from './planner.rules.js';
import { sampleCapability, sampleCell, sampleInput, sampleItem, sampleLot, sampleUnit } from './planner.samples.js';
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
const supplies = (plan: Plan): SupplyLine[] => plan.lines.filter((line) => line.kind === 'supply');
const sent = (plan: Plan): Record<string, number> =>
  Object.fromEntries(supplies(plan).map(({ warehouseId, units }) => [warehouseId, units]));
const going = (plan: Plan): Record<string, number> =>
  Object.fromEntries(teams(plan).map(({ unitId, headcount }) => [unitId, headcount]));
const codes = (reasons: { code: string }[]): string[] => reasons.map(({ code }) => code);
const whyNot = (plan: Plan, id: string): string | undefined =>
  plan.excluded.find(({ unitId, warehouseId }) => unitId === id || warehouseId === id)?.reason.code;

describe('supplies', () => {
  const lots = (availableUnits: number) => [sampleLot({ lotId: 'lot', availableUnits })];

  it('takes the county before the city before the province, even when farther', async () => {
    const stock = [
      sampleCell({ warehouseId: 'province', tier: 'province', etaMin: 20, lots: lots(100) }),
      sampleCell({ warehouseId: 'city', tier: 'city', etaMin: 40, lots: lots(30) }),
      sampleCell({ warehouseId: 'county', tier: 'county', etaMin: 60, lots: lots(30) }),
      sampleCell({ warehouseId: 'other', tier: 'other', etaMin: 10, lots: lots(100) }),
    ];
    for (const plan of await bothPlans({ items: [sampleItem({ id: 'need', units: 70 })], stock })) {
      expect(sent(plan)).toEqual({ county: 30, city: 30, province: 10 });
      expect(supplies(plan).map((line) => line.reasons[0]?.code)).toEqual(['own-county', 'own-city', 'own-province']);
      expect(whyNot(plan, 'other')).toBe('not-needed');
    }
  });

  it('keeps the reserve while a farther shelf covers', async () => {
    const stock = [
      sampleCell({ warehouseId: 'county', minimumUnits: 80, lots: lots(100) }),
      sampleCell({ warehouseId: 'province', tier: 'province', etaMin: 200, lots: lots(100) }),
    ];
    for (const plan of await bothPlans({ items: [sampleItem({ id: 'need', units: 50 })], stock })) {
      expect(sent(plan)).toEqual({ county: 20, province: 30 });
      const [county, province] = supplies(plan);
      expect(county?.availableAfter).toBe(80);
      expect(codes(county?.reasons ?? [])).toContain('keeps-reserve');
      expect(province?.reasons).toContainEqual({ code: 'nearest-source', params: expect.anything() });
      expect(plan.lines.flatMap(({ warnings }) => warnings)).toEqual([]);
    }
  });

  it('says why a nearer shelf at its minimum stays closed', async () => {
    const stock = [
      sampleCell({ warehouseId: 'county', minimumUnits: 100, lots: lots(100) }),
      sampleCell({ warehouseId: 'city', tier: 'city', etaMin: 200, lots: lots(100) }),
    ];
    for (const plan of await bothPlans({ items: [sampleItem({ id: 'need', units: 50 })], stock })) {
      expect(sent(plan)).toEqual({ city: 50 });
      expect(whyNot(plan, 'county')).toBe('reserve-kept');
      const why = { nearerId: 'county', nearerEtaMin: 60, etaMin: 200, why: 'reserve-kept' };
      expect(supplies(plan)[0]?.reasons).toContainEqual({ code: 'farther-but-free', params: why });
    }
  });

  it('breaks a reserve only when nothing else covers, and warns', async () => {
    const stock = [
      sampleCell({ warehouseId: 'county', minimumUnits: 80, lots: lots(100) }),
      sampleCell({ warehouseId: 'city', tier: 'city', etaMin: 200, lots: lots(10) }),
    ];
    for (const plan of await bothPlans({ items: [sampleItem({ id: 'need', units: 50 })], stock })) {
      expect(sent(plan)).toEqual({ county: 40, city: 10 });
      const params = { minimumUnits: 80, availableAfter: 60, breachUnits: 20 };
      expect(supplies(plan)[0]?.warnings).toEqual([{ code: 'breaks-reserve-nothing-else-covers', params }]);
      expect(plan.stages).toContainEqual({ name: 'reserve-breach-units', value: 20 });
    }
  });

  it('comes late only when nothing else covers: a reserve on time is broken first', async () => {
    const stock = [
      sampleCell({ warehouseId: 'near', tier: 'city', etaMin: 50, minimumUnits: 90, lots: lots(100) }),
      sampleCell({ warehouseId: 'far', tier: 'county', etaMin: 300, lots: lots(100) }),
    ];
    const items = [sampleItem({ id: 'need', units: 120, neededByMin: 120 })];
    for (const plan of await bothPlans({ items, stock })) {
      expect(sent(plan)).toEqual({ near: 100, far: 20 });
      const far = supplies(plan).find(({ warehouseId }) => warehouseId === 'far');
      const params = { etaMin: 300, neededByMin: 120, lateMin: 180 };
      expect(far?.warnings).toEqual([{ code: 'late', params }]);
    }
  });

  it('picks lots that outlive arrival and use, the first to expire first', async () => {
    const cell = sampleCell({
      warehouseId: 'w',
      etaMin: 24 * 60,
      lots: [
        sampleLot({ lotId: 'too-short', expiresInDays: 7, availableUnits: 40 }),
        sampleLot({ lotId: 'just', expiresInDays: 8, availableUnits: 20 }),
        sampleLot({ lotId: 'long', expiresInDays: 90, availableUnits: 40 }),
        sampleLot({ lotId: 'held', expiresInDays: 30, availableUnits: 40, held: true }),
      ],
    });
    const items = [sampleItem({ id: 'need', units: 50, minimumUseDays: 7 })];
    for (const plan of await bothPlans({ items, stock: [cell] })) {
      const [line] = supplies(plan);
      expect(line?.lots).toEqual([
        { lotId: 'just', units: 20 },
        { lotId: 'long', units: 30 },
      ]);
      expect(line?.reasons).toContainEqual({ code: 'fefo', params: { lots: 2, firstExpiresInDays: 8 } });
      expect(line?.reasons).toContainEqual({ code: 'skips-lots', params: { heldUnits: 40, expiringUnits: 40 } });
    }
  });

  it('serves priority 1 before 2 before 3 when stock is short', async () => {
    const items = [3, 1, 2].map((priority) =>
      sampleItem({ id: `p${priority}`, units: 40, priority: priority as 1 | 2 | 3 }),
    );
    for (const plan of await bothPlans({ items, stock: [sampleCell({ warehouseId: 'w', lots: lots(60) })] })) {
      expect(supplies(plan).map(({ needId, units }) => [needId, units])).toEqual([
        ['p1', 40],
        ['p2', 20],
      ]);
      expect(plan.unmet).toEqual([
        {
          needId: 'p2',
          missing: 20,
          cause: { code: 'stock-serves-other-needs', params: { itemId: 'tent', otherUnits: 40 } },
        },
        {
          needId: 'p3',
          missing: 40,
          cause: { code: 'stock-serves-other-needs', params: { itemId: 'tent', otherUnits: 60 } },
        },
      ]);
    }
  });

  it.each([
    { cause: 'no-stock', cells: [] },
    { cause: 'no-stock', cells: [sampleCell({ warehouseId: 'w', lots: [] })] },
    { cause: 'lots-held', cells: [sampleCell({ warehouseId: 'w', lots: [sampleLot({ lotId: 'l', held: true })] })] },
    {
      cause: 'lot-expires-before-arrival',
      cells: [sampleCell({ warehouseId: 'w', lots: [sampleLot({ lotId: 'l', expiresInDays: 0 })] })],
    },
    { cause: 'stock-exhausted', cells: [sampleCell({ warehouseId: 'w', lots: lots(10) })] },
  ])('names $cause as the cause of an open need', async ({ cause, cells }) => {
    for (const plan of await bothPlans({ items: [sampleItem({ id: 'need' })], stock: cells })) {
      expect(plan.unmet.map((unmet) => unmet.cause.code)).toEqual([cause]);
      const out = plan.excluded.map(({ reason }) => reason.code);
      expect(out).toEqual(cells.length === 0 || cause === 'stock-exhausted' ? [] : [cause]);
    }
  });

  it('asks nothing for goods already promised', async () => {
    const items = [sampleItem({ id: 'need', units: 50, alreadyUnits: 50 })];
    for (const plan of await bothPlans({ items, stock: [sampleCell({ warehouseId: 'w' })] })) {
      expect(plan.lines).toEqual([]);
      expect(whyNot(plan, 'w')).toBe('already-promised');
      expect([plan.bound, plan.gap]).toEqual([1, 0]);
    }
  });

  it('sends from fewer warehouses when the desk asks for it', async () => {
    const stock = [
      ...['a', 'b', 'c'].map((warehouseId, index) => sampleCell({ warehouseId, etaMin: 30 + index, lots: lots(20) })),
      sampleCell({ warehouseId: 'big', etaMin: 90, lots: lots(100) }),
    ];
    const input = sampleInput({ items: [sampleItem({ id: 'need', units: 60 })], stock });
    const soon = await pool.plan(input, { timeoutMs: 30_000 });
    expect(sent(soon)).toEqual({ a: 20, b: 20, c: 20 });
    const few = await pool.plan({ ...input, objective: 'few-sources' }, { timeoutMs: 30_000 });
    expect(sent(few)).toEqual({ big: 60 });
    expect(supplies(few)[0]?.reasons[1]?.params['why']).toBe('few-sources');
  });
});

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

describe('the snapshot', () => {
  it.each([
    {
      what: 'need-id-twice',
      input: { capabilities: [sampleCapability({ id: 'x' })], items: [sampleItem({ id: 'x' })] },
    },
    { what: 'unit-twice', input: { units: [sampleUnit({ unitId: 'u' }), sampleUnit({ unitId: 'u' })] } },
    {
      what: 'stock-cell-twice',
      input: { stock: [sampleCell({ warehouseId: 'w' }), sampleCell({ warehouseId: 'w' })] },
    },
    { what: 'unit-counts', input: { units: [sampleUnit({ unitId: 'u', headcount: 2.5 })] } },
    { what: 'need-counts', input: { items: [sampleItem({ id: 'x', units: -1 })] } },
    { what: 'unit-place', input: { units: [sampleUnit({ unitId: 'u', etaMin: Number.NaN })] } },
  ])('is refused when it contradicts itself: $what', async ({ what, input }) => {
    await expect(pool.plan(sampleInput(input), { timeoutMs: 1000 })).rejects.toMatchObject({ what });
  });

  it('may be empty', async () => {
    for (const plan of await bothPlans({})) {
      expect(plan.lines).toEqual([]);
      expect([plan.bound, plan.gap]).toEqual([1, 0]);
    }
  });
});
