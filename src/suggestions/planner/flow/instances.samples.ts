import { seeded } from './random.rules.js';
import type { Random } from './random.rules.js';
import type { Lot, SupplyInstance } from './supplies.types.js';

/** S: one city's county stores. M: a province (102 stores). L: ten provinces. */
export type Scale = 'S' | 'M' | 'L';

/** An invented instance with the map that it was made from. */
export interface SampleInstance extends SupplyInstance {
  /** Per warehouse: 0 county, 1 city, 2 province. */
  tier: Uint8Array;
  city: Int32Array;
  province: Int32Array;
  x: Float64Array;
  y: Float64Array;
  /** Within 25 km of a severe incident: stock was lost, and there is no reserve to keep. */
  affected: Uint8Array;
  incidentX: Float64Array;
  incidentY: Float64Array;
  incidentCity: Int32Array;
  incidentProvince: Int32Array;
  /** The warehouse of the county. */
  incidentCounty: Int32Array;
  people: Float64Array;
  unitM3: Float64Array;
  itemClass: Uint8Array;
  perishable: Uint8Array;
  scarcity: Float64Array;
  /** Per warehouse: kilograms that its docks load in 12 hours. */
  dockKg: Float64Array;
}

export const LEVEL_WEIGHT = [8, 4, 2, 1] as const;
const CLASS_WEIGHT = [10, 3, 1];
/** Life-saving goods have to arrive within 16 hours, essential within 24, supporting within 36. */
const REACH_MIN = [16 * 60, 24 * 60, 36 * 60];
const RESERVE_WEIGHT = [3, 2, 1];
const HORIZON_DAYS = 7;

const SIZES = {
  S: { provinces: 1, cities: 3, counties: 16, incidents: 5, items: 10, radiusKm: 90, depot: 8000, crowd: 1 },
  M: { provinces: 1, cities: 11, counties: 90, incidents: 20, items: 30, radiusKm: 200, depot: 20000, crowd: 1.6 },
  L: { provinces: 10, cities: 100, counties: 890, incidents: 100, items: 60, radiusKm: 200, depot: 20000, crowd: 2.6 },
};
type Size = (typeof SIZES)[Scale];

const at = (list: ArrayLike<number>, index: number): number => list[index] ?? Number.NaN;

/**
 * Seeded instances that look like a province in flood: counties cluster round cities, most incidents cluster, severe ones
 * take stock away. The draws come in one fixed order, so that a scale and seed mean the same numbers for ever.
 */
export function sampleInstance(scale: Scale, seed: number): SampleInstance {
  const random = seeded(seed * 7919 + scale.charCodeAt(0));
  const size = SIZES[scale];
  const warehouses = size.provinces + size.cities + size.counties;
  const map = drawMap(random, size, warehouses);
  const goods = drawItems(random, size.items);
  const incidents = drawIncidents(random, size, map);
  const affected = markAffected(map, incidents);
  const roads = drawRoads(random, map, incidents);
  const base = { warehouses, incidents: size.incidents, items: size.items, horizonDays: HORIZON_DAYS };
  const shelves = drawStock(random, size, { tier: map.tier, affected, ...goods });
  const need = drawNeeds(random, size, { people: incidents.people, ...goods });
  const dockKg = map.tier
    .reduce<number[]>((list, tier) => [...list, tier], [])
    .map((tier) => Math.round(at([60000, 300000, 2000000], tier) * (0.6 + 0.8 * random.unit())));
  return {
    name: `${scale}${seed}`,
    ...base,
    ...map,
    ...goods,
    ...incidents,
    ...roads,
    ...shelves,
    affected,
    need,
    dockKg: Float64Array.from(dockKg),
    reserveWeight: Uint8Array.from(map.tier, (tier) => at(RESERVE_WEIGHT, tier)),
    adminStep: adminSteps(map, incidents),
  };
}

type Map2 = Pick<SampleInstance, 'tier' | 'city' | 'province' | 'x' | 'y'>;

