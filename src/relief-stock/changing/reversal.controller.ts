import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, MayDo, SignedIn } from '../../access/index.js';
import { id } from '../../shared/fields.dto.js';
import { type PaperStep, paperStep, type RejectPaper, rejectPaper } from './adjustment.dto.js';
import { type AskReversal, askReversal, type ReversalsQuery, reversalsQuery } from './reversal.dto.js';
import { ReversalService } from './reversal.service.js';

@ApiTags('stock')
@Controller('stock/reversals')
export class ReversalController {
  constructor(private readonly reversals: ReversalService) {}

  @Get()
  @SignedIn()
  list(@CurrentActor() actor: Actor, @Query({ schema: reversalsQuery }) query: ReversalsQuery) {
    return this.reversals.reversals(actor, query);
  }

  @Post()
  @MayDo('stock.adjust')
  ask(@CurrentActor() actor: Actor, @Body({ schema: askReversal }) body: AskReversal) {
    return this.reversals.ask(actor, body);
  }

  @Get(':id')
  @SignedIn()
  one(@CurrentActor() actor: Actor, @Param('id', { schema: id }) reversalId: string) {
    return this.reversals.reversal(actor, reversalId);
  }

  @Post(':id/approve')
  @MayDo('stock.adjust-approve')
  @HttpCode(200)
  approve(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) reversalId: string,
    @Body({ schema: paperStep }) body: PaperStep,
  ) {
    return this.reversals.approve(actor, reversalId, body);
  }

  @Post(':id/reject')
  @MayDo('stock.adjust-approve')
  @HttpCode(200)
  reject(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) reversalId: string,
    @Body({ schema: rejectPaper }) body: RejectPaper,
  ) {
    return this.reversals.reject(actor, reversalId, body);
  }

  @Post(':id/cancel')
  @MayDo('stock.adjust')
  @HttpCode(200)
  cancel(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) reversalId: string,
    @Body({ schema: paperStep }) body: PaperStep,
  ) {
    return this.reversals.cancel(actor, reversalId, body);
  }
}
