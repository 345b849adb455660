import { Module, type OnModuleInit } from '@nestjs/common';
import { CodesController } from './codes/codes.controller.js';
import { GtinService } from './codes/gtin.service.js';
import { ScanService } from './codes/scan.service.js';
import { PaperController } from './paper/paper.controller.js';
import { PaperService } from './paper/paper.service.js';
import { PdfPrinter } from './paper/pdf-printer.js';
import { binLabels, itemLabels, lotLabels, warehouseLabels } from './paper/stock-labels.js';
import { countSheetPaper, receiptPaper, stockCardPaper } from './paper/stock-papers.js';
import { ReliefStockModule } from './relief-stock.module.js';
import { StockDesk } from './stock-desk.js';

/** What keepers hold in their hands: codes, sheets and papers of what `ReliefStockModule` keeps. */
@Module({
  imports: [ReliefStockModule],
  controllers: [CodesController, PaperController],
  providers: [StockDesk, ScanService, GtinService, PaperService, PdfPrinter],
  exports: [StockDesk],
})
export class KeepingModule implements OnModuleInit {
  constructor(private readonly desk: StockDesk) {}

  onModuleInit(): void {
    const { papers, labels } = this.desk;
    papers.set('stock-card', stockCardPaper).set('goods-receipt', receiptPaper).set('count-sheet', countSheetPaper);
    labels.set('lot', lotLabels).set('bin', binLabels).set('warehouse', warehouseLabels).set('item', itemLabels);
  }
}
