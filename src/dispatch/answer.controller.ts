import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, Anyone, CurrentActor, SignedIn } from '../access/index.js';
import { answerAlert, type AnswerAlert, linkToken } from '../alerts/alerts.dto.js';
import { id } from '../shared/fields.dto.js';
import { AnswerService } from './answer.service.js';

/** Answers to alerts live in dispatch, because a yes or no moves the assignment. */
@ApiTags('alerts')
@Controller()
export class AnswerController {
  constructor(private readonly answers: AnswerService) {}

  @Post('alerts/:id/answers')
  @SignedIn()
  @HttpCode(200)
  answer(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) alertId: string,
    @Body({ schema: answerAlert }) body: AnswerAlert,
  ) {
    return this.answers.answer(actor, alertId, body);
  }

  @Post('alert-links/:token/answers')
  @Anyone()
  @HttpCode(200)
  answerByLink(@Param('token', { schema: linkToken }) token: string, @Body({ schema: answerAlert }) body: AnswerAlert) {
    return this.answers.answerByLink(token, body);
  }

  @Get('incidents/:id/alert-funnel')
  @SignedIn()
  funnel(@CurrentActor() actor: Actor, @Param('id', { schema: id }) incidentId: string) {
    return this.answers.funnel(actor, incidentId);
  }
}
