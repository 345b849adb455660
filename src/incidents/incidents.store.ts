import { type SnapshotTx, type Tx, violatedConstraint } from '../database/index.js';
import { ensure, notFound } from '../shared/problem.js';
import type { Incident, IncidentRow } from './incident.entity.js';
import type { IncidentsQuery, IncidentStatus, NeedsDto } from './incidents.dto.js';
import { inOrder } from './needs.rules.js';

const SHOWN = `i.id, i.number, i.kind, i.severity, i.status, i.title, i.what_happened as "whatHappened", i.lon, i.lat,
  i.raw_location as "rawLocation", i.place_text as "placeText", i.society_id as "societyId", i.lead_society_id as "leadSocietyId", i.reporter, i.people_affected as "peopleAffected", i.exercise, i.commander,
  i.figures, i.figures_as_of as "figuresAsOf", i.merged_into_id as "mergedIntoId", i.absorbed_ids as "absorbedIds",
  i.status_reason as "statusReason", i.occurred_at as "occurredAt", i.reported_at as "reportedAt", i.verified_at as "verifiedAt",
  i.responding_at as "respondingAt", i.on_scene_at as "onSceneAt", i.stabilised_at as "stabilisedAt",
  i.demobilising_at as "demobilisingAt", i.closed_at as "closedAt", i.status_since as "statusSince", i.version, r.reporting,
  (select coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'speciality', n.speciality, 'headcount', n.headcount, 'itemId', n.item_id,
     'units', n.units, 'priority', n.priority, 'neededBy', n.needed_by) order by n.id), '[]') from incident_need n where n.incident_id = i.id) as needs`;
const INCIDENT = `${SHOWN}, s.path as "societyPath", l.path as "leadPath", i.shared_keys as "sharedKeys", i.scope, i.whole_scope as "wholeScope"`;
const REPORTING = `cross join lateral (select jsonb_build_object('anyAt', min(received_at), 'writtenAt', min(received_at) filter (where channel = 'written'),
    'lastAt', max(received_at)) as reporting from situation_report where incident_id = i.id) r`;
const FROM = `from incident i join society s on s.id = i.society_id join society l on l.id = i.lead_society_id ${REPORTING}`;
const OPEN = `i.status not in ('closed','dismissed','merged')`;

interface NeedRow {
  id: string;
  speciality: NeedsDto['capabilities'][number]['speciality'] | null;
  headcount: number;
  itemId: string | null;
  units: number;
  priority: 1 | 2 | 3;
  neededBy: string | null;
}
type Stored<Shown extends IncidentRow> = Omit<Shown, 'needs'> & { needs: NeedRow[] };
type Row = Stored<Incident>;

const utc = (at: string | null): string | null => at && new Date(at).toISOString();

/** Needs and report times as the rules have them; the rest of the row is what it is. */
function partsOf(row: Stored<IncidentRow>): Pick<IncidentRow, 'needs' | 'reporting'> {
  const needs: NeedsDto = { capabilities: [], items: [] };
  for (const { id, speciality, headcount, itemId, units, priority, neededBy } of row.needs) {
    const common = { id, priority, neededBy: neededBy && new Date(neededBy).toISOString() };
    if (speciality) needs.capabilities.push({ ...common, speciality, headcount });
    else needs.items.push({ ...common, itemId: itemId!, units });
  }
  const { anyAt, writtenAt, lastAt } = row.reporting;
  const reporting = { anyAt: utc(anyAt), writtenAt: utc(writtenAt), lastAt: utc(lastAt) };
  return { reporting, needs: inOrder(needs) };
}

const toIncident = (row: Row): Incident => ({ ...row, ...partsOf(row) });

export async function findIncident(tx: Tx, id: string): Promise<Incident | undefined> {
  const rows = await tx.query<Row>(`select ${INCIDENT} ${FROM} where i.id = $1`, [id]);
  return rows[0] && toIncident(rows[0]);
}

/** Locks first and reads after: what waited for the lock must see the needs that the holder wrote. */
export async function lockIncidentRow(tx: Tx, id: string): Promise<Incident | undefined> {
  const held = await tx.query(`select 1 from incident where id = $1 for update`, [id]);
  return held.length === 0 ? undefined : findIncident(tx, id);
}

export async function insertIncident(tx: Tx, incident: Incident): Promise<void> {
  await tx.query(
    `insert into incident (id, number, kind, severity, status, title, what_happened, lon, lat, raw_location, place_text, society_id,
       lead_society_id, reporter, people_affected, exercise, occurred_at, reported_at, status_since, scope, whole_scope, version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)`,
    [
      incident.id, incident.number, incident.kind, incident.severity, incident.status, incident.title, incident.whatHappened,
      incident.lon, incident.lat, JSON.stringify(incident.rawLocation), incident.placeText, incident.societyId, incident.leadSocietyId,
      JSON.stringify(incident.reporter), incident.peopleAffected, incident.exercise, incident.occurredAt, incident.reportedAt,
      incident.statusSince, incident.scope, incident.wholeScope, incident.version,
    ], // prettier-ignore
  );
}

