import type { PlannerInput, Rival } from '../planner.types.js';
import { Dice, sampleCell, sampleInput, sampleItem, sampleLot } from '../planner.samples.js';

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

/** An area in need, always the same one: so many stores and items, and other incidents that ask for the same. */
export function crowdedInput({
  stores,
  items,
  rivals,
}: {
  stores: number;
  items: number;
  rivals: number;
}): PlannerInput {
  const dice = new Dice(9);
  const itemIds = Array.from({ length: items }, (_, item) => `item-${item}`);
  const stock = Array.from({ length: stores }, (_, w) => dice.between(40, 500) + w).flatMap((etaMin, w) =>
    itemIds.map((itemId) =>
      sampleCell({
        warehouseId: `w${w}`,
        itemId,
        etaMin,
        minimumUnits: dice.roll(60),
        lots: [sampleLot({ lotId: `lot-${w}-${itemId}`, availableUnits: dice.roll(200) })],
      }),
    ),
  );
  const needs = (of: string) =>
    itemIds.map((itemId) => sampleItem({ id: `${of}-${itemId}`, itemId, units: dice.between(100, 900) }));
  const input = goodsInput({ stock, items: needs('own') });
  return {
    ...input,
    rivals: Array.from({ length: rivals }, (_, k) => {
      const rival = sampleRival(input, { incidentId: `incident-${k + 10}`, items: needs(`of-${k}`) });
      return { ...rival, roads: rival.roads.map((road) => ({ ...road, etaMin: dice.between(40, 600) })) };
    }),
  };
}
