import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, MayDo } from '../access/index.js';
import { audienceQuery, type AudienceQuery } from './audience.dto.js';
import { AudienceService } from './audience.service.js';

@ApiTags('dispatch')
@Controller()
export class AudienceController {
  constructor(private readonly audience: AudienceService) {}

  /** Whom an order to these units would tell, by which ways in which order, and whose quiet hours it would ring through. */
  @Get('dispatch-audience')
  @MayDo('mission.dispatch')
  of(@CurrentActor() actor: Actor, @Query({ schema: audienceQuery }) { units }: AudienceQuery) {
    return this.audience.audience(actor, units);
  }
}
