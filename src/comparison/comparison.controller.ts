import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, MayDo, SignedIn } from '../access/index.js';
import { id } from '../shared/fields.dto.js';
import * as dto from './comparison.dto.js';
import { ComparisonService } from './comparison.service.js';
import { FactorsService } from './factors.service.js';

@ApiTags('comparison')
@Controller()
export class ComparisonController {
  constructor(
    private readonly comparison: ComparisonService,
    private readonly factors: FactorsService,
  ) {}

  /** What was estimated, sent, used and left unmet, item by item. */
  @Get('incidents/:id/comparison')
  @SignedIn()
  ofIncident(@CurrentActor() actor: Actor, @Param('id', { schema: id }) incidentId: string) {
    return this.comparison.ofIncident(actor, incidentId);
  }

  /** The factors of planning numbers at a society: what counts, history, suggestions. */
  @Get('need-factors')
  @MayDo('factor.decide')
  list(@CurrentActor() actor: Actor, @Query({ schema: dto.factorsQuery }) query: dto.FactorsQuery) {
    return this.factors.factors(actor, query.societyId);
  }

  @Post('need-factors/accept')
  @MayDo('factor.decide')
  @HttpCode(200)
  accept(@CurrentActor() actor: Actor, @Body({ schema: dto.acceptFactor }) body: dto.AcceptFactor) {
    return this.factors.acceptFactor(actor, body);
  }

  @Post('need-factors/restore')
  @MayDo('factor.decide')
  @HttpCode(200)
  restore(@CurrentActor() actor: Actor, @Body({ schema: dto.restoreFactor }) body: dto.RestoreFactor) {
    return this.factors.restoreFactor(actor, body);
  }
}
