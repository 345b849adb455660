import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { type Actor, CurrentActor, drillCookie, MayDo, SignedIn } from '../access/index.js';
import { id, pageQuery } from '../shared/fields.dto.js';
import * as dto from './drills.dto.js';
import { DrillsService } from './drills.service.js';

const drillsQuery = z.object(pageQuery);

@ApiTags('drills')
@Controller('drills')
export class DrillsController {
  constructor(private readonly service: DrillsService) {}

  @Post()
  @MayDo('drill.run')
  plan(@CurrentActor() actor: Actor, @Body({ schema: dto.planDrill }) body: dto.PlanDrill) {
    return this.service.planDrill(actor, body);
  }

  @Get()
  @SignedIn()
  list(@CurrentActor() actor: Actor, @Query({ schema: drillsQuery }) query: z.infer<typeof drillsQuery>) {
    return this.service.drills(actor, query);
  }

  @Get(':id')
  @SignedIn()
  read(@CurrentActor() actor: Actor, @Param('id', { schema: id }) drillId: string) {
    return this.service.drill(actor, drillId);
  }

  @Get(':id/score')
  @SignedIn()
  score(@CurrentActor() actor: Actor, @Param('id', { schema: id }) drillId: string) {
    return this.service.score(actor, drillId);
  }

  @Post(':id/start')
  @MayDo('drill.run')
  @HttpCode(200)
  start(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) drillId: string,
    @Body({ schema: dto.drillStep }) body: dto.DrillStep,
  ) {
    // prettier-ignore
    return this.service.startDrill(actor, drillId, body);
  }

  @Post(':id/end')
  @MayDo('drill.run')
  @HttpCode(200)
  end(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) drillId: string,
    @Body({ schema: dto.drillStep }) body: dto.DrillStep,
  ) {
    // prettier-ignore
    return this.service.endDrill(actor, drillId, body);
  }

  /** The clock of the drill stands until a speed is set again. */
  @Post(':id/pause')
  @MayDo('drill.run')
  @HttpCode(200)
  pause(@CurrentActor() actor: Actor, @Param('id', { schema: id }) drillId: string) {
    return this.service.setSpeed(actor, drillId, 0);
  }

  @Post(':id/speed')
  @MayDo('drill.run')
  @HttpCode(200)
  setSpeed(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) drillId: string,
    @Body({ schema: dto.setDrillSpeed }) body: dto.SetDrillSpeed,
  ) {
    // prettier-ignore
    return this.service.setSpeed(actor, drillId, body.speed);
  }

  /** A further inject, by hand, now or at a moment of the drill's clock. */
  @Post(':id/injects')
  @MayDo('drill.run')
  enterInject(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) drillId: string,
    @Body({ schema: dto.enterInject }) body: dto.EnterInject,
  ) {
    return this.service.enterInject(actor, drillId, body);
  }

  /** Opens a session of the drill. Its cookie goes to the drill's own addresses only; the real session stays as it is. */
  @Post(':id/enter')
  @SignedIn()
  @HttpCode(200)
  async enter(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) drillId: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ) {
    const from = { ip: request.ip ?? 'unknown', userAgent: request.headers['user-agent'] ?? '' };
    const entered = await this.service.enterDrill(actor, drillId, from);
    const { name, path } = drillCookie(entered.number);
    response.cookie(name, entered.token, { httpOnly: true, sameSite: 'lax', secure: request.secure, path }); // prettier-ignore
    return entered;
  }
}
