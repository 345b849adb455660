import type { Tx } from '../database/index.js';
import type { Area, Conditions, WeatherInForce } from './conditions.rules.js';
import type { AreaDto, CrossingDto, WeatherDto } from './travel.dto.js';

export interface CrossingRow extends Omit<CrossingDto, 'suspendedFrom' | 'suspendedUntil' | 'retiredAt' | 'setAt'> {
  suspendedFrom: Date | null;
  suspendedUntil: Date | null;
  retiredAt: Date | null;
  setAt: Date;
  scope: string[];
}
const end = (side: 'from' | 'to') =>
  `jsonb_build_object('name', ${side}_name, 'point', jsonb_build_object('lon', ${side}_lon, 'lat', ${side}_lat), 'island', ${side}_island) as "${side}"`;
const CROSSING = `id, society_id as "societyId", kind, name, ${end('from')}, ${end('to')}, crossing_min as "crossingMin", headway_min as "headwayMin",
  first_min as "firstMin", last_min as "lastMin", carries_vehicles as "carriesVehicles", max_vehicle_t as "maxVehicleT", source,
  suspended_from as "suspendedFrom", suspended_until as "suspendedUntil", suspended_reason as "suspendedReason", retired_at as "retiredAt",
  set_by as "setBy", set_at as "setAt", scope, version`;

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
export const toCrossingDto = ({ scope: _, ...row }: CrossingRow): CrossingDto => ({
  ...row,
  suspendedFrom: iso(row.suspendedFrom),
  suspendedUntil: iso(row.suspendedUntil),
  retiredAt: iso(row.retiredAt),
  setAt: row.setAt.toISOString(),
});

export async function insertCrossing(tx: Tx, { id, societyId, scope, ...row }: CrossingRow): Promise<void> {
  await tx.query(
    `insert into crossing (id, society_id, scope, kind, name, from_name, from_lon, from_lat, to_name, to_lon, to_lat, crossing_min,
       carries_vehicles, source, set_by, set_at) values ($1, $2, $3, $4, $5, '', 0, 0, '', 0, 0, 1, true, '', '', $6)`,
    [id, societyId, scope, row.kind, row.name, row.setAt],
  );
  await saveCrossing(tx, { id, societyId, scope, ...row });
}

/** The whole row but whose it is and who sees it. */
export async function saveCrossing(tx: Tx, row: CrossingRow): Promise<void> {
  const { from, to } = row;
  await tx.query(
    `update crossing set kind = $2, name = $3, from_name = $4, from_lon = $5, from_lat = $6, from_island = $7, to_name = $8, to_lon = $9,
       to_lat = $10, to_island = $11, crossing_min = $12, headway_min = $13, first_min = $14, last_min = $15, carries_vehicles = $16,
       max_vehicle_t = $17, source = $18, suspended_from = $19, suspended_until = $20, suspended_reason = $21, retired_at = $22,
       set_by = $23, set_at = $24, version = $25 where id = $1`,
    [
      row.id, row.kind, row.name, from.name, from.point.lon, from.point.lat, from.island, to.name, to.point.lon, to.point.lat, to.island,
      row.crossingMin, row.headwayMin, row.firstMin, row.lastMin, row.carriesVehicles, row.maxVehicleT, row.source, row.suspendedFrom,
      row.suspendedUntil, row.suspendedReason, row.retiredAt, row.setBy, row.setAt, row.version,
    ], // prettier-ignore
  );
}

export async function lockCrossing(tx: Tx, id: string): Promise<CrossingRow | undefined> {
  return (await tx.query<CrossingRow>(`select ${CROSSING} from crossing where id = $1 for update`, [id]))[0];
}

/** Crossings in force of a province ('/330000/'), counted under a lock, so that two desks cannot pass the limit together. */
export async function countCrossings(tx: Tx, province: string): Promise<number> {
  await tx.query(`select id from society where path = $1 for no key update`, [province]);
  const sql = `select count(*)::int as n from crossing where retired_at is null and $1 = any(scope)`;
  return (await tx.query<{ n: number }>(sql, [province]))[0]!.n;
}

/** In force, by name: those that share a key with the reader; null: all. */
export async function crossingsInForce(tx: Tx, keys: string[] | null): Promise<CrossingRow[]> {
  const sql = `select ${CROSSING} from crossing where retired_at is null and ($1::text[] is null or scope && $1) order by name, id`;
  return tx.query<CrossingRow>(sql, [keys]);
}

export interface WeatherRow extends Omit<WeatherDto, 'from' | 'until' | 'setAt' | 'liftedAt'> {
  from: Date;
  until: Date | null;
  setAt: Date;
  liftedAt: Date | null;
  scope: string[];
}
const WEATHER = `id, society_id as "societyId", kind, from_at as "from", until_at as "until", note, set_by as "setBy", set_at as "setAt",
  lifted_by as "liftedBy", lifted_at as "liftedAt", scope, version`;
