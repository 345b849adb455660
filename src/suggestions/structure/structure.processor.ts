import { Injectable } from '@nestjs/common';
import { JobQueue } from '../../queue/index.js';
import { SOLVE_STRUCTURE } from './structure-jobs.service.js';
import { StructureSolveService } from './structure-solve.service.js';

const SWEEP_MS = 30_000;

/** The alarm clocks of structure advice. */
@Injectable()
export class StructureProcessor {
  constructor(queue: JobQueue, service: StructureSolveService) {
    queue.handle(SOLVE_STRUCTURE, ({ adviceId }) => service.solve(String(adviceId)));
    queue.every('structure.sweep', SWEEP_MS, () => service.sweep());
  }
}
