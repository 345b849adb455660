import { Module } from '@nestjs/common';
import { IncidentsController } from './incidents.controller.js';
import { IncidentsService } from './incidents.service.js';
import { SituationService } from './situation.service.js';

@Module({
  controllers: [IncidentsController],
  providers: [IncidentsService, SituationService],
  exports: [IncidentsService, SituationService],
})
export class IncidentsModule {}
