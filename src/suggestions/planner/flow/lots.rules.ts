import type { ItemFlow } from './item-flow.rules.js';
import type { SupplyInstance, SupplyShipment } from './supplies.types.js';

/** An item's net with units on its roads. */
export type Carried = Pick<ItemFlow, 'net' | 'units'>;

/**
 * What is on the roads, as shipments with lots. Within a cell the usable lots are alike to the plan, so the split comes
 * last: first expired, first out; the incident that is reached first takes first. Exact for one horizon for all.
 */
export function shipmentsOf(n: SupplyInstance, flows: readonly Carried[]): SupplyShipment[] {
  return flows
    .flatMap((flow) => [...flow.net.shelves.keys()].flatMap((shelf) => splitCell(n, flow, shelf)))
    .sort((one, other) => one.warehouse - other.warehouse || one.incident - other.incident || one.item - other.item);
}

function splitCell(n: SupplyInstance, flow: Carried, shelf: number): SupplyShipment[] {
  const { net } = flow;
  const going: { incident: number; minutes: number; units: number }[] = [];
  for (let road = net.firstRoad[shelf]!; road < net.firstRoad[shelf + 1]!; road++) {
    const units = flow.units(road);
    if (units > 0) going.push({ incident: net.needs[net.roadNeed[road]!]!, minutes: net.roadMin[road]!, units });
  }
  if (going.length === 0) return [];
  const warehouse = net.shelves[shelf]!;
  const lots = n.lots[warehouse * n.items + net.item]!.flatMap(({ units, expiresInDays }, lot) =>
    expiresInDays >= n.horizonDays ? [{ lot, left: units, expiresInDays }] : [],
  ).sort((one, other) => one.expiresInDays - other.expiresInDays || one.lot - other.lot);
  let next = 0;
  return going
    .sort((one, other) => one.minutes - other.minutes || one.incident - other.incident)
    .map(({ incident, units }) => {
      const taken: SupplyShipment['lots'] = [];
      for (let short = units; short > 0;) {
        const lot = lots[next];
        if (!lot) throw new Error(`supplies.lots-short ${warehouse} ${net.item}`);
        const part = Math.min(short, lot.left);
        if (part > 0) taken.push({ lot: lot.lot, units: part });
        lot.left -= part;
        short -= part;
        if (lot.left === 0) next++;
      }
      return { warehouse, incident, item: net.item, units, lots: taken };
    });
}
