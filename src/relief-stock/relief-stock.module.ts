import { Module } from '@nestjs/common';
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
import { ReceiptService } from './receipt.service.js';
import { StockController } from './stock.controller.js';
import { StockService } from './stock.service.js';
import { WarehouseController } from './warehouse.controller.js';
import { WarehouseService } from './warehouse.service.js';

/** What changes stock without a lorry. */
const CHANGING = [AdjustmentService, ConversionService, KitService, LotService, ReturnService, ReversalService];

@Module({
  controllers: [
    WarehouseController, CatalogueController, StockController, AdjustmentController, KitController, LotController, ReturnController,
    ReversalController,
  ], // prettier-ignore
  providers: [WarehouseService, CatalogueService, ReceiptService, StockService, ...CHANGING],
  exports: [WarehouseService, CatalogueService, ReceiptService, StockService],
})
export class ReliefStockModule {}
