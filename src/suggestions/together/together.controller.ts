import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, MayDo } from '../../access/index.js';
import { type AskTogether, askTogether } from './together.dto.js';
import { TogetherService } from './together.service.js';

@ApiTags('suggestions')
@Controller('suggestions/teams-together')
export class TogetherController {
  constructor(private readonly service: TogetherService) {}

  /** Plans the teams of all open incidents of a society; writes nothing. */
  @Post()
  @MayDo('suggestion.decide')
  @HttpCode(200)
  plan(@CurrentActor() actor: Actor, @Body({ schema: askTogether }) body: AskTogether) {
    return this.service.plan(actor, body);
  }
}
