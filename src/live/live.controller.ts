import { Controller, Get, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { CurrentActor, SignedIn, type Actor } from '../access/index.js';
import { SnapshotService } from './snapshot.service.js';

@ApiTags('live')
@Controller('live')
export class LiveController {
  constructor(private readonly snapshots: SnapshotService) {}

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
}
