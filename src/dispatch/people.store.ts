import type { AlertPerson } from '../alerts/index.js';
import type { Tx } from '../database/index.js';
import { onDutyAt } from '../duty/index.js';
import { deskSteps } from './desk-steps.rules.js';

interface DeskRow {
  path: string;
  userId: string;
  name: string;
  phone: string | null;
  email: string | null;
}

/** Duty officers of the named societies, by society (nearest to the ground first) and account. */
async function officersAt(tx: Tx, condition: string, value: string): Promise<DeskRow[]> {
  return tx.query<DeskRow>(
    `select distinct s.path, u.id as "userId", u.name, u.phone, u.email, u.account, length(s.path) from society s
     join role_grant g on g.society_id = s.id and g.role in ('dutyOfficer','dutyLead') and g.team_id is null and g.warehouse_id is null
     join app_user u on u.id = g.user_id and u.disabled_at is null
     where ${condition} order by length(s.path) desc, s.path, u.account`,
    [value],
  );
}

const toPerson = ({ userId, name, phone, email }: DeskRow): AlertPerson => ({
  memberId: null,
  userId,
  name,
  phone,
  email,
});

export async function dutyDeskOf(tx: Tx, path: string): Promise<AlertPerson[]> {
  return (await officersAt(tx, 's.path = $1', path)).map(toPerson);
}

/** A desk as steps of a call: who is on duty by its roster, then everybody at it. One step, perhaps of nobody, where there is no roster. */
export async function dutyStepsOf(tx: Tx, path: string, now: Date): Promise<AlertPerson[][]> {
  return (await stepsOf(tx, new Map([[path, await dutyDeskOf(tx, path)]]), now))[0]!;
}

/** The desks of the societies above a path as steps of a call, the nearest first; those without an officer are left out. */
export async function dutyStepsAbove(tx: Tx, path: string, now: Date): Promise<AlertPerson[][]> {
  const desks = new Map<string, AlertPerson[]>();
  for (const row of await officersAt(tx, `$1 like s.path || '_%'`, path))
    desks.set(row.path, [...(desks.get(row.path) ?? []), toPerson(row)]);
  return (await stepsOf(tx, desks, now)).flat();
}

async function stepsOf(tx: Tx, desks: ReadonlyMap<string, AlertPerson[]>, now: Date): Promise<AlertPerson[][][]> {
  const onDuty = await onDutyAt(tx, [...desks.keys()], now);
  return [...desks].map(([path, desk]) =>
    deskSteps(
      desk,
      onDuty.filter((one) => one.path === path).map(({ userId }) => userId),
    ),
  );
}

/** The number by which a team reaches the officer who sent it. */
export async function phoneOf(tx: Tx, userId: string): Promise<string | null> {
  return (
    (await tx.query<{ phone: string | null }>(`select phone from app_user where id = $1`, [userId]))[0]?.phone ?? null
  );
}
