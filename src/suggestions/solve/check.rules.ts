import { transport } from './cap-transport.rules.js';
import type { AssignmentInstance, CapInstance, MedianInstance } from './solve.types.js';

/** Second opinion on what an engine chose: whether it is allowed, and what it costs, from the instance alone. */
export class WrongAnswer extends Error {
  override readonly name = 'WrongAnswer';
}

const TOLERANCE = 1e-6;

export function checkCap(instance: CapInstance, open: readonly number[]): number {
  const { customers, demands, costs, capacities, fixedCosts } = instance;
  const shipments = transport(instance, open)?.shipments();
  if (!shipments) throw new WrongAnswer('the open warehouses cannot serve everybody');
  const served = new Float64Array(customers);
  const loads = new Float64Array(capacities.length);
  let cost = open.reduce((sum, i) => sum + fixedCosts[i]!, 0);
  for (const { warehouse, customer, units } of shipments) {
    served[customer]! += units;
    loads[warehouse]! += units;
    cost += (units / demands[customer]!) * costs[warehouse * customers + customer]!;
    if (!open.includes(warehouse)) throw new WrongAnswer(`warehouse ${warehouse + 1} is not open`);
  }
  for (let j = 0; j < customers; j += 1) {
    if (Math.abs(served[j]! - demands[j]!) > TOLERANCE * Math.max(1, demands[j]!))
      throw new WrongAnswer(`customer ${j + 1} gets ${served[j]} of ${demands[j]}`);
    if (demands[j] === 0) cost += Math.min(...open.map((i) => costs[i * customers + j]!));
  }
  for (let i = 0; i < loads.length; i += 1)
    if (loads[i]! > capacities[i]! + TOLERANCE * Math.max(1, capacities[i]!))
      throw new WrongAnswer(`warehouse ${i + 1} ships more than it holds`);
  return cost;
}

export function checkMedians({ nodes, medians, distances }: MedianInstance, sites: readonly number[]): number {
  if (new Set(sites).size !== medians || sites.some((site) => !(site >= 0 && site < nodes)))
    throw new WrongAnswer(`${sites.length} sites instead of ${medians}`);
  let cost = 0;
  for (let node = 0; node < nodes; node += 1) cost += Math.min(...sites.map((site) => distances[site * nodes + node]!));
  return cost;
}

export function checkAssignment(instance: AssignmentInstance, agentOf: Int32Array): number {
  const { agents, jobs, costs, uses, capacities } = instance;
  const used = new Float64Array(agents);
  let cost = 0;
  for (let job = 0; job < jobs; job += 1) {
    const agent = agentOf[job]!;
    if (!(agent >= 0 && agent < agents)) throw new WrongAnswer(`job ${job + 1} has no agent`);
    used[agent]! += uses[agent * jobs + job]!;
    cost += costs[agent * jobs + job]!;
  }
  for (let agent = 0; agent < agents; agent += 1)
    if (used[agent]! > capacities[agent]!) throw new WrongAnswer(`agent ${agent + 1} has too much to do`);
  return cost;
}
