import { Injectable } from '@nestjs/common';
import { type Actor, allow, findSociety, inCommand, resourceKeys, visibleOr404 } from '../../access/index.js';
import { Database, read, type Tx } from '../../database/index.js';
import { recordChange } from '../../journal/index.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { decodeCursor, toPage } from '../../shared/paging.js';
import { ensure, notFound, Problem } from '../../shared/problem.js';
import { mustBeInheritable, mustNotRepeat, planAfter, wholePlan } from './plan.rules.js';
import {
  type AmendPlan, type DraftPlan, type PlanDto, type PlansQuery, type PlanStep, RESPONSE_LEVELS, type RetirePlan, type WholePlanDto,
} from './plans.dto.js'; // prettier-ignore
import * as store from './plans.store.js';

type Plan = store.Plan;
type PlanText = Omit<AmendPlan, 'version'>;

/** The library of plans: versions are drafted, released, taken out of force and renewed; none in force is ever edited. */
@Injectable()
export class PlansService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** The first draft of a plan. 404 `society.not-found`, `item.not-found`; 422 `plan.not-inheritable`, `plan.line-repeated`. */
  async draftPlan(actor: Actor, input: DraftPlan): Promise<PlanDto> {
    return inCommand(this.db, actor, async (tx) => {
      const society = await findSociety(tx, input.societyId);
      if (!society) throw notFound('society', input.societyId);
      allow(actor, 'plan.draft', { paths: [society.path] });
      const id = input.id ?? newId();
      const blank = this.blank(actor, { id, planId: id, number: 1, hazard: input.hazard, society });
      const plan = await withText(tx, actor, { plan: blank, text: input });
      await store.insertPlan(tx, plan);
      return tell(tx, actor, { plan, kind: 'plan.drafted' });
    });
  }

  /** Another text for a draft. 409 `plan.stale`, `plan.step-not-allowed`. */
  async amendPlan(actor: Actor, id: string, input: AmendPlan): Promise<PlanDto> {
    return inCommand(this.db, actor, async (tx) => {
      const plan = await lockForStep(tx, actor, { id, version: input.version, action: 'plan.draft' });
      planAfter(plan.state, 'amend');
      const next = await withText(tx, actor, { plan: { ...plan, version: plan.version + 1 }, text: input });
      await store.savePlan(tx, next);
      return tell(tx, actor, { plan: next, kind: 'plan.amended' });
    });
  }

  /** The next version, drafted from this one. 409 `plan.exists` when a draft of the plan is there already. */
  async renewPlan(actor: Actor, id: string, input: PlanStep): Promise<PlanDto> {
    return inCommand(this.db, actor, async (tx) => {
      const plan = await lockForStep(tx, actor, { id, version: input.version, action: 'plan.draft' });
      planAfter(plan.state, 'renew');
      await store.lockPlanSeries(tx, plan.planId);
      const last = await store.lastNumber(tx, plan.planId);
      if (last.draft) throw new Problem('plan.exists', { title: plan.title });
      const now = this.clock.now();
      const next: Plan = {
        ...plan, id: newId(), number: last.number + 1, state: 'draft', draftedBy: actor.name, draftedAt: now, releasedBy: null,
        inForceAt: null, retiredAt: null, retiredReason: null, version: 1,
      }; // prettier-ignore
      await store.insertPlan(tx, next);
      return tell(tx, actor, { plan: next, kind: 'plan.drafted' });
    });
  }

  /** Puts a draft in force; what was in force for the hazard retires in the same act. 422 `plan.not-inheritable` when it inherits an old text. */
  async releasePlan(actor: Actor, id: string, input: PlanStep): Promise<PlanDto> {
    return inCommand(this.db, actor, async (tx) => {
      const plan = await lockForStep(tx, actor, { id, version: input.version, action: 'plan.release' });
      const state = planAfter(plan.state, 'release');
      await mustInherit(tx, actor, { id: plan.inherits?.id ?? null, own: plan });
      await store.lockPlanSeries(tx, `${plan.societyId} ${plan.hazard}`);
      const before = await store.inForceOf(tx, { societyId: plan.societyId!, hazard: plan.hazard });
      if (before) await this.retire(tx, actor, { plan: before, reason: `v${plan.number}` });
      const now = this.clock.now();
      const next = { ...plan, state, releasedBy: actor.name, inForceAt: now, version: plan.version + 1 };
      await store.savePlan(tx, next);
      return tell(tx, actor, { plan: next, kind: 'plan.released' });
    });
  }

  /** Takes a version out of force, or throws a draft away. Responses that run under it go on. */
  async retirePlan(actor: Actor, id: string, input: RetirePlan): Promise<PlanDto> {
    return inCommand(this.db, actor, async (tx) => {
      const plan = await lockForStep(tx, actor, { id, version: input.version, action: 'plan.draft' });
      if (plan.state === 'in-force') allow(actor, 'plan.release', { paths: [plan.path!] });
      return this.retire(tx, actor, { plan, reason: input.reason });
    });
  }

  async plan(actor: Actor, id: string): Promise<WholePlanDto> {
    return read(this.db, async (tx) => {
      const plan = visibleOr404(actor, await store.findPlan(tx, id), 'plan', id);
      return { ...store.toPlanDto(plan), effective: wholePlan(await store.planChain(tx, id)) };
    });
  }

  /** Newest draft first. 404 `society.not-found`. */
  async plans(actor: Actor, query: PlansQuery): Promise<{ items: PlanDto[]; nextCursor: string | null }> {
    const after = decodeCursor(query.cursor, ['number', 'string']) as [number, string] | null;
    return read(this.db, async (tx) => {
      const society = query.societyId ? await findSociety(tx, query.societyId) : null;
      if (society === undefined) throw notFound('society', query.societyId!);
      const rows = await store.listPlans(tx, {
        keys: actor.keys, path: society?.path ?? null, hazard: query.hazard ?? null, state: query.state ?? null,
        after: after && { draftedMs: after[0], id: after[1] }, limit: query.limit,
      }); // prettier-ignore
      const page = toPage(rows, query.limit, (row) => [row.draftedAt.getTime(), row.id]);
      return { ...page, items: page.items.map(store.toPlanDto) };
    });
  }

  private async retire(tx: Tx, actor: Actor, retiring: { plan: Plan; reason: string }): Promise<PlanDto> {
    const { plan, reason } = retiring;
    const state = planAfter(plan.state, 'retire');
    const next = { ...plan, state, retiredAt: this.clock.now(), retiredReason: reason, version: plan.version + 1 };
    await store.savePlan(tx, next);
    return tell(tx, actor, { plan: next, kind: 'plan.retired' });
  }

  private blank(
    actor: Actor,
    of: Pick<Plan, 'id' | 'planId' | 'number' | 'hazard'> & { society: { id: string; path: string } },
  ): Plan {
    const { society, ...named } = of;
    return {
      ...named, societyId: society.id, path: society.path, state: 'draft', title: '', titleEn: '', source: '', note: '', reviewOn: null,
      triggers: [], adds: { I: [], II: [], III: [], IV: [] }, inherits: null, draftedBy: actor.name, draftedAt: this.clock.now(),
      releasedBy: null, inForceAt: null, retiredAt: null, retiredReason: null, scope: resourceKeys(society.path), version: 1,
    }; // prettier-ignore
  }
}

