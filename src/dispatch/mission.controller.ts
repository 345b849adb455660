import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, MayDo, SignedIn } from '../access/index.js';
import { incidentStep, type IncidentStep, mergeIncident, type MergeIncident } from '../incidents/incidents.dto.js';
import { id } from '../shared/fields.dto.js';
import { decodeCursor, toPage } from '../shared/paging.js';
import { dispatchMission, type DispatchMission, missionsQuery, type MissionsQuery } from './dispatch.dto.js';
import { DispatchService } from './dispatch.service.js';
import { EndingService } from './ending.service.js';

@ApiTags('dispatch')
@Controller()
export class MissionController {
  constructor(
    private readonly dispatch: DispatchService,
    private readonly endings: EndingService,
  ) {}

  @Post('incidents/:id/missions')
  @MayDo('mission.dispatch')
  dispatchMission(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) incidentId: string,
    @Body({ schema: dispatchMission }) body: DispatchMission,
  ) {
    return this.dispatch.dispatchMission(actor, incidentId, body);
  }

  @Get('incidents/:id/missions')
  @SignedIn()
  async missionsOf(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) incidentId: string,
    @Query({ schema: missionsQuery }) { limit, cursor }: MissionsQuery,
  ) {
    const [before] = decodeCursor(cursor, ['string']) ?? [null];
    const missions = await this.dispatch.missionsOf(actor, incidentId, {
      before: before as string | null,
      limit: limit + 1,
    });
    return toPage(missions, limit, (mission) => [mission.id]);
  }

  @Get('missions/:id')
  @SignedIn()
  mission(@CurrentActor() actor: Actor, @Param('id', { schema: id }) missionId: string) {
    return this.dispatch.mission(actor, missionId);
  }

  @Post('incidents/:id/close')
  @MayDo('incident.step')
  @HttpCode(200)
  close(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) incidentId: string,
    @Body({ schema: incidentStep }) body: IncidentStep,
  ) {
    return this.endings.close(actor, incidentId, body);
  }

  @Post('incidents/:id/dismiss')
  @MayDo('incident.step')
  @HttpCode(200)
  dismiss(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) incidentId: string,
    @Body({ schema: incidentStep }) body: IncidentStep,
  ) {
    return this.endings.dismiss(actor, incidentId, body);
  }

  @Post('incidents/:id/merge')
  @MayDo('incident.step')
  @HttpCode(200)
  merge(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) incidentId: string,
    @Body({ schema: mergeIncident }) body: MergeIncident,
  ) {
    return this.endings.merge(actor, incidentId, body);
  }
}
