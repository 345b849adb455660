import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { highsHere } from '../structure.samples.js';
import { tripsOf } from './lanes.rules.js';
import * as rules from './plan-rotation.rules.js';
import { sampleRotation } from './rotation.samples.js';
import type { RotationPlan, RotationProblem, Sending } from './rotation.types.js';
import { verifyRotation } from './verify-rotation.rules.js';

const solve = await highsHere();
const planRotation = (problem: RotationProblem): RotationPlan => rules.planRotation(problem, { solve });

/** What a store has issued by the end of a day, written down once more. */
function issuedBy(problem: RotationProblem, store: number, day: number): number {
  const use = problem.stores[store]!.uses[0];
  if (!use) return 0;
  const mean = use.scenarios.reduce((sum, { perYear, units }) => sum + (perYear * units * day) / 365, 0);
  return Math.max(Math.floor(mean + 1e-9), Math.floor((use.issuedUnits * day) / use.recordDays));
}

/** Unit by unit and day by day: what expires when every store issues first what expires first. */
function expiring(problem: RotationProblem, sendings: readonly Sending[]): number {
  const shelves = problem.stores.map((): { from: number; last: number }[] => []);
  problem.lots.forEach((lot, at) => {
    const gone = sendings.filter((one) => one.lot === at).reduce((sum, { units }) => sum + units, 0);
    for (let n = gone; n < lot.units; n++) shelves[lot.store]!.push({ from: lot.fromDay, last: lot.lastDay });
  });
  for (const { lot, kind, to, units } of sendings)
    if (kind === 'store')
      for (let n = 0; n < units; n++) shelves[to]!.push({ from: problem.arrivalDay, last: problem.lots[lot]!.lastDay });
  return shelves.reduce((sum, shelf, store) => {
    const left = shelf.toSorted((a, b) => a.last - b.last);
    for (let day = 1; day <= 130; day++)
      for (let n = issuedBy(problem, store, day) - issuedBy(problem, store, day - 1); n > 0; n--) {
        const at = left.findIndex(({ from, last }) => from < day && last >= day);
        if (at >= 0) left.splice(at, 1);
      }
    return sum + left.length;
  }, 0);
}

/** Every way in which units of the lots can be sent to stores and needs, within the limits. */
function* everyPlan(problem: RotationProblem, from = 0, chosen: Sending[] = []): Generator<Sending[]> {
  if (from === problem.lots.length) return void (yield chosen);
  const lot = problem.lots[from]!;
  const targets = [
    ...problem.stores.flatMap(({ takes }, to) =>
      to !== lot.store && takes[0] && lot.lastDay > problem.arrivalDay && problem.roadKm[lot.store]![to]! <= problem.withinKm
        ? [{ lot: from, kind: 'store' as const, to }] : []),
    ...problem.needs.flatMap(({ roadKm }, to) =>
      lot.lastDay >= problem.needDay && roadKm[lot.store]! <= problem.withinKm ? [{ lot: from, kind: 'need' as const, to }] : []),
  ]; // prettier-ignore
  for (const share of shares(lot.movable + lot.breaking, targets.length)) {
    const own = targets.flatMap((target, at) => (share[at]! > 0 ? [{ ...target, units: share[at]! }] : []));
    const all = [...chosen, ...own];
    if (fits(problem, all)) yield* everyPlan(problem, from + 1, all);
  }
}
function* shares(units: number, places: number): Generator<number[]> {
  if (places === 0) return void (yield []);
  for (let first = 0; first <= units; first++)
    for (const rest of shares(units - first, places - 1)) yield [first, ...rest];
}
const fits = (problem: RotationProblem, all: readonly Sending[]): boolean =>
  problem.stores.every(({ roomCm3 }, store) => into(all, 'store', store) * 1000 <= roomCm3) &&
  problem.needs.every(({ units }, need) => into(all, 'need', need) <= units);
const into = (all: readonly Sending[], kind: string, to: number): number =>
  all.reduce((sum, one) => sum + (one.kind === kind && one.to === to ? one.units : 0), 0);