/** The plan behind a step: locked, visible, theirs to act on, and the version they saw. A template is nobody's: 409. */
async function lockForStep(
  tx: Tx,
  actor: Actor,
  asked: { id: string; version: number; action: 'plan.draft' | 'plan.release' },
): Promise<Plan> {
  const plan = visibleOr404(actor, await store.lockPlan(tx, asked.id), 'plan', asked.id);
  if (plan.path === null) throw new Problem('plan.step-not-allowed', { step: asked.action, state: plan.state });
  allow(actor, asked.action, { paths: [plan.path] });
  if (plan.version !== asked.version) throw new Problem('plan.stale', { version: plan.version });
  return plan;
}

/** A draft with this text, checked together with what it inherits. */
async function withText(tx: Tx, actor: Actor, asked: { plan: Plan; text: PlanText }): Promise<Plan> {
  const { plan, text } = asked;
  const { title, titleEn, source, note, reviewOn, triggers, adds, inheritsId } = text;
  const above = await mustInherit(tx, actor, { id: inheritsId ?? null, own: plan });
  const chain = above ? await store.planChain(tx, above.id) : [];
  mustNotRepeat(wholePlan([...chain, { triggers, adds }]), adds);
  const goods = RESPONSE_LEVELS.flatMap((level) => adds[level].filter(({ kind }) => kind === 'goods'));
  await store.mustBeItems(tx, [...new Set(goods.map(({ code }) => code))]);
  const inherits = above && {
    id: above.id, title: above.title, number: above.number, societyId: above.societyId, state: above.state,
  }; // prettier-ignore
  return { ...plan, title, titleEn, source, note, reviewOn, triggers, adds, inherits };
}

async function mustInherit(tx: Tx, actor: Actor, asked: { id: string | null; own: Plan }): Promise<Plan | null> {
  if (asked.id === null) return null;
  const above = visibleOr404(actor, await store.findPlan(tx, asked.id), 'plan', asked.id);
  ensure(asked.own.path !== null, 'P3 only a society inherits');
  mustBeInheritable(above, { hazard: asked.own.hazard, path: asked.own.path });
  return above;
}

async function tell(tx: Tx, actor: Actor, told: { plan: Plan; kind: string }): Promise<PlanDto> {
  const { plan, kind } = told;
  const data = store.toPlanDto(plan);
  await recordChange(tx, { kind, subject: 'plan', id: plan.id, version: plan.version, scope: plan.scope, data, actor });
  return data;
}
