import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, MayDo, SignedIn } from '../../access/index.js';
import { id } from '../../shared/fields.dto.js';
import * as dto from './responses.dto.js';
import { TasksService } from './tasks.service.js';

@ApiTags('tasks')
@Controller('tasks')
export class TasksController {
  constructor(private readonly service: TasksService) {}

  @Get()
  @SignedIn()
  list(@CurrentActor() actor: Actor, @Query({ schema: dto.tasksQuery }) query: dto.TasksQuery) {
    return this.service.tasks(actor, query);
  }

  @Post(':id/take')
  @MayDo('task.step')
  @HttpCode(200)
  take(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) taskId: string,
    @Body({ schema: dto.taskStep }) body: dto.TaskStep,
  ) {
    return this.service.takeTask(actor, taskId, body);
  }

  @Post(':id/give-back')
  @MayDo('task.step')
  @HttpCode(200)
  giveBack(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) taskId: string,
    @Body({ schema: dto.taskStep }) body: dto.TaskStep,
  ) {
    return this.service.giveBackTask(actor, taskId, body);
  }

  @Post(':id/finish')
  @MayDo('task.step')
  @HttpCode(200)
  finish(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) taskId: string,
    @Body({ schema: dto.taskStep }) body: dto.TaskStep,
  ) {
    return this.service.finishTask(actor, taskId, body);
  }

  @Post(':id/drop')
  @MayDo('task.step')
  @HttpCode(200)
  drop(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: id }) taskId: string,
    @Body({ schema: dto.dropTask }) body: dto.DropTask,
  ) {
    return this.service.dropTask(actor, taskId, body);
  }
}