function goalsOf(problem: RotationProblem, sendings: readonly Sending[]): number[] {
  const broken = problem.lots.reduce((sum, { movable }, at) => {
    const out = sendings.reduce((units, one) => units + (one.lot === at ? one.units : 0), 0);
    return sum + Math.max(0, out - movable);
  }, 0);
  const km10 = sendings.reduce((sum, { lot, kind, to, units }) => {
    const from = problem.lots[lot]!.store;
    const km = kind === 'need' ? problem.needs[to]!.roadKm[from]! : problem.roadKm[from]![to]!;
    return sum + units * Math.max(1, km * 10);
  }, 0);
  return [expiring(problem, sendings), broken, km10, sendings.length];
}
const lower = (a: readonly number[], b: readonly number[]): boolean => {
  const at = a.findIndex((value, n) => value !== b[n]);
  return at >= 0 && a[at]! < b[at]!;
};

const small = fc.integer({ min: 0, max: 100_000 }).map((seed) => sampleRotation(seed));
const RUNS = { numRuns: Number(process.env.ROTATION_RUNS ?? 150), seed: 7 };

describe('rotation of lots that will expire', () => {
  it('is the best of every plan that there is on small cases, goal by goal', () => {
    fc.assert(
      fc.property(small, (problem) => {
        const { sendings, items } = planRotation(problem).best;
        const [told] = items;
        let best: number[] | null = null;
        for (const plan of everyPlan(problem)) {
          const goals = goalsOf(problem, plan);
          if (!best || lower(goals, best)) best = goals;
        }
        const mine = goalsOf(problem, sendings);
        expect(mine.slice(0, 3)).toEqual([...told!.goals]);
        expect(told!.bound).toBeLessThanOrEqual(best![0]!);
        if (!told!.proven) return void expect(lower(mine, best!)).toBe(false);
        expect(mine.slice(0, 3)).toEqual(best!.slice(0, 3));
        expect(told!.bound).toBe(best![0]);
      }),
      RUNS,
    );
  });

  it('makes as few trips as any plan that saves as much in nearly all small cases, never fewer than it says are needed', () => {
    let [fewest, all] = [0, 0];
    for (let seed = 500; seed < 620; seed++) {
      const problem = sampleRotation(seed, { keepPercent: seed % 2 === 0 ? 100 : 70, packs: 1 + (seed % 3) });
      const plan = planRotation(problem);
      const lost = plan.items[0]!.goals[0];
      const trips = tripsOf(problem, plan.sendings).length;
      if (trips === 0) continue;
      let least = Infinity;
      for (const other of everyPlan(problem))
        if (isWhole(problem, other) && expiring(problem, other) <= lost)
          least = Math.min(least, tripsOf(problem, other).length);
      expect([plan.tripsBound <= least, least <= trips]).toEqual([true, true]);
      all++;
      if (least === trips) fewest++;
    }
    expect(all).toBeGreaterThan(60);
    expect(fewest / all).toBeGreaterThanOrEqual(0.95);
  });

  it('keeps the share that is asked for wherever goods come in single pieces and no trip is too small', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), fc.constantFrom(60, 80, 95, 100), (seed, keepPercent) => {
        const problem = sampleRotation(seed, { stores: 6, lots: 12, units: 20, needs: 2, keepPercent });
        problem.stores.forEach((store) => (store.roomCm3 = 1e9));
        const { best, items } = planRotation(problem);
        const possible = best.items[0]!.before - best.items[0]!.goals[0];
        const saved = best.items[0]!.before - items[0]!.goals[0];
        expect(saved).toBeGreaterThanOrEqual(Math.ceil((possible * keepPercent) / 100));
        expect(saved).toBeLessThanOrEqual(possible);
      }),
      { ...RUNS, numRuns: 60 },
    );
  });

  it('passes a check that shares no code with it, and is the same every time', () => {
    const larger = fc.integer({ min: 0, max: 100_000 }).map((seed) => sampleRotation(seed, { stores: 7, items: 3, lots: 25, units: 30, needs: 3, packs: 1 + (seed % 6), keepPercent: 90, tripFen: 5000 })); // prettier-ignore
    fc.assert(
      fc.property(fc.oneof(small, larger), (problem) => {
        const plan = planRotation(problem);
        expect(verifyRotation(problem, plan)).toEqual([]);
        expect(JSON.stringify(planRotation(structuredClone(problem)))).toBe(JSON.stringify(plan));
        plan.items.forEach(({ goals }, n) => expect(goals[0]).toBeLessThanOrEqual(plan.best.items[n]!.before));
      }),
      { ...RUNS, numRuns: 60 },
    );
  });
});

