import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentActor, SignedIn, type Actor } from '../access/index.js';
import { SnapshotService } from './snapshot.service.js';

@ApiTags('live')
@Controller('live')
export class LiveController {
  constructor(private readonly snapshots: SnapshotService) {}

  @Get('snapshot')
  @SignedIn()
  snapshot(@CurrentActor() actor: Actor) {
    return this.snapshots.snapshot(actor);
  }
}
