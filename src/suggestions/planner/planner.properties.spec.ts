import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dutiesOf } from './draft.rules.js';
import type { Draft, Shipment } from './draft.rules.js';
import { splitIntoLots } from './fefo.rules.js';
import { greedyDraft } from './greedy.rules.js';
import { PlannerPool } from './planner.js';
import { greedyPlan, planSteps } from './planner.rules.js';
import { randomInput } from './planner.samples.js';
import type { SampleSize } from './planner.samples.js';
import type { Plan, PlannerInput, Reason } from './planner.types.js';
import { PASSED_OVER, REASON_PARAMS } from './reasons.rules.js';
import { compareGoals, draftShareMet, goalValues, STAGE_NAMES } from './score.rules.js';
import type { GoalValue } from './score.rules.js';
import { SolverUnavailable } from './search.rules.js';
import { pairings, readSnapshot } from './snapshot.rules.js';
import type { Snapshot } from './snapshot.rules.js';
import { SolverWorker } from './solver-worker.js';
import { verifyPlan } from './verify.rules.js';

const SMALL: SampleSize = { capabilities: 3, itemNeeds: 4, items: 2, units: 12, warehouses: 6, amount: 12 };
const PATIENT = { timeoutMs: 60_000 };

let pool: PlannerPool;
beforeAll(() => {
  pool = new PlannerPool();
});
afterAll(() => pool.close());

/** The latest arrivals of the core's plans follow from the minutes where each item goes to one place. */
const goalsOf = ({ stages }: Plan): GoalValue[] =>
  stages.slice(1).filter(({ name }) => !name.startsWith('supply-latest'));
const seeds = fc.integer({ min: 1, max: 2 ** 31 });

function allReasons(plan: Plan): Reason[] {
  return [
    ...plan.lines.flatMap(({ reasons, warnings }) => [...reasons, ...warnings]),
    ...plan.excluded.map(({ reason }) => reason),
    ...plan.unmet.map(({ cause }) => cause),
  ];
}

describe('on random snapshots', () => {
  it('the plan is proven, passes the verifier and is never worse than the stand-in, goal by goal', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const input = randomInput(seed, SMALL);
        const plan = await pool.plan(input, PATIENT);
        const stand = greedyPlan(input);
        verifyPlan(input, stand);
        expect(plan.status).toBe('optimal');
        expect(plan.gap).toBeCloseTo(0, 9);
        expect(stand.bound).toBeGreaterThanOrEqual(plan.stages[0]?.value ?? 0);
        expect(compareGoals(goalsOf(plan), goalsOf(stand))).toBeLessThanOrEqual(0);
      }),
      { numRuns: 120, seed: 20260721 },
    );
  });

  it('a need of a higher priority never gives way: leaving lower needs out changes nothing above them', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const input = { ...randomInput(seed, SMALL), lockedUnitIds: [] };
        const urgent = <Need extends { priority: number }>(needs: Need[]): Need[] =>
          needs.filter(({ priority }) => priority === 1);
        const all = await pool.plan(input, PATIENT);
        const alone = await pool.plan(
          { ...input, capabilities: urgent(input.capabilities), items: urgent(input.items) },
          PATIENT,
        );
        const first = (plan: Plan): GoalValue[] => goalsOf(plan).filter(({ name }) => name.endsWith('-p1'));
        expect(compareGoals(first(all), first(alone))).toBe(0);
      }),
      { numRuns: 40, seed: 7 },
    );
  });

  it('the same snapshot gives the same bytes, whatever the order of its rows', async () => {
    const other = new PlannerPool();
    await fc
      .assert(
        fc.asyncProperty(seeds, async (seed) => {
          const input = randomInput(seed, SMALL);
          const turned: PlannerInput = {
            ...input,
            capabilities: input.capabilities.toReversed(),
            items: input.items.toReversed(),
            units: input.units.toReversed(),
            stock: input.stock.toReversed().map((cell) => ({ ...cell, lots: cell.lots.toReversed() })),
          };
          const plans = await Promise.all([pool.plan(input, PATIENT), other.plan(turned, PATIENT)]);
          expect(JSON.stringify(plans[1])).toBe(JSON.stringify(plans[0]));
        }),
        { numRuns: 30, seed: 11 },
      )
      .finally(() => other.close());
  });

  it('carries only known codes with exactly their parameters', async () => {
    const seen = new Set<string>();
    for (let seed = 1; seed <= 60; seed += 1) {
      const plan = seed % 2 ? greedyPlan(randomInput(seed, SMALL)) : await pool.plan(randomInput(seed, SMALL), PATIENT);
      for (const { name } of plan.stages) expect(STAGE_NAMES).toContain(name);
      for (const { code, params } of allReasons(plan)) {
        seen.add(code);
        const known = Object.entries(REASON_PARAMS).find(([name]) => name === code)?.[1] ?? ['unknown-code'];
        expect(Object.keys(params).toSorted()).toEqual([...known].toSorted());
        if (params['why'] !== undefined) expect(PASSED_OVER).toContain(params['why']);
      }
    }
    expect(seen.size).toBeGreaterThan(30);
  });
});

