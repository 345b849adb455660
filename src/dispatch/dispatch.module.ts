import { Module } from '@nestjs/common';
import { AlertsModule } from '../alerts/index.js';
import { AnswerController } from './answer.controller.js';
import { AnswerService } from './answer.service.js';
import { AssignmentController } from './assignment.controller.js';
import { AssignmentService } from './assignment.service.js';
import { DispatchService } from './dispatch.service.js';
import { EndingService } from './ending.service.js';
import { EscalationService } from './escalation.service.js';
import { ExpiryService } from './expiry.service.js';
import { MissionController } from './mission.controller.js';
import { SupplyOrderController } from './supply-order.controller.js';
import { SupplyOrderService } from './supply-order.service.js';
import { TakeOverService } from './take-over.service.js';

const SERVICES = [
  DispatchService,
  AssignmentService,
  AnswerService,
  EscalationService,
  SupplyOrderService,
  TakeOverService,
  ExpiryService,
  EndingService,
];

@Module({
  imports: [AlertsModule],
  controllers: [MissionController, AssignmentController, SupplyOrderController, AnswerController],
  providers: SERVICES,
  exports: SERVICES,
})
export class DispatchModule {}
