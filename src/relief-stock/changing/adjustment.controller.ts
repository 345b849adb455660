import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, MayDo, SignedIn } from '../../access/index.js';
import { id } from '../../shared/fields.dto.js';
import {
  type AdjustmentsQuery, adjustmentsQuery, type CellsQuery, cellsQuery, type DraftAdjustment, draftAdjustment, type PaperStep, paperStep,
  type ReasonsQuery, reasonsQuery, type RejectPaper, rejectPaper, type ReplaceGoods, replaceGoods, type RewriteAdjustment,
  rewriteAdjustment,
} from './adjustment.dto.js'; // prettier-ignore
import { AdjustmentService } from './adjustment.service.js';

@ApiTags('stock')
@Controller('stock')
export class AdjustmentController {
  constructor(private readonly adjustments: AdjustmentService) {}

  @Get('reasons')
  @SignedIn()
  reasons(@Query({ schema: reasonsQuery }) query: ReasonsQuery) {
    return this.adjustments.reasons(query);
  }

  @Get('cells')
  @SignedIn()
  cells(@CurrentActor() actor: Actor, @Query({ schema: cellsQuery }) query: CellsQuery) {
    return this.adjustments.cells(actor, query);
  }

  @Get('adjustments')
  @SignedIn()
  list(@CurrentActor() actor: Actor, @Query({ schema: adjustmentsQuery }) query: AdjustmentsQuery) {
    return this.adjustments.adjustments(actor, query);
  }

  @Post('adjustments')
  @MayDo('stock.adjust')
  draft(@CurrentActor() actor: Actor, @Body({ schema: draftAdjustment }) body: DraftAdjustment) {
    return this.adjustments.draft(actor, body);
  }

  @Get('adjustments/:id')
  @SignedIn()
  one(@CurrentActor() actor: Actor, @Param('id', { schema: id }) paperId: string) {
    return this.adjustments.adjustment(actor, paperId);
  }

  @Put('adjustments/:id')
  @MayDo('stock.adjust')
  rewrite(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) paperId: string,
    @Body({ schema: rewriteAdjustment }) body: RewriteAdjustment,
  ) {
    return this.adjustments.rewrite(actor, paperId, body);
  }

  @Post('adjustments/:id/submit')
  @MayDo('stock.adjust')
  @HttpCode(200)
  submit(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) paperId: string,
    @Body({ schema: paperStep }) body: PaperStep,
  ) {
    return this.adjustments.submit(actor, paperId, body);
  }

  @Post('adjustments/:id/approve')
  @MayDo('stock.adjust-approve')
  @HttpCode(200)
  approve(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) paperId: string,
    @Body({ schema: paperStep }) body: PaperStep,
  ) {
    return this.adjustments.approve(actor, paperId, body);
  }

  @Post('adjustments/:id/reject')
  @MayDo('stock.adjust-approve')
  @HttpCode(200)
  reject(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) paperId: string,
    @Body({ schema: rejectPaper }) body: RejectPaper,
  ) {
    return this.adjustments.reject(actor, paperId, body);
  }

  @Post('adjustments/:id/cancel')
  @MayDo('stock.adjust')
  @HttpCode(200)
  cancel(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) paperId: string,
    @Body({ schema: paperStep }) body: PaperStep,
  ) {
    return this.adjustments.cancel(actor, paperId, body);
  }

  @Post('adjustments/:id/replace')
  @MayDo('stock.adjust')
  @HttpCode(200)
  replace(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) paperId: string,
    @Body({ schema: replaceGoods }) body: ReplaceGoods,
  ) {
    return this.adjustments.replace(actor, paperId, body);
  }
}
