import { Logger } from '@nestjs/common';
import type { RecordedActor } from '../journal/index.js';
import { type Database, inTransaction, type Tx } from '../database/index.js';
import { readIncident } from '../incidents/index.js';
import type { Clock } from '../shared/clock.js';
import type { Facts } from './facts.rules.js';
import { explainHorizon } from './horizon.rules.js';
import type { PlanSoFar } from './planner/planner.types.js';
import { takeStep } from './suggestion-steps.js';
import { hasEnded } from './suggestion.rules.js';
import { lockSuggestion, type SuggestionRow } from './suggestion.store.js';

/**
 * Writes the plans on the way of one suggestion, the latest each time, while its solver goes on. Stops for good when the row was moved
 * by somebody else, or the incident is no longer what the plan was made from; a plan already shown is then taken back. What cannot be
 * written is left out: the answer does not wait for it.
 */
export class PlansSoFar {
  private readonly log = new Logger('suggestions');
  private latest: PlanSoFar | undefined;
  private writing: Promise<void> | undefined;
  private isOver = false;

  constructor(
    private readonly by: { db: Database; clock: Clock; actor: RecordedActor },
    private row: SuggestionRow,
    private readonly facts: Facts,
  ) {}

  note(soFar: PlanSoFar): void {
    if (this.isOver) return;
    this.latest = soFar;
    this.writing ??= this.writeAll();
  }

  /** Resolves when all that was noted is written. */
  async written(): Promise<void> {
    await this.writing;
  }

  /** The row as the last of them left it; what is not yet begun is not written any more, and nothing after it. */
  async end(): Promise<SuggestionRow> {
    this.latest = undefined;
    this.isOver = true;
    await this.writing;
    return this.row;
  }

  private async writeAll(): Promise<void> {
    try {
      while (this.latest) {
        const soFar = this.latest;
        this.latest = undefined;
        const moved = await inTransaction(this.by.db, (tx) => this.write(tx, soFar));
        if (!moved || moved.progress === null) this.isOver = true;
        this.row = moved ?? this.row;
      }
    } catch (error) {
      this.log.warn(`plan so far not written: ${String(error)}`);
      this.isOver = true;
    } finally {
      this.writing = undefined;
    }
  }

  private async write(tx: Tx, { plan, stage }: PlanSoFar): Promise<SuggestionRow | undefined> {
    const row = await lockSuggestion(tx, this.row.id);
    if (row?.version !== this.row.version) return undefined;
    const incident = await readIncident(tx, row.incidentId);
    const now = this.by.clock.now();
    const { incidentVersion } = this.facts;
    const isOld = !incident || hasEnded(incident) || incident.version !== incidentVersion;
    if (isOld && row.progress === null) return undefined;
    const { unmet } = explainHorizon(this.facts, plan);
    const { lines, bound, gap } = plan;
    const needMet = plan.stages[0]!.value;
    const progress = isOld
      ? null
      : { at: now.toISOString(), stage, needMet, bound, gap, incidentVersion, lines, unmet };
    return takeStep(tx, row, 'improve', { now, actor: this.by.actor, having: { progress } });
  }
}