/** Writes what may change in an incident's life, over exactly the version before. */
export async function saveIncident(tx: Tx, incident: Incident): Promise<void> {
  const saved = await tx.query(
    `update incident set status = $3, status_reason = $4, status_since = $5, verified_at = $6, responding_at = $7, on_scene_at = $8,
       stabilised_at = $9, demobilising_at = $10, closed_at = $11, lead_society_id = $12, commander = $13, figures = $14,
       figures_as_of = $15, merged_into_id = $16, absorbed_ids = $17, shared_keys = $18, scope = $19, whole_scope = $20, version = $2
     where id = $1 and version = $2 - 1 returning id`,
    [
      incident.id, incident.version, incident.status, incident.statusReason, incident.statusSince, incident.verifiedAt,
      incident.respondingAt, incident.onSceneAt, incident.stabilisedAt, incident.demobilisingAt, incident.closedAt,
      incident.leadSocietyId, incident.commander, JSON.stringify(incident.figures), incident.figuresAsOf, incident.mergedIntoId,
      incident.absorbedIds, incident.sharedKeys, incident.scope, incident.wholeScope,
    ], // prettier-ignore
  );
  ensure(saved.length === 1, 'I3 an incident is saved under its lock, one version on');
}

/** The needs of an incident become exactly these. 404 `item.not-found` for an item that the catalogue does not have. */
export async function saveNeeds(tx: Tx, incidentId: string, needs: NeedsDto): Promise<void> {
  const rows = [
    ...needs.capabilities.map(({ id, speciality, headcount, priority, neededBy }) => ({
      id, incident_id: incidentId, speciality, headcount, priority, needed_by: neededBy,
    })), // prettier-ignore
    ...needs.items.map(({ id, itemId, units, priority, neededBy }) => ({
      id, incident_id: incidentId, item_id: itemId, units, priority, needed_by: neededBy,
    })), // prettier-ignore
  ];
  const ids = rows.map((row) => row.id);
  await tx.query(`delete from incident_need where incident_id = $1 and not id = any($2)`, [incidentId, ids]);
  try {
    await tx.query(
      `insert into incident_need select * from jsonb_populate_recordset(null::incident_need, $1::jsonb)
       on conflict (id) do update
       set headcount = excluded.headcount, units = excluded.units, priority = excluded.priority, needed_by = excluded.needed_by`,
      [JSON.stringify(rows)],
    );
  } catch (error) {
    if (violatedConstraint(error) !== 'incident_need_item') throw error;
    const { detail = '' } = (error as { driverError: { detail?: string } }).driverError;
    throw notFound('item', /[0-9a-f-]{36}/.exec(detail)?.[0] ?? '');
  }
}

export interface IncidentFilter extends Omit<IncidentsQuery, 'status' | 'societyId' | 'bbox' | 'near' | 'cursor'> {
  keys: string[];
  statuses: IncidentStatus[] | null;
  societyPath: string | null;
  box: number[] | null;
  centre: { lon: number; lat: number } | null;
  after: { reportedMs: number; id: string } | null;
}

/** Visible incidents, newest report first, one more than the page holds. */
export async function listIncidents(tx: Tx, filter: IncidentFilter): Promise<Incident[]> {
  const { keys, statuses, kind, societyPath, exercise, box, centre, withinM, after, limit } = filter;
  const [west, south, east, north] = box ?? [];
  const rows = await tx.query<Row>(
    `select ${INCIDENT} ${FROM}
     where i.scope && $1
       and ($2::text[] is null or i.status = any($2))
       and ($3::text is null or i.kind = $3)
       and ($4::text is null or s.path like $4 || '%')
       and ($5::boolean is null or i.exercise = $5)
       and ($6::float8 is null or (i.lon between $6 and $7 and i.lat between $8 and $9))
       and ($10::float8 is null or st_dwithin(i.location, st_setsrid(st_makepoint($10, $11), 4326)::geography, $12))
       and ($13::float8 is null or (i.reported_at, i.id) < (to_timestamp($13 / 1000.0), $14::uuid))
     order by i.reported_at desc, i.id desc limit $15`,
    [
      keys, statuses, kind ?? null, societyPath, exercise ?? null, west ?? null, east ?? null, south ?? null, north ?? null,
      centre?.lon ?? null, centre?.lat ?? null, withinM, after?.reportedMs ?? null, after?.id ?? null, limit + 1,
    ], // prettier-ignore
  );
  return rows.map(toIncident);
}

/** Incidents that have not ended, as far as the keys reach: what a console opens with. */
export async function openIncidents(tx: Tx, keys: string[]): Promise<Incident[]> {
  const rows = await tx.query<Row>(
    `select ${INCIDENT} ${FROM} where ${OPEN} and i.scope && $1 order by i.reported_at desc, i.id`,
    [keys],
  );
  return rows.map(toIncident);
}

/** The same one by one, each with nothing but what consoles show. */
export async function eachOpenIncident(
  tx: SnapshotTx,
  keys: string[],
  take: (incident: IncidentRow, seesWhole: boolean) => void,
): Promise<void> {
  await tx.each<Stored<IncidentRow> & { seesWhole: boolean }>(
    `select ${SHOWN}, i.whole_scope && $1 as "seesWhole" from incident i ${REPORTING} where ${OPEN} and i.scope && $1 order by i.reported_at desc, i.id`,
    [keys],
    (row) => take(Object.assign(row, partsOf(row)), row.seesWhole),
  );
}

export async function openIds(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select id from incident where status not in ('closed','dismissed','merged') order by id`,
  );
  return rows.map((row) => row.id);
}
