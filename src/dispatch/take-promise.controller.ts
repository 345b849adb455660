import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, MayDo } from '../access/index.js';
import { id } from '../shared/fields.dto.js';
import { takePromise, type TakePromise } from './dispatch.dto.js';
import { TakePromiseService } from './take-promise.service.js';

@ApiTags('dispatch')
@Controller('stock/requests')
export class TakePromiseController {
  constructor(private readonly promises: TakePromiseService) {}

  /** Answers the supply order of the incident that takes. */
  @Post(':id/commitments/:commitmentId/take-over')
  @MayDo('mission.dispatch')
  @HttpCode(200)
  takePromise(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) requestId: string,
    @Param('commitmentId', { schema: id }) commitmentId: string,
    @Body({ schema: takePromise }) body: TakePromise,
  ) {
    return this.promises.takePromise(actor, { requestId, commitmentId }, body);
  }
}