/** The best goal values over every draft there is. Shares no formulation with the solver's models. */
function bestByHand(snapshot: Snapshot, drafts: Iterable<Draft>): GoalValue[] {
  let best = goalValues(snapshot, { duties: [], shipments: [] });
  for (const draft of drafts) {
    const goals = goalValues(snapshot, draft);
    if (compareGoals(goals, best) < 0) best = goals;
  }
  return best;
}

function* everyRoster(snapshot: Snapshot): Generator<Draft> {
  const pairs = pairings(snapshot);
  const unitIds = [...new Set(pairs.map(({ unit }) => unit.unitId))];
  const choices = unitIds.map((id) => [
    null,
    ...pairs.filter(({ unit }) => unit.unitId === id).map(({ need }) => need.id),
  ]);
  const count = choices.reduce((product, { length }) => product * length, 1);
  for (let code = 0; code < count; code += 1) {
    let rest = code;
    const assigned = new Map<string, string>();
    for (const [index, needIds] of choices.entries()) {
      const needId = needIds[rest % needIds.length];
      rest = Math.floor(rest / needIds.length);
      if (needId) assigned.set(unitIds[index] ?? '', needId);
    }
    const tooMany = snapshot.capabilities.some(
      ({ id, missing }) => [...assigned.values()].filter((needId) => needId === id).length > missing,
    );
    if (!tooMany) yield { duties: dutiesOf(snapshot, assigned), shipments: [] };
  }
}

function* everyLoad(snapshot: Snapshot): Generator<Draft> {
  const arcs = snapshot.stock.flatMap((cell) =>
    snapshot.items.filter(({ itemId }) => itemId === cell.itemId).map((need) => ({ cell, need })),
  );
  const sizes = arcs.map(({ need }) => need.missing + 1);
  const count = sizes.reduce((product, size) => product * size, 1);
  for (let code = 0; code < count; code += 1) {
    let rest = code;
    const shipments: Shipment[] = [];
    for (const [index, arc] of arcs.entries()) {
      const size = sizes[index] ?? 1;
      if (rest % size > 0) shipments.push({ ...arc, units: rest % size });
      rest = Math.floor(rest / size);
    }
    if (canLoad(snapshot, shipments)) yield { duties: [], shipments };
  }
}

function canLoad(snapshot: Snapshot, shipments: readonly Shipment[]): boolean {
  const units = (of: (shipment: Shipment) => boolean): number =>
    shipments.filter(of).reduce((sum, shipment) => sum + shipment.units, 0);
  if (snapshot.items.some((need) => units((shipment) => shipment.need === need) > need.missing)) return false;
  try {
    for (const cell of snapshot.stock)
      splitIntoLots(
        cell,
        shipments.filter((shipment) => shipment.cell === cell),
      );
    return true;
  } catch {
    return false;
  }
}

