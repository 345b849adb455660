import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { CurrentActor, SignedIn, type Actor } from '../access/index.js';
import * as dto from './past.dto.js';
import { PastService } from './past.service.js';
import { SnapshotService } from './snapshot.service.js';
import { perMinute, takeFrom } from '../shared/allowance.js';

@ApiTags('live')
@Controller('live')
export class LiveController {
  private readonly asked = perMinute(dto.PAST_PER_MINUTE);

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
    await takeFrom(this.asked, actor.sessionId);
    return this.pasts.board(actor, query);
  }
}