function drawMap(random: Random, { provinces, cities, counties, radiusKm }: Size, warehouses: number): Map2 {
  const tier = new Uint8Array(warehouses);
  const city = new Int32Array(warehouses);
  const province = new Int32Array(warehouses);
  const x = new Float64Array(warehouses);
  const y = new Float64Array(warehouses);
  const across = Math.ceil(Math.sqrt(provinces));
  for (let p = 0; p < provinces; p++) {
    tier[p] = 2;
    province[p] = p;
    city[p] = -1;
    x[p] = (p % across) * radiusKm * 1.9 + random.normal() * 15;
    y[p] = Math.floor(p / across) * radiusKm * 1.9 + random.normal() * 15;
  }
  for (let c = 0; c < cities; c++) {
    const w = provinces + c;
    const p = c % provinces;
    tier[w] = 1;
    province[w] = p;
    city[w] = c;
    const turn = 2 * Math.PI * (Math.floor(c / provinces) / Math.ceil(cities / provinces)) + random.unit() * 0.5;
    const away = radiusKm * (0.35 + 0.5 * random.unit());
    x[w] = at(x, p) + away * Math.cos(turn);
    y[w] = at(y, p) + away * Math.sin(turn);
  }
  for (let t = 0; t < counties; t++) {
    const w = provinces + cities + t;
    const c = t % cities;
    city[w] = c;
    province[w] = at(province, provinces + c);
    const turn = random.unit() * 2 * Math.PI;
    const away = 15 + 45 * Math.sqrt(random.unit());
    x[w] = at(x, provinces + c) + away * Math.cos(turn);
    y[w] = at(y, provinces + c) + away * Math.sin(turn);
  }
  return { tier, city, province, x, y };
}

type Goods = Pick<
  SampleInstance,
  'unitKg' | 'unitM3' | 'itemClass' | 'unitsPerPerson' | 'perishable' | 'scarcity' | 'reachMin' | 'itemWeight'
>;

function drawItems(random: Random, items: number): Goods {
  const unitKg = new Float64Array(items);
  const unitM3 = new Float64Array(items);
  const itemClass = new Uint8Array(items);
  const unitsPerPerson = new Float64Array(items);
  const perishable = new Uint8Array(items);
  const scarcity = new Float64Array(items);
  for (let i = 0; i < items; i++) {
    itemClass[i] = i % 3;
    unitKg[i] = Math.round(Math.min(120, Math.max(0.5, random.logNormal(5, 1.1))) * 10) / 10;
    unitM3[i] = at(unitKg, i) / (120 + 380 * random.unit());
    unitsPerPerson[i] = at([0.25, 0.5, 1, 1, 2, 4], random.whole(0, 5));
    perishable[i] = random.unit() < 0.35 ? 1 : 0;
    scarcity[i] = random.logNormal(1, 0.45);
  }
  const reachMin = Int32Array.from(itemClass, (kind) => at(REACH_MIN, kind));
  const itemWeight = Float64Array.from(itemClass, (kind, i) => at(CLASS_WEIGHT, kind) / at(unitsPerPerson, i));
  return { unitKg, unitM3, itemClass, unitsPerPerson, perishable, scarcity, reachMin, itemWeight };
}

type Incidents = Pick<
  SampleInstance,
  'incidentX' | 'incidentY' | 'level' | 'incidentCity' | 'incidentProvince' | 'incidentCounty' | 'people'
>;

function drawIncidents(random: Random, size: Size, map: Map2): Incidents {
  const { provinces, cities, counties, incidents } = size;
  const blank = (): Float64Array => new Float64Array(incidents);
  const drawn = { incidentX: blank(), incidentY: blank(), people: blank(), level: new Uint8Array(incidents) };
  const incidentCity = new Int32Array(incidents);
  const incidentProvince = new Int32Array(incidents);
  const incidentCounty = new Int32Array(incidents);
  const clusters = Array.from({ length: Math.max(1, Math.round(incidents / 10)) }, () => random.whole(0, cities - 1));
  for (let k = 0; k < incidents; k++) {
    const clustered = random.unit() < 0.6;
    const c = clustered ? at(clusters, random.whole(0, clusters.length - 1)) : random.whole(0, cities - 1);
    const t = c + cities * random.whole(0, Math.floor((counties - 1 - c) / cities));
    const w = provinces + cities + t;
    incidentCounty[k] = w;
    incidentCity[k] = c;
    incidentProvince[k] = at(map.province, w);
    drawn.incidentX[k] = at(map.x, w) + random.normal() * 8;
    drawn.incidentY[k] = at(map.y, w) + random.normal() * 8;
    const rank = random.unit();
    const level = rank < 0.15 ? 0 : rank < 0.4 ? 1 : rank < 0.7 ? 2 : 3;
    drawn.level[k] = level;
    drawn.people[k] = Math.round(size.crowd * random.logNormal(at([9000, 5000, 3000, 1500], level), 0.7));
  }
  return { ...drawn, incidentCity, incidentProvince, incidentCounty };
}

function markAffected({ x, y }: Map2, { incidentX, incidentY, level }: Incidents): Uint8Array {
  return Uint8Array.from(x, (_, w) =>
    level.some((of, k) => of <= 1 && Math.hypot(at(x, w) - at(incidentX, k), at(y, w) - at(incidentY, k)) < 25) ? 1 : 0,
  );
}

