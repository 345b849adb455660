import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config.js';
import { JobQueue } from '../queue/index.js';

export const SOLVE = 'suggestions.solve';
export const REFRESH = 'suggestions.refresh';
/** After this long without a step a suggestion counts as lost and is rung again. */
export const STUCK_MS = 30_000;

/**
 * Rings for suggestions. Called after the commit and never waited for: the tick and the sweep repair what gets lost. Job ids are cut
 * by the machine's clock, because the queue's delays run on it.
 */
@Injectable()
export class SuggestionJobs {
  private stretch = 0;
  private readonly rung = new Set<string>();

  constructor(
    private readonly queue: JobQueue,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** One job for this version of the row. */
  solveSoon({ id, version }: { id: string; version: number }): void {
    void this.queue.enqueue(SOLVE, { suggestionId: id }, { jobId: `suggest-${id}-${version}` });
  }

  /** Rings a lost one again; at most once in STUCK_MS, and never mistaken for a failed job that the queue still remembers. */
  solveAgain({ id, version }: { id: string; version: number }): void {
    const round = Math.floor(Date.now() / STUCK_MS);
    void this.queue.enqueue(SOLVE, { suggestionId: id }, { jobId: `suggest-${id}-${version}-again-${round}` });
  }

  /**
   * Looks at the incident again at the end of the running stretch of SUGGESTION_DEBOUNCE_MS: all rings of one stretch are one job,
   * over all processes. A ring during that job falls into the next stretch, so that nothing is missed.
   */
  refreshSoon(incidentId: string, trigger: string): void {
    const lengthMs = Math.max(1, this.config.SUGGESTION_DEBOUNCE_MS);
    const nowMs = Date.now();
    const stretch = Math.floor(nowMs / lengthMs);
    if (stretch !== this.stretch) this.rung.clear();
    this.stretch = stretch;
    // Only spares the queue repeated questions; a process that has forgotten asks again and gets the same job.
    if (this.rung.has(incidentId)) return;
    this.rung.add(incidentId);
    const delayMs = (stretch + 1) * lengthMs - nowMs;
    void this.queue.enqueue(REFRESH, { incidentId, trigger }, { jobId: `refresh-${incidentId}-${stretch}`, delayMs });
  }
}
