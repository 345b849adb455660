import { Injectable } from '@nestjs/common';
import { type Actor, allow, findSociety, inCommand, pathKeys, visibleOr404 } from '../../access/index.js';
import { Database, read, type Tx } from '../../database/index.js';
import { recordChange } from '../../journal/index.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { ensure, notFound, Problem } from '../../shared/problem.js';
import type { Incident } from '../incident.entity.js';
import { mustBeOpen } from '../incident-steps.rules.js';
import { findIncident, lockIncidentRow } from '../incidents.store.js';
import { factsOf } from './facts.rules.js';
import { bindingPlan, wholePlan } from './plan.rules.js';
import { type ResponseLevel, RESPONSE_LEVELS } from './plans.dto.js';
import { findPlan, type Plan, planChain, plansInForce } from './plans.store.js';
import { changeLevel, differenceOf, type LevelStep, type PlanVersion, proposeLevel } from './response-plan.rules.js';
import type {
  ApproveLevel, ChangeLevelTo, EndResponse, ProposalDto, ProposalsQuery, ResponseDto, responsePage,
} from './responses.dto.js'; // prettier-ignore
import * as store from './responses.store.js';
import { writeTasks } from './tasks.service.js';
import type { z } from 'zod';

const TOLD_AS: Record<LevelStep, string> = {
  approve: 'response.approved', raise: 'response.raised', lower: 'response.lowered', end: 'response.ended',
}; // prettier-ignore
type Signed = EndResponse & { level?: ResponseLevel };

/** Response levels: figures propose, people sign. Each act is stored with its facts and its difference, which becomes tasks. */
@Injectable()
export class ResponsesService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Signs a level for a society. 403 without duty there; 409 `response.exists` when it responds already, `incident.step-not-allowed` when
   * the incident has ended; 422 `response.plan-not-binding`.
   */
  async approveLevel(actor: Actor, incidentId: string, input: ApproveLevel): Promise<ResponseDto> {
    return inCommand(this.db, actor, async (tx) => {
      const incident = visibleOr404(actor, await lockIncidentRow(tx, incidentId), 'incident', incidentId);
      const plan = visibleOr404(actor, await findPlan(tx, input.planVersionId), 'plan', input.planVersionId);
      const society = await findSociety(tx, input.societyId ?? plan.societyId ?? '');
      if (!society) throw notFound('society', input.societyId ?? '');
      allow(actor, 'response.decide', { paths: [society.path] });
      mustBeOpen(incident, 'approve-level');
      await mustBind(tx, { plan, incident, society });
      const others = await store.activeResponses(tx, incidentId);
      if (others.some(({ societyId }) => societyId === society.id)) throw new Problem('response.exists');
      const now = this.clock.now();
      const started: Omit<store.Response, 'last'> = {
        id: input.id ?? newId(), incidentId, societyId: society.id, path: society.path, planVersionId: plan.id, planTitle: plan.title,
        planNumber: plan.number, level: null, startedAt: now, levelSince: now, endedAt: null, scope: scopeOf(incident), version: 0,
      }; // prettier-ignore
      return this.sign(tx, actor, { before: started, incident, step: 'approve', input: { ...input, version: 1 } });
    });
  }

  /** To a graver level. 409 `response.stale`, `response-level.step-not-allowed`. */
  async raiseLevel(actor: Actor, ids: ResponseIds, input: ChangeLevelTo): Promise<ResponseDto> {
    return inCommand(this.db, actor, (tx) => this.change(tx, actor, { ids, step: 'raise', input }));
  }

  /** To a lesser level: what it no longer asks for is listed to act on, nothing is withdrawn. 409 as `raiseLevel`. */
  async lowerLevel(actor: Actor, ids: ResponseIds, input: ChangeLevelTo): Promise<ResponseDto> {
    return inCommand(this.db, actor, (tx) => this.change(tx, actor, { ids, step: 'lower', input }));
  }

  async endResponse(actor: Actor, ids: ResponseIds, input: EndResponse): Promise<ResponseDto> {
    return inCommand(this.db, actor, (tx) => this.change(tx, actor, { ids, step: 'end', input }));
  }

  /** For each society along the place and the lead that a plan binds, the lowest first: what the facts speak for, and what each level would change. */
  async proposals(actor: Actor, incidentId: string, query: ProposalsQuery) {
    return read(this.db, async (tx) => {
      const incident = visibleOr404(actor, await findIncident(tx, incidentId), 'incident', incidentId);
      const facts = factsOf(incident, query.neighbourAlsoHit ? { neighbourAlsoHit: true } : {});
      const paths = scopeOf(incident);
      const plans = await plansInForce(tx, { hazard: incident.kind, paths });
      const active = await store.activeResponses(tx, incidentId);
      const items: ProposalDto[] = [];
      for (const society of await store.societiesAlong(tx, paths)) {
        const running = active.find(({ societyId }) => societyId === society.id);
        const plan = running ? await findPlan(tx, running.planVersionId) : bindingPlan(plans, { path: society.path, hazard: incident.kind }); // prettier-ignore
        if (plan) items.push(proposalOf({ plan, whole: await wholeOf(tx, plan), facts, society, running }));
      }
      return { items: items.reverse(), nextCursor: null };
    });
  }

  /** Every response to an incident with all its signed acts, the newest first. */
  async responses(actor: Actor, incidentId: string): Promise<z.infer<typeof responsePage>> {
    return read(this.db, async (tx) => {
      visibleOr404(actor, await findIncident(tx, incidentId), 'incident', incidentId);
      const rows = await store.responsesOf(tx, incidentId, actor.keys);
      const items = rows.map(({ response, acts }) => ({ ...store.toResponseDto(response), acts: acts.map(store.toActDto) })); // prettier-ignore
      return { items, nextCursor: null };
    });
  }

  private async change(
    tx: Tx,
    actor: Actor,
    asked: { ids: ResponseIds; step: LevelStep; input: Signed },
  ): Promise<ResponseDto> {
    const { ids, step, input } = asked;
    const incident = visibleOr404(actor, await lockIncidentRow(tx, ids.incidentId), 'incident', ids.incidentId);
    const response = visibleOr404(actor, await store.lockResponse(tx, ids.responseId), 'response', ids.responseId);
    if (response.incidentId !== incident.id) throw notFound('response', ids.responseId);
    allow(actor, 'response.decide', { paths: [response.path] });
    if (response.version !== input.version) throw new Problem('response.stale', { version: response.version });
    return this.sign(tx, actor, { before: response, incident, step, input });
  }

  /** R2, R3: the level moves along the table, and the act is stored with the facts and the difference it was signed on. */
  private async sign(
    tx: Tx,
    actor: Actor,
    act: { before: Omit<store.Response, 'last'>; incident: Incident; step: LevelStep; input: Signed },
  ): Promise<ResponseDto> {
    const { before, incident, step, input } = act;
    const now = this.clock.now();
    const to = changeLevel(before.level, { step, to: input.level, reason: input.reason });
    const plan = await findPlan(tx, before.planVersionId);
    ensure(plan !== undefined, 'R4 the plan of a response stays');
    const whole = await wholeOf(tx, plan);
    const facts = factsOf(incident, input.facts);
    const last: store.Act = {
      id: newId(), serial: before.version + 1, step, from: before.level, to, reason: input.reason, decidedBy: input.decidedBy ?? actor.name,
      documentNo: input.documentNo ?? null, expectedUntil: input.expectedUntil ? new Date(input.expectedUntil) : null, facts,
      reached: proposeLevel(whole, facts).reached, difference: differenceOf(whole, { from: before.level, to }), actedBy: actor.name,
      actedAt: now,
    }; // prettier-ignore
    const after = {
      ...before,
      level: to,
      levelSince: now,
      endedAt: to === null ? now : null,
      version: before.version + 1,
      last,
    };
    if (step === 'approve') await store.insertResponse(tx, after);
    else await store.saveResponse(tx, after);
    await store.insertAct(tx, after.id, last);
    const data = store.toResponseDto(after);
    const { id, version, scope, incidentId } = after;
    await recordChange(tx, { kind: TOLD_AS[step], subject: 'response', id, version, scope, data, actor, incidentId });
    await writeTasks(tx, actor, { response: after, level: (to ?? before.level)! });
    return data;
  }
}