function drawRoads(random: Random, { x, y, tier }: Map2, { incidentX, incidentY, level }: Incidents) {
  const incidents = level.length;
  const travelMin = new Int32Array(x.length * incidents);
  const distanceKm = new Float64Array(x.length * incidents);
  for (let w = 0; w < x.length; w++)
    for (let k = 0; k < incidents; k++) {
      const severe = at(level, k) <= 1;
      const straight = Math.hypot(at(x, w) - at(incidentX, k), at(y, w) - at(incidentY, k));
      const road = straight * (1.2 + 0.25 * random.unit()) + 2;
      distanceKm[w * incidents + k] = Math.round(road * 10) / 10;
      const slow = severe ? Math.min(road, 25) : 0;
      const hours =
        (road - slow) / (road < 60 ? 45 : road < 200 ? 60 : 72) + slow / 22 + at([0.5, 0.75, 1], at(tier, w));
      travelMin[w * incidents + k] = random.unit() < (severe ? 0.05 : 0.01) ? -1 : Math.round(hours * 60);
    }
  return { travelMin, distanceKm };
}

type Shelving = Goods & { tier: Uint8Array; affected: Uint8Array };

function drawStock(
  random: Random,
  { depot }: Size,
  shelving: Shelving,
): Pick<SampleInstance, 'lots' | 'stock' | 'reserve'> {
  const { tier, affected, unitsPerPerson, scarcity, perishable } = shelving;
  const items = scarcity.length;
  const lots: Lot[][] = [];
  const stock = new Int32Array(tier.length * items);
  const reserve = new Int32Array(tier.length * items);
  for (let w = 0; w < tier.length; w++)
    for (let i = 0; i < items; i++) {
      const cell = w * items + i;
      lots[cell] = [];
      if (!(random.unit() < at([0.4, 0.75, 1], at(tier, w)))) continue;
      let persons = random.logNormal(at([400, 2500, depot], at(tier, w)), 0.6) * at(scarcity, i);
      if (affected[w]) persons *= 0.4 + 0.6 * random.unit();
      const total = Math.max(1, Math.round(persons * at(unitsPerPerson, i)));
      const shelf = drawLots(random, total, perishable[i] === 1);
      lots[cell] = shelf;
      const usable = shelf.reduce((sum, lot) => sum + (lot.expiresInDays >= HORIZON_DAYS ? lot.units : 0), 0);
      stock[cell] = usable;
      reserve[cell] = affected[w] ? 0 : Math.min(usable, Math.round(total * at([0.3, 0.3, 0.4], at(tier, w))));
    }
  return { lots, stock, reserve };
}

function drawLots(random: Random, total: number, perishable: boolean): Lot[] {
  const lots: Lot[] = [];
  const count = random.whole(1, 4);
  let left = total;
  for (let l = 0; l < count; l++) {
    const units = l === count - 1 ? left : Math.min(left, Math.round(left * random.unit()));
    if (units > 0) lots.push({ units, expiresInDays: perishable ? random.whole(1, 700) : random.whole(400, 3600) });
    left -= units;
  }
  return lots.sort((one, other) => one.expiresInDays - other.expiresInDays);
}

function drawNeeds(random: Random, { incidents, items }: Size, goods: Goods & { people: Float64Array }): Int32Array {
  const { people, itemClass, unitsPerPerson } = goods;
  const need = new Int32Array(incidents * items);
  for (let k = 0; k < incidents; k++)
    for (let i = 0; i < items; i++) {
      if (!(random.unit() < at([0.9, 0.6, 0.3], at(itemClass, i)))) continue;
      need[k * items + i] = Math.max(
        1,
        Math.round(at(people, k) * (0.4 + 0.6 * random.unit()) * at(unitsPerPerson, i)),
      );
    }
  return need;
}

function adminSteps({ tier, city, province }: Map2, incidents: Incidents): Uint8Array {
  const { incidentCity, incidentProvince, incidentCounty } = incidents;
  const steps = new Uint8Array(tier.length * incidentCity.length);
  const stepOf = (w: number, k: number): number => {
    const home = at(province, w) === at(incidentProvince, k);
    if (tier[w] === 2) return home ? 2 : 4;
    if (tier[w] === 0 && w === at(incidentCounty, k)) return 0;
    if (at(city, w) === at(incidentCity, k)) return 1;
    return home ? 3 : 5;
  };
  for (let w = 0; w < tier.length; w++)
    for (let k = 0; k < incidentCity.length; k++) steps[w * incidentCity.length + k] = stepOf(w, k);
  return steps;
}
