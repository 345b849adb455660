import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config.js';
import { JournalFeed } from '../journal/index.js';
import { JobQueue } from '../queue/index.js';
import type { Trigger } from './affected.rules.js';
import { RefreshService } from './refresh.service.js';
import { SolveService } from './solve.service.js';
import { REFRESH, SOLVE } from './suggestion-jobs.service.js';

const TICK_MS = 60_000;
const SWEEP_MS = 5_000;

/** The alarm clocks of suggestions, and the follower that rings when the journal tells of facts that moved. */
@Injectable()
export class SuggestionProcessor {
  constructor(
    queue: JobQueue,
    feed: JournalFeed,
    solve: SolveService,
    refresh: RefreshService,
    @Inject(CONFIG) config: Config,
  ) {
    queue.handle(SOLVE, ({ suggestionId }) => solve.solve(String(suggestionId)));
    queue.handle(REFRESH, ({ incidentId, trigger }) => refresh.refresh(String(incidentId), trigger as Trigger));
    queue.every('suggestions.tick', TICK_MS, () => refresh.refreshAll());
    queue.every('suggestions.sweep', SWEEP_MS, () => solve.sweep());
    if (config.ROLE !== 'web') feed.follow((changes) => refresh.note(changes));
  }
}
