import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, Anyone, CurrentActor, MayDo, SignedIn } from '../../access/index.js';
import { linkToken } from '../../alerts/alerts.dto.js';
import { linkHash } from '../../alerts/index.js';
import { perMinute, takeFrom } from '../../shared/allowance.js';
import { id } from '../../shared/fields.dto.js';
import { decodeCursor, toPage } from '../../shared/paging.js';
import { SAID_PER_MINUTE } from '../dispatch.dto.js';
import { CheckInService } from './check-in.service.js';
import { LinkedCheckService } from './linked-check.service.js';
import { ParService } from './par.service.js';
import * as dto from './roll.dto.js';

@ApiTags('accountability')
@Controller()
export class AccountabilityController {
  private readonly sayings = perMinute(SAID_PER_MINUTE);

  constructor(
    private readonly checkIns: CheckInService,
    private readonly par: ParService,
    private readonly linked: LinkedCheckService,
  ) {}

  @Get('rolls')
  @SignedIn()
  async rolls(@CurrentActor() actor: Actor, @Query({ schema: dto.rollsQuery }) query: dto.RollsQuery) {
    const { limit, cursor, ...filter } = query;
    const [before] = decodeCursor(cursor, ['string']) ?? [null];
    const rows = await this.checkIns.rolls(actor, { ...filter, before: before as string | null, limit: limit + 1 });
    return toPage(rows, limit, (row) => [row.id]);
  }

  @Get('assignments/:id/roll')
  @SignedIn()
  roll(@CurrentActor() actor: Actor, @Param('id', { schema: id }) assignmentId: string) {
    return this.checkIns.roll(actor, assignmentId);
  }

  @Get('assignments/:id/roll/facts')
  @SignedIn()
  async facts(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) assignmentId: string,
    @Query({ schema: dto.factsQuery }) { limit, cursor }: dto.FactsQuery,
  ) {
    const [before] = decodeCursor(cursor, ['string']) ?? [null];
    const page = { before: before as string | null, limit: limit + 1 };
    return toPage(await this.checkIns.facts(actor, assignmentId, page), limit, (fact) => [fact.id]);
  }

  @Get('alert-links/:token/check')
  @Anyone()
  linkedCheck(@Param('token', { schema: linkToken }) token: string) {
    return this.linked.check(token);
  }

  @Post('alert-links/:token/check')
  @Anyone()
  @HttpCode(200)
  async answerLinkedCheck(
    @Param('token', { schema: linkToken }) token: string,
    @Body({ schema: dto.linkedParAnswer }) body: dto.LinkedParAnswer,
  ) {
    await takeFrom(this.sayings, linkHash(token).toString('base64url'));
    return this.linked.answer(token, body);
  }

  @Post('assignments/:id/roll/check-ins')
  @MayDo('assignment.step')
  @HttpCode(200)
  checkIn(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) assignmentId: string,
    @Body({ schema: dto.checkIn }) body: dto.CheckIn,
  ) {
    return this.checkIns.checkIn(actor, assignmentId, body);
  }

  @Post('assignments/:id/roll/settle')
  @MayDo('people.settle')
  @HttpCode(200)
  settle(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) assignmentId: string,
    @Body({ schema: dto.settlePeople }) body: dto.SettlePeople,
  ) {
    return this.checkIns.settle(actor, assignmentId, body);
  }

  @Post('assignments/:id/par/answers')
  @MayDo('assignment.step')
  @HttpCode(200)
  answer(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) assignmentId: string,
    @Body({ schema: dto.answerPar }) body: dto.AnswerParBody,
  ) {
    return this.par.answer(actor, assignmentId, body);
  }

  @Post('assignments/:id/par/hold')
  @MayDo('assignment.step')
  @HttpCode(200)
  hold(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) assignmentId: string,
    @Body({ schema: dto.holdPar }) body: dto.HoldPar,
  ) {
    return this.par.hold(actor, assignmentId, body);
  }

  @Get('incidents/:id/par')
  @SignedIn()
  setting(@CurrentActor() actor: Actor, @Param('id', { schema: id }) incidentId: string) {
    return this.par.setting(actor, incidentId);
  }

  @Put('incidents/:id/par')
  @MayDo('incident.step')
  set(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) incidentId: string,
    @Body({ schema: dto.setPar }) body: dto.SetPar,
  ) {
    return this.par.set(actor, incidentId, body);
  }
}
