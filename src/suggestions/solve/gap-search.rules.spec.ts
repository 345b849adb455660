import { describe, expect, it } from '@jest/globals';
import { checkAssignment } from './check.rules.js';
import { capacityPrices } from './gap-prices.rules.js';
import { AssignmentSearch } from './gap-search.rules.js';
import { sampleAssignment } from './solve.samples.js';
import type { AssignmentInstance } from './solve.types.js';

const never = (): boolean => false;

/** No assignment costs less: every job where it is cheapest at these prices, whether it fits or not. */
function pricedBound({ agents, jobs, costs, uses, capacities }: AssignmentInstance, prices: Float64Array): number {
  let bound = 0;
  for (let job = 0; job < jobs; job += 1) {
    const own = Array.from(prices, (price, agent) => costs[agent * jobs + job]! + price * uses[agent * jobs + job]!);
    bound += Math.min(...own);
  }
  for (let agent = 0; agent < agents; agent += 1) bound -= prices[agent]! * capacities[agent]!;
  return bound;
}

describe('annealing over deals', () => {
  it.each([
    [20, 100],
    [20, 200],
    [10, 100],
  ])('finds an assignment that fits where cheap jobs take much: %i x %i', (agents, jobs) => {
    const instance = sampleAssignment(7, { agents, jobs, correlated: true });
    const search = new AssignmentSearch(instance);
    for (const work of [300_000, 600_000, 1_200_000]) search.anneal(work, never);
    expect(checkAssignment(instance, search.best!)).toBe(search.leastCost);
    const bound = pricedBound(instance, capacityPrices(instance));
    expect(search.leastCost).toBeGreaterThanOrEqual(bound);
    expect(search.leastCost).toBeLessThan(1.025 * bound);
  });

  it('says the same again for the same instance and the same work', () => {
    const instance = sampleAssignment(3, { agents: 8, jobs: 40, correlated: true });
    const [one, two] = [new AssignmentSearch(instance), new AssignmentSearch(instance)];
    for (const search of [one, two]) search.anneal(200_000, never);
    expect(one.best).not.toBeNull();
    expect(two.best).toEqual(one.best);
    expect(two.work).toBe(one.work);
  });

  it('does no more work once it is told to stop', () => {
    const search = new AssignmentSearch(sampleAssignment(3, { agents: 8, jobs: 40, correlated: true }));
    search.anneal(200_000, () => true);
    expect(search.work).toBe(0);
  });

  it('knows no assignment when the jobs do not fit', () => {
    const instance = sampleAssignment(5, { agents: 3, jobs: 7, correlated: false });
    instance.uses.fill(10);
    instance.capacities.fill(25);
    const search = new AssignmentSearch(instance);
    search.anneal(50_000, never);
    expect(search.best).toBeNull();
  });
});

describe('prices of the agents', () => {
  it('are nothing where everybody has room for everything', () => {
    const instance = sampleAssignment(2, { agents: 3, jobs: 9, correlated: false });
    instance.capacities.fill(1000);
    expect([...capacityPrices(instance)]).toEqual([0, 0, 0]);
  });
});
