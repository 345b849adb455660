import { highs as loadHighs } from '../planner/oracle/lp.js';
import { seeded } from '../planner/flow/random.rules.js';
import { solverOf } from './lp-solver.js';
import type { SolveLp } from './placing.rules.js';
import type { StructureProblem } from './structure.types.js';

/** HiGHS on the calling thread, as the worker has it. */
export const highsHere = async (): Promise<SolveLp> => solverOf(await loadHighs());

/** Invented stores and scenarios on a square of 200 km, small enough to be looked at whole. */
export function sampleProblem(
  seed: number,
  size: Partial<Record<'stores' | 'items' | 'scenarios' | 'units', number>> = {},
): StructureProblem {
  const { stores = 3, items = 1, scenarios = 2, units = 4 } = size;
  const { whole } = seeded(seed * 7919 + 17);
  const places = Array.from({ length: stores }, () => ({ x: whole(0, 200), y: whole(0, 200) }));
  const km = (a: { x: number; y: number }, b: { x: number; y: number }) =>
    Math.round(Math.hypot(a.x - b.x, a.y - b.y) * 1.3);
  const demand = (county: number) => {
    const at = { x: whole(0, 200), y: whole(0, 200) };
    const asked = Array.from({ length: items }, () => whole(0, units));
    const arrivalMin = places.map((place) => 60 + Math.ceil((km(place, at) * 60) / 25));
    return { county, people: 1 + whole(0, 9), units: asked, arrivalMin };
  };
  return {
    withinMin: 240,
    budget: { tonneKm: 1000, moves: 10 },
    stores: places.map((_, n) => ({
      id: `store-${n}`, movable: true, roomCm3: whole(0, 3) * 1000, free: Array.from({ length: items }, () => whole(0, units)),
      takes: Array.from({ length: items }, () => true),
      kept: Array.from({ length: items }, () => 0),
    })),
    items: Array.from({ length: items }, (_, n) => ({ id: `item-${n}`, weightG: 2000, volumeCm3: 1000, packUnits: 1, households: 1 })),
    counties: ['county-0', 'county-1'],
    scenarios: Array.from({ length: scenarios }, (_, n) => ({ id: `scenario-${n}`, perYear: whole(1, 5) / 2, demands: [demand(0), demand(1)] })),
    roadKm: places.map((a) => places.map((b) => km(a, b))),
  }; // prettier-ignore
}