export const toWeatherDto = ({ scope: _, ...row }: WeatherRow): WeatherDto => ({
  ...row,
  from: row.from.toISOString(),
  until: iso(row.until),
  setAt: row.setAt.toISOString(),
  liftedAt: iso(row.liftedAt),
});

export async function insertWeather(tx: Tx, row: WeatherRow): Promise<void> {
  await tx.query(
    `insert into road_weather (id, society_id, kind, from_at, until_at, note, set_by, set_at, scope) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [row.id, row.societyId, row.kind, row.from, row.until, row.note, row.setBy, row.setAt, row.scope],
  );
}
export async function saveLifted(tx: Tx, row: WeatherRow): Promise<void> {
  const sql = `update road_weather set lifted_by = $2, lifted_at = $3, version = $4 where id = $1`;
  await tx.query(sql, [row.id, row.liftedBy, row.liftedAt, row.version]);
}
export async function lockWeather(tx: Tx, id: string): Promise<WeatherRow | undefined> {
  return (await tx.query<WeatherRow>(`select ${WEATHER} from road_weather where id = $1 for update`, [id]))[0];
}
const COMING = `lifted_at is null and (until_at is null or until_at > $2)`;
/** In force or to come, the newest first. */
export async function weatherComing(tx: Tx, keys: string[], now: Date): Promise<WeatherRow[]> {
  const sql = `select ${WEATHER} from road_weather where scope && $1 and ${COMING} order by set_at desc, id limit 500`;
  return tx.query<WeatherRow>(sql, [keys, now]);
}
export async function countWeather(tx: Tx, societyId: string, now: Date): Promise<number> {
  await tx.query(`select id from society where id = $1 for no key update`, [societyId]);
  const sql = `select count(*)::int as n from road_weather where society_id = $1 and ${COMING}`;
  return (await tx.query<{ n: number }>(sql, [societyId, now]))[0]!.n;
}

export interface AreaRow extends Omit<AreaDto, 'setAt'> {
  setAt: Date;
  scope: string[];
}
const AREA = `society_id as "societyId", terrain, island, source, set_by as "setBy", set_at as "setAt", scope, version`;
export const toAreaDto = ({ scope: _, setAt, ...row }: AreaRow): AreaDto => ({ ...row, setAt: setAt.toISOString() });

/** Under the society's lock, which also serves where there is no row yet. */
export async function lockArea(tx: Tx, societyId: string): Promise<AreaRow | undefined> {
  await tx.query(`select id from society where id = $1 for no key update`, [societyId]);
  return (await tx.query<AreaRow>(`select ${AREA} from travel_area where society_id = $1`, [societyId]))[0];
}
export async function saveArea(tx: Tx, row: AreaRow): Promise<void> {
  await tx.query(
    `insert into travel_area (society_id, terrain, island, source, set_by, set_at, scope, version) values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (society_id) do update set terrain = $2, island = $3, source = $4, set_by = $5, set_at = $6, version = $8`,
    [row.societyId, row.terrain, row.island, row.source, row.setBy, row.setAt, row.scope, row.version],
  );
}
export async function areasSeen(tx: Tx, keys: string[]): Promise<AreaRow[]> {
  return tx.query<AreaRow>(`select ${AREA} from travel_area where scope && $1 order by society_id limit 2000`, [keys]);
}

/** What roads and crossings are like at a moment, everywhere. */
export async function readConditions(tx: Tx, at: Date): Promise<Conditions> {
  const crossings = await crossingsInForce(tx, null);
  const areas = await tx.query<Area>(
    `select s.path, a.terrain, a.island from travel_area a join society s on s.id = a.society_id order by s.path`,
  );
  const weather = await tx.query<WeatherInForce>(
    `select s.path, w.kind, w.set_at as "setAt" from road_weather w join society s on s.id = w.society_id
     where w.lifted_at is null and w.from_at <= $1 and (w.until_at is null or w.until_at > $1) order by w.set_at desc, w.id`,
    [at],
  );
  return {
    areas,
    weather,
    crossings: crossings.map(({ suspendedFrom, suspendedUntil, suspendedReason, ...row }) => {
      const isOver = suspendedFrom === null || (suspendedUntil !== null && suspendedUntil <= at);
      if (isOver) return { ...row, suspended: null, closes: null };
      const [from, until, reason] = [suspendedFrom, suspendedUntil, suspendedReason!];
      return from <= at ? { ...row, suspended: { reason }, closes: null } : { ...row, suspended: null, closes: { from, until, reason } };
    }),
  };
} // prettier-ignore
