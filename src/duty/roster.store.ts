import { type Tx, violatedConstraint } from '../database/index.js';
import { Problem } from '../shared/problem.js';
import type { DeskPersonDto, DutyRole, ShiftDto } from './duty.dto.js';
import type { Slot, Span } from './roster.rules.js';

export interface Shift extends Slot {
  id: string;
  societyId: string;
  name: string;
  able: boolean;
  madeBy: string;
  changedBy: string | null;
  reason: string | null;
  cancelledAt: Date | null;
  scope: string[];
  version: number;
}
/** Whether a person sits at a desk: an account in use with a duty role there; a lead can stand in for an officer. */
const ABLE = `(u.disabled_at is null and exists (select 1 from role_grant g where g.user_id = u.id and g.society_id = d.society_id
  and g.role in (d.role, 'dutyLead') and g.team_id is null and g.warehouse_id is null))`;
const SHIFT = `d.id, d.society_id as "societyId", d.role, d.user_id as "userId", u.name, ${ABLE} as able, d.starts_at as "startsAt",
  d.ends_at as "endsAt", d.made_by as "madeBy", d.changed_by as "changedBy", d.reason, d.cancelled_at as "cancelledAt", d.scope, d.version`;
const FROM = `from duty_shift d join app_user u on u.id = d.user_id`;

export const toShiftDto = ({ scope: _, startsAt, endsAt, cancelledAt, ...shift }: Shift): ShiftDto => ({
  ...shift,
  startsAt: startsAt.toISOString(),
  endsAt: endsAt.toISOString(),
  cancelledAt: cancelledAt && cancelledAt.toISOString(),
});

/** The lock under which the roster of a society changes; whoever else changes it waits. */
export async function lockRoster(tx: Tx, societyId: string): Promise<void> {
  await tx.query(`insert into duty_roster (society_id) values ($1) on conflict do nothing`, [societyId]);
  await tx.query(`select 1 from duty_roster where society_id = $1 for update`, [societyId]);
}

export async function findShift(tx: Tx, id: string): Promise<Shift | undefined> {
  return (await tx.query<Shift>(`select ${SHIFT} ${FROM} where d.id = $1`, [id]))[0];
}

/** The shifts of a desk that touch a span, in their order. */
export async function shiftsOf(tx: Tx, societyId: string, { from, to }: Span): Promise<Shift[]> {
  return tx.query<Shift>(
    `select ${SHIFT} ${FROM} where d.society_id = $1 and d.cancelled_at is null and d.ends_at > $2 and d.starts_at < $3
     order by d.starts_at, d.role, u.account, d.id`,
    [societyId, from, to],
  );
}

/** What the people of a desk do in a span at every desk, for double bookings. */
export async function shiftsOfPeople(tx: Tx, userIds: readonly string[], { from, to }: Span): Promise<Shift[]> {
  return tx.query<Shift>(
    `select ${SHIFT} ${FROM} where d.user_id = any($1) and d.cancelled_at is null and d.ends_at > $2 and d.starts_at < $3
     order by d.starts_at, d.id`,
    [userIds, from, to],
  );
}

/** 409 `duty-shift.exists` for an id, or a shift of that person and moment, that there is already. */
export async function insertShifts(tx: Tx, shifts: readonly Omit<Shift, 'name' | 'able'>[]): Promise<void> {
  const rows = shifts.map((shift) => ({
    id: shift.id, society_id: shift.societyId, role: shift.role, user_id: shift.userId, starts_at: shift.startsAt, ends_at: shift.endsAt,
    made_by: shift.madeBy, reason: shift.reason, changed_by: shift.changedBy, cancelled_at: shift.cancelledAt, scope: shift.scope,
    version: shift.version,
  })); // prettier-ignore
  try {
    await tx.query(`insert into duty_shift select * from jsonb_populate_recordset(null::duty_shift, $1::jsonb)`, [
      JSON.stringify(rows),
    ]);
  } catch (error) {
    if (!violatedConstraint(error)?.startsWith('duty_shift')) throw error;
    throw new Problem('duty-shift.exists');
  }
}

