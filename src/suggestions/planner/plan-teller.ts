import type { Plan, PlannerInput, PlanSoFar, SearchStage } from './planner.types.js';
import { PlanViolation, verifyPlan } from './verify.rules.js';

/** Writing and checking a plan holds up this thread: it rests so many times as long as that took. */
const REST = 20;

export interface PlanWatch {
  /** At least so long between two plans, and before the first. */
  everyMs: number;
  hear(soFar: PlanSoFar): void;
}

/**
 * Tells of plans on the way, the latest each time and never more often than asked. A plan is written only when it is told, and nobody
 * hears of one that breaks a rule.
 */
export class PlanTeller {
  private latest: { write: () => Plan; stage: SearchStage } | null = null;
  private timer: NodeJS.Timeout | null = null;
  private nextMs: number;

  constructor(
    private readonly input: PlannerInput,
    private readonly watch: PlanWatch,
  ) {
    this.nextMs = performance.now() + watch.everyMs;
  }

  get everyMs(): number {
    return this.watch.everyMs;
  }

  note(stage: SearchStage, write: () => Plan): void {
    this.latest = { write, stage };
    this.timer ??= setTimeout(() => this.tell(), Math.max(0, this.nextMs - performance.now()));
  }

  /** The search has ended: what was not told yet is not told any more. */
  end(): void {
    if (this.timer) clearTimeout(this.timer);
    this.latest = null;
  }

  private tell(): void {
    this.timer = null;
    if (!this.latest) return;
    const { write, stage } = this.latest;
    const begun = performance.now();
    const plan = write();
    const holds = this.holds(plan);
    const ended = performance.now();
    this.nextMs = ended + Math.max(this.watch.everyMs, REST * (ended - begun));
    if (holds) this.watch.hear({ plan, stage });
  }

  private holds(plan: Plan): boolean {
    try {
      verifyPlan(this.input, plan);
      return true;
    } catch (violation) {
      if (violation instanceof PlanViolation) return false;
      throw violation;
    }
  }
}
