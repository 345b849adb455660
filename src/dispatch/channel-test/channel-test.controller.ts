import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, Anyone, CurrentActor, MayDo, SignedIn } from '../../access/index.js';
import { linkToken } from '../../alerts/alerts.dto.js';
import { id } from '../../shared/fields.dto.js';
import * as dto from './channel-test.dto.js';
import { ChannelTestService } from './channel-test.service.js';

@ApiTags('duty')
@Controller()
export class ChannelTestController {
  constructor(private readonly service: ChannelTestService) {}

  @Get('channel-tests')
  @SignedIn()
  list(@CurrentActor() actor: Actor, @Query({ schema: dto.testsQuery }) query: dto.TestsQuery) {
    return this.service.tests(actor, query);
  }

  @Get('channel-tests/:id')
  @SignedIn()
  read(@CurrentActor() actor: Actor, @Param('id', { schema: id }) testId: string) {
    return this.service.test(actor, testId);
  }

  @Post('channel-tests')
  @MayDo('channel.test')
  start(@CurrentActor() actor: Actor, @Body({ schema: dto.startTest }) body: dto.StartTest) {
    return this.service.startTest(actor, body);
  }

  /** The app of whoever asks is open. */
  @Post('channel-tests/seen')
  @SignedIn()
  @HttpCode(200)
  seen(@CurrentActor() actor: Actor) {
    return this.service.noteSeen(actor);
  }

  @Post('channel-test-links/:token/confirmed')
  @Anyone()
  @HttpCode(200)
  confirm(@Param('token', { schema: linkToken }) token: string) {
    return this.service.confirm(token);
  }
}
