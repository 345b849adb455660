import { Module, type OnModuleInit } from '@nestjs/common';
import { AlertsModule } from '../alerts/index.js';
import { CommandKinds, KeepingModule, ReliefStockModule, StockDesk } from '../relief-stock/index.js';
import { Clock } from '../shared/clock.js';
import { AccountabilityController } from './accountability/accountability.controller.js';
import { CheckInService } from './accountability/check-in.service.js';
import { LinkedCheckService } from './accountability/linked-check.service.js';
import { ParService } from './accountability/par.service.js';
import { ParSweepService } from './accountability/par-sweep.service.js';
import { AnswerController } from './answer.controller.js';
import { AnswerService } from './answer.service.js';
import { AssignmentController } from './assignment.controller.js';
import { AssignmentService } from './assignment.service.js';
import { ChainAuditController } from './audit/chain-audit.controller.js';
import { ChainAuditService } from './audit/chain-audit.service.js';
import { ChainWatchService } from './audit/chain-watch.service.js';
import { ChannelTestController } from './channel-test/channel-test.controller.js';
import { ChannelTestService } from './channel-test/channel-test.service.js';
import { TestDeliveryService } from './channel-test/test-delivery.service.js';
import { AudienceController } from './audience.controller.js';
import { AudienceService } from './audience.service.js';
import { DispatchService } from './dispatch.service.js';
import { EndingService } from './ending.service.js';
import { EscalationService } from './escalation.service.js';
import { ExpiryService } from './expiry.service.js';
import { HandoverController } from './handover/handover.controller.js';
import { HandoverService } from './handover/handover.service.js';
import { handoverPaper } from './handover/handover-paper.js';
import { HandoverWatchService } from './handover/handover-watch.service.js';
import { HelpCallsController } from './help-calls/help-calls.controller.js';
import { HelpCallsService } from './help-calls/help-calls.service.js';
import { RaiseHelpService } from './help-calls/raise-help.service.js';
import { LinkedProgressController } from './linked-progress.controller.js';
import { LinkedProgressService } from './linked-progress.service.js';
import { MissionController } from './mission.controller.js';
import { enterOrderCommands } from './order-commands.js';
import { ReplyController } from './reply.controller.js';
import { ReplyDeskService } from './reply-desk.service.js';
import { ReplyService } from './reply.service.js';
import { ReplyWorlds } from './reply-worlds.service.js';
import { SupplyOrderController } from './supply-order.controller.js';
import { SupplyOrderService } from './supply-order.service.js';
import {
  deliveryReceiptPaper, releaseOrderPaper, scannedOrder, shipmentLabels, waybillPaper,
} from './supply-papers.js'; // prettier-ignore
import { TakeOverService } from './take-over.service.js';
import { TakePromiseController } from './take-promise.controller.js';
import { TakePromiseService } from './take-promise.service.js';
import { TurnedBackService } from './turned-back.service.js';

const SERVICES = [
  DispatchService,
  AssignmentService,
  AnswerService,
  AudienceService,
  ChainAuditService,
  ChainWatchService,
  ReplyWorlds,
  ReplyService,
  ReplyDeskService,
  EscalationService,
  SupplyOrderService,
  TakeOverService,
  TakePromiseService,
  ExpiryService,
  EndingService,
  CheckInService,
  ParService,
  LinkedCheckService,
  LinkedProgressService,
  ParSweepService,
  TurnedBackService,
  HandoverService,
  HandoverWatchService,
  ChannelTestService,
  TestDeliveryService,
  HelpCallsService,
  RaiseHelpService,
];

@Module({
  imports: [AlertsModule, KeepingModule, ReliefStockModule],
  controllers: [
    AccountabilityController,
    MissionController,
    AssignmentController,
    SupplyOrderController,
    AnswerController,
    AudienceController,
    LinkedProgressController,
    ReplyController,
    ChainAuditController,
    TakePromiseController,
    HandoverController,
    ChannelTestController,
    HelpCallsController,
  ],
  providers: SERVICES,
  exports: SERVICES,
})
export class DispatchModule implements OnModuleInit {
  constructor(
    private readonly desk: StockDesk,
    private readonly commands: CommandKinds,
    private readonly orders: SupplyOrderService,
    private readonly clock: Clock,
  ) {}

  /** Orders print, stick, open and are done without network like everything else that keepers handle. */
  onModuleInit(): void {
    const { papers, labels, codes } = this.desk;
    papers
      .set('release-order', releaseOrderPaper)
      .set('waybill', waybillPaper)
      .set('delivery-receipt', deliveryReceiptPaper)
      .set('handover', handoverPaper);
    labels.set('shipment', shipmentLabels);
    codes.set('shipment', scannedOrder);
    enterOrderCommands(this.commands, this.orders, this.clock);
  }
}
