import { Injectable } from '@nestjs/common';
import { allSocieties, type SocietyRow } from '../../access/index.js';
import { Database, inSnapshot, type Tx } from '../../database/index.js';
import { estimateFor, type IncidentDto, type PastNeeds, pastNeeds } from '../../incidents/index.js';
import { allItems, householdsOfUnit, type StoreForPlacing, storesForPlacing } from '../../relief-stock/index.js';
import { Clock } from '../../shared/clock.js';
import { distanceM } from '../../shared/geo.js';
import { ensure } from '../../shared/problem.js';
import { LOADING_MIN, ROAD_FACTOR, speedClassOf } from '../../shared/travel.rules.js';
import { type Conditions, readConditions, type WayLeg, Ways } from '../../travel/index.js';
import type { ItemFact, ScenarioFact, StoreFact } from './problem.rules.js';
import { type AdviceAsk, STRUCTURE_LIMITS } from './structure.dto.js';
import { largestPacks, type ScenarioRow, scenariosFor } from './structure.store.js';

/** How often a past incident counts as coming again: once in five years each (assumption). */
const PAST_PER_YEAR = 0.2;
const DAYS = 3;

/** A scenario by its words, whether it was made or has happened. */
export interface NamedScenario {
  id: string;
  name: string;
  kind: IncidentDto['kind'];
  past: boolean;
  perYear: number;
  source: string;
  counties: { societyId: string; people: number; units: Map<string, number> }[];
}

/** What an advice is made from, and the words for it. */
export interface StructureFacts {
  ask: AdviceAsk;
  named: NamedScenario[];
  stores: (StoreFact & Pick<StoreForPlacing, 'code' | 'name' | 'societyId' | 'cells'>)[];
  items: ItemFact[];
  scenarios: ScenarioFact[];
  roadKm: number[][];
  societies: Map<string, SocietyRow>;
  travel: string;
  left: { scenarios: number; stores: number; items: number };
}

/** Reads stores and scenarios in one snapshot, then the roads, outside of it. */
@Injectable()
export class StructureFactsReader {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ways: Ways,
  ) {}

  /** The facts of now for a society. Scenarios are its own and those of the societies above, as far as they lie below it. */
  async gather(societyId: string, ask: AdviceAsk): Promise<StructureFacts> {
    const now = this.clock.now();
    const found = await inSnapshot(this.db, (tx) => readRows(tx, societyId, now));
    const { stores, named } = found;
    const minutes = await this.roads(found);
    const roads = (kind: IncidentDto['kind'], county: string) => minutes.get(keyOf(kind, county))!;
    return {
      ...found,
      ask,
      travel: minutes.source,
      roadKm: stores.map((from) => stores.map((to) => (distanceM(from, to) * ROAD_FACTOR) / 1000)),
      scenarios: named.map(({ id, perYear, kind, counties }) => ({
        id,
        perYear,
        demands: counties.map((county) => ({ ...county, roadMin: roads(kind, county.societyId) })),
      })),
    };
  }

  /** Minutes from every store to every county that a scenario names, as bad as the roads are in such an incident. */
  private async roads({
    stores,
    named,
    societies,
    conditions,
  }: Rows): Promise<Map<string, number[]> & { source: string }> {
    const minutes = Object.assign(new Map<string, number[]>(), { source: 'straight-line' });
    const wanted = new Map(named.flatMap(({ kind, counties }) => counties.map(({ societyId }) => [keyOf(kind, societyId), { kind, societyId }]))); // prettier-ignore
    for (const [key, { kind, societyId }] of [...wanted].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      const county = societies.get(societyId)!;
      const legs = stores.map((store) => lorryTo(county, store));
      const found = await this.ways.to({ path: county.path, kind }, legs, { conditions, at: NOON });
      minutes.source = found.source;
      minutes.set(key, found.ways.map((way) => way.minutes)); // prettier-ignore
    }
    return minutes;
  }
}

/** Ferries are reckoned with as they run by day, whenever the question is asked. */
const NOON = new Date('2026-01-01T12:00:00+08:00');
/** What holds for years: crossings that are suspended now and the weather of today say nothing about the next typhoon. */
const lasting = ({ crossings, areas }: Conditions): Conditions => ({
  areas,
  weather: [],
  crossings: crossings.map((crossing) => ({ ...crossing, suspended: null, closes: null })),
});

