import { Module } from '@nestjs/common';
import { IncidentsController } from './incidents.controller.js';
import { IncidentsService } from './incidents.service.js';
import { NotesController } from './notes/notes.controller.js';
import { NotesService } from './notes/notes.service.js';
import { PlansController } from './response/plans.controller.js';
import { PlansService } from './response/plans.service.js';
import { ResponsesController } from './response/responses.controller.js';
import { ResponsesService } from './response/responses.service.js';
import { TasksController } from './response/tasks.controller.js';
import { TasksService } from './response/tasks.service.js';
import { SituationService } from './situation.service.js';

@Module({
  controllers: [IncidentsController, NotesController, PlansController, ResponsesController, TasksController],
  providers: [IncidentsService, NotesService, SituationService, PlansService, ResponsesService, TasksService],
  exports: [IncidentsService, NotesService, SituationService, PlansService, ResponsesService, TasksService],
})
export class IncidentsModule {}
