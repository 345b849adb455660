import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, MayDo, SignedIn } from '../../access/index.js';
import { id } from '../../shared/fields.dto.js';
import * as dto from './responses.dto.js';
import { ResponsesService } from './responses.service.js';

@ApiTags('responses')
@Controller('incidents/:id')
export class ResponsesController {
  constructor(private readonly service: ResponsesService) {}

  @Get('level-proposals')
  @SignedIn()
  proposals(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) incidentId: string,
    @Query({ schema: dto.proposalsQuery }) query: dto.ProposalsQuery,
  ) {
    return this.service.proposals(actor, incidentId, query);
  }

  @Get('activations')
  @SignedIn()
  list(@CurrentActor() actor: Actor, @Param('id', { schema: id }) incidentId: string) {
    return this.service.responses(actor, incidentId);
  }

  @Post('activations')
  @MayDo('response.decide')
  approve(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) incidentId: string,
    @Body({ schema: dto.approveLevel }) body: dto.ApproveLevel,
  ) {
    return this.service.approveLevel(actor, incidentId, body);
  }

  @Post('activations/:responseId/raise')
  @MayDo('response.decide')
  @HttpCode(200)
  raise(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) incidentId: string,
    @Param('responseId', { schema: id }) responseId: string,
    @Body({ schema: dto.changeLevelTo }) body: dto.ChangeLevelTo,
  ) {
    return this.service.raiseLevel(actor, { incidentId, responseId }, body);
  }

  @Post('activations/:responseId/lower')
  @MayDo('response.decide')
  @HttpCode(200)
  lower(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) incidentId: string,
    @Param('responseId', { schema: id }) responseId: string,
    @Body({ schema: dto.changeLevelTo }) body: dto.ChangeLevelTo,
  ) {
    return this.service.lowerLevel(actor, { incidentId, responseId }, body);
  }

  @Post('activations/:responseId/end')
  @MayDo('response.decide')
  @HttpCode(200)
  end(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) incidentId: string,
    @Param('responseId', { schema: id }) responseId: string,
    @Body({ schema: dto.endResponse }) body: dto.EndResponse,
  ) {
    return this.service.endResponse(actor, { incidentId, responseId }, body);
  }
}