export interface ResponseIds {
  incidentId: string;
  responseId: string;
}

/** Who sees a response and its tasks: the societies of the place and of the lead with all above them; any later lead is one of those. */
const scopeOf = (incident: Incident): string[] => [
  ...new Set([...pathKeys(incident.societyPath), ...pathKeys(incident.leadPath)]),
];

/** The plan put together with what it inherits. R4: always that of the pinned version. */
async function wholeOf(tx: Tx, plan: Plan): Promise<PlanVersion> {
  return { plan: plan.title, version: plan.number, ...wholePlan(await planChain(tx, plan.id)) };
}

/** 422 `response.plan-not-binding`: the plan must be the one that binds this society for this incident. */
async function mustBind(tx: Tx, asked: { plan: Plan; incident: Incident; society: { path: string } }): Promise<void> {
  const { plan, incident, society } = asked;
  const plans = await plansInForce(tx, { hazard: incident.kind, paths: scopeOf(incident) });
  const binding = bindingPlan(plans, { path: society.path, hazard: incident.kind });
  if (!scopeOf(incident).includes(society.path) || binding?.id !== plan.id)
    throw new Problem('response.plan-not-binding', { title: plan.title });
}

function proposalOf(of: {
  plan: Plan;
  whole: PlanVersion;
  facts: ReturnType<typeof factsOf>;
  society: { id: string };
  running: store.Response | undefined;
}): ProposalDto {
  const { plan, whole, facts, society, running } = of;
  const { level, reached, unknown } = proposeLevel(whole, facts);
  const current = running?.level ?? null;
  const targets = [...RESPONSE_LEVELS, ...(current ? [null] : [])].filter((to) => to !== current);
  return {
    societyId: society.id, planVersionId: plan.id, planTitle: plan.title, planNumber: plan.number, planSocietyId: plan.societyId!,
    hazard: plan.hazard, level, reached, unknown, current, responseId: running?.id ?? null,
    differences: targets.map((to) => ({ to, ...differenceOf(whole, { from: current, to }) })),
  }; // prettier-ignore
}
