import { Injectable } from '@nestjs/common';
import { findSociety, pathKeys } from '../access/index.js';
import { Database, inSnapshot, type Tx } from '../database/index.js';
import { promisedForIncident, unitsThatSaidNo } from '../dispatch/index.js';
import { type IncidentForDispatch, readIncident } from '../incidents/index.js';
import {
  itemsByIds,
  purposeOf,
  stockForPlanning,
  type WarehouseForDispatch,
  warehousesByIds,
} from '../relief-stock/index.js';
import { type Speciality, teamRows, type UnitForDispatch, unitsForPlanning } from '../rescue-teams/index.js';
import { Clock } from '../shared/clock.js';
import type { Point } from '../shared/fields.dto.js';
import { distanceM } from '../shared/geo.js';
import { notFound } from '../shared/problem.js';
import { LOADING_MIN, speedClassOf } from '../shared/travel.rules.js';
import {
  type Conditions,
  provenanceOf,
  readConditions,
  type Way,
  type WayLeg,
  Ways,
  type WaysFound,
} from '../travel/index.js';
import { crosses } from './blocked.rules.js';
import { coverCapabilities, coverItems } from './coverage.rules.js';
import {
  type Ask, type CapabilityFact, dayInChina, type Facts, homeCityOf, type ItemFact, PLAIN_ASK, type RivalFact, type StockFact, tierOf, type UnitFact,
} from './facts.rules.js'; // prettier-ignore
import { readRivals, type UnroutedRival } from './rivals.js';
import { isWithinReach } from './suggestion.rules.js';

/** For which incident, with whose means, bound how. */
export interface FactsWanted {
  incidentId: string;
  societyId: string;
  ask: Ask;
  /** Leaves the goods out. */
  peopleOnly?: boolean;
}

type PlanningUnit = UnitForDispatch & { distanceM: number; speciality: Speciality };
type Unrouted<Fact> = Omit<Fact, 'roadMin' | 'boundTo'> & { leg: WayLeg };
interface FactsWithoutRoads extends Omit<Facts, 'units' | 'stock' | 'rivals' | 'ways'> {
  kind: string;
  /** Of the society on whose ground the incident is. */
  placePath: string;
  conditions: Conditions;
  units: Unrouted<UnitFact>[];
  stock: Unrouted<StockFact>[];
  rivals: UnroutedRival[];
}

/** Reads all that a plan is made from: the other modules' rows in one snapshot, then the roads, outside of it. */
@Injectable()
export class FactsReader {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ways: Ways,
  ) {}

  /** The facts of now. 404 `incident.not-found`, `society.not-found`. */
  async gather(wanted: FactsWanted): Promise<Facts> {
    const now = this.clock.now();
    return this.withWays(await inSnapshot(this.db, (tx) => readFacts(tx, wanted, now)));
  }

  /** Of several incidents in one moment: their needs of people and the units for them, no goods. Errors as `gather`. */
  async gatherPeople(incidentIds: readonly string[], societyId: string): Promise<Facts[]> {
    const now = this.clock.now();
    const read = await inSnapshot(this.db, async (tx) => {
      const all: FactsWithoutRoads[] = [];
      for (const incidentId of incidentIds)
        all.push(await readFacts(tx, { incidentId, societyId, ask: PLAIN_ASK, peopleOnly: true }, now));
      return all;
    });
    const facts: Facts[] = [];
    for (const one of read) facts.push(await this.withWays(one));
    return facts;
  }

  private async withWays(read: FactsWithoutRoads): Promise<Facts> {
    const { kind, placePath, conditions, units, stock, rivals, ...facts } = read;
    const moment = { conditions, at: new Date(read.at), ask: read.ask };
    const own = await this.drive([...units, ...stock], { kind, placePath, ...moment });
    const stockWays = own.ways.slice(units.length);
    return {
      ...facts,
      units: units.map((unit, at) => routed(unit, own.ways[at]!) as UnitFact),
      stock: stock.map((cell, at) => routed(cell, stockWays[at]!) as StockFact),
      rivals: await Promise.all(rivals.map((rival) => this.routeRival(rival, moment))),
      travel: { source: own.source, speedClass: speedClassOf(kind), provenance: provenanceOf(own) },
      ways: waysOver([
        ...units.map(({ unitId }, at) => [unitId, own.ways[at]!] as const),
        ...stock.map(({ warehouseId }, at) => [warehouseId, stockWays[at]!] as const),
      ]),
    };
  }

  private async routeRival({ kind, placePath, roads, ...rival }: UnroutedRival, moment: Moment): Promise<RivalFact> {
    const { ways } = await this.drive(roads, { kind, placePath, ...moment });
    return { ...rival, roads: roads.map((road, at) => routed(road, ways[at]!)) };
  }

  /** Ways to one place, none through a circle that the asker has blocked. */
  private async drive(
    parts: readonly { leg: WayLeg }[],
    { kind, placePath, conditions, at, ask: { blocked = [] } }: Moment & { kind: string; placePath: string },
  ): Promise<WaysFound> {
    const legs = parts.map(({ leg }) => leg);
    const isCut = (road: { from: Point; to: Point }): boolean => blocked.some((circle) => crosses(road, circle));
    return this.ways.to({ path: placePath, kind }, legs, { conditions, at, isCut });
  }
}

