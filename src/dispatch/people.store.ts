import type { AlertPerson } from '../alerts/index.js';
import type { Tx } from '../database/index.js';

interface DeskRow {
  path: string;
  userId: string;
  name: string;
  phone: string | null;
}

/** Duty officers of the named societies, by society (nearest to the ground first) and account. */
async function officersAt(tx: Tx, condition: string, value: string): Promise<DeskRow[]> {
  return tx.query<DeskRow>(
    `select distinct s.path, u.id as "userId", u.name, u.phone, u.account, length(s.path) from society s
     join role_grant g on g.society_id = s.id and g.role in ('dutyOfficer','dutyLead') and g.team_id is null and g.warehouse_id is null
     join app_user u on u.id = g.user_id and u.disabled_at is null
     where ${condition} order by length(s.path) desc, s.path, u.account`,
    [value],
  );
}

const toPerson = ({ userId, name, phone }: DeskRow): AlertPerson => ({ memberId: null, userId, name, phone });

export async function dutyDeskOf(tx: Tx, path: string): Promise<AlertPerson[]> {
  return (await officersAt(tx, 's.path = $1', path)).map(toPerson);
}

/** The duty desks of the societies above a path, the nearest first; those without an officer are left out. */
export async function dutyDesksAbove(tx: Tx, path: string): Promise<AlertPerson[][]> {
  const desks = new Map<string, AlertPerson[]>();
  for (const row of await officersAt(tx, `$1 like s.path || '_%'`, path))
    desks.set(row.path, [...(desks.get(row.path) ?? []), toPerson(row)]);
  return [...desks.values()];
}

/** The number by which a team reaches the officer who sent it. */
export async function phoneOf(tx: Tx, userId: string): Promise<string | null> {
  return (
    (await tx.query<{ phone: string | null }>(`select phone from app_user where id = $1`, [userId]))[0]?.phone ?? null
  );
}
