import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, MayDo } from '../../access/index.js';
import { id } from '../../shared/fields.dto.js';
import * as dto from './robots.dto.js';
import { RobotsService } from './robots.service.js';

/** Robots in groups of DingTalk, WeCom and Feishu. Their addresses and secrets are written here and never read. */
@ApiTags('robots')
@Controller('robots')
export class RobotsController {
  constructor(private readonly service: RobotsService) {}

  @Get()
  @MayDo('channel.manage')
  list(@CurrentActor() actor: Actor, @Query({ schema: dto.robotsQuery }) query: dto.RobotsQuery) {
    return this.service.robots(actor, query);
  }

  @Post()
  @MayDo('channel.manage')
  add(@CurrentActor() actor: Actor, @Body({ schema: dto.addRobot }) body: dto.AddRobot) {
    return this.service.addRobot(actor, body);
  }

  @Patch(':id')
  @MayDo('channel.manage')
  change(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) robotId: string,
    @Body({ schema: dto.changeRobot }) body: dto.ChangeRobot,
  ) {
    return this.service.changeRobot(actor, robotId, body);
  }

  @Post(':id/remove')
  @MayDo('channel.manage')
  @HttpCode(200)
  remove(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) robotId: string,
    @Body({ schema: dto.removeRobot }) body: dto.RemoveRobot,
  ) {
    return this.service.removeRobot(actor, robotId, body);
  }

  /** One message to the group that says it is a trial. */
  @Post(':id/trial')
  @MayDo('channel.manage')
  @HttpCode(200)
  tryOut(@CurrentActor() actor: Actor, @Param('id', { schema: id }) robotId: string) {
    return this.service.tryRobot(actor, robotId);
  }
}
