import type { Tx } from '../../database/index.js';
import { ensure, notFound } from '../../shared/problem.js';
import type { PlanBody } from './plan.rules.js';
import type { PlanAdds, PlanDto, Trigger } from './plans.dto.js';

type At = Date;
/** A version of a plan as the rules see it: the wire form with dates, and where its society stands in the tree. */
export interface Plan extends Omit<PlanDto, 'inherits' | 'draftedAt' | 'inForceAt' | 'retiredAt'> {
  inherits: PlanDto['inherits'];
  draftedAt: At;
  inForceAt: At | null;
  retiredAt: At | null;
  path: string | null;
  scope: string[];
}
const PLAN = `p.id, p.plan_id as "planId", p.number, p.society_id as "societyId", p.hazard, p.state, p.title, p.title_en as "titleEn", p.source,
  p.note, p.review_on::text as "reviewOn", p.triggers, p.adds, p.drafted_by as "draftedBy", p.drafted_at as "draftedAt",
  p.released_by as "releasedBy", p.in_force_at as "inForceAt", p.retired_at as "retiredAt", p.retired_reason as "retiredReason",
  p.scope, p.version, s.path,
  case when a.id is null then null else jsonb_build_object('id', a.id, 'title', a.title, 'number', a.number, 'societyId', a.society_id,
    'state', a.state) end as inherits`;
const FROM = `from plan_version p left join society s on s.id = p.society_id left join plan_version a on a.id = p.inherits_id`;

export const toPlanDto = ({ path: _p, scope: _s, ...plan }: Plan): PlanDto => ({
  ...plan,
  draftedAt: plan.draftedAt.toISOString(),
  inForceAt: plan.inForceAt && plan.inForceAt.toISOString(),
  retiredAt: plan.retiredAt && plan.retiredAt.toISOString(),
});

export async function findPlan(tx: Tx, id: string): Promise<Plan | undefined> {
  return (await tx.query<Plan>(`select ${PLAN} ${FROM} where p.id = $1`, [id]))[0];
}

/** Locks first and reads after. */
export async function lockPlan(tx: Tx, id: string): Promise<Plan | undefined> {
  const held = await tx.query(`select 1 from plan_version where id = $1 for update`, [id]);
  return held.length === 0 ? undefined : findPlan(tx, id);
}

/** Two acts on one plan stand in line: a lock on the series, because the next version is a row that is not there yet. */
export async function lockPlanSeries(tx: Tx, key: string): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended($1, 23))`, [key]);
}

export async function lastNumber(tx: Tx, planId: string): Promise<{ number: number; draft: boolean }> {
  const [row] = await tx.query<{ number: number; draft: boolean }>(
    `select coalesce(max(number), 0) as number, coalesce(bool_or(state = 'draft'), false) as draft from plan_version where plan_id = $1`,
    [planId],
  );
  return row!;
}

export async function insertPlan(tx: Tx, plan: Plan): Promise<void> {
  await tx.query(
    `insert into plan_version (id, plan_id, number, society_id, hazard, state, title, title_en, source, note, review_on, inherits_id, triggers,
       adds, drafted_by, drafted_at, scope, version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
    [
      plan.id, plan.planId, plan.number, plan.societyId, plan.hazard, plan.state, plan.title, plan.titleEn, plan.source, plan.note,
      plan.reviewOn, plan.inherits?.id ?? null, JSON.stringify(plan.triggers), JSON.stringify(plan.adds), plan.draftedBy, plan.draftedAt,
      plan.scope, plan.version,
    ], // prettier-ignore
  );
}

/** Writes what may change in the life of a version, over exactly the version before. */
export async function savePlan(tx: Tx, plan: Plan): Promise<void> {
  const saved = await tx.query(
    `update plan_version set state = $3, title = $4, title_en = $5, source = $6, note = $7, review_on = $8, inherits_id = $9, triggers = $10,
       adds = $11, released_by = $12, in_force_at = $13, retired_at = $14, retired_reason = $15, version = $2
     where id = $1 and version = $2 - 1 returning id`,
    [
      plan.id, plan.version, plan.state, plan.title, plan.titleEn, plan.source, plan.note, plan.reviewOn, plan.inherits?.id ?? null,
      JSON.stringify(plan.triggers), JSON.stringify(plan.adds), plan.releasedBy, plan.inForceAt, plan.retiredAt, plan.retiredReason,
    ], // prettier-ignore
  );
  ensure(saved.length === 1, 'P2 a plan is saved under its lock, one version on');
}

export async function inForceOf(tx: Tx, of: { societyId: string; hazard: string }): Promise<Plan | undefined> {
  const rows = await tx.query<{ id: string }>(
    `select id from plan_version where society_id = $1 and hazard = $2 and state = 'in-force' for update`,
    [of.societyId, of.hazard],
  );
  return rows[0] && findPlan(tx, rows[0].id);
}

/** A version with all that it inherits, the topmost first. P3: what is inherited is pinned by version. */
export async function planChain(tx: Tx, id: string): Promise<PlanBody[]> {
  return tx.query<{ triggers: Trigger[]; adds: PlanAdds }>(
    `with recursive chain as (select *, 0 as depth from plan_version where id = $1
       union all select p.*, depth + 1 from plan_version p join chain c on p.id = c.inherits_id where depth < 12)
     select triggers, adds from chain order by depth desc`,
    [id],
  );
}

/** Plans in force for a hazard or for any, of the societies at these paths. */
export async function plansInForce(
  tx: Tx,
  of: { hazard: string; paths: string[] },
): Promise<(Plan & { path: string })[]> {
  return tx.query(
    `select ${PLAN} ${FROM} where p.state = 'in-force' and p.hazard in ($1, 'any') and s.path = any($2) order by p.id`,
    [of.hazard, of.paths],
  );
}

/** 404 `item.not-found` for goods that the catalogue does not have. Reads the catalogue's own table, as the needs' foreign key does. */
export async function mustBeItems(tx: Tx, codes: string[]): Promise<void> {
  const rows = await tx.query<{ code: string }>(
    `select code from unnest($1::text[]) code where not exists (select 1 from item where item.code = code.code) limit 1`,
    [codes],
  );
  if (rows[0]) throw notFound('item', rows[0].code);
}

export interface PlanFilter {
  keys: string[];
  path: string | null;
  hazard: string | null;
  state: string | null;
  after: { draftedMs: number; id: string } | null;
  limit: number;
}
/** Visible versions, the newest draft first, one more than the page holds. */
export async function listPlans(tx: Tx, filter: PlanFilter): Promise<Plan[]> {
  const { keys, path, hazard, state, after, limit } = filter;
  return tx.query<Plan>(
    `select ${PLAN} ${FROM}
     where p.scope && $1 and ($2::text is null or s.path = $2) and ($3::text is null or p.hazard = $3) and ($4::text is null or p.state = $4)
       and ($5::float8 is null or (p.drafted_at, p.id) < (to_timestamp($5 / 1000.0), $6::uuid))
     order by p.drafted_at desc, p.id desc limit $7`,
    [keys, path, hazard, state, after?.draftedMs ?? null, after?.id ?? null, limit + 1],
  );
}
