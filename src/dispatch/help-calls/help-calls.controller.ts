import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, Anyone, CurrentActor, MayDo, SignedIn } from '../../access/index.js';
import { linkToken } from '../../alerts/alerts.dto.js';
import { linkHash } from '../../alerts/index.js';
import { perMinute, takeFrom } from '../../shared/allowance.js';
import { id } from '../../shared/fields.dto.js';
import { decodeCursor, toPage } from '../../shared/paging.js';
import { SAID_PER_MINUTE } from '../dispatch.dto.js';
import * as dto from './help-call.dto.js';
import { HelpCallsService } from './help-calls.service.js';
import { RaiseHelpService } from './raise-help.service.js';

@ApiTags('help-calls')
@Controller()
export class HelpCallsController {
  /** Presses and words together. */
  private readonly sayings = perMinute(SAID_PER_MINUTE);

  constructor(
    private readonly raising: RaiseHelpService,
    private readonly calls: HelpCallsService,
  ) {}

  @Get('help-calls')
  @SignedIn()
  async list(@CurrentActor() actor: Actor, @Query({ schema: dto.helpCallsQuery }) query: dto.HelpCallsQuery) {
    const { limit, cursor, ...filter } = query;
    const before = decodeCursor(cursor, ['string', 'string']) as string[] | null;
    const rows = await this.calls.helpCalls(actor, { ...filter, before, limit: limit + 1 });
    return toPage(rows, limit, ({ receivedAt, id: last }) => [receivedAt, last]);
  }

  /** By somebody of the team, signed in. */
  @Post('help-calls')
  @SignedIn()
  async raise(@CurrentActor() actor: Actor, @Body({ schema: dto.callForHelpFrom }) body: dto.CallForHelpFrom) {
    await takeFrom(this.sayings, actor.sessionId);
    return this.raising.raise(actor, body);
  }

  @Post('help-calls/:id/words')
  @SignedIn()
  @HttpCode(200)
  async add(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) callId: string,
    @Body({ schema: dto.addToHelpCall }) body: dto.AddToHelpCall,
  ) {
    await takeFrom(this.sayings, actor.sessionId);
    return this.raising.add(actor, callId, body);
  }

  @Post('help-calls/:id/take-up')
  @MayDo('help-call.step')
  @HttpCode(200)
  takeUp(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) callId: string,
    @Body({ schema: dto.takeUpHelpCall }) body: dto.TakeUpHelpCall,
  ) {
    return this.calls.takeUp(actor, callId, body);
  }

  @Post('help-calls/:id/end')
  @MayDo('help-call.step')
  @HttpCode(200)
  end(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) callId: string,
    @Body({ schema: dto.endHelpCall }) body: dto.EndHelpCall,
  ) {
    return this.calls.end(actor, callId, body);
  }

  @Get('alert-links/:token/help-calls')
  @Anyone()
  linked(@Param('token', { schema: linkToken }) token: string) {
    return this.raising.linked(token);
  }

  @Post('alert-links/:token/help-calls')
  @Anyone()
  async raiseByLink(
    @Param('token', { schema: linkToken }) token: string,
    @Body({ schema: dto.callForHelp }) body: dto.CallForHelp,
  ) {
    await takeFrom(this.sayings, linkHash(token).toString('base64url'));
    return this.raising.raiseByLink(token, body);
  }

  @Post('alert-links/:token/help-calls/:id/words')
  @Anyone()
  @HttpCode(200)
  async addByLink(
    @Param('token', { schema: linkToken }) token: string,
    @Param('id', { schema: id }) callId: string,
    @Body({ schema: dto.addToHelpCall }) body: dto.AddToHelpCall,
  ) {
    await takeFrom(this.sayings, linkHash(token).toString('base64url'));
    return this.raising.addByLink(token, callId, body);
  }
}
