import type { Plan, PlannerInput, Reason } from './planner.types.js';
import { isSeparable } from './allocate/joint-instance.rules.js';
import { PlanTeller } from './plan-teller.js';
import type { PlanWatch } from './plan-teller.js';
import { planning } from './planner.rules.js';
import type { Goods } from './planner.rules.js';
import { plainReason, reason } from './reasons.rules.js';
import { SolverUnavailable } from './search.rules.js';
import { readSnapshot } from './snapshot.rules.js';
import { SolverWorker } from './solver-worker.js';
import type { StartWorker } from './solver-worker.js';
import { SupplyThread } from './supply-thread.js';
import type { ThreadWatch } from './supply-thread.js';
import { isKept, isQuick, lockQuestions, priceOf, teamsAlone, withPrices } from './team-lock-prices.rules.js';
import { verifyPlan } from './verify.rules.js';

export interface PlanOptions {
  /** From the call to the answer, waiting included. Past it the stand-in's plan or the solver's best so far is answered. */
  timeoutMs: number;
  /** Hears of plans on the way. */
  watch?: PlanWatch;
}

/** Share of the time that the goods may take; the teams come after them. */
const CORE_SHARE = 0.5;

/** How the threads are started; replaced in tests. */
export interface PlannerThreads {
  startWorker?: StartWorker;
  startCore?: StartWorker;
}

/**
 * Plans goods with the allocation core and teams with HiGHS, each in a warm thread of its own that is replaced when it is late or
 * breaks. Goods that the core cannot separate (few sources first, nested shelf lives) are asked of HiGHS as well. Reading and
 * writing plans stays on the calling thread. Every plan passes a verifier before it is handed out: the core's plan in its thread,
 * the whole plan here.
 */
export class PlannerPool {
  private readonly solver: SolverWorker;
  private readonly core: SupplyThread;

  constructor({ startWorker, startCore }: PlannerThreads = {}) {
    this.solver = new SolverWorker(startWorker);
    this.core = new SupplyThread(startCore);
  }

  /** Loads both threads ahead of the first plan. */
  start(): Promise<void> {
    this.core.start();
    return this.solver.warmUp();
  }

  /** Throws `InvalidPlannerInput` for a snapshot that contradicts itself, `PlanViolation` when a plan breaks a rule. */
  async plan(input: PlannerInput, { timeoutMs, watch }: PlanOptions): Promise<Plan> {
    const teller = watch && new PlanTeller(input, watch);
    try {
      return await this.search(input, timeoutMs, teller);
    } finally {
      teller?.end();
    }
  }

  private async search(input: PlannerInput, timeoutMs: number, teller: PlanTeller | undefined): Promise<Plan> {
    const deadlineMs = performance.now() + timeoutMs;
    const goods = await this.goodsOf(input, deadlineMs, teller);
    const plan = await this.solve(input, goods, { deadlineMs, teller });
    return this.priced(input, plan, deadlineMs);
  }

  private async solve(
    input: PlannerInput,
    goods: Goods | null,
    { deadlineMs, teller }: { deadlineMs: number; teller?: PlanTeller | undefined },
  ): Promise<Plan> {
    const { steps, soFar } = planning(input, goods);
    let step = steps.next();
    while (!step.done) {
      const answers = await this.solver.solve(step.value, deadlineMs).catch((refusal: unknown) => {
        if (refusal instanceof SolverUnavailable) return refusal;
        throw refusal;
      });
      step = answers instanceof SolverUnavailable ? steps.throw(answers) : steps.next(answers);
      teller?.note('goals', soFar);
    }
    verifyPlan(input, step.value);
    return step.value;
  }

  /** What each bound unit costs, by planning the teams again without it; what there is no time for, or no proof, is not told. */
  private async priced(input: PlannerInput, plan: Plan, deadlineMs: number): Promise<Plan> {
    const questions = plan.status === 'greedy' ? [] : lockQuestions(input);
    if (questions.length === 0) return plan;
    if (!isQuick(input)) {
      const untold = reason('team-locks-not-priced', { locks: questions.length });
      return { ...plan, insight: withPrices(input, plan, [untold]) };
    }
    const teams = (asked: PlannerInput) => this.solve(asked, null, { deadlineMs });
    const now = plan.status === 'optimal' ? plan : await teams(teamsAlone(input));
    const prices: Reason[] = [];
    for (const question of questions) {
      if (now.status !== 'optimal' || performance.now() >= deadlineMs) break;
      const then = isKept(question, now) ? await teams(question.without) : now;
      const price = priceOf(question, now, then);
      if (price) prices.push(price);
    }
    return prices.length === 0 ? plan : { ...plan, insight: withPrices(input, plan, prices) };
  }

  async close(): Promise<void> {
    await Promise.all([this.solver.close(), this.core.close()]);
  }

  /** Null where the goods are the solver's work, or nothing is asked. */
  private async goodsOf(input: PlannerInput, deadlineMs: number, teller?: PlanTeller): Promise<Goods | null> {
    const snapshot = readSnapshot(input);
    const isAsked = snapshot.items.some(({ missing }) => missing > 0);
    if (!isAsked || snapshot.objective !== 'arrival' || !isSeparable(snapshot)) return null;
    try {
      const until = performance.now() + CORE_SHARE * (deadlineMs - performance.now());
      const hear: ThreadWatch['hear'] = (soFar, stage) => teller!.note(stage, planning(input, soFar).soFar);
      const answer = await this.core.allocate(input, until, teller && { everyMs: teller.everyMs, hear });
      return 'rule' in answer ? { missing: reason('plan-rejected', { rule: answer.rule }) } : answer;
    } catch (refusal) {
      if (refusal instanceof SolverUnavailable) return { missing: plainReason(refusal.code) };
      throw refusal;
    }
  }
}
