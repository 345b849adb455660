import { Module } from '@nestjs/common';
import { DutyController } from './duty.controller.js';
import { DutyRosterService } from './roster.service.js';
import { RosterWatchService } from './watch.service.js';

@Module({
  controllers: [DutyController],
  providers: [DutyRosterService, RosterWatchService],
  exports: [DutyRosterService, RosterWatchService],
})
export class DutyModule {}
