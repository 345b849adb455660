import { Module } from '@nestjs/common';
import { CatalogueController } from './catalogue.controller.js';
import { CatalogueService } from './catalogue.service.js';
import { ReceiptService } from './receipt.service.js';
import { RequestAnswerService } from './requests/request-answer.service.js';
import { RequestService } from './requests/request.service.js';
import { RequestsController } from './requests/requests.controller.js';
import { StockController } from './stock.controller.js';
import { StockService } from './stock.service.js';
import { WarehouseController } from './warehouse.controller.js';
import { WarehouseService } from './warehouse.service.js';

@Module({
  controllers: [WarehouseController, CatalogueController, StockController, RequestsController],
  providers: [WarehouseService, CatalogueService, ReceiptService, StockService, RequestService, RequestAnswerService],
  exports: [WarehouseService, CatalogueService, ReceiptService, StockService, RequestService, RequestAnswerService],
})
export class ReliefStockModule {}
