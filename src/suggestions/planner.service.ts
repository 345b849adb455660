import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { PlannerPool } from './planner/planner.js';
import type { Plan, PlannerInput, PlanSoFar } from './planner/planner.types.js';
import { InvalidPlannerInput } from './planner/snapshot.rules.js';
import { PlanViolation } from './planner/verify.rules.js';

/** From the call to the answer, waiting behind other plans included; past it the planner answers with its stand-in. */
const TIMEOUT_MS = 10_000;

/** The solver thread of this process: started by the first plan, ended with the process. */
@Injectable()
export class PlannerService implements OnApplicationShutdown {
  /** Between two plans on the way: people read no faster. */
  tellEveryMs = 500;
  private readonly pool = new PlannerPool();

  plan(input: PlannerInput, hear?: (soFar: PlanSoFar) => void): Promise<Plan> {
    return this.pool.plan(input, {
      timeoutMs: TIMEOUT_MS,
      ...(hear ? { watch: { everyMs: this.tellEveryMs, hear } } : {}),
    });
  }

  /** The code of a fault that trying again would only repeat; undefined for any other error. */
  faultOf(error: unknown): string | undefined {
    if (error instanceof InvalidPlannerInput) return 'planner-input-invalid';
    if (error instanceof PlanViolation) return 'plan-violates-rule';
    return undefined;
  }

  /** After the jobs: a plan still running would otherwise end with the stand-in for no reason. */
  async onApplicationShutdown(): Promise<void> {
    await this.pool.close();
  }
}
