import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, MayDo, SignedIn } from '../access/index.js';
import { perMinute, takeFrom } from '../shared/allowance.js';
import { id } from '../shared/fields.dto.js';
import { AlarmHealthService } from './alarm-health.service.js';
import * as dto from './alarms.dto.js';
import { AlarmsService } from './alarms.service.js';

/** Alarms that one session may raise in a minute; a note costs one more. A console says what has changed once a second at most. */
const NOTED_PER_MINUTE = 600;

@ApiTags('alarms')
@Controller('alarms')
export class AlarmsController {
  private readonly noted = perMinute(NOTED_PER_MINUTE);

  constructor(
    private readonly alarms: AlarmsService,
    private readonly health: AlarmHealthService,
  ) {}

  /** What a console derives from the facts it shows, so that every console of the desk knows of one alarm. */
  @Post('note')
  @MayDo('alarm.answer')
  @HttpCode(200)
  async note(@CurrentActor() actor: Actor, @Body({ schema: dto.noteAlarms }) body: dto.NoteAlarms) {
    await takeFrom(this.noted, actor.sessionId, 1 + body.raised.length);
    return this.alarms.noteAlarms(actor, body);
  }

  @Post('acknowledge')
  @MayDo('alarm.answer')
  @HttpCode(200)
  acknowledge(@CurrentActor() actor: Actor, @Body({ schema: dto.acknowledgeAlarms }) body: dto.AcknowledgeAlarms) {
    return this.alarms.acknowledgeAlarms(actor, body);
  }

  @Post(':id/snooze')
  @MayDo('alarm.answer')
  @HttpCode(200)
  snooze(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) alarmId: string,
    @Body({ schema: dto.snoozeAlarm }) body: dto.SnoozeAlarm,
  ) {
    return this.alarms.snoozeAlarm(actor, alarmId, body);
  }

  @Post(':id/wake')
  @MayDo('alarm.answer')
  @HttpCode(200)
  wake(@CurrentActor() actor: Actor, @Param('id', { schema: id }) alarmId: string) {
    return this.alarms.wakeAlarm(actor, alarmId);
  }

  /** How the alarms of a desk did in a span: rate, floods, stale and chattering ones, time to acknowledge. */
  @Get('health')
  @SignedIn()
  report(@CurrentActor() actor: Actor, @Query({ schema: dto.alarmHealthQuery }) query: dto.AlarmHealthQuery) {
    return this.health.health(actor, query);
  }
}
