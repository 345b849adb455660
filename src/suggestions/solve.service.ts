import { Injectable } from '@nestjs/common';
import { systemActor } from '../access/index.js';
import { Database, inTransaction, read } from '../database/index.js';
import { lockIncident } from '../incidents/index.js';
import { Clock } from '../shared/clock.js';
import { ensure } from '../shared/problem.js';
import { nearestExcluded, shownWays } from './excluded.rules.js';
import { type Facts, hashOf } from './facts.rules.js';
import { FactsReader } from './facts.js';
import { explainHorizon, inputWithinHorizon } from './horizon.rules.js';
import { PlannerService } from './planner.service.js';
import type { Plan } from './planner/planner.types.js';
import { PlansSoFar } from './plans-so-far.js';
import { STUCK_MS, SuggestionJobs } from './suggestion-jobs.service.js';
import { takeStep } from './suggestion-steps.js';
import { afterInterruption, askedLater, hasEnded } from './suggestion.rules.js';
import {
  keepInput,
  lockOpenSuggestions,
  lockSuggestion,
  stuckSuggestions,
  type SuggestionRow,
} from './suggestion.store.js';

const SOLVER = systemActor('suggestions');

/** Turns queued suggestions into proposals. Planning itself happens outside any transaction. */
@Injectable()
export class SolveService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly facts: FactsReader,
    private readonly planner: PlannerService,
    private readonly jobs: SuggestionJobs,
  ) {}

  /** Solves one suggestion if it is still queued; right if it runs twice, late or beside another. */
  async solve(id: string): Promise<void> {
    const started = await this.start(id);
    if (!started) return;
    const facts = await this.facts.gather(started);
    const soFar = new PlansSoFar({ db: this.db, clock: this.clock, actor: SOLVER }, started, facts);
    const plan = await this.planner
      .plan(inputWithinHorizon(facts), (one) => soFar.note(one))
      .catch((error: unknown) => {
        const fault = this.planner.faultOf(error);
        if (fault === undefined) throw error;
        return fault;
      })
      .finally(() => soFar.end());
    const solving = await soFar.end();
    if (typeof plan === 'string') await this.fail(solving, facts, plan);
    else await this.propose(solving, facts, plan);
    // Facts that moved while it was being solved were left for this moment (refreshVerdict).
    this.jobs.refreshSoon(started.incidentId, 'solved');
  }

  /** Rings again for what the queue lost, and takes back what a process left unfinished; gives up after three tries. */
  async sweep(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - STUCK_MS);
    for (const found of await read(this.db, (tx) => stuckSuggestions(tx, before))) {
      const queued = found.status === 'queued' ? found : await this.takeBack(found.id, before);
      if (queued) this.jobs.solveAgain(queued);
    }
  }

  private async start(id: string): Promise<SuggestionRow | undefined> {
    return inTransaction(this.db, async (tx) => {
      const row = await lockSuggestion(tx, id);
      if (row?.status !== 'queued') return undefined;
      const having = { attempts: row.attempts + 1 };
      return takeStep(tx, row, 'start', { now: this.clock.now(), actor: SOLVER, having });
    });
  }

  private async takeBack(id: string, before: Date): Promise<SuggestionRow | undefined> {
    return inTransaction(this.db, async (tx) => {
      const row = await lockSuggestion(tx, id);
      if (row?.status !== 'solving' || row.statusSince > before) return undefined;
      const step = afterInterruption(row.attempts);
      const having = step === 'fail' ? { failure: 'solve-interrupted' } : {};
      const moved = await takeStep(tx, row, step, { now: this.clock.now(), actor: SOLVER, having });
      return step === 'requeue' ? moved : undefined;
    });
  }

  private async fail(started: SuggestionRow, facts: Facts, failure: string): Promise<void> {
    await inTransaction(this.db, async (tx) => {
      const row = await lockSuggestion(tx, started.id);
      if (row?.version !== started.version) return;
      const having = { failure, inputHash: hashOf(facts) };
      await keepInput(tx, row.id, facts);
      await takeStep(tx, row, 'fail', { now: this.clock.now(), actor: SOLVER, having });
    });
  }

  /**
   * G1: one proposal for an incident and a society. The older ones give way in the same transaction; if a later question was already
   * answered, or the incident ended meanwhile, this one gives way itself.
   */
  private async propose(started: SuggestionRow, facts: Facts, plan: Plan): Promise<void> {
    await inTransaction(this.db, async (tx) => {
      const incident = await lockIncident(tx, started.incidentId);
      ensure(incident !== undefined, 'a suggestion has its incident');
      const open = await lockOpenSuggestions(tx, incident.id);
      const row = open.find(({ id }) => id === started.id);
      if (row?.version !== started.version) return;
      const now = this.clock.now();
      const how = { now, actor: SOLVER };
      const solved = solvedBy(plan, facts, now);
      await keepInput(tx, row.id, facts);
      const proposals = open.filter(({ societyId, status }) => societyId === row.societyId && status === 'proposed');
      if (hasEnded(incident) || proposals.some((other) => askedLater(other, row)))
        return void (await takeStep(tx, row, 'supersede', { ...how, having: solved }));
      for (const older of proposals) await takeStep(tx, older, 'supersede', how);
      await takeStep(tx, row, 'propose', { ...how, having: { ...solved, scope: incident.scope } });
    });
  }
}

function solvedBy(plan: Plan, facts: Facts, now: Date): Partial<SuggestionRow> {
  const { lines, stages, bound, gap, solver, insight, reserved } = plan;
  const { unmet, excluded } = explainHorizon(facts, plan);
  const shown = nearestExcluded(facts, excluded);
  return {
    lines, unmet, ...shown, stages, bound, gap, solver, planStatus: plan.status, fallback: plan.fallback ?? null,
    insight, reserved, travel: facts.travel ?? null, ways: shownWays(facts, plan.lines, shown.excluded), inputHash: hashOf(facts), incidentVersion: facts.incidentVersion, solvedAt: now,
  }; // prettier-ignore
}
