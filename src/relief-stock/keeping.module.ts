import { Module, type OnModuleInit } from '@nestjs/common';
import { boxLabels } from './boxes/box-labels.js';
import { AdjustmentService } from './changing/adjustment.service.js';
import { ReturnService } from './changing/return.service.js';
import { CodesController } from './codes/codes.controller.js';
import { paperTargets } from './codes/document-codes.js';
import { GtinService } from './codes/gtin.service.js';
import { ScanService } from './codes/scan.service.js';
import { CountReadService } from './counting/count-read.service.js';
import { IssueService } from './moving/issue.service.js';
import { TransferService } from './moving/transfer.service.js';
import { PaperController } from './paper/paper.controller.js';
import { PaperService } from './paper/paper.service.js';
import { PdfPrinter } from './paper/pdf-printer.js';
import { binLabels, itemLabels, lotLabels, warehouseLabels } from './paper/stock-labels.js';
import { DOCUMENT_PAPERS } from './paper/document-papers.js';
import { countSheetPaper, receiptPaper, stockCardPaper } from './paper/stock-papers.js';
import { CatalogueService } from './catalogue.service.js';
import { ReceiptService } from './receiving/receipt.service.js';
import { ReliefStockModule } from './relief-stock.module.js';
import { RequestService } from './requests/request.service.js';
import { documentLists } from './sheets/document-lists.js';
import { ExportService } from './sheets/export.service.js';
import { ImportService } from './sheets/import.service.js';
import { SheetsController } from './sheets/sheets.controller.js';
import { stockLists } from './sheets/stock-lists.js';
import { TemplateService } from './sheets/template.service.js';
import { StockDesk } from './stock-desk.js';
import { StockService } from './stock.service.js';
import { WarehouseService } from './warehouse.service.js';

/** What keepers hold in their hands: codes, sheets and papers of what `ReliefStockModule` keeps. */
@Module({
  imports: [ReliefStockModule],
  controllers: [CodesController, PaperController, SheetsController],
  providers: [
    StockDesk,
    ScanService,
    GtinService,
    PaperService,
    PdfPrinter,
    ImportService,
    ExportService,
    TemplateService,
  ],
  exports: [StockDesk, PdfPrinter],
})
export class KeepingModule implements OnModuleInit {
  constructor(
    private readonly desk: StockDesk,
    readonly stock: StockService,
    readonly catalogue: CatalogueService,
    readonly warehouses: WarehouseService,
    readonly receipts: ReceiptService,
    readonly transfers: TransferService,
    readonly issues: IssueService,
    readonly counts: CountReadService,
    readonly adjustments: AdjustmentService,
    readonly returns: ReturnService,
    readonly requests: RequestService,
  ) {}

  onModuleInit(): void {
    const { papers, labels, lists, codes } = this.desk;
    papers.set('stock-card', stockCardPaper).set('goods-receipt', receiptPaper).set('count-sheet', countSheetPaper);
    for (const [form, paper] of Object.entries(DOCUMENT_PAPERS)) papers.set(form, paper);
    for (const [kind, find] of paperTargets) codes.set(kind, find);
    labels.set('lot', lotLabels).set('bin', binLabels).set('warehouse', warehouseLabels).set('item', itemLabels);
    labels.set('box', boxLabels);
    const sheets = { ...stockLists(this), ...documentLists(this) };
    for (const [name, list] of Object.entries(sheets)) lists.set(name, list);
  }
}
