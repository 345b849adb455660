import { Module } from '@nestjs/common';
import { CatalogueController } from './catalogue.controller.js';
import { CatalogueService } from './catalogue.service.js';
import { CountApprovalService } from './counting/count-approval.service.js';
import { CountReadService } from './counting/count-read.service.js';
import { CountController } from './counting/count.controller.js';
import { CountService } from './counting/count.service.js';
import { ReceiptService } from './receipt.service.js';
import { StockController } from './stock.controller.js';
import { StockService } from './stock.service.js';
import { WarehouseController } from './warehouse.controller.js';
import { WarehouseService } from './warehouse.service.js';

@Module({
  controllers: [WarehouseController, CatalogueController, StockController, CountController],
  providers: [
    WarehouseService, CatalogueService, ReceiptService, StockService, CountService, CountApprovalService, CountReadService,
  ], // prettier-ignore
  exports: [WarehouseService, CatalogueService, ReceiptService, StockService, CountService],
})
export class ReliefStockModule {}
