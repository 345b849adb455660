import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, MayDo } from '../../../access/index.js';
import { perMinute, takeFrom } from '../../../shared/allowance.js';
import * as dto from './rotation.dto.js';
import { RotationService } from './rotation.service.js';

@ApiTags('structure')
@Controller('structure/rotation')
export class RotationController {
  private readonly asked = perMinute(dto.ROTATION_LIMITS.askedPerMinute);

  constructor(private readonly service: RotationService) {}

  /** Lots that will expire where they lie: which store or need would use them in time, and what is left. 429 `rate.limited` for who asks too often. */
  @Get()
  @MayDo('structure.ask')
  async rotation(@CurrentActor() actor: Actor, @Query({ schema: dto.rotationQuery }) query: dto.RotationQuery) {
    await takeFrom(this.asked, actor.sessionId);
    return this.service.rotation(actor, query);
  }
}
