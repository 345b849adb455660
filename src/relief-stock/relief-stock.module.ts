import { Module } from '@nestjs/common';
import { BoxController } from './boxes/box.controller.js';
import { BoxService } from './boxes/box.service.js';
import { CatalogueController } from './catalogue.controller.js';
import { CatalogueService } from './catalogue.service.js';
import { AdjustmentController } from './changing/adjustment.controller.js';
import { AdjustmentService } from './changing/adjustment.service.js';
import { ConversionService } from './changing/conversion.service.js';
import { KitController } from './changing/kit.controller.js';
import { KitService } from './changing/kit.service.js';
import { LotController } from './changing/lot.controller.js';
import { LotService } from './changing/lot.service.js';
import { ReturnController } from './changing/return.controller.js';
import { ReturnService } from './changing/return.service.js';
import { ReversalController } from './changing/reversal.controller.js';
import { ReversalService } from './changing/reversal.service.js';
import { CountApprovalService } from './counting/count-approval.service.js';
import { CountReadService } from './counting/count-read.service.js';
import { CountController } from './counting/count.controller.js';
import { CountService } from './counting/count.service.js';
import { BinMoveController } from './moving/bin-move.controller.js';
import { BinMoveService } from './moving/bin-move.service.js';
import { InquiryController } from './moving/inquiry.controller.js';
import { InquiryService } from './moving/inquiry.service.js';
import { IssueController } from './moving/issue.controller.js';
import { IssueService } from './moving/issue.service.js';
import { RequestTransferController } from './moving/request-transfer.controller.js';
import { RequestTransferService } from './moving/request-transfer.service.js';
import { TransferController } from './moving/transfer.controller.js';
import { TransferService } from './moving/transfer.service.js';
import { TransportService } from './moving/transport.service.js';
import { CommandKinds } from './offline/command-kinds.service.js';
import { CommandController } from './offline/command.controller.js';
import { CommandService } from './offline/command.service.js';
import { ResolutionService } from './offline/resolution.service.js';
import { DistributionService } from './receiving/distribution.service.js';
import { DonationController } from './receiving/donation.controller.js';
import { DonationService } from './receiving/donation.service.js';
import { FundService } from './receiving/fund.service.js';
import { ReceiptStepsService } from './receiving/receipt-steps.service.js';
import { ReceiptController } from './receiving/receipt.controller.js';
import { ReceiptService } from './receiving/receipt.service.js';
import { RequestAnswerService } from './requests/request-answer.service.js';
import { RequestService } from './requests/request.service.js';
import { RequestsController } from './requests/requests.controller.js';
import { StockController } from './stock.controller.js';
import { StockService } from './stock.service.js';
import { WarehouseController } from './warehouse.controller.js';
import { WarehouseService } from './warehouse.service.js';
import { CapacityService } from './watch/capacity.service.js';
import { NoticeService } from './watch/notice.service.js';
import { PolicyService } from './watch/policy.service.js';
import { WatchController } from './watch/watch.controller.js';
import { WatchProcessor } from './watch/watch.processor.js';

@Module({
  controllers: [
    CatalogueController,
    AdjustmentController,
    BoxController,
    KitController,
    LotController,
    ReturnController,
    ReversalController,
    CountController,
    BinMoveController,
    InquiryController,
    IssueController,
    TransferController,
    RequestTransferController,
    CommandController,
    DonationController,
    ReceiptController,
    RequestsController,
    StockController,
    WatchController,
    WarehouseController,
  ],
  providers: [
    CatalogueService,
    AdjustmentService,
    BoxService,
    ConversionService,
    KitService,
    LotService,
    ReturnService,
    ReversalService,
    CountApprovalService,
    CountReadService,
    CountService,
    BinMoveService,
    InquiryService,
    IssueService,
    TransferService,
    TransportService,
    RequestTransferService,
    CommandKinds,
    CommandService,
    ResolutionService,
    DistributionService,
    DonationService,
    FundService,
    ReceiptStepsService,
    ReceiptService,
    RequestAnswerService,
    RequestService,
    StockService,
    CapacityService,
    NoticeService,
    PolicyService,
    WatchProcessor,
    WarehouseService,
  ],
  exports: [
    CommandKinds,
    WarehouseService,
    CatalogueService,
    DonationService,
    ReceiptService,
    StockService,
    CountService,
    CountReadService,
    AdjustmentService,
    BoxService,
    ReturnService,
    ReceiptStepsService,
    IssueService,
    TransferService,
    TransportService,
    NoticeService,
    RequestService,
  ],
})
export class ReliefStockModule {}
