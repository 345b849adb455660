import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, MayDo, SignedIn } from '../../access/index.js';
import { id } from '../../shared/fields.dto.js';
import { AdviceService } from './advice.service.js';
import { ScenarioService } from './scenario.service.js';
import * as dto from './structure.dto.js';

@ApiTags('structure')
@Controller('structure')
export class StructureController {
  constructor(
    private readonly scenarioService: ScenarioService,
    private readonly adviceService: AdviceService,
  ) {}

  /** The scenarios that count for a society: its own and those of the societies above. */
  @Get('scenarios')
  @SignedIn()
  scenarios(@CurrentActor() actor: Actor, @Query({ schema: dto.scenariosQuery }) query: dto.ScenariosQuery) {
    return this.scenarioService.scenarios(actor, query.societyId);
  }

  @Post('scenarios')
  @MayDo('structure.scenario')
  addScenario(@CurrentActor() actor: Actor, @Body({ schema: dto.addScenario }) body: dto.AddScenario) {
    return this.scenarioService.addScenario(actor, body);
  }

  @Put('scenarios/:id')
  @MayDo('structure.scenario')
  changeScenario(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) scenarioId: string,
    @Body({ schema: dto.changeScenario }) body: dto.ChangeScenario,
  ) {
    return this.scenarioService.changeScenario(actor, scenarioId, body);
  }

  /** Asks where stock should lie; a worker answers. */
  @Post('advice')
  @MayDo('structure.ask')
  @HttpCode(202)
  ask(@CurrentActor() actor: Actor, @Body({ schema: dto.askAdvice }) body: dto.AskAdvice) {
    return this.adviceService.ask(actor, body);
  }

  @Get('advice')
  @SignedIn()
  advices(@CurrentActor() actor: Actor, @Query({ schema: dto.advicesQuery }) query: dto.AdvicesQuery) {
    return this.adviceService.advices(actor, query);
  }

  @Get('advice/:id')
  @SignedIn()
  advice(@CurrentActor() actor: Actor, @Param('id', { schema: id }) adviceId: string) {
    return this.adviceService.advice(actor, adviceId);
  }

  /** Makes a draft of a transfer of one move. */
  @Post('advice/:id/take')
  @MayDo('stock.transfer')
  @HttpCode(200)
  takeMove(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) adviceId: string,
    @Body({ schema: dto.takeMove }) body: dto.TakeMove,
  ) {
    return this.adviceService.takeMove(actor, adviceId, body);
  }
}
