import type { Tx } from '../database/index.js';
import type { EquipmentDto, MemberDto } from './rescue-teams.dto.js';

const MEMBER = `m.id, m.team_id as "teamId", m.unit_id as "unitId", m.user_id as "userId", m.name, m.phone, m.email, m.position,
  m.insured_until as "insuredUntil", m.version,
  (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'kind', c.kind, 'number', c.number, 'validUntil', c.valid_until)
     order by c.kind, c.valid_until, c.id), '[]') from credential c where c.member_id = m.id) as credentials`;
const RANK = `array_position(array['leader','deputy','member'], m.position)`;

/** A place on the list, behind which the next page begins. */
export interface After {
  rank: number;
  id: string;
}

/** Leader, deputy, then the others; one more than the page holds. */
export async function listMembers(tx: Tx, teamId: string, page: { after: After | null; limit: number }) {
  return tx.query<MemberDto & { rank: number }>(
    `select ${MEMBER}, ${RANK} as rank from team_member m
     where m.team_id = $1 and ($2::float8 is null or (${RANK}, m.id) > ($2, $3::uuid)) order by ${RANK}, m.id limit $4`,
    [teamId, page.after?.rank ?? null, page.after?.id ?? null, page.limit + 1],
  );
}

/** Who belongs to a unit: leader, deputy, then the others. A unit has tens of people. */
export async function membersOfUnit(tx: Tx, unitId: string): Promise<MemberDto[]> {
  return tx.query<MemberDto>(
    `select ${MEMBER} from team_member m where m.unit_id = $1 order by ${RANK}, m.id limit 500`,
    [unitId],
  );
}

export async function membersOfTeam(tx: Tx, teamId: string, ids: string[]): Promise<MemberDto[]> {
  return tx.query<MemberDto>(`select ${MEMBER} from team_member m where m.team_id = $1 and m.id = any($2)`, [
    teamId,
    ids,
  ]);
}

export async function findMember(tx: Tx, id: string): Promise<MemberDto | undefined> {
  return (await tx.query<MemberDto>(`select ${MEMBER} from team_member m where m.id = $1`, [id]))[0];
}

export async function insertMember(tx: Tx, member: MemberDto): Promise<void> {
  await tx.query(
    `insert into team_member (id, team_id, unit_id, user_id, name, phone, position, insured_until, email) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      member.id,
      member.teamId,
      member.unitId,
      member.userId,
      member.name,
      member.phone,
      member.position,
      member.insuredUntil,
      member.email,
    ],
  );
  const papers = member.credentials.map(({ id, kind, number, validUntil }) => ({
    id, member_id: member.id, kind, number, valid_until: validUntil,
  })); // prettier-ignore
  await tx.query(`insert into credential select * from jsonb_populate_recordset(null::credential, $1::jsonb)`, [
    JSON.stringify(papers),
  ]);
}

const EQUIPMENT = `id, team_id as "teamId", unit_id as "unitId", kind, name, quantity, inspection_due_on as "inspectionDueOn", status, version`;

export async function listEquipment(
  tx: Tx,
  teamId: string,
  page: { after: { kind: string; id: string } | null; limit: number },
): Promise<EquipmentDto[]> {
  return tx.query<EquipmentDto>(
    `select ${EQUIPMENT} from team_equipment where team_id = $1 and ($2::text is null or (kind, id) > ($2, $3::uuid))
     order by kind, id limit $4`,
    [teamId, page.after?.kind ?? null, page.after?.id ?? null, page.limit + 1],
  );
}

export async function insertEquipment(tx: Tx, piece: EquipmentDto): Promise<void> {
  await tx.query(
    `insert into team_equipment (id, team_id, unit_id, kind, name, quantity, inspection_due_on, status) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [piece.id, piece.teamId, piece.unitId, piece.kind, piece.name, piece.quantity, piece.inspectionDueOn, piece.status],
  );
}

/** Everybody in the teams of one society, for whoever tests how they can be reached. */
export async function peopleOfSociety(
  tx: Tx,
  societyId: string,
): Promise<
  {
    memberId: string;
    teamId: string;
    userId: string | null;
    name: string;
    phone: string | null;
    email: string | null;
  }[]
> {
  return tx.query(
    `select m.id as "memberId", m.team_id as "teamId", m.user_id as "userId", m.name, m.phone, m.email from team_member m join team t on t.id = m.team_id
     where t.society_id = $1 order by t.code, m.name, m.id`,
    [societyId],
  );
}

/** Another mail address of a member whose row is locked, if nobody changed it meanwhile. */
export async function saveEmail(
  tx: Tx,
  member: { id: string; email: string | null; version: number },
): Promise<boolean> {
  const rows = await tx.query(
    `update team_member set email = $2, version = version + 1 where id = $1 and version = $3 returning id`,
    [member.id, member.email, member.version],
  );
  return rows.length > 0;
}

/** Who was not reached keeps the moment since when; whoever was reached has none. */
export async function saveReach(tx: Tx, teamId: string, reach: { reached: string[]; silent: string[]; at: Date }): Promise<void> {
  await tx.query(`update team_member set unreachable_since = null where team_id = $1 and id = any($2)`, [teamId, reach.reached]);
  await tx.query(`update team_member set unreachable_since = coalesce(unreachable_since, $3) where team_id = $1 and id = any($2)`, [
    teamId, reach.silent, reach.at,
  ]);
} // prettier-ignore
