import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Plan, PlannerInput, SupplyLine } from './planner.types.js';
import { PlannerPool } from './planner.js';
import { greedyPlan } from './planner.rules.js';
import { sampleCell, sampleInput, sampleItem, sampleLot } from './planner.samples.js';
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

const supplies = (plan: Plan): SupplyLine[] => plan.lines.filter((line) => line.kind === 'supply');
const sent = (plan: Plan): Record<string, number> =>
  Object.fromEntries(supplies(plan).map(({ warehouseId, units }) => [warehouseId, units]));
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
