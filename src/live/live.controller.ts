import { Controller, Get, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { CurrentActor, SignedIn, type Actor } from '../access/index.js';
import { SnapshotService } from './snapshot.service.js';

@ApiTags('live')
@Controller('live')
export class LiveController {
  constructor(private readonly snapshots: SnapshotService) {}

  /** Written by hand: it is text already, and a mark of what it says (`ETag`) would never be asked for again. */
  @Get('snapshot')
  @SignedIn()
  async snapshot(@CurrentActor() actor: Actor, @Res() response: Response): Promise<void> {
    const picture = await this.snapshots.written(actor);
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
    response.setHeader('Content-Length', picture.length);
    response.end(picture);
  }
}
