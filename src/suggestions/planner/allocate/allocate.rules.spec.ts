import { describe, expect, it } from '@jest/globals';
import { Dice, sampleCell, sampleItem, sampleLot } from '../planner.samples.js';
import type { PlannerInput, Reason } from '../planner.types.js';
import { allocate } from './allocate.rules.js';
import type { Allocation } from './allocate.rules.js';
import { goodsInput, sampleRival } from './allocate.samples.js';
import { equityOf } from './equity.rules.js';
import { figuresOf, solveAgain } from './insight.rules.js';

const never = (): boolean => false;
const plan = (input: PlannerInput): Allocation => allocate(input, never) as Allocation;
const sent = ({ sendings }: Allocation): Record<string, number> =>
  Object.fromEntries(sendings.map(({ warehouseId, units }) => [warehouseId, units]));
const reserved = (answer: Allocation): Record<string, number> =>
  Object.fromEntries(
    answer.reserved.map(({ warehouseId, incidentId, units }) => [`${warehouseId}>${incidentId}`, units]),
  );
const codes = (reasons: readonly Reason[]): string[] => reasons.map(({ code }) => code);
const lots = (units: number) => [sampleLot({ lotId: 'lot', availableUnits: units })];
const near = sampleCell({ warehouseId: 'near', etaMin: 60, lots: lots(60) });
const far = sampleCell({ warehouseId: 'far', etaMin: 200, lots: lots(60) });

describe('goods that several incidents want', () => {
  it('are shared by equals, whoever asks: both incidents see the same plan', () => {
    const input = goodsInput({ stock: [near], items: [sampleItem({ id: 'need-1', units: 80 })] });
    const rival = sampleRival(input, { incidentId: 'incident-2', items: [sampleItem({ id: 'need-2', units: 40 })] });
    const mine = plan({ ...input, rivals: [rival] });
    expect([sent(mine), reserved(mine)]).toEqual([{ near: 40 }, { 'near>incident-2': 20 }]);
    const theirs = plan({
      ...goodsInput({ stock: [near], items: rival.items, incidentId: 'incident-2' }),
      rivals: [{ ...rival, incidentId: 'incident-1', items: input.items }],
    });
    expect([sent(theirs), reserved(theirs)]).toEqual([{ near: 20 }, { 'near>incident-1': 40 }]);
  });

  it('go to the higher priority first', () => {
    const input = goodsInput({ stock: [near], items: [sampleItem({ id: 'need-1', units: 50, priority: 2 })] });
    const rival = sampleRival(input, {
      incidentId: 'incident-2',
      items: [sampleItem({ id: 'need-2', units: 45, priority: 1 })],
    });
    const answer = plan({ ...input, rivals: [rival] });
    expect([sent(answer), reserved(answer)]).toEqual([{ near: 15 }, { 'near>incident-2': 45 }]);
    expect(answer.insight?.equity.after).toEqual(equityOf([15 / 50, 1]));
  });

  it('are not kept from one that cannot be reached', () => {
    const input = goodsInput({ stock: [near] });
    const answer = plan({ ...input, rivals: [sampleRival(input, { incidentId: 'incident-2', roads: [] })] });
    expect([sent(answer), answer.reserved]).toEqual([{ near: 50 }, []]);
  });
});

