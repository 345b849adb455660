import { read } from '../../../src/database/index.js';
import { audit } from '../audit.js';
import type { Known } from './acts.js';
import type { Field } from './field.js';

interface Fault {
  fault: string;
}

/** What must hold whenever nothing is under way: who is booked, who is told, and that no message is left behind. */
const STANDING = `
select 'D1 unit ' || u.code || ' is booked for ' || coalesce(u.assignment_id::text, 'nothing') || ' and works on ' || coalesce(a.id::text, 'nothing') as fault
  from team_unit u full join (select * from assignment where active) a on a.unit_id = u.id where u.assignment_id is distinct from a.id
union all
select 'D2 alerted assignment ' || a.id || ' has no running alert' from assignment a where a.status = 'alerted'
  and not exists (select 1 from alert r where r.assignment_id = a.id and r.kind = 'deploy' and r.next_due_at is not null)
union all
select 'D2 assignment ' || a.id || ' (' || a.status || ') is still asked for' from assignment a
  join alert r on r.assignment_id = a.id and r.kind = 'deploy' and r.next_due_at is not null where a.status <> 'alerted'
union all
select 'D2 nobody at the desk heard that ' || r.id || ' was exhausted' from alert r where r.kind = 'deploy' and r.done_reason = 'exhausted'
  and not exists (select 1 from alert c where c.assignment_id = r.assignment_id and c.kind = 'duty-call')
union all
select 'D3 message ' || d.id || ' of an ended run is still to be handed over' from alert_delivery d join alert r on r.id = d.alert_id
  where r.done_reason is not null and d.stage = 'planned'
union all
select 'lost: step ' || r.step || ' of run ' || r.id || ' told nobody' from alert r where r.next_due_at is not null
  and not exists (select 1 from alert_delivery d where d.alert_id = r.id and d.step = r.step)
union all
select 'lost: message ' || d.id || ' failed and nothing followed' from alert_delivery d join alert r on r.id = d.alert_id
  where d.stage = 'failed' and d.attempt < 3 and d.stage_at < coalesce(r.done_at, 'infinity') and not exists (select 1 from alert_delivery n
    where n.alert_id = d.alert_id and n.step = d.step and n.channel = d.channel and n.member_id is not distinct from d.member_id
      and n.user_id is not distinct from d.user_id and n.attempt = d.attempt + 1)`;

/** Each unit's work by the order of the record: the next begins after the one before it has ended. */
const OVERLAPS = `
with told as (select seq, body::jsonb->>'unitId' as unit, subject_id as id, (body::jsonb->>'active')::boolean as active from journal where subject = 'assignment'),
  spans as (select unit, id, min(seq) filter (where active) as began, min(seq) filter (where not active) as ended from told group by unit, id)
select 'D1 unit ' || a.unit || ' was sent twice: ' || a.id || ' and ' || b.id as fault
  from spans a join spans b on b.unit = a.unit and b.id <> a.id and b.began > a.began and b.began < coalesce(a.ended, 9e18)`;

export async function standingFaults({ db }: Field): Promise<string[]> {
  return (await read(db, (tx) => tx.query<Fault>(STANDING))).map(({ fault }) => fault);
}

/** Everything at the end: no one waits, no one was sent twice, every mission was told once, books and record are whole. */
export async function finalFaults(field: Field, known: Known): Promise<string[]> {
  const overlaps = await read(field.db, (tx) => tx.query<Fault>(OVERLAPS));
  const waiting = await read(field.db, (tx) =>
    tx.query<Fault>(`select 'forgotten: ' || unit_code || ' is still ' || status as fault from assignment where status = 'alerted'`),
  );
  const written = await read(field.db, (tx) => tx.query<{ id: string }>('select id from mission'));
  const unknown = written.filter(({ id }) => !known.missions.has(id) && !field.before.has(id));
  const twice = [...field.sent].filter(([, times]) => times > 1);
  return [
    ...overlaps.map(({ fault }) => fault),
    ...waiting.map(({ fault }) => fault),
    ...unknown.map(({ id }) => `mission ${id} was written and nobody was told`),
    ...[...known.missions].filter((id) => !written.some((row) => row.id === id)).map((id) => `mission ${id} was told and is not there`),
    ...twice.map(([id, times]) => `message ${id} was given to the provider ${times} times`),
    ...(await audit(field.db)),
  ];
} // prettier-ignore
