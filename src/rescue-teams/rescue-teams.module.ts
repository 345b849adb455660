import { Module } from '@nestjs/common';
import { DutyService } from './duty.service.js';
import { RescueTeamsController } from './rescue-teams.controller.js';
import { RosterService } from './roster.service.js';
import { TeamsService } from './teams.service.js';

@Module({
  controllers: [RescueTeamsController],
  providers: [TeamsService, RosterService, DutyService],
  exports: [TeamsService, RosterService, DutyService],
})
export class RescueTeamsModule {}
