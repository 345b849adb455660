import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, MayDo, SignedIn } from '../access/index.js';
import { id } from '../shared/fields.dto.js';
import { DutyService } from './duty.service.js';
import * as dto from './rescue-teams.dto.js';
import { RosterService } from './roster.service.js';
import { TeamsService } from './teams.service.js';

@ApiTags('teams')
@Controller()
export class RescueTeamsController {
  constructor(
    private readonly roster: RosterService,
    private readonly teams: TeamsService,
    private readonly duty: DutyService,
  ) {}

  @Get('teams')
  @SignedIn()
  list(@CurrentActor() actor: Actor, @Query({ schema: dto.teamsQuery }) query: dto.TeamsQuery) {
    return this.roster.teams(actor, query);
  }

  @Post('teams')
  @MayDo('team.manage')
  register(@CurrentActor() actor: Actor, @Body({ schema: dto.registerTeam }) body: dto.RegisterTeam) {
    return this.teams.registerTeam(actor, body);
  }

  @Get('teams/:id')
  @SignedIn()
  read(@CurrentActor() actor: Actor, @Param('id', { schema: id }) teamId: string) {
    return this.roster.team(actor, teamId);
  }

  @Patch('teams/:id')
  @MayDo('team.manage')
  amend(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) teamId: string,
    @Body({ schema: dto.amendTeam }) body: dto.AmendTeam,
  ) {
    return this.teams.amendTeam(actor, teamId, body);
  }

  @Get('teams/:id/units')
  @SignedIn()
  units(@CurrentActor() actor: Actor, @Param('id', { schema: id }) teamId: string) {
    return this.roster.units(actor, teamId);
  }

  @Post('teams/:id/units')
  @MayDo('team.manage')
  formUnit(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) teamId: string,
    @Body({ schema: dto.formUnit }) body: dto.FormUnit,
  ) {
    return this.teams.formUnit(actor, teamId, body);
  }

  @Get('teams/:id/members')
  @SignedIn()
  members(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) teamId: string,
    @Query({ schema: dto.listQuery }) query: dto.ListQuery,
  ) {
    return this.roster.members(actor, teamId, query);
  }

  @Post('teams/:id/members')
  @MayDo('team.manage')
  enrol(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) teamId: string,
    @Body({ schema: dto.enrolMember }) body: dto.EnrolMember,
  ) {
    return this.teams.enrolMember(actor, teamId, body);
  }

  @Post('teams/:id/members/:memberId/email')
  @MayDo('team.manage')
  @HttpCode(200)
  changeEmail(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) teamId: string,
    @Param('memberId', { schema: id }) memberId: string,
    @Body({ schema: dto.changeMemberEmail }) body: dto.ChangeMemberEmail,
  ) {
    return this.teams.changeMemberEmail(actor, { teamId, memberId, ...body });
  }

  @Get('teams/:id/equipment')
  @SignedIn()
  equipment(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) teamId: string,
    @Query({ schema: dto.listQuery }) query: dto.ListQuery,
  ) {
    return this.roster.equipment(actor, teamId, query);
  }

  @Post('teams/:id/equipment')
  @MayDo('team.manage')
  addEquipment(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) teamId: string,
    @Body({ schema: dto.addEquipment }) body: dto.AddEquipment,
  ) {
    return this.teams.addEquipment(actor, teamId, body);
  }

  @Get('teams/:id/readiness')
  @SignedIn()
  readiness(@CurrentActor() actor: Actor, @Param('id', { schema: id }) teamId: string) {
    return this.roster.readiness(actor, teamId);
  }

  @Post('teams/:id/stand-by')
  @MayDo('team.stand-by')
  @HttpCode(200)
  standBy(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) teamId: string,
    @Body({ schema: dto.standBy }) body: dto.StandBy,
  ) {
    return this.duty.standBy(actor, teamId, body);
  }

  @Post('teams/:id/stand-down')
  @MayDo('team.stand-by')
  @HttpCode(200)
  standDown(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) teamId: string,
    @Body({ schema: dto.standBy }) body: dto.StandBy,
  ) {
    return this.duty.standDown(actor, teamId, body);
  }

  @Post('team-units/:id/position')
  @MayDo('team.position')
  @HttpCode(200)
  position(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) unitId: string,
    @Body({ schema: dto.reportPosition }) body: dto.ReportPosition,
  ) {
    return this.duty.reportPosition(actor, unitId, body);
  }
}
