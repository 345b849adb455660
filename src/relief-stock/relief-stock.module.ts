import { Module } from '@nestjs/common';
import { CatalogueController } from './catalogue.controller.js';
import { CatalogueService } from './catalogue.service.js';
import { ReceiptService } from './receipt.service.js';
import { StockController } from './stock.controller.js';
import { StockService } from './stock.service.js';
import { WarehouseController } from './warehouse.controller.js';
import { WarehouseService } from './warehouse.service.js';

@Module({
  controllers: [WarehouseController, CatalogueController, StockController],
  providers: [WarehouseService, CatalogueService, ReceiptService, StockService],
  exports: [WarehouseService, CatalogueService, ReceiptService, StockService],
})
export class ReliefStockModule {}
