import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { CurrentActor, SignedIn, type Actor } from '../access/index.js';
import { Problem } from '../shared/problem.js';
import * as dto from './past.dto.js';
import { PastService } from './past.service.js';
import { SnapshotService } from './snapshot.service.js';

@ApiTags('live')
@Controller('live')
export class LiveController {
  private readonly asked = new RateLimiterMemory({ points: dto.PAST_PER_MINUTE, duration: 60 });

  constructor(
    private readonly snapshots: SnapshotService,
    private readonly pasts: PastService,
  ) {}

  @Get('snapshot')
  @SignedIn()
  snapshot(@CurrentActor() actor: Actor) {
    return this.snapshots.snapshot(actor);
  }

  /** The board as it was at a moment, rebuilt from the record; nothing follows it and nothing can be done on it. */
  @Get('past')
  @SignedIn()
  async past(@CurrentActor() actor: Actor, @Query({ schema: dto.pastQuery }) query: dto.PastQuery) {
    await this.asked.consume(actor.sessionId).catch((over: { msBeforeNext?: number }) => {
      throw new Problem('rate.limited', {}, { retryAfterS: Math.ceil((over.msBeforeNext ?? 1000) / 1000) });
    });
    return this.pasts.board(actor, query);
  }
}
