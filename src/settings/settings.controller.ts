import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, MayDo, SignedIn } from '../access/index.js';
import { id } from '../shared/fields.dto.js';
import { ClocksService } from './clocks.service.js';
import * as dto from './settings.dto.js';

@ApiTags('settings')
@Controller('clock-settings')
export class SettingsController {
  constructor(private readonly service: ClocksService) {}

  /** The clocks of a society as they run, and whose word counts for each. */
  @Get()
  @SignedIn()
  clocks(@CurrentActor() actor: Actor, @Query({ schema: dto.clocksQuery }) query: dto.ClocksQuery) {
    return this.service.clocks(actor, query.societyId);
  }

  @Put(':societyId/:key')
  @MayDo('clock.set')
  set(
    @CurrentActor() actor: Actor,
    @Param('societyId', { schema: id }) societyId: string,
    @Param('key', { schema: dto.clockKey }) key: dto.ClockKey,
    @Body({ schema: dto.setClock }) body: dto.SetClock,
  ) {
    return this.service.setClock(actor, { societyId, key }, body);
  }

  @Post(':societyId/:key/reset')
  @MayDo('clock.set')
  @HttpCode(200)
  reset(
    @CurrentActor() actor: Actor,
    @Param('societyId', { schema: id }) societyId: string,
    @Param('key', { schema: dto.clockKey }) key: dto.ClockKey,
    @Body({ schema: dto.resetClock }) body: dto.ResetClock,
  ) {
    return this.service.resetClock(actor, { societyId, key }, body);
  }
}
