import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, MayDo, SignedIn } from '../access/index.js';
import { id } from '../shared/fields.dto.js';
import * as dto from './incidents.dto.js';
import { IncidentsService } from './incidents.service.js';
import { SituationService } from './situation.service.js';

@ApiTags('incidents')
@Controller('incidents')
export class IncidentsController {
  constructor(
    private readonly incidents: IncidentsService,
    private readonly situation: SituationService,
  ) {}

  @Post()
  @MayDo('incident.report')
  report(@CurrentActor() actor: Actor, @Body({ schema: dto.reportIncident }) body: dto.ReportIncident) {
    return this.incidents.reportIncident(actor, body);
  }

  @Get()
  @SignedIn()
  list(@CurrentActor() actor: Actor, @Query({ schema: dto.incidentsQuery }) query: dto.IncidentsQuery) {
    return this.incidents.incidents(actor, query);
  }

  @Get(':id')
  @SignedIn()
  read(@CurrentActor() actor: Actor, @Param('id', { schema: id }) incidentId: string) {
    return this.incidents.incident(actor, incidentId);
  }

  @Post(':id/verify')
  @MayDo('incident.step')
  @HttpCode(200)
  verify(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) incidentId: string,
    @Body({ schema: dto.incidentStep }) body: dto.IncidentStep,
  ) {
    return this.incidents.verifyIncident(actor, incidentId, body);
  }

  @Post(':id/stabilise')
  @MayDo('incident.step')
  @HttpCode(200)
  stabilise(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) incidentId: string,
    @Body({ schema: dto.incidentStep }) body: dto.IncidentStep,
  ) {
    return this.incidents.stabiliseIncident(actor, incidentId, body);
  }

  @Post(':id/demobilise')
  @MayDo('incident.step')
  @HttpCode(200)
  demobilise(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) incidentId: string,
    @Body({ schema: dto.incidentStep }) body: dto.IncidentStep,
  ) {
    return this.incidents.demobiliseIncident(actor, incidentId, body);
  }

  @Post(':id/reopen')
  @MayDo('incident.reopen')
  @HttpCode(200)
  reopen(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) incidentId: string,
    @Body({ schema: dto.incidentStep }) body: dto.IncidentStep,
  ) {
    return this.incidents.reopenIncident(actor, incidentId, body);
  }

  @Put(':id/lead')
  @MayDo('incident.step')
  takeLead(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) incidentId: string,
    @Body({ schema: dto.takeLead }) body: dto.TakeLead,
  ) {
    return this.incidents.takeLead(actor, incidentId, body);
  }

  @Put(':id/needs')
  @MayDo('incident.step')
  setNeeds(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) incidentId: string,
    @Body({ schema: dto.setNeeds }) body: dto.SetNeeds,
  ) {
    return this.incidents.setNeeds(actor, incidentId, body);
  }

  @Post(':id/needs/estimate')
  @SignedIn()
  @HttpCode(200)
  estimateNeeds(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) incidentId: string,
    @Body({ schema: dto.estimateNeeds }) body: dto.EstimateNeeds,
  ) {
    return this.incidents.estimateNeeds(actor, incidentId, body);
  }

  @Post(':id/situation-reports')
  @MayDo('incident.step')
  reportSituation(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) incidentId: string,
    @Body({ schema: dto.reportSituation }) body: dto.ReportSituation,
  ) {
    return this.situation.reportSituation(actor, incidentId, body);
  }

  @Get(':id/situation-reports')
  @SignedIn()
  reports(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) incidentId: string,
    @Query({ schema: dto.timelineQuery }) query: dto.TimelineQuery,
  ) {
    return this.situation.reports(actor, incidentId, query);
  }

  @Get(':id/timeline')
  @SignedIn()
  timeline(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) incidentId: string,
    @Query({ schema: dto.timelineQuery }) query: dto.TimelineQuery,
  ) {
    return this.incidents.timeline(actor, incidentId, query);
  }
}
