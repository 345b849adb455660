import type { PlannerInput, Rival } from '../planner.types.js';
import { sampleInput, sampleItem } from '../planner.samples.js';

/** A rival with roads of its own to the warehouses of an input. */
export function sampleRival(input: PlannerInput, special: Partial<Rival> & { incidentId: string }): Rival {
  const roads = input.stock.map(({ warehouseId, tier, distanceM, etaMin }) => ({
    warehouseId,
    tier,
    distanceM,
    etaMin,
  }));
  const unique = roads.filter((road, at) => roads.findIndex((other) => other.warehouseId === road.warehouseId) === at);
  return { items: [sampleItem({ id: `need-of-${special.incidentId}` })], roads: unique, ...special };
}

/** An input with goods only. */
export const goodsInput = (special: Partial<PlannerInput>): PlannerInput =>
  sampleInput({ items: [sampleItem({ id: 'need-1' })], ...special });
