import type { Tx } from '../database/index.js';
import type { Ask, Facts } from './facts.rules.js';
import { OPEN_STATUSES, type SuggestionStatus } from './suggestion.rules.js';
import type { SuggestionDto } from './suggestions.dto.js';

export interface SuggestionRow {
  id: string;
  incidentId: string;
  societyId: string;
  status: SuggestionStatus;
  statusSince: Date;
  trigger: string;
  requestedBy: string | null;
  incidentVersion: number;
  ask: Ask;
  attempts: number;
  inputHash: string | null;
  lines: SuggestionDto['lines'];
  unmet: SuggestionDto['unmet'];
  excluded: SuggestionDto['excluded'];
  excludedMore: number;
  stages: SuggestionDto['stages'];
  bound: number | null;
  gap: number | null;
  solver: string | null;
  planStatus: SuggestionDto['planStatus'];
  fallback: SuggestionDto['fallback'];
  failure: string | null;
  requestedAt: Date;
  solvedAt: Date | null;
  decidedAt: Date | null;
  decidedBy: string | null;
  decisionReason: string | null;
  missionId: string | null;
  insight: SuggestionDto['insight'];
  travel: SuggestionDto['travel'];
  ways: SuggestionDto['ways'];
  reserved: SuggestionDto['reserved'];
  progress: SuggestionDto['progress'];
  scope: string[];
  version: number;
}

const SUGGESTION = `id, incident_id as "incidentId", society_id as "societyId", status, status_since as "statusSince", trigger,
  requested_by as "requestedBy", incident_version as "incidentVersion", ask, attempts, input_hash as "inputHash", lines, unmet, excluded,
  excluded_more as "excludedMore", stages, bound, gap, solver, plan_status as "planStatus", fallback, failure, requested_at as "requestedAt", solved_at as "solvedAt",
  decided_at as "decidedAt", decided_by as "decidedBy", decision_reason as "decisionReason", mission_id as "missionId", insight, travel,
  reserved, progress, ways, scope, version`;

export function toSuggestionDto(row: SuggestionRow): SuggestionDto {
  const { statusSince: _since, attempts: _attempts, scope: _scope, requestedAt, solvedAt, decidedAt, ...rest } = row;
  return {
    ...rest,
    requestedAt: requestedAt.toISOString(),
    solvedAt: solvedAt?.toISOString() ?? null,
    decidedAt: decidedAt?.toISOString() ?? null,
  };
}

