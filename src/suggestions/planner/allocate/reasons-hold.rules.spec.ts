import { describe, expect, it } from '@jest/globals';
import { planSteps } from '../planner.rules.js';
import { sampleCell, sampleItem, sampleLot } from '../planner.samples.js';
import type { Plan, PlannerInput, SupplyLine } from '../planner.types.js';
import { verifyPlan } from '../verify.rules.js';
import { allocate } from './allocate.rules.js';
import type { Allocation } from './allocate.rules.js';
import { goodsInput, sampleRival } from './allocate.samples.js';

/** Goods alone ask nothing of the solver, so the plan is there at the first step. */
function plan(input: PlannerInput): Plan {
  const step = planSteps(input, allocate(input, () => false) as Allocation).next();
  if (!step.done) throw new Error('goods alone need no solver');
  verifyPlan(input, step.value);
  return step.value;
}
const linesOf = (input: PlannerInput): SupplyLine[] => plan(input).lines.filter((line) => line.kind === 'supply');
const sentFrom = (input: PlannerInput, warehouseId: string): number =>
  linesOf(input).reduce((sum, line) => sum + (line.warehouseId === warehouseId ? line.units : 0), 0);
/** Why the nearer shelf was passed over, as the line of the farther one says it. */
const why = (input: PlannerInput): unknown =>
  linesOf(input)
    .find(({ warehouseId }) => warehouseId === 'far')
    ?.reasons.find(({ code }) => code === 'farther-but-free')?.params['why'];

const near = sampleCell({ warehouseId: 'near', etaMin: 60 });
const far = sampleCell({ warehouseId: 'far', etaMin: 200 });
const base = goodsInput({ stock: [near, far] });
const rival = sampleRival(base, { incidentId: 'incident-2', items: [sampleItem({ id: 'other', units: 400 })] });

interface Case {
  because: string;
  input: PlannerInput;
  /** The same without what the reason names. */
  without: PlannerInput;
}

const CASES: Case[] = [
  { because: 'reserve-kept', input: { ...base, stock: [{ ...near, minimumUnits: 100 }, far] }, without: base },
  { because: 'tier-order', input: { ...base, stock: [{ ...near, tier: 'other' }, far] }, without: base },
  { because: 'road-blocked', input: { ...base, stock: [{ ...near, blocked: true }, far] }, without: base },
  { because: 'excluded-by-desk', input: { ...base, excludedStores: [{ warehouseId: 'near' }] }, without: base },
  {
    because: 'lot-expires-before-arrival',
    input: { ...base, items: [sampleItem({ id: 'need-1', minimumUseDays: 7 })], stock: [{ ...near, lots: [sampleLot({ lotId: 'old', expiresInDays: 2 })] }, far] },
    without: { ...base, items: [sampleItem({ id: 'need-1', minimumUseDays: 1 })], stock: [{ ...near, lots: [sampleLot({ lotId: 'old', expiresInDays: 2 })] }, far] },
  },
  {
    because: 'lots-held',
    input: { ...base, stock: [{ ...near, lots: [sampleLot({ lotId: 'frozen', held: true })] }, far] },
    without: base,
  },
  { because: 'no-stock', input: { ...base, stock: [{ ...near, lots: [] }, far] }, without: base },
  {
    // The other incident can only be reached from the near store, and is more urgent.
    because: 'reserved-for',
    input: {
      ...base,
      items: [sampleItem({ id: 'need-1', priority: 2 })],
      rivals: [{ ...rival, roads: rival.roads.filter(({ warehouseId }) => warehouseId === 'near') }],
    },
    without: { ...base, items: [sampleItem({ id: 'need-1', priority: 2 })] },
  },
]; // prettier-ignore

describe('a nearer store is passed over', () => {
  it.each(CASES)('because: $because; without that it sends', ({ because, input, without }) => {
    expect([why(input), sentFrom(input, 'near')]).toEqual([because, 0]);
    expect(sentFrom(without, 'near')).toBeGreaterThan(0);
  });

  it('a locked line says so, and the nearer one goes once the lock is off', () => {
    const locked = { ...base, lockedSupplies: [{ warehouseId: 'far', itemId: 'tent', units: 50 }] };
    expect(linesOf(locked)[0]).toMatchObject({ warehouseId: 'far', reasons: [{ code: 'locked-by-desk' }, {}, {}, {}] });
    expect(sentFrom(base, 'far')).toBe(0);
  });
});

describe('a need stays open', () => {
  it.each<[string, PlannerInput, PlannerInput]>([
    ['road-blocked', { ...base, stock: [{ ...near, blocked: true }] }, { ...base, stock: [near] }],
    [
      'excluded-by-desk',
      { ...base, stock: [near], excludedStores: [{ warehouseId: 'near' }] },
      { ...base, stock: [near] },
    ],
    ['stock-reserved', { ...base, stock: [near], rivals: [rival] }, { ...base, stock: [near] }],
    ['no-stock', { ...base, stock: [] }, base],
  ])('because: %s; without that it is met', (code, input, without) => {
    expect(plan(input).unmet[0]!.cause.code).toBe(code);
    expect(plan(without).unmet).toEqual([]);
  });
});
