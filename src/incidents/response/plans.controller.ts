import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, MayDo, SignedIn } from '../../access/index.js';
import { id } from '../../shared/fields.dto.js';
import * as dto from './plans.dto.js';
import { PlansService } from './plans.service.js';

@ApiTags('plans')
@Controller('plans')
export class PlansController {
  constructor(private readonly service: PlansService) {}

  @Post()
  @MayDo('plan.draft')
  draft(@CurrentActor() actor: Actor, @Body({ schema: dto.draftPlan }) body: dto.DraftPlan) {
    return this.service.draftPlan(actor, body);
  }

  @Get()
  @SignedIn()
  list(@CurrentActor() actor: Actor, @Query({ schema: dto.plansQuery }) query: dto.PlansQuery) {
    return this.service.plans(actor, query);
  }

  @Get(':id')
  @SignedIn()
  read(@CurrentActor() actor: Actor, @Param('id', { schema: id }) planId: string) {
    return this.service.plan(actor, planId);
  }

  @Put(':id')
  @MayDo('plan.draft')
  amend(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) planId: string,
    @Body({ schema: dto.amendPlan }) body: dto.AmendPlan,
  ) {
    return this.service.amendPlan(actor, planId, body);
  }

  @Post(':id/renew')
  @MayDo('plan.draft')
  renew(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) planId: string,
    @Body({ schema: dto.planStep }) body: dto.PlanStep,
  ) {
    return this.service.renewPlan(actor, planId, body);
  }

  @Post(':id/release')
  @MayDo('plan.release')
  @HttpCode(200)
  release(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) planId: string,
    @Body({ schema: dto.planStep }) body: dto.PlanStep,
  ) {
    return this.service.releasePlan(actor, planId, body);
  }

  @Post(':id/retire')
  @MayDo('plan.draft')
  @HttpCode(200)
  retire(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) planId: string,
    @Body({ schema: dto.retirePlan }) body: dto.RetirePlan,
  ) {
    return this.service.retirePlan(actor, planId, body);
  }
}