describe('what the desk binds', () => {
  const input = goodsInput({ stock: [near, far] });

  it('a locked line goes, and its cost is what the plan without it gains', () => {
    const locked = { ...input, lockedSupplies: [{ warehouseId: 'far', itemId: 'tent', units: 30 }] };
    const answer = plan(locked);
    expect(sent(answer)).toEqual({ far: 30, near: 20 });
    const [cost] = answer.insight!.bindings;
    const [now, free] = [locked, input].map((one) => figuresOf(solveAgain(one, never)));
    expect(cost).toEqual({
      code: 'lock-costs',
      params: { warehouseId: 'far', itemId: 'tent', askedUnits: 30, units: 0, breachUnits: 0, unitMinutes: now!.unitMinutes - free!.unitMinutes },
    }); // prettier-ignore
    expect(cost!.params['unitMinutes']).toBe(30 * 140);
  });

  it.each([
    ['lock-exceeds-stock', { warehouseId: 'far', itemId: 'tent', units: 61 }, { availableUnits: 60 }, 50],
    ['lock-exceeds-need', { warehouseId: 'far', itemId: 'tent', units: 55 }, { missingUnits: 50 }, 50],
    ['lock-unknown-shelf', { warehouseId: 'moon', itemId: 'tent', units: 5 }, {}, 0],
  ])('%s is said, and the lock is kept as far as it can be', (code, lock, params, fromFar) => {
    const answer = plan({ ...input, lockedSupplies: [lock] });
    expect(answer.insight!.bindings[0]).toMatchObject({ code, params: { ...params, askedUnits: lock.units } });
    expect(sent(answer)['far'] ?? 0).toBe(fromFar);
  });

  it('a lock on a closed shelf or on what nobody needs is refused', () => {
    const lockedSupplies = [{ warehouseId: 'far', itemId: 'tent', units: 5 }];
    const closed = plan({ ...input, lockedSupplies, excludedStores: [{ warehouseId: 'far' }] });
    expect(closed.insight!.bindings[0]).toMatchObject({
      code: 'lock-shelf-closed',
      params: { why: 'excluded-by-desk' },
    });
    const stock = [near, sampleCell({ warehouseId: 'far', itemId: 'boat' })];
    const unneeded = plan({ ...input, stock, lockedSupplies: [{ warehouseId: 'far', itemId: 'boat', units: 1 }] });
    expect(codes(unneeded.insight!.bindings)).toEqual(['lock-not-needed', 'lock-costs']);
  });

  it('an excluded store sends nothing, and its cost is told', () => {
    const answer = plan({ ...input, excludedStores: [{ warehouseId: 'near' }] });
    expect(sent(answer)).toEqual({ far: 50 });
    expect(answer.insight!.bindings[0]).toMatchObject({ code: 'exclusion-costs', params: { unitMinutes: 50 * 140 } });
  });

  it('the reserve may be left out of the order, and its price is told either way', () => {
    const stock = [{ ...near, minimumUnits: 40 }, far];
    const kept = plan({ ...input, stock });
    expect(sent(kept)).toEqual({ near: 20, far: 30 });
    expect(kept.insight!.order).toContainEqual({
      code: 'reserve-costs',
      params: { units: 0, breachUnits: -30, unitMinutes: 30 * 140 },
    });
    const off = plan({ ...input, stock, order: { reserve: 'off', tier: 'before-arrival' } });
    expect(sent(off)).toEqual({ near: 50 });
  });

  it('own county before nearer others has a price in minutes', () => {
    const stock = [
      { ...near, tier: 'other' as const },
      { ...far, tier: 'county' as const },
    ];
    const strict = plan({ ...input, stock });
    expect(sent(strict)).toEqual({ far: 50 });
    expect(strict.insight!.order).toContainEqual({
      code: 'tier-costs',
      params: { units: 0, breachUnits: 0, unitMinutes: 50 * 140 },
    });
    expect(sent(plan({ ...input, stock, order: { reserve: 'before-arrival', tier: 'after-arrival' } }))).toEqual({
      near: 50,
    });
  });
});

describe('the edges', () => {
  it.each<[string, Partial<PlannerInput>]>([
    ['no stock', { stock: [sampleCell({ warehouseId: 'near', lots: [] })] }],
    ['no warehouse', { stock: [] }],
    [
      'every road blocked',
      {
        stock: [
          { ...near, blocked: true },
          { ...far, blocked: true },
        ],
      },
    ],
    ['every store excluded', { stock: [near, far], excludedStores: [{ warehouseId: 'near' }, { warehouseId: 'far' }] }],
    ['nothing needed', { stock: [near], items: [] }],
    ['all promised', { stock: [near], items: [sampleItem({ id: 'need-1', alreadyUnits: 50 })] }],
  ])('%s is an empty plan, proven', (_, special) => {
    const answer = plan(goodsInput(special));
    expect([answer.sendings, answer.proven]).toEqual([[], true]);
  });

  it('one store gives what it has; more there would bring as much as is said', () => {
    const input = goodsInput({ stock: [{ ...near, lots: lots(20) }] });
    const answer = plan(input);
    expect(sent(answer)).toEqual({ near: 20 });
    expect(answer.insight!.limits).toEqual([
      { code: 'more-stock-would', params: { warehouseId: 'near', itemId: 'tent', addUnits: 100, addPct: 60, units: 30, breachUnits: 0, unitMinutes: -1800 } },
    ]); // prettier-ignore
  });

  it('stopped at once it answers without a proof', () => {
    const answer = allocate(goodsInput({ stock: [near] }), () => true) as Allocation;
    expect([answer.proven, answer.insight]).toEqual([false, null]);
  });

  it('same input, same bytes', () => {
    const dice = new Dice(5);
    const stock = Array.from({ length: 30 }, (_, at) =>
      sampleCell({
        warehouseId: `w${at}`,
        etaMin: dice.between(30, 400),
        minimumUnits: dice.roll(40),
        lots: lots(dice.roll(90)),
      }),
    );
    const input = goodsInput({ stock, items: [sampleItem({ id: 'need-1', units: 700 })] });
    const rivals = [1, 2, 3].map((at) => sampleRival(input, { incidentId: `incident-${at + 1}`, items: [sampleItem({ id: `r${at}`, units: 400 * at })] })); // prettier-ignore
    const first = JSON.stringify(plan({ ...input, rivals }));
    for (let run = 0; run < 20; run++)
      expect(JSON.stringify(plan({ ...input, rivals: rivals.toReversed(), stock: stock.toReversed() }))).toBe(first);
  });
});

describe('equity', () => {
  it('is 0 when all shares are equal, and near 1 when one has all', () => {
    expect(equityOf([0.4, 0.4, 0.4])).toEqual({ smallestShare: 0.4, gini: expect.closeTo(0, 12) });
    expect(equityOf([...Array<number>(99).fill(0), 1]).gini).toBeCloseTo(0.99, 9);
    expect(equityOf([])).toEqual({ smallestShare: 1, gini: 0 });
  });
});
