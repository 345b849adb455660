import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, MayDo, SignedIn } from '../access/index.js';
import { id } from '../shared/fields.dto.js';
import * as dto from './duty.dto.js';
import { DutyRosterService } from './roster.service.js';

@ApiTags('duty')
@Controller('duty')
export class DutyController {
  constructor(private readonly rosters: DutyRosterService) {}

  /** A span of a desk's roster with its gaps and double bookings, and who is on duty now. */
  @Get('roster')
  @SignedIn()
  roster(@CurrentActor() actor: Actor, @Query({ schema: dto.rosterQuery }) query: dto.RosterQuery) {
    return this.rosters.roster(actor, query);
  }

  @Get('now')
  @SignedIn()
  now(@CurrentActor() actor: Actor, @Query({ schema: dto.nowQuery }) query: dto.NowQuery) {
    return this.rosters.onDuty(actor, query.societyId);
  }

  @Post('rosters')
  @MayDo('duty.plan')
  make(@CurrentActor() actor: Actor, @Body({ schema: dto.makeRoster }) body: dto.MakeRoster) {
    return this.rosters.makeRoster(actor, body);
  }

  @Post('shifts')
  @MayDo('duty.plan')
  add(@CurrentActor() actor: Actor, @Body({ schema: dto.addShift }) body: dto.AddShift) {
    return this.rosters.addShift(actor, body);
  }

  @Post('shifts/:id/change')
  @MayDo('duty.plan')
  @HttpCode(200)
  change(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) shiftId: string,
    @Body({ schema: dto.changeShift }) body: dto.ChangeShift,
  ) {
    return this.rosters.changeShift(actor, shiftId, body);
  }

  @Post('shifts/:id/cancel')
  @MayDo('duty.plan')
  @HttpCode(200)
  cancel(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) shiftId: string,
    @Body({ schema: dto.cancelShift }) body: dto.CancelShift,
  ) {
    return this.rosters.cancelShift(actor, shiftId, body);
  }

  @Post('shifts/:id/swap')
  @MayDo('duty.plan')
  @HttpCode(200)
  swap(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) shiftId: string,
    @Body({ schema: dto.swapShifts }) body: dto.SwapShifts,
  ) {
    return this.rosters.swapShifts(actor, shiftId, body);
  }
}
