import { LOADING_MIN } from '../../shared/travel.rules.js';
import type { AdviceAsk } from './structure.dto.js';
import type { Demand, StructureProblem } from './structure.types.js';

/** Square metres of a store hold this many cubic metres: half of the floor is aisle, goods are stacked two metres high (planning value). */
const M3_PER_M2 = 1;
const CM3_PER_M3 = 1_000_000;
/** A cupboard in a township keeps the few things that it was set up for. */
const CACHE = 'cache';

export interface StoreFact {
  id: string;
  /** Of the society that asks, or below it: goods may be moved. */
  movable: boolean;
  tier: string;
  areaM2: number | null;
  lyingCm3: number;
  cells: { itemId: string; units: number; minimumUnits: number }[];
}
export interface ItemFact {
  id: string;
  weightG: number;
  volumeCm3: number;
  packUnits: number;
  households: number | null;
}
export interface ScenarioFact {
  id: string;
  perYear: number;
  /** roadMin: per store, -1 where no road leads. */
  demands: { societyId: string; people: number; units: ReadonlyMap<string, number>; roadMin: number[] }[];
}
export interface ProblemFacts {
  ask: AdviceAsk;
  stores: StoreFact[];
  items: ItemFact[];
  scenarios: ScenarioFact[];
  roadKm: number[][];
}

/** Cubic centimetres that a store has room for; one whose floor nobody knows has none. */
export const roomOf = ({ areaM2, lyingCm3 }: Pick<StoreFact, 'areaM2' | 'lyingCm3'>): number =>
  areaM2 === null ? 0 : Math.max(0, areaM2 * M3_PER_M2 * CM3_PER_M3 - lyingCm3);

/** The numbers that an advice is made from. A store whose floor nobody knows has no room for more. */
export function toProblem({ ask, stores, items, scenarios, roadKm }: ProblemFacts): StructureProblem {
  const counties = [
    ...new Set(scenarios.flatMap(({ demands }) => demands.map(({ societyId }) => societyId))),
  ].toSorted();
  const place = new Map(counties.map((id, at) => [id, at]));
  return {
    withinMin: ask.withinH * 60,
    budget: { tonneKm: ask.tonneKm, moves: ask.moves },
    stores: stores.map(({ id, movable, tier, areaM2, lyingCm3, cells }) => {
      const of = new Map(cells.map((cell) => [cell.itemId, cell]));
      return {
        id,
        movable,
        roomCm3: roomOf({ areaM2, lyingCm3 }),
        free: items.map((item) => of.get(item.id)?.units ?? 0),
        takes: items.map((item) => tier !== CACHE || of.has(item.id)),
        kept: items.map((item) => (ask.keepMinimum ? (of.get(item.id)?.minimumUnits ?? 0) : 0)),
      };
    }),
    items,
    counties,
    scenarios: scenarios.map(({ id, perYear, demands }) => ({
      id,
      perYear,
      demands: demands.map(({ societyId, people, units, roadMin }): Demand => ({
        county: place.get(societyId)!,
        people,
        units: items.map((item) => units.get(item.id) ?? 0),
        arrivalMin: roadMin.map((minutes) => (minutes < 0 ? -1 : LOADING_MIN + minutes)),
      })),
    })),
    roadKm,
  };
}
