import { LOADING_MIN } from '../../shared/travel.rules.js';
import { DEFAULT_POLICY, planSupplies } from '../planner/flow/plan-supplies.rules.js';
import type { SupplyInstance } from '../planner/flow/supplies.types.js';
import { THREE_DAYS_MIN } from './structure.types.js';

export interface OfferFact {
  id: string;
  itemId: string;
  units: number;
}
/** What an incident lacks of one item: asked and not promised. 1 is served first. */
export interface LackFact {
  incidentId: string;
  itemId: string;
  units: number;
  priority: 1 | 2 | 3;
}
export interface Match {
  offer: number;
  lack: number;
  units: number;
  arrivalMin: number;
}

const NEVER = 1_000_000;

/**
 * Which offer serves which lack, by the planner's allocation core: priorities strictly, equals evenly, then minutes. `roadMin` is per offer,
 * per lack; -1 where no way leads. An offer gives no more than it has, a lack takes no more than it needs, within 72 hours.
 */
export function matchOffers(offers: readonly OfferFact[], lacks: readonly LackFact[], roadMin: number[][]): Match[] {
  const items = [...new Set(lacks.map(({ itemId }) => itemId))].filter((id) =>
    offers.some(({ itemId }) => itemId === id),
  );
  if (items.length === 0) return [];
  const arrival = (offer: number, lack: number): number => {
    const minutes = roadMin[offer]![lack]!;
    return minutes < 0 ? -1 : LOADING_MIN + minutes;
  };
  const cells = offers.flatMap(({ itemId, units }) => items.map((item) => (item === itemId ? units : 0)));
  const instance: SupplyInstance = {
    name: 'offers', warehouses: offers.length, incidents: lacks.length, items: items.length,
    level: Uint8Array.from(lacks, ({ priority }) => priority - 1), reserveWeight: new Uint8Array(offers.length).fill(1),
    adminStep: new Uint8Array(offers.length * lacks.length), distanceKm: new Float64Array(offers.length * lacks.length),
    travelMin: Int32Array.from(offers.flatMap((_, offer) => lacks.map((__, lack) => arrival(offer, lack)))),
    reachMin: new Int32Array(items.length).fill(THREE_DAYS_MIN), unitKg: new Float64Array(items.length).fill(1),
    unitsPerPerson: new Float64Array(items.length).fill(1), itemWeight: new Float64Array(items.length).fill(1),
    lots: cells.map((units) => (units > 0 ? [{ units, expiresInDays: NEVER }] : [])), stock: Int32Array.from(cells),
    reserve: new Int32Array(cells.length),
    need: Int32Array.from(lacks.flatMap(({ itemId, units }) => items.map((item) => (item === itemId ? units : 0)))), horizonDays: 0,
  }; // prettier-ignore
  const { shipments } = planSupplies(instance, { ...DEFAULT_POLICY, adminOrder: 'off' });
  return shipments.map(({ warehouse, incident, units }) => ({
    offer: warehouse,
    lack: incident,
    units,
    arrivalMin: arrival(warehouse, incident),
  }));
}
