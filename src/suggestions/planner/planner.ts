import type { Plan, PlannerInput } from './planner.types.js';
import { planSteps } from './planner.rules.js';
import { SolverUnavailable } from './search.rules.js';
import { SolverWorker } from './solver-worker.js';
import type { StartWorker } from './solver-worker.js';
import { verifyPlan } from './verify.rules.js';

export interface PlanOptions {
  /** From the call to the answer, waiting included. Past it the stand-in's plan or the solver's best so far is answered. */
  timeoutMs: number;
}

/**
 * Plans with HiGHS in a thread of its own: started once and warm, restarted when it is late or breaks. Models are written
 * and read on the calling thread; only solving leaves it. Every plan passes the verifier before it is handed out.
 */
export class PlannerPool {
  private readonly solver: SolverWorker;

  constructor({ startWorker }: { startWorker?: StartWorker } = {}) {
    this.solver = new SolverWorker(startWorker);
  }

  /** Loads the solver ahead of the first plan. */
  start(): Promise<void> {
    return this.solver.warmUp();
  }

  /** Throws `InvalidPlannerInput` for a snapshot that contradicts itself, `PlanViolation` when a plan breaks a rule. */
  async plan(input: PlannerInput, { timeoutMs }: PlanOptions): Promise<Plan> {
    const deadlineMs = performance.now() + timeoutMs;
    const steps = planSteps(input);
    let step = steps.next();
    while (!step.done) {
      const answers = await this.solver.solve(step.value, deadlineMs).catch((refusal: unknown) => {
        if (refusal instanceof SolverUnavailable) return refusal;
        throw refusal;
      });
      step = answers instanceof SolverUnavailable ? steps.throw(answers) : steps.next(answers);
    }
    verifyPlan(input, step.value);
    return step.value;
  }

  async close(): Promise<void> {
    await this.solver.close();
  }
}
