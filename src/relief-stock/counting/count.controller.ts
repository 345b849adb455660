import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, MayDo, SignedIn } from '../../access/index.js';
import { id } from '../../shared/fields.dto.js';
import { CountApprovalService } from './count-approval.service.js';
import { CountReadService } from './count-read.service.js';
import {
  type AddFoundLine, addFoundLine, type ApproveCount, approveCount, type CancelCount, cancelCount, type CountLine, countLine, type CountLines,
  countLines, type CountsQuery, countsQuery, type DropLines, dropLines, type ExplainLines, explainLines, type FinishCount, finishCount,
  type OpenCount, openCount, type PostCount, postCount, type RecountLines, recountLines,
} from './count.dto.js'; // prettier-ignore
import { CountService } from './count.service.js';

@ApiTags('stock')
@Controller('stock/counts')
export class CountController {
  constructor(
    private readonly counting: CountService,
    private readonly approval: CountApprovalService,
    private readonly reading: CountReadService,
  ) {}

  @Post()
  @MayDo('stock.count')
  open(@CurrentActor() actor: Actor, @Body({ schema: openCount }) body: OpenCount) {
    return this.counting.openCount(actor, body);
  }

  @Get()
  @SignedIn()
  list(@CurrentActor() actor: Actor, @Query({ schema: countsQuery }) query: CountsQuery) {
    return this.reading.counts(actor, query);
  }

  @Get(':id')
  @SignedIn()
  one(@CurrentActor() actor: Actor, @Param('id', { schema: id }) countId: string) {
    return this.reading.count(actor, countId);
  }

  @Get(':id/sheet')
  @SignedIn()
  sheet(@CurrentActor() actor: Actor, @Param('id', { schema: id }) countId: string) {
    return this.reading.sheet(actor, countId);
  }

  @Put(':id/lines')
  @MayDo('stock.count')
  lines(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) countId: string,
    @Body({ schema: countLines }) body: CountLines,
  ) {
    return this.counting.countLines(actor, countId, body);
  }

  @Post(':id/lines')
  @MayDo('stock.count')
  found(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) countId: string,
    @Body({ schema: addFoundLine }) body: AddFoundLine,
  ) {
    return this.counting.addFoundLine(actor, countId, body);
  }

  @Put(':id/lines/:lineId')
  @MayDo('stock.count')
  line(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) countId: string,
    @Param('lineId', { schema: id }) lineId: string,
    @Body({ schema: countLine }) body: CountLine,
  ) {
    return this.counting.countLine(actor, countId, lineId, body);
  }

  @Put(':id/causes')
  @MayDo('stock.count')
  explain(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) countId: string,
    @Body({ schema: explainLines }) body: ExplainLines,
  ) {
    return this.approval.explainLines(actor, countId, body);
  }

  @Post(':id/finish')
  @HttpCode(200)
  @MayDo('stock.count')
  finish(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) countId: string,
    @Body({ schema: finishCount }) body: FinishCount,
  ) {
    return this.counting.finishCount(actor, countId, body);
  }

  @Post(':id/recount')
  @HttpCode(200)
  @MayDo('stock.count-approve')
  recount(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) countId: string,
    @Body({ schema: recountLines }) body: RecountLines,
  ) {
    return this.counting.recountLines(actor, countId, body);
  }

  @Post(':id/approve')
  @HttpCode(200)
  @MayDo('stock.count-approve')
  approve(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) countId: string,
    @Body({ schema: approveCount }) body: ApproveCount,
  ) {
    return this.approval.approveCount(actor, countId, body);
  }

  @Post(':id/post')
  @HttpCode(200)
  @MayDo('stock.count-approve')
  post(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) countId: string,
    @Body({ schema: postCount }) body: PostCount,
  ) {
    return this.approval.postCount(actor, countId, body);
  }

  @Post(':id/drop')
  @HttpCode(200)
  @MayDo('stock.count-approve')
  drop(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) countId: string,
    @Body({ schema: dropLines }) body: DropLines,
  ) {
    return this.approval.dropLines(actor, countId, body);
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @MayDo('stock.count')
  cancel(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) countId: string,
    @Body({ schema: cancelCount }) body: CancelCount,
  ) {
    return this.counting.cancelCount(actor, countId, body);
  }
}