/** No part of a package goes to a store, but for the rest of a lot that goes whole. */
const isWhole = ({ lots, items }: RotationProblem, sendings: readonly Sending[]): boolean =>
  lots.every(({ item, movable, breaking }, at) => {
    const own = sendings.filter(({ lot }) => lot === at);
    const sent = own.reduce((sum, { units }) => sum + units, 0);
    const odd = own.filter(({ kind, units }) => kind === 'store' && units % items[item]!.packUnits > 0).length;
    return odd === 0 || (odd === 1 && (sent === movable || sent === movable + breaking));
  });

describe('the check of a rotation', () => {
  const cases = Array.from({ length: 60 }, (_, seed) =>
    sampleRotation(seed + 900, { stores: 5, lots: 12, units: 12, needs: 2 }),
  ) // prettier-ignore
    .map((problem) => ({ problem, plan: planRotation(problem) }))
    .filter(({ plan }) => plan.sendings.length > 1 && plan.best.items[0]!.proven);
  type Plan = (typeof cases)[number]['plan'];
  const faultsOf = (change: (plan: Plan, problem: RotationProblem) => void): string[] =>
    cases.flatMap(({ problem, plan }) => {
      const [own, other] = [structuredClone(plan), structuredClone(problem)];
      change(own, other);
      return verifyRotation(other, own);
    });

  it.each<[string, (plan: Plan, problem: RotationProblem) => void]>([
    ['sends-what-is-not-there', ({ sendings }) => void (sendings[0]!.units += 1000)],
    ['breaks-minimum', ({ sendings: [first] }, { lots }) => void Object.assign(lots[first!.lot]!, { movable: 0, breaking: 0 })],
    ['too-far', (_, problem) => void (problem.withinKm = 0.5)],
    ['too-late', ({ sendings: [first] }, { lots }) => void (lots[first!.lot]!.lastDay = 0)],
    ['no-room', (_, { stores }) => stores.forEach((store) => (store.roomCm3 = 0))],
    ['not-taken', (_, { stores }) => stores.forEach((store) => (store.takes = [false]))],
    ['beyond-need', (_, { needs }) => needs.forEach((need) => (need.units = 0))],
    ['goals-wrong', ({ items }) => void Object.assign(items[0]!, { goals: [items[0]!.goals[0] + 1, 0, 0] })],
    ['bound-wrong', ({ best }) => void (best.items[0]!.bound += 1)],
    ['splits-a-package', (_, { items }) => void (items[0]!.packUnits = 1000)],
    ['not-worth-a-trip', (_, problem) => void (problem.tripFen = 1e9)],
    ['trips-bound-wrong', (plan) => void (plan.tripsBound += 1)],
  ])('finds %s', (fault, change) => {
    expect(cases.length).toBeGreaterThan(10);
    expect(faultsOf(change)).toContain(fault);
  }); // prettier-ignore

  it('finds better-exists where only the sending itself was left out', () => {
    const faults = worsened(cases);
    expect(new Set(faults)).toEqual(new Set(['better-exists']));
    expect(faults).toHaveLength(cases.length);
  });
});

/** Plans whose best leaves one sending out and says so truly: only the search for something better can find them. */
function worsened(cases: { problem: RotationProblem; plan: ReturnType<typeof planRotation> }[]): string[] {
  return cases.flatMap(({ problem, plan }) => {
    const sendings = plan.best.sendings.slice(1);
    const [expired, broken, km10] = goalsOf(problem, sendings);
    const item = { ...plan.best.items[0]!, goals: [expired!, broken!, km10!] as const, bound: expired! };
    return verifyRotation(problem, { ...plan, best: { sendings, items: [item] } });
  });
}
