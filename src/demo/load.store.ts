import { resourceKeys, teamKey, warehouseKey } from '../access/index.js';
import type { Tx } from '../database/index.js';
import { DEMO_DESK, type DemoData } from '../database/seeds/demo/index.js';
import { idFrom } from '../shared/ids.js';

type Row = Record<string, unknown>;
const CHUNK = 2000;

/** Rows into a table in few statements; keys are column names. */
async function insertRows(tx: Tx, table: string, rows: Row[]): Promise<void> {
  if (rows.length === 0) return;
  const columns = Object.keys(rows[0]!).join(', ');
  for (let at = 0; at < rows.length; at += CHUNK) {
    const chunk = JSON.stringify(rows.slice(at, at + CHUNK));
    await tx.query(
      `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
      [chunk],
    );
  }
}

/** Two processes that start at once load one demo: the second waits here for the first, as long as that takes on a slow machine. */
export async function demoLoadedOnce(tx: Tx): Promise<void> {
  await tx.query(`select set_config('lock_timeout', '0', true), set_config('statement_timeout', '0', true)`);
  await tx.query(`select pg_advisory_xact_lock(20260723)`);
}

export async function isEmpty(tx: Tx): Promise<boolean> {
  return (await tx.query(`select 1 from society limit 1`)).length === 0;
}

/** The provincial duty desk of the demonstration has an id of its own, which no other account can have. */
export async function hasDemo(tx: Tx): Promise<boolean> {
  return (await tx.query(`select 1 from app_user where id = $1`, [DEMO_DESK])).length > 0;
}

/** Everything of the demonstration but its incidents, which are reported through the ordinary command afterwards. */
export async function loadDemo(
  tx: Tx,
  data: DemoData,
  options: { passwordHash: string; now: Date; stockedAt?: Date },
): Promise<void> {
  const paths = societyPaths(data);
  await insertRows(tx, 'society', data.societies.map((row) => ({
    id: row.id, adcode: row.adcode, name: row.name, short_name: row.shortName, level: row.level, parent_id: row.parentId,
    path: paths.get(row.id), lon: row.lon, lat: row.lat, population: row.population, version: 1,
  }))); // prettier-ignore
  await insertRows(tx, 'app_user', data.users.map((row) => ({
    id: row.id, account: row.account, name: row.name, phone: row.phone, society_id: row.societyId, password_hash: options.passwordHash,
    locale: 'zh-CN', failures: 0, version: 1,
  }))); // prettier-ignore
  await insertRows(tx, 'role_grant', data.grants.map((row, n) => ({
    id: idFrom('grant', String(n), row.userId), user_id: row.userId, role: row.role, society_id: row.societyId, team_id: row.teamId,
    warehouse_id: row.warehouseId, granted_at: options.now,
  }))); // prettier-ignore
  await loadTeams(tx, data, paths, options.now);
  await loadStock(tx, data, paths, options.stockedAt ?? options.now);
  await loadPlans(tx, data, paths, options.now);
  await insertRows(tx, 'structure_scenario', data.scenarios.map((row) => ({
    id: row.id, society_id: row.societyId, name: row.name, kind: row.kind, month: row.month, per_year: row.perYear, source: row.source,
    counties: row.counties, water_only: row.waterOnly, switched_on: true, changed_by: 'demo', changed_at: options.now,
    scope: resourceKeys(paths.get(row.societyId)!), version: 1,
  }))); // prettier-ignore
  await loadTravel(tx, data, paths, options.now);
}

/** Ferries and bridges, the islands that they lead to, and where the ground is known. */
async function loadTravel(tx: Tx, data: DemoData, paths: Map<string, string>, now: Date): Promise<void> {
  const said = (societyId: string) => ({
    set_by: 'demo',
    set_at: now,
    scope: resourceKeys(paths.get(societyId)!),
    version: 1,
  });
  await insertRows(tx, 'crossing', data.crossings.map((row) => ({
    id: row.id, society_id: row.societyId, kind: row.kind, name: row.name, from_name: row.from.name, from_lon: row.from.lon,
    from_lat: row.from.lat, from_island: row.from.island, to_name: row.to.name, to_lon: row.to.lon, to_lat: row.to.lat,
    to_island: row.to.island, crossing_min: row.crossingMin, headway_min: row.headwayMin, first_min: row.firstMin, last_min: row.lastMin,
    carries_vehicles: row.carriesVehicles, max_vehicle_t: row.maxVehicleT, source: row.source, ...said(row.societyId),
  }))); // prettier-ignore
  await insertRows(tx, 'travel_area', data.travelAreas.map((row) => ({
    society_id: row.societyId, terrain: row.terrain, island: row.island, source: row.source, ...said(row.societyId),
  }))); // prettier-ignore
}

/** '/330000/331000/331082/' of every society, by id. */
function societyPaths(data: DemoData): Map<string, string> {
  const byId = new Map(data.societies.map((row) => [row.id, row]));
  const pathOf = (id: string): string => {
    const row = byId.get(id)!;
    return `${row.parentId ? pathOf(row.parentId) : '/'}${row.adcode}/`;
  };
  return new Map(data.societies.map((row) => [row.id, pathOf(row.id)]));
}

async function loadTeams(tx: Tx, data: DemoData, paths: Map<string, string>, now: Date): Promise<void> {
  const scopes = new Map(
    data.teams.map((row) => [row.id, [...resourceKeys(paths.get(row.societyId)!), teamKey(row.id)]]),
  );
  await insertRows(tx, 'team', data.teams.map((row) => ({
    id: row.id, code: row.code, name: row.name, name_en: row.nameEn, speciality: row.speciality, society_id: row.societyId, grade: row.grade,
    departure_target_min: row.departureTargetMin, lon: row.lon, lat: row.lat, scope: scopes.get(row.id), version: 1,
  }))); // prettier-ignore
  await insertRows(tx, 'team_unit', data.units.map((row) => ({
    id: row.id, team_id: row.teamId, code: row.code, name: row.name, capabilities: row.capabilities, headcount: row.headcount,
    stand_by: row.state === 'stand-by', base_lon: row.lon, base_lat: row.lat, lon: row.lon, lat: row.lat, state_since: now,
    scope: scopes.get(row.teamId), version: 1,
  }))); // prettier-ignore
  await insertRows(tx, 'team_member', data.members.map((row) => ({
    id: row.id, team_id: row.teamId, unit_id: row.unitId, user_id: row.userId, name: row.name, phone: row.phone, position: row.position,
    insured_until: row.insuredUntil, version: 1,
  }))); // prettier-ignore
  await insertRows(tx, 'credential', data.credentials.map((row) => ({
    id: row.id, member_id: row.memberId, kind: row.kind, number: row.number, valid_until: row.validUntil,
  }))); // prettier-ignore
  await insertRows(tx, 'team_equipment', data.equipment.map((row) => ({
    id: row.id, team_id: row.teamId, unit_id: row.unitId, kind: row.kind, name: row.name, quantity: row.quantity,
    inspection_due_on: row.inspectionDueOn, status: row.status, version: 1,
  }))); // prettier-ignore
}

interface Template {
  id: string;
  triggers: unknown[];
  adds: Record<'I' | 'II' | 'III' | 'IV', unknown[]>;
}
/** Plans in force, with the lines of the templates that they were made from. Those that others inherit come first. */
async function loadPlans(tx: Tx, data: DemoData, paths: Map<string, string>, now: Date): Promise<void> {
  const templates = await tx.query<Template>(`select id, triggers, adds from plan_version where state = 'template'`);
  const byId = new Map(templates.map((template) => [template.id, template]));
  const template = (code: string | null) => (code === null ? undefined : byId.get(idFrom('plan-template', code)));
  await insertRows(tx, 'plan_version', data.plans.map((row) => {
    const lines = template(row.addsOf)?.adds;
    const of = (level: 'I' | 'II' | 'III' | 'IV') => [...(lines?.[level] ?? []), ...row.adds[level]];
    return {
      id: row.id, plan_id: row.id, number: 1, society_id: row.societyId, hazard: row.hazard, state: 'in-force', title: row.title,
      title_en: row.titleEn, source: row.source, note: row.note, review_on: row.reviewOn, inherits_id: row.inheritsId,
      triggers: [...(template(row.triggersOf)?.triggers ?? []), ...row.triggers],
      adds: { I: of('I'), II: of('II'), III: of('III'), IV: of('IV') }, drafted_by: 'demo', drafted_at: now, released_by: 'demo',
      in_force_at: now, scope: resourceKeys(paths.get(row.societyId)!), version: 1,
    };
  })); // prettier-ignore
}

async function loadStock(tx: Tx, data: DemoData, paths: Map<string, string>, now: Date): Promise<void> {
  await insertRows(tx, 'warehouse', data.warehouses.map((row) => ({
    id: row.id, code: row.code, name: row.name, tier: row.tier, society_id: row.societyId, adcode: row.adcode, lon: row.lon, lat: row.lat,
    area_m2: row.areaM2, mode: row.mode, daily_capacity_units: row.dailyCapacityUnits, keeper_name: row.keeperName,
    keeper_phone: row.keeperPhone, scope: [...resourceKeys(paths.get(row.societyId)!), warehouseKey(row.id)], version: 1,
  }))); // prettier-ignore
  await insertRows(tx, 'item', data.items.map((row) => ({
    id: row.id, code: row.code, name: row.name, name_en: row.nameEn, gb_class: row.gbClass, unit: row.unit, weight_g: row.weightG,
    volume_cm3: row.volumeCm3, shelf_months: row.shelfMonths, price_fen: row.priceFen, season_months: row.seasonMonths,
    minimum_use_days: row.minimumUseDays, version: 1,
  }))); // prettier-ignore
  await insertRows(tx, 'lot', data.lots.map((row) => ({
    id: row.id, item_id: row.itemId, code: row.code, expires_on: row.expiresOn, received_on: row.receivedOn, source: row.source,
    state: row.state, version: 1,
  }))); // prettier-ignore
  const openingPlace = (warehouseId: string) => idFrom('place', 'opening', warehouseId);
  await insertRows(tx, 'stock_place', [
    ...data.bins.map((row) => ({ id: row.id, kind: 'bin', warehouse_id: row.warehouseId, code: row.code })),
    ...data.warehouses.map((row) => ({
      id: openingPlace(row.id),
      kind: 'opening',
      warehouse_id: row.id,
      code: 'opening',
    })),
  ]);
  await insertRows(tx, 'stock_fund', data.funds.map((row) => ({
    code: row.code, name: row.name, kind: row.kind, society_id: row.societyId, intent_incident_kind: row.incidentKind, version: 1,
  }))); // prettier-ignore
  await loadLevels(tx, data);
  await loadOpenings(tx, data, openingPlace, now);
}

/** A level for every warehouse and item that meet: with the limits of its policy, or without where there is stock but no policy. */
async function loadLevels(tx: Tx, data: DemoData): Promise<void> {
  const levels = new Map<string, Row>();
  for (const { warehouseId, itemId } of data.openings) {
    const id = idFrom('level', warehouseId, itemId);
    const none = { minimum_units: 0, target_units: 0, maximum_units: 0 };
    levels.set(id, { id, warehouse_id: warehouseId, item_id: itemId, ...none, version: 1 });
  }
  for (const { warehouseId, itemId, minimumUnits, targetUnits, maximumUnits } of data.policies) {
    const id = idFrom('level', warehouseId, itemId);
    const limits = { minimum_units: minimumUnits, target_units: targetUnits, maximum_units: maximumUnits };
    levels.set(id, { id, warehouse_id: warehouseId, item_id: itemId, ...limits, version: 1 });
  }
  await insertRows(tx, 'stock_level', [...levels.values()]);
}

/** The stock at the start, as movements out of the opening account: the ledger is closed from its first line (S3). */
async function loadOpenings(
  tx: Tx,
  data: DemoData,
  openingPlace: (warehouseId: string) => string,
  now: Date,
): Promise<void> {
  const cells = new Map<string, Row & { on_hand: number }>();
  const cellOf = (
    opening: DemoData['openings'][number],
    placeId: string,
    kind: 'bin' | 'opening',
    units: number,
  ): string => {
    const id = idFrom('cell', opening.lotId, placeId, opening.condition, opening.ownerSocietyId, opening.fund ?? '');
    const cell = cells.get(id) ?? {
      id, level_id: idFrom('level', opening.warehouseId, opening.itemId), item_id: opening.itemId, lot_id: opening.lotId,
      place_id: placeId, kind, warehouse_id: opening.warehouseId,
      condition: opening.condition, owner_society_id: opening.ownerSocietyId, fund: opening.fund, on_hand: 0, reserved: 0,
    }; // prettier-ignore
    cell.on_hand += units;
    cells.set(id, cell);
    return id;
  };
  const lines = new Map<string, number>();
  const movements = data.openings.map((opening) => {
    const line = (lines.get(opening.warehouseId) ?? 0) + 1;
    lines.set(opening.warehouseId, line);
    const cause = idFrom('opening', opening.warehouseId);
    return {
      id: idFrom('movement', cause, String(line)), cause_id: cause, line, item_id: opening.itemId, lot_id: opening.lotId,
      warehouse_id: opening.warehouseId, to_warehouse_id: opening.warehouseId,
      from_cell_id: cellOf(opening, openingPlace(opening.warehouseId), 'opening', -opening.units),
      to_cell_id: cellOf(opening, opening.binId, 'bin', opening.units), units: opening.units, reason: 'opening', document: 'opening',
      occurred_at: now, recorded_at: now, received_at: now,
    }; // prettier-ignore
  });
  await insertRows(tx, 'stock_cell', [...cells.values()]);
  await insertRows(tx, 'stock_movement', movements);
}
