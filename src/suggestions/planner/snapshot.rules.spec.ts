import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PlannerPool } from './planner.js';
import { sampleCapability, sampleCell, sampleInput, sampleItem, sampleUnit } from './planner.samples.js';

let pool: PlannerPool;
beforeAll(() => {
  pool = new PlannerPool();
});
afterAll(() => pool.close());

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
    const plan = await pool.plan(sampleInput({}), { timeoutMs: 1000 });
    expect(plan.lines).toEqual([]);
    expect([plan.status, plan.bound, plan.gap]).toEqual(['optimal', 1, 0]);
  });
});
