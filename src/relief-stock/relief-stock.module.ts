import { Module } from '@nestjs/common';
import { CatalogueController } from './catalogue.controller.js';
import { CatalogueService } from './catalogue.service.js';
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
import { CapacityService } from './watch/capacity.service.js';
import { NoticeService } from './watch/notice.service.js';
import { PolicyService } from './watch/policy.service.js';
import { WatchController } from './watch/watch.controller.js';
import { WatchProcessor } from './watch/watch.processor.js';
import { WarehouseController } from './warehouse.controller.js';
import { WarehouseService } from './warehouse.service.js';

const SERVICES = [
  WarehouseService, CatalogueService, ReceiptService, StockService, RequestService, RequestAnswerService, PolicyService, NoticeService,
  CapacityService,
]; // prettier-ignore

@Module({
  controllers: [
    WarehouseController,
    CatalogueController,
    StockController,
    ReceiptController,
    DonationController,
    RequestsController,
    WatchController,
  ],
  providers: [...SERVICES, ReceiptStepsService, DonationService, FundService, DistributionService, WatchProcessor],
  exports: SERVICES,
})
export class ReliefStockModule {}