export async function insertSuggestion(tx: Tx, row: SuggestionRow): Promise<void> {
  await tx.query(
    `insert into suggestion (id, incident_id, society_id, status, status_since, trigger, requested_by, incident_version, ask, requested_at, scope, version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      row.id, row.incidentId, row.societyId, row.status, row.statusSince, row.trigger, row.requestedBy, row.incidentVersion,
      JSON.stringify(row.ask), row.requestedAt, row.scope, row.version,
    ], // prettier-ignore
  );
}

/** The whole row but what never changes after the ask. */
export async function saveSuggestion(tx: Tx, row: SuggestionRow): Promise<void> {
  await tx.query(
    `update suggestion set status = $2, status_since = $3, attempts = $4, incident_version = $5, input_hash = $6, lines = $7, unmet = $8,
       excluded = $9, stages = $10, bound = $11, gap = $12, solver = $13, plan_status = $14, fallback = $15, failure = $16, solved_at = $17,
       decided_at = $18, decided_by = $19, decision_reason = $20, mission_id = $21, scope = $22, version = $23, excluded_more = $24,
       insight = $25, travel = $26, reserved = $27, progress = $28, ways = $29
     where id = $1`,
    [
      row.id, row.status, row.statusSince, row.attempts, row.incidentVersion, row.inputHash, JSON.stringify(row.lines),
      JSON.stringify(row.unmet), JSON.stringify(row.excluded), JSON.stringify(row.stages), row.bound, row.gap, row.solver, row.planStatus,
      row.fallback && JSON.stringify(row.fallback), row.failure, row.solvedAt, row.decidedAt, row.decidedBy, row.decisionReason,
      row.missionId, row.scope, row.version, row.excludedMore, row.insight && JSON.stringify(row.insight), row.travel && JSON.stringify(row.travel),
      JSON.stringify(row.reserved), row.progress && JSON.stringify(row.progress), JSON.stringify(row.ways),
    ], // prettier-ignore
  );
}

/** The facts that the plan was made from, so that it can be made again; not part of what consoles see. */
export async function keepInput(tx: Tx, id: string, facts: Facts): Promise<void> {
  await tx.query(`update suggestion set input = $2 where id = $1`, [id, JSON.stringify(facts)]);
}

/** Facts behind plans that nobody acted on are dropped after a while; their hash and their lines stay. */
export async function dropOldInputs(tx: Tx, before: Date): Promise<void> {
  await tx.query(
    `update suggestion set input = null where status in ('superseded', 'failed') and status_since < $1 and input is not null`,
    [before],
  );
}

export async function lockSuggestion(tx: Tx, id: string): Promise<SuggestionRow | undefined> {
  return (await tx.query<SuggestionRow>(`select ${SUGGESTION} from suggestion where id = $1 for update`, [id]))[0];
}

export async function findSuggestion(tx: Tx, id: string): Promise<SuggestionRow | undefined> {
  return (await tx.query<SuggestionRow>(`select ${SUGGESTION} from suggestion where id = $1`, [id]))[0];
}

/** Queued, solving and proposed ones of an incident, by id. */
export async function lockOpenSuggestions(tx: Tx, incidentId: string): Promise<SuggestionRow[]> {
  return tx.query<SuggestionRow>(
    `select ${SUGGESTION} from suggestion where incident_id = $1 and status = any($2) order by id for update`,
    [incidentId, OPEN_STATUSES],
  );
}

/** The newest suggestion that each society has for an incident. */
export async function newestBySociety(tx: Tx, incidentId: string): Promise<SuggestionRow[]> {
  return tx.query<SuggestionRow>(
    `select distinct on (society_id) ${SUGGESTION} from suggestion where incident_id = $1 order by society_id, requested_at desc, id desc`,
    [incidentId],
  );
}

/** Those that nothing has moved since `before`, oldest first: the queue lost them, or the process that solved them died. */
export async function stuckSuggestions(
  tx: Tx,
  before: Date,
): Promise<Pick<SuggestionRow, 'id' | 'status' | 'version'>[]> {
  return tx.query(
    `select id, status, version from suggestion where status in ('queued', 'solving') and status_since <= $1 order by requested_at, id`,
    [before],
  );
}

/** The incidents with something open, and for which society it is. */
export async function openPlanningSocieties(tx: Tx): Promise<Pick<SuggestionRow, 'incidentId' | 'societyId'>[]> {
  return tx.query(
    `select distinct incident_id as "incidentId", society_id as "societyId" from suggestion where status = any($1)`,
    [OPEN_STATUSES],
  );
}

/** Suggestions of one incident that share a key with the reader, newest first, after a (requested at, id) pair. */
export async function suggestionsOf(
  tx: Tx,
  incidentId: string,
  { keys, after, limit }: { keys: string[]; after: (string | number)[] | null; limit: number },
): Promise<SuggestionRow[]> {
  return tx.query<SuggestionRow>(
    `select ${SUGGESTION} from suggestion
     where incident_id = $1 and scope && $2 and ($3::timestamptz is null or (requested_at, id) < ($3::timestamptz, $4::uuid))
     order by requested_at desc, id desc limit $5`,
    [incidentId, keys, after?.[0] ?? null, after?.[1] ?? null, limit],
  );
}

/** What consoles show: everything that still waits for a solver or for a person (scope && keys). */
export async function openSuggestionRows(tx: Tx, keys: string[]): Promise<SuggestionDto[]> {
  const rows = await tx.query<SuggestionRow>(
    `select ${SUGGESTION} from suggestion where status = any($1) and scope && $2 order by requested_at, id`,
    [OPEN_STATUSES, keys],
  );
  return rows.map(toSuggestionDto);
}