type Moment = { conditions: Conditions; at: Date; ask: Ask };

const routed = <Part extends { leg: WayLeg }>({ leg: _leg, ...part }: Part, { minutes, boundTo }: Way) => ({
  ...part,
  roadMin: minutes,
  ...(boundTo === null ? {} : { boundTo }),
});

/** What lies on each way that is more than a road, by unit or warehouse. */
function waysOver(ways: readonly (readonly [string, Way])[]): NonNullable<Facts['ways']> {
  return Object.fromEntries(ways.filter(([, { over }]) => over.length > 0).map(([id, { over }]) => [id, over]));
}

async function readFacts(
  tx: Tx,
  { incidentId, societyId, ask, peopleOnly = false }: FactsWanted,
  now: Date,
): Promise<FactsWithoutRoads> {
  const incident = await readIncident(tx, incidentId);
  if (!incident) throw notFound('incident', incidentId);
  const society = await findSociety(tx, societyId);
  if (!society) throw notFound('society', societyId);
  const promised = await promisedForIncident(tx, incidentId);
  const items = peopleOnly ? [] : await itemFacts(tx, incident, coverItems(promised.items));
  const capabilities = capabilityFacts(incident, coverCapabilities(incident.needs.capabilities, promised.capabilities));
  const near = { lon: incident.lon, lat: incident.lat, now, paths: [pathKeys(society.path)[0]!] };
  const open = capabilities.filter((need) => need.headcount > need.alreadyHeadcount);
  const all = open.length + ask.locks.length > 0 ? await planningUnits(tx, near) : [];
  const saidNo = new Set(await unitsThatSaidNo(tx, incidentId));
  const units = unitFacts(all, { incident, path: society.path, open, locks: ask.locks, saidNo });
  const itemIds = items.filter((need) => need.units > need.alreadyUnits).map(({ itemId }) => itemId);
  const question = { ...near, itemIds, path: society.path };
  const { stock, warehouses } = itemIds.length > 0 ? await stockFacts(tx, incident, question) : NO_STOCK;
  const { exercise } = incident;
  const rivals = await readRivals(tx, { incidentId, exercise, path: society.path, items, warehouses });
  const known = new Set(units.map(({ unitId }) => unitId));
  const conditions = await readConditions(tx, now);
  return {
    incidentId, incidentVersion: incident.version, kind: incident.kind, placePath: incident.societyPath, conditions, at: now.toISOString(), on: dayInChina(now), ask, capabilities, items,
    units, stock, rivals, unknownLocks: ask.locks.map(({ unitId }) => unitId).filter((unitId) => !known.has(unitId)).toSorted(),
  }; // prettier-ignore
}

