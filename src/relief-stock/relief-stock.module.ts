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
import { StockController } from './stock.controller.js';
import { StockService } from './stock.service.js';
import { WarehouseController } from './warehouse.controller.js';
import { WarehouseService } from './warehouse.service.js';

@Module({
  controllers: [WarehouseController, CatalogueController, StockController, ReceiptController, DonationController],
  providers: [
    WarehouseService,
    CatalogueService,
    ReceiptService,
    StockService,
    ReceiptStepsService,
    DonationService,
    FundService,
    DistributionService,
  ],
  exports: [WarehouseService, CatalogueService, ReceiptService, StockService],
})
export class ReliefStockModule {}
