import { Injectable } from '@nestjs/common';
import { JobQueue } from '../../queue/index.js';

export const SOLVE_STRUCTURE = 'structure.solve';

/** Rings for advice. Called after the commit and never waited for: the sweep repairs what gets lost. */
@Injectable()
export class StructureJobs {
  constructor(private readonly queue: JobQueue) {}

  /** One job for this version of the row. */
  solveSoon({ id, version }: { id: string; version: number }): void {
    void this.queue.enqueue(SOLVE_STRUCTURE, { adviceId: id }, { jobId: `structure-${id}-${version}` });
  }
}
