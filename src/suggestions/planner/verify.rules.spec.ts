import { beforeEach, describe, expect, it } from '@jest/globals';
import { greedyPlan } from './planner.rules.js';
import { sampleCapability, sampleCell, sampleInput, sampleItem, sampleLot, sampleUnit } from './planner.samples.js';
import type { Plan, PlannerInput, SupplyLine, TeamLine } from './planner.types.js';
import { verifyPlan } from './verify.rules.js';

const input: PlannerInput = sampleInput({
  capabilities: [sampleCapability({ id: 'people', headcount: 15, neededByMin: 60 })],
  items: [sampleItem({ id: 'goods', units: 60, minimumUseDays: 7 })],
  units: [
    sampleUnit({ unitId: 'near', etaMin: 30 }),
    sampleUnit({ unitId: 'late', etaMin: 90, peersReadyInCity: 0 }),
    sampleUnit({ unitId: 'busy', busy: true }),
    sampleUnit({ unitId: 'doctors', speciality: 'medical' }),
  ],
  stock: [
    sampleCell({
      warehouseId: 'w',
      minimumUnits: 50,
      lots: [
        sampleLot({ lotId: 'first', expiresInDays: 20, availableUnits: 40 }),
        sampleLot({ lotId: 'second', expiresInDays: 40, availableUnits: 60 }),
        sampleLot({ lotId: 'held', held: true, availableUnits: 9 }),
        sampleLot({ lotId: 'dying', expiresInDays: 3, availableUnits: 9 }),
      ],
    }),
  ],
});

let plan: Plan;
const team = (): TeamLine => plan.lines.filter((line) => line.kind === 'team')[0] as TeamLine;
const supply = (): SupplyLine => plan.lines.filter((line) => line.kind === 'supply')[0] as SupplyLine;
const line = (unitId: string): TeamLine => ({ ...team(), unitId, teamId: `team-of-${unitId}` });

beforeEach(() => {
  plan = structuredClone(greedyPlan(input));
});

describe('the verifier', () => {
  it('accepts the plan from which the broken ones are made', () => {
    verifyPlan(input, plan);
    expect(plan.lines.map(({ warnings }) => warnings.map(({ code }) => code))).toEqual([
      [],
      ['late', 'leaves-city-uncovered'],
      ['breaks-reserve-nothing-else-covers'],
    ]);
  });

  const broken: [rule: string, spoil: () => void][] = [
    ['unit-once', () => plan.lines.push(team())],
    ['unit-may-go', () => plan.lines.push(line('busy'))],
    ['unit-capable', () => plan.lines.push(line('doctors'))],
    ['unit-known', () => plan.lines.push(line('nobody'))],
    ['headcount-there', () => (team().headcount = 11)],
    ['headcount-whole', () => (team().headcount = 0)],
    ['line-place', () => (team().etaMin = 1)],
    ['late-flagged', () => team().warnings.push({ code: 'late', params: {} })],
    ['city-flagged', () => team().warnings.push({ code: 'leaves-city-uncovered', params: {} })],
    ['line-has-reason', () => (team().reasons = [])],
    ['lots-add-up', () => (supply().units = 59)],
    ['lot-known', () => (supply().lots[0] = { lotId: 'nowhere', units: 40 })],
    ['lot-not-held', () => (supply().lots = [{ lotId: 'held', units: 60 }])],
    ['lot-outlives-use', () => (supply().lots = [{ lotId: 'dying', units: 60 }])],
    ['lot-not-overdrawn', () => (supply().lots = [{ lotId: 'first', units: 60 }])],
    ['first-expired-first', () => (supply().lots = [{ lotId: 'second', units: 60 }])],
    ['available-after', () => (supply().availableAfter = 1)],
    ['reserve-flagged', () => (supply().warnings = [])],
    ['need-known', () => (supply().needId = 'people')],
    ['unmet-declared', () => plan.unmet.push({ needId: 'goods', missing: 0, cause: { code: 'no-stock', params: {} } })],
    ['unmet-declared', () => plan.lines.splice(0, 1)],
    ['unit-accounted', () => plan.excluded.shift()],
    [
      'cell-accounted',
      () =>
        plan.excluded.push({
          kind: 'supply',
          warehouseId: 'w',
          itemId: 'tent',
          reason: { code: 'no-stock', params: {} },
        }),
    ],
    ['bound-above-met', () => (plan.bound = 0.5)],
    ['gap-figure', () => (plan.gap = 0.1)],
  ];
  it.each(broken)('refuses a plan that breaks %s', (rule, spoil) => {
    spoil();
    expect(() => verifyPlan(input, plan)).toThrow(expect.objectContaining({ rule }));
  });

  it('refuses an overfilled need', () => {
    const smaller = { ...input, items: [sampleItem({ id: 'goods', units: 59, minimumUseDays: 7 })] };
    expect(() => verifyPlan(smaller, plan)).toThrow(expect.objectContaining({ rule: 'need-not-overfilled' }));
  });

  it.each([
    {
      rule: 'no-idle-unit-for-open-need',
      more: {
        capabilities: [sampleCapability({ id: 'people', headcount: 25, neededByMin: 60 })],
        units: [...input.units, sampleUnit({ unitId: 'idle' })],
      },
    },
    {
      rule: 'late-only-when-nothing-else',
      more: { units: [...input.units, sampleUnit({ unitId: 'idle', etaMin: 50 })] },
    },
    {
      rule: 'reserve-only-when-nothing-else',
      more: { stock: [...input.stock, sampleCell({ warehouseId: 'v', tier: 'other' })] },
    },
  ])('does not let a plan call itself optimal against $rule', ({ rule, more }) => {
    const richer = { ...input, ...more };
    const missing =
      richer.capabilities[0]?.headcount === 25
        ? [{ needId: 'people', missing: 10, cause: { code: 'not-enough-people', params: {} } }]
        : [];
    const added =
      richer.units.length > input.units.length
        ? [{ kind: 'team' as const, unitId: 'idle', reason: { code: 'not-needed', params: {} } }]
        : [];
    const cells =
      richer.stock.length > input.stock.length
        ? [{ kind: 'supply' as const, warehouseId: 'v', itemId: 'tent', reason: { code: 'not-needed', params: {} } }]
        : [];
    plan = { ...plan, unmet: missing, excluded: [...plan.excluded, ...added, ...cells] };
    verifyPlan(richer, plan);
    expect(() => verifyPlan(richer, { ...plan, status: 'optimal' })).toThrow(expect.objectContaining({ rule }));
  });
});
