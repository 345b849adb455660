import { equityOf } from './allocate/equity.rules.js';
import type { Insight, Plan, PlannerInput, Priority, Reason } from './planner.types.js';
import { PRIORITY_WEIGHT, reason } from './reasons.rules.js';
import { isCapable } from './snapshot.rules.js';

/** Locks that are priced at most: each is a plan of its own. */
const MOST_QUESTIONS = 12;
/** Pairs of a need and a unit that could serve it, up to which plans are made again: a fraction of a second each. Not the clock: same input, same bytes. */
const MOST_PAIRS = 400;
const PRIORITIES: readonly Priority[] = [1, 2, 3];

/** A unit that the desk bound, and the question without that. */
export interface LockQuestion {
  unitId: string;
  use: 'must' | 'never';
  without: PlannerInput;
}

/** Whether the teams can be planned a dozen times more without making the desk wait. */
export function isQuick({ capabilities, units }: PlannerInput): boolean {
  const open = capabilities.filter(({ headcount, alreadyHeadcount }) => headcount > alreadyHeadcount);
  const able = units.filter(({ ready, busy }) => ready && !busy);
  const pairs = open.reduce(
    (sum, { speciality }) => sum + able.filter((unit) => isCapable(unit, speciality)).length,
    0,
  );
  return pairs <= MOST_PAIRS;
}

/** The teams of a question alone: goods and teams do not depend on each other, so the answer is as good and far quicker. */
export const teamsAlone = (input: PlannerInput): PlannerInput => ({
  ...input,
  items: [],
  stock: [],
  rivals: [],
  lockedSupplies: [],
  excludedStores: [],
});

/** One question for each unit that must or must not go, by id; none where nobody is asked for. */
export function lockQuestions(input: PlannerInput): LockQuestion[] {
  if (input.capabilities.every(({ headcount, alreadyHeadcount }) => headcount <= alreadyHeadcount)) return [];
  const { lockedUnitIds = [], excludedUnitIds = [] } = input;
  const alone = teamsAlone(input);
  const without = (ids: readonly string[], unitId: string): string[] => ids.filter((other) => other !== unitId);
  return [
    ...lockedUnitIds.toSorted().map((unitId): LockQuestion => ({
      unitId, use: 'must', without: { ...alone, lockedUnitIds: without(lockedUnitIds, unitId) },
    })),
    ...excludedUnitIds.toSorted().map((unitId): LockQuestion => ({
      unitId, use: 'never', without: { ...alone, excludedUnitIds: without(excludedUnitIds, unitId) },
    })),
  ].slice(0, MOST_QUESTIONS); // prettier-ignore
}

/** Whether the lock binds at all: a unit that must go and cannot is left out with or without it. */
export const isKept = ({ unitId, use }: LockQuestion, { lines }: Plan): boolean =>
  use === 'never' || lines.some((line) => line.kind === 'team' && line.unitId === unitId);

const stage = ({ stages }: Plan, name: string): number => stages.find((one) => one.name === name)?.value ?? 0;
const weighed = (plan: Plan, what: 'unmet' | 'late'): number =>
  PRIORITIES.reduce((sum, priority) => sum + PRIORITY_WEIGHT[priority] * stage(plan, `${what}-people-p${priority}`), 0);

/**
 * What a lock costs: by how much the plan with it is worse (positive) or better (negative) than the one without, in heads missing and late
 * (each counting 4, 2 or 1 by priority), cities left without cover, and minutes of all who go, weighed alike. Null where one of the two is
 * not proven: then there is nothing to compare.
 */
export function priceOf({ unitId, use }: LockQuestion, now: Plan, then: Plan): Reason | null {
  if (now.status !== 'optimal' || then.status !== 'optimal') return null;
  const price = {
    unitId,
    heads: weighed(now, 'unmet') - weighed(then, 'unmet'),
    lateHeads: weighed(now, 'late') - weighed(then, 'late'),
    holes: stage(now, 'cities-uncovered') - stage(then, 'cities-uncovered'),
    personMinutes: stage(now, 'team-arrival') - stage(then, 'team-arrival'),
  };
  return use === 'must' ? reason('team-must-costs', price) : reason('team-never-costs', price);
}

/** The insight of a plan with the prices of its team locks; where there was none, that of people: how evenly their needs are met. */
export function withPrices(input: PlannerInput, plan: Plan, prices: readonly Reason[]): Insight {
  if (plan.insight) return { ...plan.insight, bindings: [...plan.insight.bindings, ...prices] };
  const asked = input.capabilities.filter(({ headcount }) => headcount > 0);
  const missing = new Map(plan.unmet.map(({ needId, missing: heads }) => [needId, heads]));
  const share = (heads: number, of: number): number => Math.min(1, Math.max(0, heads / of));
  return {
    equity: {
      before: equityOf(asked.map(({ headcount, alreadyHeadcount }) => share(alreadyHeadcount, headcount))),
      after: equityOf(asked.map(({ id, headcount }) => share(headcount - (missing.get(id) ?? 0), headcount))),
    },
    limits: [],
    bindings: [...prices],
    order: [],
  };
}
