import { Module } from '@nestjs/common';
import { CatalogueController } from './catalogue.controller.js';
import { CatalogueService } from './catalogue.service.js';
import { CountApprovalService } from './counting/count-approval.service.js';
import { CountReadService } from './counting/count-read.service.js';
import { CountController } from './counting/count.controller.js';
import { CountService } from './counting/count.service.js';
import { CommandController } from './offline/command.controller.js';
import { CommandKinds } from './offline/command-kinds.service.js';
import { CommandService } from './offline/command.service.js';
import { ResolutionService } from './offline/resolution.service.js';
import { ReceiptService } from './receipt.service.js';
import { StockController } from './stock.controller.js';
import { StockService } from './stock.service.js';
import { WarehouseController } from './warehouse.controller.js';
import { WarehouseService } from './warehouse.service.js';

@Module({
  controllers: [WarehouseController, CatalogueController, StockController, CountController, CommandController],
  providers: [
    WarehouseService, CatalogueService, ReceiptService, StockService, CountService, CountApprovalService, CountReadService,
    CommandKinds, CommandService, ResolutionService,
  ], // prettier-ignore
  exports: [WarehouseService, CatalogueService, ReceiptService, StockService, CountService],
})
export class ReliefStockModule {}
