import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
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

  /** Sent as it is read. What fails before the first piece is a problem like any other; after it, the answer breaks off and says so by that. */
  @Get('snapshot')
  @SignedIn()
  async snapshot(@CurrentActor() actor: Actor, @Res() response: Response): Promise<void> {
    try {
      response.setHeader('Content-Type', 'application/json; charset=utf-8');
      await this.snapshots.write(actor, (piece) => void response.write(piece));
      response.end();
    } catch (error) {
      if (response.headersSent) response.destroy();
      throw error; // the filter logs it
    }
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
