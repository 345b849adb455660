import { phoneKey } from '../alerts/index.js';
import type { Tx } from '../database/index.js';
import type { Speciality } from '../rescue-teams/rescue-teams.dto.js';
import type { Progress } from './assignment.rules.js';
import type { AssignmentDto } from './dispatch.dto.js';

export interface AssignmentRow extends Progress {
  id: string;
  missionId: string;
  incidentId: string;
  teamId: string;
  unitId: string;
  unitCode: string;
  teamName: string;
  capabilities: Speciality[];
  task: string;
  active: boolean;
  scope: string[];
  version: number;
}
const ASSIGNMENT = `id, mission_id as "missionId", incident_id as "incidentId", team_id as "teamId", unit_id as "unitId",
  unit_code as "unitCode", team_name as "teamName", status, status_since as "statusSince", headcount,
  promised_headcount as "promisedHeadcount", actual_headcount as "actualHeadcount", capabilities, task, reason, eta_at as "etaAt",
  reserved_at as "reservedAt", alerted_at as "alertedAt", answered_at as "answeredAt", assembled_at as "assembledAt",
  departed_at as "departedAt", arrived_at as "arrivedAt", released_at as "releasedAt", returning_at as "returningAt",
  closed_at as "closedAt", withdrawn_at as "withdrawnAt", order_doubtful as "orderDoubtful", active, scope, version`;

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

export function toAssignmentDto(row: AssignmentRow): AssignmentDto {
  const { id, missionId, incidentId, teamId, unitId, unitCode, teamName, status, headcount, promisedHeadcount } = row;
  return {
    id, missionId, incidentId, teamId, unitId, unitCode, teamName, status, statusSince: row.statusSince.toISOString(), headcount,
    promisedHeadcount, actualHeadcount: row.actualHeadcount, task: row.task, reason: row.reason, etaAt: iso(row.etaAt),
    reservedAt: row.reservedAt.toISOString(), alertedAt: iso(row.alertedAt), answeredAt: iso(row.answeredAt),
    assembledAt: iso(row.assembledAt), departedAt: iso(row.departedAt), arrivedAt: iso(row.arrivedAt), releasedAt: iso(row.releasedAt),
    returningAt: iso(row.returningAt), closedAt: iso(row.closedAt), withdrawnAt: iso(row.withdrawnAt),
    orderDoubtful: row.orderDoubtful, active: row.active, version: row.version,
  }; // prettier-ignore
}

export type NewAssignment = Pick<
  AssignmentRow,
  | 'id'
  | 'missionId'
  | 'incidentId'
  | 'teamId'
  | 'unitId'
  | 'unitCode'
  | 'teamName'
  | 'headcount'
  | 'capabilities'
  | 'task'
  | 'reason'
  | 'scope'
>;

/** Reserved and alerted in one breath: the alert is written in the same transaction (D2). */
export async function insertAssignment(tx: Tx, row: NewAssignment, now: Date): Promise<AssignmentRow> {
  const rows = await tx.query<AssignmentRow>(
    `insert into assignment (id, mission_id, incident_id, team_id, unit_id, unit_code, team_name, status, status_since, headcount,
       capabilities, task, reason, reserved_at, alerted_at, scope)
     values ($1, $2, $3, $4, $5, $6, $7, 'alerted', $8, $9, $10, $11, $12, $8, $8, $13) returning ${ASSIGNMENT}`,
    [
      row.id, row.missionId, row.incidentId, row.teamId, row.unitId, row.unitCode, row.teamName, now, row.headcount, row.capabilities,
      row.task, row.reason, row.scope,
    ], // prettier-ignore
  );
  return rows[0]!;
}