const keyOf = (kind: string, societyId: string): string => `${speedClassOf(kind)} ${societyId}`;
type Place = { lon: number; lat: number };
/** The way of a lorry that loads first. */
export const lorryTo = (to: Place, from: Place & { societyPath: string }): WayLeg => ({
  from: { lon: from.lon, lat: from.lat },
  to: { lon: to.lon, lat: to.lat },
  straightM: distanceM(from, to),
  fromPath: from.societyPath,
  load: 'lorry',
  leavesInMin: LOADING_MIN,
});

interface Rows extends Pick<StructureFacts, 'named' | 'items' | 'societies' | 'left'> {
  stores: (StoreForPlacing & { movable: boolean })[];
  conditions: Conditions;
}

/** Stores, scenarios and closed incidents of a society, as they are now. */
export async function readRows(tx: Tx, societyId: string, now: Date): Promise<Rows> {
  const societies = new Map((await allSocieties(tx)).map((row) => [row.id, row]));
  const society = societies.get(societyId);
  ensure(society !== undefined, 'an advice has its society');
  const { path } = society;
  const catalogue = await allItems(tx);
  const idOf = new Map(catalogue.map(({ id, code }) => [code, id]));
  const made = (await scenariosFor(tx, path)).filter(({ switchedOn }) => switchedOn);
  const past = await pastNeeds(tx, path, STRUCTURE_LIMITS.past);
  const here = (id: string): boolean => societies.get(id)?.path.startsWith(path) ?? false;
  const known = { idOf, here, societies };
  const written: NamedScenario[] = [];
  for (const row of made) written.push(await fromRow(tx, row, known));
  const all = [...written, ...past.map(fromPast)].filter(({ counties }) => counties.length > 0);
  const named = all
    .toSorted((a, b) => b.perYear - a.perYear || (a.id < b.id ? -1 : 1))
    .slice(0, STRUCTURE_LIMITS.scenarios);
  const asked = new Set(named.flatMap(({ counties }) => counties.flatMap(({ units }) => [...units.keys()])));
  const wanted = catalogue.filter(({ id }) => asked.has(id));
  const items = wanted.slice(0, STRUCTURE_LIMITS.items);
  const packs = new Map((await largestPacks(tx, items.map(({ id }) => id))).map((pack) => [pack.itemId, pack.units])); // prettier-ignore
  const stores = await storesForPlacing(tx, { path, now, limit: STRUCTURE_LIMITS.stores + 1 });
  return {
    named,
    societies,
    conditions: lasting(await readConditions(tx, now)),
    items: items.map(({ id, code, weightG, volumeCm3 }) => ({ id, weightG, volumeCm3, packUnits: packs.get(id) ?? 1, households: householdsOfUnit(code) })), // prettier-ignore
    stores: stores
      .slice(0, STRUCTURE_LIMITS.stores)
      .map((store) => ({ ...store, movable: store.societyPath.startsWith(path) })),
    left: {
      scenarios: all.length - named.length,
      stores: Math.max(0, stores.length - STRUCTURE_LIMITS.stores),
      items: wanted.length - items.length,
    },
  };
}

interface Known {
  idOf: ReadonlyMap<string, string>;
  here: (societyId: string) => boolean;
  societies: ReadonlyMap<string, SocietyRow>;
}

/** The needs of a made scenario, by the planning figures and factors that also estimate the needs of a real incident there. */
async function fromRow(tx: Tx, row: ScenarioRow, { idOf, here, societies }: Known): Promise<NamedScenario> {
  const { id, name, kind, perYear, source, month, waterOnly } = row;
  const on = `2026-${String(month).padStart(2, '0')}-15`;
  const counties: NamedScenario['counties'] = [];
  for (const { societyId, people } of row.counties.filter((county) => here(county.societyId))) {
    const place = { kind, societyPath: societies.get(societyId)!.path };
    const estimates = await estimateFor(tx, place, { sheltered: people, days: DAYS, on });
    const units = estimates
      .filter(({ rule }) => !waterOnly || rule.code === 'estimate.drinking-water')
      .flatMap(({ itemCode, mid }): [string, number][] => (idOf.has(itemCode) && mid > 0 ? [[idOf.get(itemCode)!, mid]] : []));
    counties.push({ societyId, people, units: new Map(units) });
  }
  return { id, name, kind, past: false, perYear, source, counties };
} // prettier-ignore

function fromPast({ id, number, title, kind, societyId, people, items }: PastNeeds): NamedScenario {
  const units = new Map(items.map((line) => [line.itemId, line.units]));
  const counties = [{ societyId, people: people ?? 0, units }];
  return { id, name: title, kind, past: true, perYear: PAST_PER_YEAR, source: number, counties };
}
