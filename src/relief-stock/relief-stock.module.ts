import { Module } from '@nestjs/common';
import { CatalogueController } from './catalogue.controller.js';
import { CatalogueService } from './catalogue.service.js';
import { CountApprovalService } from './counting/count-approval.service.js';
import { CountReadService } from './counting/count-read.service.js';
import { CountController } from './counting/count.controller.js';
import { CountService } from './counting/count.service.js';
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
import { StockController } from './stock.controller.js';
import { StockService } from './stock.service.js';
import { WarehouseController } from './warehouse.controller.js';
import { WarehouseService } from './warehouse.service.js';

@Module({
  controllers: [
    CatalogueController,
    DonationController,
    ReceiptController,
    CountController,
    CommandController,
    StockController,
    WarehouseController,
  ],
  providers: [
    CatalogueService,
    DistributionService,
    DonationService,
    FundService,
    ReceiptStepsService,
    ReceiptService,
    CountApprovalService,
    CountReadService,
    CountService,
    CommandKinds,
    CommandService,
    ResolutionService,
    StockService,
    WarehouseService,
  ],
  exports: [WarehouseService, CatalogueService, ReceiptService, StockService, CountService],
})
export class ReliefStockModule {}
