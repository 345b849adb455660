import type { AssignmentInstance } from './solve.types.js';

const EVALUATIONS = 4000;
const PATIENCE = 15;
const SMALLEST_STEP = 1e-5;

/** What a unit of each agent's capacity is worth: the prices of the linear relaxation, by subgradients. */
export function capacityPrices(instance: AssignmentInstance): Float64Array {
  const { agents, capacities } = instance;
  const prices = new Float64Array(agents);
  const best = new Float64Array(agents);
  const excess = new Float64Array(agents);
  let bound = Number.NEGATIVE_INFINITY;
  let step = 1;
  let since = 0;
  for (let at = 0; at < EVALUATIONS && step > SMALLEST_STEP; at += 1) {
    const value = priced(instance, prices, excess);
    since += 1;
    if (value > bound) {
      if (value > bound + 1e-6 * Math.abs(bound)) since = 0;
      bound = value;
      best.set(prices);
    }
    if (since > PATIENCE) {
      step *= 0.8;
      since = 0;
      prices.set(best);
      continue;
    }
    let norm = 0;
    for (let agent = 0; agent < agents; agent += 1)
      if (prices[agent]! > 0 || excess[agent]! > 0) norm += excess[agent]! ** 2;
    if (norm === 0) break;
    const length = (step * (0.01 * Math.abs(bound) + bound - value)) / norm;
    for (let agent = 0; agent < capacities.length; agent += 1)
      prices[agent] = Math.max(0, prices[agent]! + length * excess[agent]!);
  }
  return best;
}

/** Every job where it is cheapest at these prices: the bound, and in `excess` by how much each agent has too much. */
function priced(instance: AssignmentInstance, prices: Float64Array, excess: Float64Array): number {
  const { agents, jobs, costs, uses, capacities } = instance;
  let value = 0;
  for (let agent = 0; agent < agents; agent += 1) {
    excess[agent] = -capacities[agent]!;
    value -= prices[agent]! * capacities[agent]!;
  }
  for (let job = 0; job < jobs; job += 1) {
    let least = Number.POSITIVE_INFINITY;
    let chosen = 0;
    for (let agent = 0, at = job; agent < agents; agent += 1, at += jobs) {
      const cost = costs[at]! + prices[agent]! * uses[at]!;
      if (cost >= least) continue;
      least = cost;
      chosen = at;
    }
    value += least;
    excess[Math.floor(chosen / jobs)]! += uses[chosen]!;
  }
  return value;
}
