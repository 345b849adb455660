import { Module } from '@nestjs/common';
import { CatalogueController } from './catalogue.controller.js';
import { CatalogueService } from './catalogue.service.js';
import { BinMoveController } from './moving/bin-move.controller.js';
import { BinMoveService } from './moving/bin-move.service.js';
import { InquiryController } from './moving/inquiry.controller.js';
import { InquiryService } from './moving/inquiry.service.js';
import { IssueController } from './moving/issue.controller.js';
import { IssueService } from './moving/issue.service.js';
import { TransferController } from './moving/transfer.controller.js';
import { TransferService } from './moving/transfer.service.js';
import { TransportService } from './moving/transport.service.js';
import { ReceiptService } from './receipt.service.js';
import { StockController } from './stock.controller.js';
import { StockService } from './stock.service.js';
import { WarehouseController } from './warehouse.controller.js';
import { WarehouseService } from './warehouse.service.js';

@Module({
  controllers: [
    WarehouseController,
    CatalogueController,
    StockController,
    TransferController,
    InquiryController,
    IssueController,
    BinMoveController,
  ],
  providers: [
    WarehouseService,
    CatalogueService,
    ReceiptService,
    StockService,
    TransferService,
    TransportService,
    InquiryService,
    IssueService,
    BinMoveService,
  ],
  exports: [WarehouseService, CatalogueService, ReceiptService, StockService],
})
export class ReliefStockModule {}
