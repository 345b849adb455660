import { Module, type OnModuleInit } from '@nestjs/common';
import { AlertsModule } from '../alerts/index.js';
import { KeepingModule, StockDesk } from '../relief-stock/index.js';
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
import {
  deliveryReceiptPaper, releaseOrderPaper, scannedOrder, shipmentLabels, waybillPaper,
} from './supply-papers.js'; // prettier-ignore
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
  imports: [AlertsModule, KeepingModule],
  controllers: [MissionController, AssignmentController, SupplyOrderController, AnswerController],
  providers: SERVICES,
  exports: SERVICES,
})
export class DispatchModule implements OnModuleInit {
  constructor(private readonly desk: StockDesk) {}

  /** Orders print, stick and open like everything else that keepers handle. */
  onModuleInit(): void {
    const { papers, labels, codes } = this.desk;
    papers
      .set('release-order', releaseOrderPaper)
      .set('waybill', waybillPaper)
      .set('delivery-receipt', deliveryReceiptPaper);
    labels.set('shipment', shipmentLabels);
    codes.set('shipment', scannedOrder);
  }
}