/** The caller holds the lock of the roster. */
export async function saveShift(tx: Tx, shift: Shift): Promise<void> {
  await tx.query(
    `update duty_shift set user_id = $2, starts_at = $3, ends_at = $4, reason = $5, changed_by = $6, cancelled_at = $7, version = $8
     where id = $1`,
    [shift.id, shift.userId, shift.startsAt, shift.endsAt, shift.reason, shift.changedBy, shift.cancelledAt, shift.version], // prettier-ignore
  );
}

/** Two shifts exchange their people in one statement, so that no moment has somebody twice (U1). */
export async function exchangePeople(tx: Tx, one: Shift, other: Shift): Promise<void> {
  await tx.query(
    `update duty_shift d set user_id = new.user_id, reason = new.reason, changed_by = new.changed_by, version = new.version
     from jsonb_to_recordset($1::jsonb) as new (id uuid, user_id uuid, reason text, changed_by text, version integer) where d.id = new.id`,
    [
      JSON.stringify([one, other].map((shift) => ({
        id: shift.id, user_id: shift.userId, reason: shift.reason, changed_by: shift.changedBy, version: shift.version,
      }))),
    ],
  ); // prettier-ignore
}

/** Whether a society keeps a roster: a shift of it ended after that moment, or is still to come. */
export async function keepsRoster(tx: Tx, societyId: string, since: Date): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from duty_shift where society_id = $1 and cancelled_at is null and ends_at > $2 limit 1`,
    [societyId, since],
  );
  return rows.length > 0;
}

/** The societies that keep a roster, by path. */
export async function societiesWithRoster(tx: Tx, since: Date): Promise<{ id: string; path: string }[]> {
  return tx.query(
    `select s.id, s.path from society s
     where exists (select 1 from duty_shift d where d.society_id = s.id and d.cancelled_at is null and d.ends_at > $1) order by s.path`,
    [since],
  );
}

/** Who may be put on the roster of a desk. */
export async function peopleOfDesk(tx: Tx, societyId: string): Promise<DeskPersonDto[]> {
  return tx.query<DeskPersonDto>(
    `select u.id as "userId", u.name, array_agg(distinct g.role order by g.role) as roles from role_grant g join app_user u on u.id = g.user_id
     where g.society_id = $1 and g.role in ('dutyOfficer','dutyLead') and g.team_id is null and g.warehouse_id is null
       and u.disabled_at is null group by u.id order by u.account`,
    [societyId],
  );
}

/** Who is on duty at the desks of these societies at a moment, and able to be. */
export async function onDutyAt(tx: Tx, paths: readonly string[], now: Date): Promise<{ path: string; userId: string }[]> {
  return tx.query(
    `select s.path, d.user_id as "userId" ${FROM} join society s on s.id = d.society_id
     where s.path = any($1) and d.cancelled_at is null and d.starts_at <= $2 and d.ends_at > $2 and ${ABLE} order by s.path, u.account`,
    [paths, now],
  );
} // prettier-ignore

export interface PlannedShift {
  userId: string;
  name: string;
  endsAt: Date;
}
/** Who sits at the desk as officer, or comes next: the shift of a person that runs now, and the first that begins at or after a moment. */
export async function runningShift(tx: Tx, of: { societyId: string; userId: string; now: Date }): Promise<PlannedShift | undefined> {
  const rows = await tx.query<PlannedShift>(
    `select d.user_id as "userId", u.name, d.ends_at as "endsAt" ${FROM} where d.society_id = $1 and d.user_id = $2 and d.cancelled_at is null
       and d.starts_at <= $3 and d.ends_at > $3 order by d.ends_at desc limit 1`,
    [of.societyId, of.userId, of.now],
  );
  return rows[0];
} // prettier-ignore

export async function nextShift(
  tx: Tx,
  of: { societyId: string; role: DutyRole; from: Date; notUserId: string },
): Promise<PlannedShift | undefined> {
  const rows = await tx.query<PlannedShift>(
    `select d.user_id as "userId", u.name, d.ends_at as "endsAt" ${FROM} where d.society_id = $1 and d.role = $2 and d.starts_at >= $3
       and d.user_id <> $4 and d.cancelled_at is null and ${ABLE} order by d.starts_at, u.account limit 1`,
    [of.societyId, of.role, of.from, of.notUserId],
  );
  return rows[0];
}