function capabilityFacts({ needs }: IncidentForDispatch, covered: Map<string, number>): CapabilityFact[] {
  const facts = needs.capabilities.map(({ id, speciality, headcount, priority, neededBy }) => ({
    id, speciality, headcount, priority, neededBy, alreadyHeadcount: covered.get(id)!,
  })); // prettier-ignore
  return facts.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

async function itemFacts(tx: Tx, { needs }: IncidentForDispatch, covered: Map<string, number>): Promise<ItemFact[]> {
  const items = await itemsByIds(tx, needs.items.map(({ itemId }) => itemId)); // prettier-ignore
  const useDays = new Map(items.map((item) => [item.id, item.minimumUseDays]));
  const facts = needs.items.map(({ id, itemId, units, priority, neededBy }) => ({
    id, itemId, units, priority, neededBy, alreadyUnits: covered.get(itemId) ?? 0, minimumUseDays: useDays.get(itemId) ?? 0,
  })); // prettier-ignore
  return facts.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** Units of the whole province with the speciality of their team, by distance. */
async function planningUnits(tx: Tx, near: Parameters<typeof unitsForPlanning>[1]): Promise<PlanningUnit[]> {
  const teams = await teamRows(tx, near.paths);
  const specialities = new Map(teams.map(({ id, speciality }) => [id, speciality]));
  const units = await unitsForPlanning(tx, near);
  return units.map((unit) => ({ ...unit, speciality: specialities.get(unit.teamId) ?? unit.capabilities[0]! }));
}

interface UnitQuestion {
  incident: IncidentForDispatch;
  path: string;
  open: readonly CapabilityFact[];
  locks: Ask['locks'];
  saidNo: ReadonlySet<string>;
}

/** Units within reach that could serve an open need, or that the asker named. Peers are counted over the whole province. */
function unitFacts(all: PlanningUnit[], { incident, path, open, locks, saidNo }: UnitQuestion): Unrouted<UnitFact>[] {
  const named = new Set(locks.map(({ unitId }) => unitId));
  const asked = new Set<string>(open.map(({ speciality }) => speciality));
  const serves = (unit: PlanningUnit) => named.has(unit.id) || unit.capabilities.some((one) => asked.has(one));
  const peers = readyByCity(all);
  return all
    .filter((unit) => isWithinReach(unit.societyPath, path) && serves(unit))
    .map((unit) => ({
      unitId: unit.id,
      teamId: unit.teamId,
      speciality: unit.capabilities[0]!,
      capabilities: unit.capabilities,
      headcount: unit.headcount,
      distanceM: Math.round(unit.distanceM),
      leg: {
        from: place(unit),
        to: place(incident),
        straightM: unit.distanceM,
        fromPath: unit.societyPath,
        load: 'team' as const,
        leavesInMin: unit.departureTargetMin,
      },
      departureMin: unit.departureTargetMin,
      tier: tierOf(unit.societyPath, incident.societyPath),
      ready: unit.ready && unit.standBy,
      notReadyReasons: unit.reasons
        .filter(({ params }) => params.effect === 'blocks')
        .map(({ code }) => code)
        .toSorted(),
      busy: unit.bookingAssignmentId !== null,
      saidNo: saidNo.has(unit.id),
      homeCityId: homeCityOf(unit.societyPath),
      peersReadyInCity: (peers.get(cityKey(unit)) ?? 0) - (isFree(unit) ? 1 : 0),
    })) // prettier-ignore
    .toSorted((a, b) => (a.unitId < b.unitId ? -1 : 1));
}

const place = ({ lon, lat }: { lon: number; lat: number }) => ({ lon, lat });
const isFree = (unit: PlanningUnit) => unit.ready && unit.standBy && unit.bookingAssignmentId === null;
const cityKey = (unit: PlanningUnit) => `${homeCityOf(unit.societyPath)} ${unit.speciality}`;

function readyByCity(units: PlanningUnit[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const unit of units.filter(isFree)) counts.set(cityKey(unit), (counts.get(cityKey(unit)) ?? 0) + 1);
  return counts;
}

interface StockQuestion {
  itemIds: string[];
  lon: number;
  lat: number;
  now: Date;
  paths: string[];
  path: string;
}

const NO_STOCK: { stock: Unrouted<StockFact>[]; warehouses: WarehouseForDispatch[] } = { stock: [], warehouses: [] };

async function stockFacts(
  tx: Tx,
  incident: IncidentForDispatch,
  { path, ...asked }: StockQuestion,
): Promise<typeof NO_STOCK> {
  const cells = (await stockForPlanning(tx, { ...asked, purpose: purposeOf(incident) })).filter((cell) =>
    isWithinReach(cell.societyPath, path),
  );
  const warehouses = await warehousesByIds(tx, [...new Set(cells.map(({ warehouseId }) => warehouseId))]);
  // The same distance as dispatch reckons with, so that two screens name one arrival.
  const legs = new Map(warehouses.map((warehouse) => [warehouse.id, lorryTo(place(incident), warehouse)]));
  const stock = cells
    .map((cell) => ({
      warehouseId: cell.warehouseId,
      itemId: cell.itemId,
      tier: tierOf(cell.societyPath, incident.societyPath),
      distanceM: legs.get(cell.warehouseId)!.straightM,
      minimumUnits: cell.minimumUnits,
      leg: legs.get(cell.warehouseId)!,
      lots: cell.lots.toSorted((a, b) => (a.lotId < b.lotId ? -1 : 1)),
    })) // prettier-ignore
    .toSorted((a, b) => (a.warehouseId + a.itemId < b.warehouseId + b.itemId ? -1 : 1));
  return { stock, warehouses };
}

/** A lorry from a store, by the same distance and with the same loading as an order reckons with. */
const lorryTo = (to: Point, store: { lon: number; lat: number; societyPath: string }): WayLeg => ({
  from: place(store), to, straightM: distanceM(place(store), to), fromPath: store.societyPath, load: 'lorry', leavesInMin: LOADING_MIN,
}); // prettier-ignore