describe('against every plan there is', () => {
  it('no roster of up to six units is better on any goal', async () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const input = randomInput(seed, { capabilities: 3, itemNeeds: 0, items: 1, units: 6, warehouses: 0, amount: 6 });
      if (seed % 2) {
        for (const need of input.capabilities) need.headcount = Math.ceil(need.headcount / 6);
        for (const unit of input.units) unit.capabilities = input.capabilities.map(({ speciality }) => speciality);
      }
      const plan = await pool.plan(input, PATIENT);
      const snapshot = readSnapshot(input);
      expect(compareGoals(goalsOf(plan), bestByHand(snapshot, everyRoster(snapshot)))).toBe(0);
    }
  });

  it('no load from up to three warehouses is better on any goal', async () => {
    for (let seed = 1; seed <= 80; seed += 1) {
      const size = { capabilities: 0, itemNeeds: 2, units: 0, warehouses: 3, amount: 2 };
      const input = randomInput(seed, { ...size, items: 1 + (seed % 2) });
      if (seed % 4 < 2) input.objective = 'few-sources';
      const items = input.items.map((need) => ({ ...need, units: Math.min(3, need.units), alreadyUnits: 0 }));
      const plan = await pool.plan({ ...input, items }, PATIENT);
      const snapshot = readSnapshot({ ...input, items });
      expect(compareGoals(goalsOf(plan), bestByHand(snapshot, everyLoad(snapshot)))).toBe(0);
    }
  });
});

describe('a search cut short', () => {
  it('answers a sound plan, no worse than the stand-in, after any number of answers', async () => {
    const solver = new SolverWorker();
    const input = randomInput(6, SMALL);
    const snapshot = readSnapshot(input);
    const stand = goalValues(snapshot, greedyDraft(snapshot));
    const statuses: string[] = [];
    for (let allowed = 0; ; allowed += 1) {
      const steps = planSteps(input);
      let step = steps.next();
      for (let given = 0; !step.done && given < allowed; given += 1)
        step = steps.next(await solver.solve(step.value, performance.now() + 60_000));
      const finished = step.done === true;
      if (!step.done) step = steps.throw(new SolverUnavailable('solver-late'));
      const plan = step.value as Plan;
      verifyPlan(input, plan);
      expect(compareGoals(goalsOf(plan), stand)).toBeLessThanOrEqual(0);
      expect(plan.stages[0]?.value).toBeCloseTo(plan.bound * (1 - plan.gap), 9);
      expect(plan.fallback?.code).toBe(finished ? undefined : 'solver-late');
      statuses.push(plan.status);
      if (finished) break;
    }
    await solver.close();
    expect(statuses[0]).toBe('greedy');
    expect(statuses).toContain('time-limit');
    expect(statuses.at(-1)).toBe('optimal');
  });
});

describe('at the size of a province', () => {
  it('plans 100 warehouses x 30 items and 200 units for one incident', async () => {
    const size = { capabilities: 10, itemNeeds: 30, items: 30, units: 200, warehouses: 100, amount: 20 };
    for (const scarcity of [1, 6]) {
      const input = randomInput(70, size);
      for (const need of input.capabilities) need.headcount *= scarcity;
      for (const need of input.items) need.units *= scarcity * 5;
      const before = performance.now();
      const plan = await pool.plan(input, { timeoutMs: 120_000 });
      const tookMs = Math.round(performance.now() - before);
      console.log(`scarcity ${scarcity}: ${tookMs} ms, ${plan.lines.length} lines, met ${plan.stages[0]?.value}`);
      expect(plan.status).toBe('optimal');
      expect(plan.stages[0]?.value).toBeGreaterThanOrEqual(
        draftShareMet(readSnapshot(input), greedyDraft(readSnapshot(input))),
      );
    }
  }, 240_000);
});
