import type { Tx } from '../../database/index.js';
import type { EstimateNeeds, IncidentDto, KeptEstimate } from '../incidents.dto.js';
import type { FactorVersion } from './factor.rules.js';

/** Where a version comes from. implied: what each incident would have needed, in per cent of the rule. */
export type FactorSource =
  | { code: 'retuned'; medianPct: number; incidents: { id: string; number: string; impliedPct: number }[] }
  | { code: 'restored'; fromVersion: number };

export interface FactorRow extends FactorVersion {
  id: string;
  source: FactorSource;
  reason: string;
  setBy: string;
  setAt: Date;
  scope: string[];
}
const FACTOR = `id, society_id as "societyId", kind, rule_code as "ruleCode", version, value_pct as "valuePct", source, reason,
  set_by as "setBy", set_at as "setAt", scope`;

/** A society and those above it, the nearest first. */
export async function societiesUp(tx: Tx, path: string): Promise<string[]> {
  const sql = `select id from society where $1 like path || '%' order by length(path) desc`;
  return (await tx.query<{ id: string }>(sql, [path])).map(({ id }) => id);
}

/** Every version of the named societies, the newest first. */
export async function factorVersions(tx: Tx, societyIds: string[]): Promise<FactorRow[]> {
  const sql = `select ${FACTOR} from need_factor where society_id = any($1) order by kind, rule_code, version desc, id`;
  return tx.query<FactorRow>(sql, [societyIds]);
}

/** Writes the next version; false when that version is there already: somebody was faster. */
export async function insertFactor(tx: Tx, row: FactorRow): Promise<boolean> {
  const written = await tx.query(
    `insert into need_factor (id, society_id, kind, rule_code, version, value_pct, source, reason, set_by, set_at, scope)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (society_id, kind, rule_code, version) do nothing returning id`,
    [
      row.id, row.societyId, row.kind, row.ruleCode, row.version, row.valuePct, JSON.stringify(row.source), row.reason, row.setBy,
      row.setAt, row.scope,
    ], // prettier-ignore
  );
  return written.length > 0;
}

type EstimateRow = Omit<KeptEstimate, 'takenAt'> & { takenAt: Date };
const ESTIMATE = `id, incident_id as "incidentId", serial, sheltered, days, for_day::text as "on", household_size as "householdSize", items,
  taken_by as "takenBy", taken_at as "takenAt"`;

/** Under the incident's lock: an estimate that a desk took over, numbered in its incident. */
export async function insertEstimate(
  tx: Tx,
  row: Omit<KeptEstimate, 'serial' | 'on'> & { on: NonNullable<EstimateNeeds['on']> },
): Promise<KeptEstimate> {
  const sql = `insert into need_estimate (id, incident_id, serial, sheltered, days, for_day, household_size, items, taken_by, taken_at)
     values ($1, $2, (select coalesce(max(serial), 0) + 1 from need_estimate where incident_id = $2), $3, $4, $5, $6, $7, $8, $9)
     returning ${ESTIMATE}`;
  const { id, incidentId, sheltered, days, on, householdSize, items, takenBy, takenAt } = row;
  const values = [id, incidentId, sheltered, days, on, householdSize, JSON.stringify(items), takenBy, takenAt];
  return toKept((await tx.query<EstimateRow>(sql, values))[0]!);
}

/** The estimates that were taken over for incidents, in the order in which they were. */
export async function estimatesOf(tx: Tx, incidentIds: IncidentDto['id'][]): Promise<KeptEstimate[]> {
  const sql = `select ${ESTIMATE} from need_estimate where incident_id = any($1) order by incident_id, serial`;
  return (await tx.query<EstimateRow>(sql, [incidentIds])).map(toKept);
}

const toKept = ({ takenAt, ...row }: EstimateRow): KeptEstimate => ({ ...row, takenAt: takenAt.toISOString() });
