import type { Tx } from '../database/index.js';
import type { MissionHeadDto } from './dispatch.dto.js';

export interface MissionRow {
  id: string;
  number: string;
  incidentId: string;
  suggestionId: string | null;
  message: string;
  dispatchedBy: string;
  dispatchedAt: Date;
  scope: string[];
  version: number;
}
const MISSION = `id, number, incident_id as "incidentId", suggestion_id as "suggestionId", message, dispatched_by as "dispatchedBy",
  dispatched_at as "dispatchedAt", scope, version`;

export function toMissionHead({ scope: _scope, dispatchedAt, ...row }: MissionRow): MissionHeadDto {
  return { ...row, dispatchedAt: dispatchedAt.toISOString() };
}

export async function insertMission(tx: Tx, row: MissionRow): Promise<void> {
  await tx.query(
    `insert into mission (id, number, incident_id, suggestion_id, message, dispatched_by, dispatched_at, scope, version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [row.id, row.number, row.incidentId, row.suggestionId, row.message, row.dispatchedBy, row.dispatchedAt, row.scope, row.version],
  ); // prettier-ignore
}

export async function findMission(tx: Tx, id: string): Promise<MissionRow | undefined> {
  return (await tx.query<MissionRow>(`select ${MISSION} from mission where id = $1`, [id]))[0];
}

/** Newest first. */
export async function missionsOfIncident(
  tx: Tx,
  incidentId: string,
  page: { keys: string[]; before: string | null; limit: number },
): Promise<MissionRow[]> {
  return tx.query<MissionRow>(
    `select ${MISSION} from mission where incident_id = $1 and scope && $2 and ($3::uuid is null or id < $3) order by id desc limit $4`,
    [incidentId, page.keys, page.before, page.limit],
  );
}