/** Everything that a step may change. */
export async function saveAssignment(tx: Tx, row: AssignmentRow): Promise<AssignmentRow> {
  const rows = await tx.query<AssignmentRow>(
    `update assignment set status = $2, status_since = $3, promised_headcount = $4, actual_headcount = $5, reason = $6, eta_at = $7,
       answered_at = $8, assembled_at = $9, departed_at = $10, arrived_at = $11, released_at = $12, returning_at = $13, closed_at = $14,
       withdrawn_at = $15, order_doubtful = $16, version = version + 1
     where id = $1 returning ${ASSIGNMENT}`,
    [
      row.id, row.status, row.statusSince, row.promisedHeadcount, row.actualHeadcount, row.reason, row.etaAt, row.answeredAt,
      row.assembledAt, row.departedAt, row.arrivedAt, row.releasedAt, row.returningAt, row.closedAt, row.withdrawnAt, row.orderDoubtful,
    ], // prettier-ignore
  );
  return rows[0]!;
}

export async function findAssignment(tx: Tx, id: string): Promise<AssignmentRow | undefined> {
  return (await tx.query<AssignmentRow>(`select ${ASSIGNMENT} from assignment where id = $1`, [id]))[0];
}

export async function lockAssignment(tx: Tx, id: string): Promise<AssignmentRow | undefined> {
  return (await tx.query<AssignmentRow>(`select ${ASSIGNMENT} from assignment where id = $1 for update`, [id]))[0];
}

export async function assignmentsOfMissions(tx: Tx, missionIds: string[]): Promise<AssignmentRow[]> {
  return tx.query<AssignmentRow>(
    `select ${ASSIGNMENT} from assignment where mission_id = any($1) order by unit_code, id`,
    [missionIds],
  );
}

/** Assignments of an incident that have not ended. */
export async function activeAssignments(tx: Tx, incidentId: string): Promise<AssignmentRow[]> {
  return tx.query<AssignmentRow>(
    `select ${ASSIGNMENT} from assignment where incident_id = $1 and active order by unit_code, id`,
    [incidentId],
  );
}

/** Units whose newest word on this incident is no: they declined, or nobody of them answered. */
export async function unitsThatSaidNo(tx: Tx, incidentId: string): Promise<string[]> {
  const rows = await tx.query<{ unitId: string }>(
    `select "unitId" from (
       select distinct on (unit_id) unit_id as "unitId", status from assignment where incident_id = $1 order by unit_id, id desc
     ) newest where status in ('declined','no-answer')`,
    [incidentId],
  );
  return rows.map(({ unitId }) => unitId);
}

/** Assignments under way, for the console snapshot. */
export async function activeAssignmentRows(tx: Tx, keys: string[]): Promise<AssignmentDto[]> {
  const rows = await tx.query<AssignmentRow>(
    `select ${ASSIGNMENT} from assignment where active and scope && $1 order by id`,
    [keys],
  );
  return rows.map(toAssignmentDto);
}

export interface WorkFilter {
  incidentId?: string | undefined;
  teamId?: string | undefined;
  warehouseId?: string | undefined;
  statuses: string[] | null;
  before: string | null;
  limit: number;
}

/** Newest first. */
export async function visibleAssignments(tx: Tx, keys: string[], filter: WorkFilter): Promise<AssignmentDto[]> {
  const rows = await tx.query<AssignmentRow>(
    `select ${ASSIGNMENT} from assignment where scope && $1 and ($2::uuid is null or incident_id = $2)
       and ($3::uuid is null or team_id = $3) and ($4::text[] is null or status = any($4)) and ($5::uuid is null or id < $5)
     order by id desc limit $6`,
    [keys, filter.incidentId ?? null, filter.teamId ?? null, filter.statuses, filter.before, filter.limit],
  );
  return rows.map(toAssignmentDto);
}

/** Whether somebody with this number belongs to a unit that is booked by an assignment. */
export async function isOutByPhone(tx: Tx, phone: string): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from assignment a join team_member m on m.team_id = a.team_id
     where a.active and right(regexp_replace(m.phone, '[^0-9]', '', 'g'), 11) = $1 limit 1`,
    [phoneKey(phone)],
  );
  return rows.length > 0;
}
