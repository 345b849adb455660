import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, MayDo, SignedIn } from '../access/index.js';
import { id } from '../shared/fields.dto.js';
import { CrossingsService } from './crossings.service.js';
import { GroundService } from './ground.service.js';
import * as dto from './travel.dto.js';

@ApiTags('travel')
@Controller('travel')
export class TravelController {
  constructor(
    private readonly crossings: CrossingsService,
    private readonly ground: GroundService,
  ) {}

  /** What ways are reckoned with: crossings, weather, terrain and islands. */
  @Get()
  @SignedIn()
  travel(@CurrentActor() actor: Actor) {
    return this.ground.travel(actor);
  }

  @Post('crossings')
  @MayDo('travel.manage')
  open(@CurrentActor() actor: Actor, @Body({ schema: dto.openCrossing }) body: dto.OpenCrossing) {
    return this.crossings.openCrossing(actor, body);
  }

  @Put('crossings/:id')
  @MayDo('travel.manage')
  change(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) crossingId: string,
    @Body({ schema: dto.changeCrossing }) body: dto.ChangeCrossing,
  ) {
    return this.crossings.changeCrossing(actor, crossingId, body);
  }

  @Post('crossings/:id/suspend')
  @MayDo('travel.manage')
  @HttpCode(200)
  suspend(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) crossingId: string,
    @Body({ schema: dto.suspendCrossing }) body: dto.SuspendCrossing,
  ) {
    return this.crossings.suspendCrossing(actor, crossingId, body);
  }

  @Post('crossings/:id/resume')
  @MayDo('travel.manage')
  @HttpCode(200)
  resume(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) crossingId: string,
    @Body({ schema: dto.crossingStep }) body: dto.CrossingStep,
  ) {
    return this.crossings.resumeCrossing(actor, crossingId, body);
  }

  @Post('crossings/:id/retire')
  @MayDo('travel.manage')
  @HttpCode(200)
  retire(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) crossingId: string,
    @Body({ schema: dto.crossingStep }) body: dto.CrossingStep,
  ) {
    return this.crossings.retireCrossing(actor, crossingId, body);
  }

  @Post('weather')
  @MayDo('travel.manage')
  setWeather(@CurrentActor() actor: Actor, @Body({ schema: dto.setWeather }) body: dto.SetWeather) {
    return this.ground.setWeather(actor, body);
  }

  @Post('weather/:id/lift')
  @MayDo('travel.manage')
  @HttpCode(200)
  lift(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) weatherId: string,
    @Body({ schema: dto.liftWeather }) body: dto.LiftWeather,
  ) {
    return this.ground.liftWeather(actor, weatherId, body);
  }

  @Put('areas/:societyId')
  @MayDo('travel.manage')
  setArea(
    @CurrentActor() actor: Actor,
    @Param('societyId', { schema: id }) societyId: string,
    @Body({ schema: dto.setArea }) body: dto.SetArea,
  ) {
    return this.ground.setArea(actor, societyId, body);
  }
}
