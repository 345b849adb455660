import { Module } from '@nestjs/common';
import { IncidentsController } from './incidents.controller.js';
import { IncidentsService } from './incidents.service.js';
import { PlansController } from './response/plans.controller.js';
import { PlansService } from './response/plans.service.js';
import { ResponsesController } from './response/responses.controller.js';
import { ResponsesService } from './response/responses.service.js';
import { TasksController } from './response/tasks.controller.js';
import { TasksService } from './response/tasks.service.js';
import { SituationService } from './situation.service.js';

@Module({
  controllers: [IncidentsController, PlansController, ResponsesController, TasksController],
  providers: [IncidentsService, SituationService, PlansService, ResponsesService, TasksService],
  exports: [IncidentsService, SituationService, PlansService, ResponsesService, TasksService],
})
export class IncidentsModule {}
