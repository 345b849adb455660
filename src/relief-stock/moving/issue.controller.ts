import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, MayDo, SignedIn } from '../../access/index.js';
import { id } from '../../shared/fields.dto.js';
import {
  type CancelIssue, cancelIssue, type IssueGoods, issueGoods, type IssuesQuery, issuesQuery, type IssueStep, issueStep, type OrderIssue,
  orderIssue, type SignIssue, signIssue,
} from './issue.dto.js'; // prettier-ignore
import { IssueService } from './issue.service.js';

@ApiTags('stock')
@Controller('stock/issues')
export class IssueController {
  constructor(private readonly issues: IssueService) {}

  @Post()
  @MayDo('stock.order')
  order(@CurrentActor() actor: Actor, @Body({ schema: orderIssue }) body: OrderIssue) {
    return this.issues.orderIssue(actor, body);
  }

  @Get()
  @SignedIn()
  list(@CurrentActor() actor: Actor, @Query({ schema: issuesQuery }) query: IssuesQuery) {
    return this.issues.issues(actor, query);
  }

  @Get(':id')
  @SignedIn()
  one(@CurrentActor() actor: Actor, @Param('id', { schema: id }) issueId: string) {
    return this.issues.oneIssue(actor, issueId);
  }

  @Post(':id/approve')
  @MayDo('stock.order')
  @HttpCode(200)
  approve(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) issueId: string,
    @Body({ schema: issueStep }) body: IssueStep,
  ) {
    return this.issues.approve(actor, issueId, body);
  }

  @Post(':id/pick')
  @MayDo('supply.keep')
  @HttpCode(200)
  pick(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) issueId: string,
    @Body({ schema: issueStep }) body: IssueStep,
  ) {
    return this.issues.pick(actor, issueId, body);
  }

  @Post(':id/issue')
  @MayDo('supply.keep')
  @HttpCode(200)
  issue(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) issueId: string,
    @Body({ schema: issueGoods }) body: IssueGoods,
  ) {
    return this.issues.issue(actor, issueId, body);
  }

  @Post(':id/sign')
  @MayDo('stock.transfer')
  @HttpCode(200)
  sign(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) issueId: string,
    @Body({ schema: signIssue }) body: SignIssue,
  ) {
    return this.issues.sign(actor, issueId, body);
  }

  @Post(':id/close')
  @MayDo('stock.order')
  @HttpCode(200)
  close(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) issueId: string,
    @Body({ schema: issueStep }) body: IssueStep,
  ) {
    return this.issues.close(actor, issueId, body);
  }

  @Post(':id/cancel')
  @MayDo('stock.order')
  @HttpCode(200)
  cancel(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) issueId: string,
    @Body({ schema: cancelIssue }) body: CancelIssue,
  ) {
    return this.issues.cancel(actor, issueId, body);
  }
}
