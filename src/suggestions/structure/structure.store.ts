import type { Tx } from '../../database/index.js';
import type { AdviceDetailDto, AdviceDto, AdviceResult, ScenarioDto } from './structure.dto.js';

export interface ScenarioRow extends Omit<ScenarioDto, 'changedAt'> {
  changedAt: Date;
  scope: string[];
}
const SCENARIO = `id, society_id as "societyId", name, kind, month, per_year as "perYear", source, counties, water_only as "waterOnly",
  switched_on as "switchedOn", changed_by as "changedBy", changed_at as "changedAt", scope, version`;

export const toScenarioDto = ({ scope: _, changedAt, ...row }: ScenarioRow): ScenarioDto => ({
  ...row,
  changedAt: changedAt.toISOString(),
});

export async function insertScenario(tx: Tx, row: ScenarioRow): Promise<boolean> {
  const made = await tx.query(
    `insert into structure_scenario (id, society_id, name, kind, month, per_year, source, counties, water_only, switched_on, changed_by,
       changed_at, scope, version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) on conflict (id) do nothing returning 1`,
    [
      row.id, row.societyId, row.name, row.kind, row.month, row.perYear, row.source, JSON.stringify(row.counties), row.waterOnly,
      row.switchedOn, row.changedBy, row.changedAt, row.scope, row.version,
    ], // prettier-ignore
  );
  return made.length > 0;
}

export async function saveScenario(tx: Tx, row: ScenarioRow): Promise<void> {
  await tx.query(
    `update structure_scenario set name = $2, kind = $3, month = $4, per_year = $5, source = $6, counties = $7, water_only = $8,
       switched_on = $9, changed_by = $10, changed_at = $11, version = $12 where id = $1`,
    [
      row.id, row.name, row.kind, row.month, row.perYear, row.source, JSON.stringify(row.counties), row.waterOnly, row.switchedOn,
      row.changedBy, row.changedAt, row.version,
    ], // prettier-ignore
  );
}

export async function lockScenario(tx: Tx, id: string): Promise<ScenarioRow | undefined> {
  return (await tx.query<ScenarioRow>(`select ${SCENARIO} from structure_scenario where id = $1 for update`, [id]))[0];
}

/** Scenarios of a society and of those above it, the most frequent first. */
export async function scenariosFor(tx: Tx, path: string): Promise<ScenarioRow[]> {
  return tx.query<ScenarioRow>(
    `select ${SCENARIO} from structure_scenario where society_id in (select id from society where starts_with($1, path))
     order by per_year desc, id`,
    [path],
  );
}

/** The society's own, counted under its lock: two that add at once are counted one after the other. */
export async function countScenarios(tx: Tx, societyId: string): Promise<number> {
  await tx.query(`select 1 from society where id = $1 for no key update`, [societyId]);
  const sql = `select count(*)::int as n from structure_scenario where society_id = $1`;
  return (await tx.query<{ n: number }>(sql, [societyId]))[0]!.n;
}

export interface AdviceRow extends Omit<AdviceDto, 'statusSince' | 'requestedAt' | 'solvedAt' | 'moves'> {
  statusSince: Date;
  requestedAt: Date;
  solvedAt: Date | null;
  attempts: number;
  result: AdviceResult | null;
  scope: string[];
}
const ADVICE = `id, society_id as "societyId", status, status_since as "statusSince", ask, requested_by as "requestedBy",
  requested_at as "requestedAt", attempts, solved_at as "solvedAt", failure, result, taken, scope, version`;

export function toAdviceDto(row: AdviceRow): AdviceDto {
  const { id, societyId, status, ask, requestedBy, failure, taken, version } = row;
  return {
    id, societyId, status, statusSince: row.statusSince.toISOString(), ask, requestedBy, requestedAt: row.requestedAt.toISOString(),
    solvedAt: row.solvedAt?.toISOString() ?? null, failure, moves: row.result?.moves.length ?? 0, taken, version,
  }; // prettier-ignore
}
export const toAdviceDetailDto = (row: AdviceRow): AdviceDetailDto => ({ ...toAdviceDto(row), result: row.result });

/** False when the society has a question at work, or the id is taken. */
export async function insertAdvice(tx: Tx, row: AdviceRow): Promise<boolean> {
  const made = await tx.query(
    `insert into structure_advice (id, society_id, status, status_since, ask, requested_by, requested_at, scope, version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing returning 1`,
    [
      row.id, row.societyId, row.status, row.statusSince, JSON.stringify(row.ask), row.requestedBy, row.requestedAt, row.scope, row.version,
    ], // prettier-ignore
  );
  return made.length > 0;
}

export async function saveAdvice(tx: Tx, row: AdviceRow): Promise<void> {
  await tx.query(
    `update structure_advice set status = $2, status_since = $3, attempts = $4, solved_at = $5, failure = $6, result = $7, taken = $8,
       scope = $9, version = $10 where id = $1`,
    [
      row.id, row.status, row.statusSince, row.attempts, row.solvedAt, row.failure, row.result && JSON.stringify(row.result),
      JSON.stringify(row.taken), row.scope, row.version,
    ], // prettier-ignore
  );
}

export async function lockAdvice(tx: Tx, id: string): Promise<AdviceRow | undefined> {
  return (await tx.query<AdviceRow>(`select ${ADVICE} from structure_advice where id = $1 for update`, [id]))[0];
}

export async function findAdvice(tx: Tx, id: string): Promise<AdviceRow | undefined> {
  return (await tx.query<AdviceRow>(`select ${ADVICE} from structure_advice where id = $1`, [id]))[0];
}

/** Those that one of the keys may see, newest first, after a (requested at, id) pair. */
export async function advicesBefore(
  tx: Tx,
  page: {
    keys: string[];
    societyId: string | null;
    ready: boolean | null;
    after: (string | number)[] | null;
    limit: number;
  },
): Promise<AdviceRow[]> {
  return tx.query<AdviceRow>(
    `select ${ADVICE} from structure_advice
     where scope && $1 and ($2::uuid is null or society_id = $2) and ($3::boolean is null or (status = 'ready') = $3)
       and ($4::timestamptz is null or (requested_at, id) < ($4::timestamptz, $5::uuid))
     order by requested_at desc, id desc limit $6`,
    [page.keys, page.societyId, page.ready, page.after?.[0] ?? null, page.after?.[1] ?? null, page.limit],
  );
}

/** Questions at work that nothing has moved since `before`, oldest first. */
export async function stuckAdvice(tx: Tx, before: Date): Promise<Pick<AdviceRow, 'id' | 'status' | 'version'>[]> {
  return tx.query(
    `select id, status, version from structure_advice where status in ('queued','solving') and status_since <= $1 order by requested_at, id`,
    [before],
  );
}

/** Packages of items: the largest of each. */
export async function largestPacks(tx: Tx, itemIds: string[]): Promise<{ itemId: string; units: number }[]> {
  return tx.query(
    `select item_id as "itemId", max(units)::int as units from item_pack where item_id = any($1) group by item_id order by item_id`,
    [itemIds],
  );
}

/** Packages of items that are not opened on the way: the smallest of each. */
export async function smallestPacks(tx: Tx, itemIds: string[]): Promise<{ itemId: string; units: number }[]> {
  return tx.query(
    `select item_id as "itemId", min(units)::int as units from item_pack where item_id = any($1) group by item_id order by item_id`,
    [itemIds],
  );
}
