import { allSocieties } from '../access/index.js';
import type { Tx } from '../database/index.js';
import { promisedForIncident } from '../dispatch/index.js';
import { type IncidentDto, openIncidentRows } from '../incidents/index.js';
import type { WarehouseForDispatch } from '../relief-stock/index.js';
import { distanceM } from '../shared/geo.js';
import { LOADING_MIN } from '../shared/travel.rules.js';
import type { WayLeg } from '../travel/index.js';
import { coverItems } from './coverage.rules.js';
import { type ItemFact, type RivalFact, tierOf } from './facts.rules.js';
import { isPlannedFor, isWithinReach } from './suggestion.rules.js';

/** Incidents that are planned along at most: the gravest, then the oldest. */
const MOST_RIVALS = 20;

/** What is known of the own incident when rivals are looked for. */
export interface OwnSide {
  incidentId: string;
  exercise: boolean;
  path: string;
  items: readonly ItemFact[];
  warehouses: readonly WarehouseForDispatch[];
}

export interface UnroutedRival extends Omit<RivalFact, 'roads'> {
  /** What makes its roads slow. */
  kind: string;
  placePath: string;
  roads: (Omit<RivalFact['roads'][number], 'roadMin' | 'boundTo'> & { leg: WayLeg })[];
}

/**
 * Other open incidents that ask for the same items and may draw on the same warehouses. Exercises and real incidents never
 * compete. Their needs are read as those of the own one: what is asked less what is promised.
 */
export async function readRivals(tx: Tx, own: OwnSide): Promise<UnroutedRival[]> {
  const open = new Set(own.items.filter(({ units, alreadyUnits }) => units > alreadyUnits).map(({ itemId }) => itemId));
  if (open.size === 0 || own.warehouses.length === 0) return [];
  const paths = new Map((await allSocieties(tx)).map(({ id, path }) => [id, path]));
  const everywhere = [...paths.values()].filter((path) => path.split('/').filter(Boolean).length === 1);
  const others = (await openIncidentRows(tx, everywhere))
    .filter((other) => other.id !== own.incidentId && other.exercise === own.exercise && isPlannedFor(other))
    .filter((other) => isWithinReach(paths.get(other.leadSocietyId)!, own.path))
    .filter(({ needs }) => needs.items.some(({ itemId }) => open.has(itemId)))
    .toSorted(
      (a, b) =>
        a.severity.localeCompare(b.severity) || a.reportedAt.localeCompare(b.reportedAt) || (a.id < b.id ? -1 : 1),
    ) // prettier-ignore
    .slice(0, MOST_RIVALS);
  const rivals: UnroutedRival[] = [];
  for (const other of others) {
    const items = await openItems(tx, other, own.items);
    if (items.length > 0) {
      const placePath = paths.get(other.societyId)!;
      rivals.push({
        incidentId: other.id,
        kind: other.kind,
        placePath,
        items,
        roads: roadsTo(other, own.warehouses, paths),
      });
    }
  }
  return rivals.toSorted((a, b) => (a.incidentId < b.incidentId ? -1 : 1));
}

async function openItems(tx: Tx, { id, needs }: IncidentDto, own: readonly ItemFact[]): Promise<ItemFact[]> {
  const promised = coverItems((await promisedForIncident(tx, id)).items);
  return needs.items
    .flatMap(({ id: needId, itemId, units, priority, neededBy }) => {
      const same = own.find((need) => need.itemId === itemId);
      const alreadyUnits = promised.get(itemId) ?? 0;
      if (!same || units <= alreadyUnits) return [];
      return [{ id: needId, itemId, units, priority, neededBy, alreadyUnits, minimumUseDays: same.minimumUseDays }];
    })
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function roadsTo(other: IncidentDto, warehouses: OwnSide['warehouses'], paths: ReadonlyMap<string, string>) {
  const leadPath = paths.get(other.leadSocietyId)!;
  return warehouses
    .filter(({ societyPath }) => isWithinReach(societyPath, leadPath))
    .map(({ id, societyPath, lon, lat }) => {
      const location = { lon, lat };
      const straightM = distanceM(location, other.location);
      const tier = tierOf(societyPath, paths.get(other.societyId)!);
      const road = { from: location, to: other.location, straightM };
      const leg: WayLeg = { ...road, fromPath: societyPath, load: 'lorry', leavesInMin: LOADING_MIN };
      return { warehouseId: id, tier, distanceM: straightM, leg };
    })
    .toSorted((a, b) => (a.warehouseId < b.warehouseId ? -1 : 1));
}
