import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, MayDo, SignedIn } from '../../access/index.js';
import { id } from '../../shared/fields.dto.js';
import { RequestAnswerService } from './request-answer.service.js';
import { RequestService } from './request.service.js';
import {
  type AnswerRequest, answerRequest, type AskPartner, askPartner, type DeskStep, deskStep, type EndRequest, endRequest, type RequestGoods,
  requestGoods, type RequestsQuery, requestsQuery, type TakeBack, takeBack,
} from './requests.dto.js'; // prettier-ignore

@ApiTags('stock')
@Controller('stock/requests')
export class RequestsController {
  constructor(
    private readonly requests: RequestService,
    private readonly answers: RequestAnswerService,
  ) {}

  @Post()
  @MayDo('stock.request')
  ask(@CurrentActor() actor: Actor, @Body({ schema: requestGoods }) body: RequestGoods) {
    return this.requests.requestGoods(actor, body);
  }

  @Get()
  @SignedIn()
  list(@CurrentActor() actor: Actor, @Query({ schema: requestsQuery }) query: RequestsQuery) {
    return this.requests.requests(actor, query);
  }

  @Get(':id')
  @SignedIn()
  one(@CurrentActor() actor: Actor, @Param('id', { schema: id }) requestId: string) {
    return this.requests.request(actor, requestId);
  }

  @Post(':id/answers')
  @MayDo('stock.request-answer')
  answer(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) requestId: string,
    @Body({ schema: answerRequest }) body: AnswerRequest,
  ) {
    return this.answers.answerRequest(actor, requestId, body);
  }

  @Post(':id/commitments/:commitmentId/take-back')
  @MayDo('stock.request-answer')
  @HttpCode(200)
  takeBack(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) requestId: string,
    @Param('commitmentId', { schema: id }) commitmentId: string,
    @Body({ schema: takeBack }) body: TakeBack,
  ) {
    return this.answers.takeBackCommitment(actor, requestId, commitmentId, body);
  }

  @Post(':id/pass-up')
  @MayDo('stock.request-answer')
  @HttpCode(200)
  passUp(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) requestId: string,
    @Body({ schema: deskStep }) body: DeskStep,
  ) {
    return this.answers.passUp(actor, requestId, body);
  }

  @Post(':id/ask')
  @MayDo('stock.request-answer')
  @HttpCode(200)
  askPartner(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) requestId: string,
    @Body({ schema: askPartner }) body: AskPartner,
  ) {
    return this.answers.askPartner(actor, requestId, body);
  }

  @Post(':id/decline')
  @MayDo('stock.request-answer')
  @HttpCode(200)
  decline(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) requestId: string,
    @Body({ schema: deskStep }) body: DeskStep,
  ) {
    return this.answers.declineRequest(actor, requestId, body);
  }

  @Post(':id/withdraw')
  @MayDo('stock.request')
  @HttpCode(200)
  withdraw(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) requestId: string,
    @Body({ schema: endRequest }) body: EndRequest,
  ) {
    return this.requests.withdrawRequest(actor, requestId, body);
  }

  @Post(':id/close')
  @MayDo('stock.request')
  @HttpCode(200)
  close(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) requestId: string,
    @Body({ schema: endRequest }) body: EndRequest,
  ) {
    return this.requests.closeRequest(actor, requestId, body);
  }
}
