import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, MayDo, SignedIn } from '../../access/index.js';
import { id } from '../../shared/fields.dto.js';
import * as dto from './handover.dto.js';
import { HandoverService } from './handover.service.js';

@ApiTags('duty')
@Controller('handovers')
export class HandoverController {
  constructor(private readonly service: HandoverService) {}

  @Get()
  @SignedIn()
  list(@CurrentActor() actor: Actor, @Query({ schema: dto.handoversQuery }) query: dto.HandoversQuery) {
    return this.service.handovers(actor, query);
  }

  /** What is open at a desk now: the list that would be drawn. */
  @Get('matters')
  @SignedIn()
  matters(@CurrentActor() actor: Actor, @Query({ schema: dto.mattersQuery }) query: dto.MattersQuery) {
    return this.service.matters(actor, query.societyId);
  }

  @Get(':id')
  @SignedIn()
  read(@CurrentActor() actor: Actor, @Param('id', { schema: id }) handoverId: string) {
    return this.service.handover(actor, handoverId);
  }

  @Post()
  @MayDo('duty.hand-over')
  draw(@CurrentActor() actor: Actor, @Body({ schema: dto.drawHandover }) body: dto.DrawHandover) {
    return this.service.drawHandover(actor, body);
  }

  @Post(':id/take-over')
  @MayDo('duty.hand-over')
  @HttpCode(200)
  takeOver(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) handoverId: string,
    @Body({ schema: dto.handoverStep }) body: dto.HandoverStep,
  ) {
    return this.service.takeOver(actor, handoverId, body);
  }

  /** One matter at a time: whoever takes over reads each. */
  @Post(':id/acknowledge')
  @MayDo('duty.hand-over')
  @HttpCode(200)
  acknowledge(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) handoverId: string,
    @Body({ schema: dto.acknowledgeItem }) body: dto.AcknowledgeItem,
  ) {
    return this.service.acknowledge(actor, handoverId, body);
  }

  @Post(':id/complete')
  @MayDo('duty.hand-over')
  @HttpCode(200)
  complete(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) handoverId: string,
    @Body({ schema: dto.completeHandover }) body: dto.CompleteHandover,
  ) {
    return this.service.complete(actor, handoverId, body);
  }

  @Post(':id/withdraw')
  @MayDo('duty.hand-over')
  @HttpCode(200)
  withdraw(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) handoverId: string,
    @Body({ schema: dto.withdrawHandover }) body: dto.WithdrawHandover,
  ) {
    return this.service.withdraw(actor, handoverId, body);
  }
}
