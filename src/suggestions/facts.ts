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
import { type SpeedClass, speedClassOf } from '../shared/travel.rules.js';
import { crosses } from './blocked.rules.js';
import { coverCapabilities, coverItems } from './coverage.rules.js';
import {
  type Ask, type CapabilityFact, dayInChina, type Facts, homeCityOf, type ItemFact, NO_ROAD, type RivalFact, type StockFact, tierOf, type UnitFact,
} from './facts.rules.js'; // prettier-ignore
import { readRivals, type UnroutedRival } from './rivals.js';
import { type Leg, Router, type Travel } from './router.js';
import { isWithinReach } from './suggestion.rules.js';

/** For which incident, with whose means, bound how. */
export interface FactsWanted {
  incidentId: string;
  societyId: string;
  ask: Ask;
}

type PlanningUnit = UnitForDispatch & { distanceM: number; speciality: Speciality };
type Unrouted<Fact> = Omit<Fact, 'roadMin'> & { leg: Leg };
interface FactsWithoutRoads extends Omit<Facts, 'units' | 'stock' | 'rivals'> {
  kind: string;
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
    private readonly router: Router,
  ) {}

  /** The facts of now. 404 `incident.not-found`, `society.not-found`. */
  async gather(wanted: FactsWanted): Promise<Facts> {
    const now = this.clock.now();
    const { kind, units, stock, rivals, ...facts } = await inSnapshot(this.db, (tx) => readFacts(tx, wanted, now));
    const own = await this.drive([...units, ...stock], speedClassOf(kind), wanted.ask);
    const routed = <Fact>({ leg: _leg, ...fact }: Unrouted<Fact>, at: number) => ({
      ...fact,
      roadMin: own.minutes[at]!,
    });
    return {
      ...facts,
      units: units.map((unit, at) => routed<UnitFact>(unit, at) as UnitFact),
      stock: stock.map((cell, at) => routed<StockFact>(cell, units.length + at) as StockFact),
      rivals: await Promise.all(rivals.map((rival) => this.routeRival(rival, wanted.ask))),
      travel: { source: own.source, speedClass: speedClassOf(kind) },
    };
  }

  private async routeRival({ kind, roads, ...rival }: UnroutedRival, ask: Ask): Promise<RivalFact> {
    const { minutes } = await this.drive(roads, speedClassOf(kind), ask);
    return { ...rival, roads: roads.map(({ leg: _leg, ...road }, at) => ({ ...road, roadMin: minutes[at]! })) };
  }

  /** Minutes of the router, none through a place that the asker has blocked. */
  private async drive(parts: readonly { leg: Leg }[], speedClass: SpeedClass, { blocked = [] }: Ask): Promise<Travel> {
    const legs = parts.map(({ leg }) => leg);
    const { minutes, source } = await this.router.travel(legs, speedClass);
    const isCut = (leg: Leg): boolean => blocked.some((circle) => crosses(leg, circle));
    return { minutes: minutes.map((each, at) => (isCut(legs[at]!) ? NO_ROAD : each)), source };
  }
}

async function readFacts(tx: Tx, { incidentId, societyId, ask }: FactsWanted, now: Date): Promise<FactsWithoutRoads> {
  const incident = await readIncident(tx, incidentId);
  if (!incident) throw notFound('incident', incidentId);
  const society = await findSociety(tx, societyId);
  if (!society) throw notFound('society', societyId);
  const promised = await promisedForIncident(tx, incidentId);
  const items = await itemFacts(tx, incident, coverItems(promised.items));
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
  return {
    incidentId, incidentVersion: incident.version, kind: incident.kind, at: now.toISOString(), on: dayInChina(now), ask, capabilities, items,
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
      leg: { from: place(unit), to: place(incident), straightM: unit.distanceM },
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
  const legs = new Map(warehouses.map((warehouse) => [warehouse.id, legOf(place(warehouse), place(incident))]));
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

const legOf = (from: Point, to: Point): Leg => ({ from, to, straightM: distanceM(from, to) });
