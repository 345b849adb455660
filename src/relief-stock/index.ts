import type { Tx } from '../database/index.js';
import { allItems } from './item.store.js';
import type { ItemDto, WarehouseDto } from './relief-stock.dto.js';
import { toWarehouseDto, warehousesVisible } from './warehouse.store.js';

export { KeepingModule } from './keeping.module.js';
export { ReliefStockModule } from './relief-stock.module.js';
export { BoxService } from './boxes/box.service.js';
export { CatalogueService } from './catalogue.service.js';
export { CountService } from './counting/count.service.js';
export { CountApprovalService } from './counting/count-approval.service.js';
export { CountReadService } from './counting/count-read.service.js';
export { CommandKinds } from './offline/command-kinds.service.js';
export { CommandService } from './offline/command.service.js';
export { ResolutionService } from './offline/resolution.service.js';
export { type LabelContent, type LabelRequest, type PaperContent, type PaperRequest, StockDesk } from './stock-desk.js';
export type { Found } from './codes/codes.dto.js';
export { cubicMetres, grouped, kilograms, minuteOf } from './paper/format.rules.js';
export { layoutForm } from './paper/form-layout.rules.js';
export { LANDSCAPE, SHEET_SIZES, type SheetSize } from './paper/page.rules.js';
export type { Fact, PaperColumn, PaperForm } from './paper/paper.types.js';
export { paperOf, type ReportColumn, type ReportTable, sheetOf } from './paper/report-table.rules.js';
export { PdfPrinter } from './paper/pdf-printer.js';
export { copiesOf } from './paper/stock-papers.js';
export { DRILL_MARK, drillMark, readerLocale, type Words, wordsOf } from './paper/words.js';
export { serialOfDay, serialOfInstant } from './sheets/cells.rules.js';
export { type CellStyle, type OutSheet, type OutValue, writeWorkbook } from './sheets/workbook-writer.js';
export { factTimesOf } from './fact-times.rules.js';
export { addDays, dayOf } from './days.rules.js';
export { ownAddress, type OwnCode } from './codes/own-code.rules.js';
export { ReceiptService } from './receiving/receipt.service.js';
export { ReceiptStepsService } from './receiving/receipt-steps.service.js';
export { DonationService } from './receiving/donation.service.js';
export { DistributionService } from './receiving/distribution.service.js';
export { FundService } from './receiving/fund.service.js';
export { type Purpose, purposeOf } from './receiving/intent.rules.js';
export { IssueService } from './moving/issue.service.js';
export { TransferService } from './moving/transfer.service.js';
export { TransportService } from './moving/transport.service.js';
export { StockService } from './stock.service.js';
export { AdjustmentService } from './changing/adjustment.service.js';
export { ConversionService } from './changing/conversion.service.js';
export { KitService } from './changing/kit.service.js';
export { LotService } from './changing/lot.service.js';
export { ReturnService } from './changing/return.service.js';
export { ReversalService } from './changing/reversal.service.js';
export { WarehouseService } from './warehouse.service.js';
export {
  handOverReservations,
  keepReservations,
  releaseSupplies,
  reserveSupplies,
  type ReserveSupplies,
  type SupplyLine,
} from './reservation.service.js';
export { numberFor } from './document.service.js';
export { dueReservations, type LotOfLine, lotsOfLines } from './reservation.store.js';
export { RequestAnswerService } from './requests/request-answer.service.js';
export { RequestService } from './requests/request.service.js';
export { findPromiser, type HeldPromise, holdPromise, losePromise } from './requests/promise.service.js';
export {
  holdRequests,
  noteRequestProgress,
  type TakeUp,
  takeUpCommitments,
} from './requests/request-progress.service.js';
export { CapacityService } from './watch/capacity.service.js';
export { NoticeService } from './watch/notice.service.js';
export { PolicyService } from './watch/policy.service.js';
export { deliverSupplies, shipSupplies } from './shipment.service.js';
export { isEnded as isInquiryEnded } from './moving/inquiry.rules.js';
export { absentLines, InquiryService, openInquiry } from './moving/inquiry.service.js';
export { inquiriesOf } from './moving/transfer.store.js';
export { itemsByIds } from './item.store.js';
export { type StockForPlanning, stockForPlanning } from './planning.store.js';
export { type StoreForPlacing, storesForPlacing } from './placing.store.js';
export {
  issuedOf, type LotForRotation, lotsForRotation, type OnTheWay, onTheWay, openRequestLines, plannedMoves, type RequestForRotation,
} from './rotation.store.js'; // prettier-ignore
export { draftTransferIn } from './moving/transfer.service.js';
export type { TransferDto } from './moving/transfer.dto.js';
export { HOUSEHOLD_PEOPLE, householdsOfUnit } from './watch/cover.rules.js';
export { allItems } from './item.store.js';
export { type WarehouseForDispatch, warehousesByIds } from './warehouse.store.js';
export { auditLedger, type LedgerFault } from './audit.store.js';
export { levelRows } from './level.store.js';
export { openPaperRows } from './papers.store.js';

/** Warehouses that one of the keys may see, for the snapshot. */
export const warehouseRows = async (tx: Tx, keys: string[]): Promise<WarehouseDto[]> =>
  (await warehousesVisible(tx, keys)).map(toWarehouseDto);
/** The whole catalogue, for the snapshot: everyone signed in sees it. */
export const itemRows = (tx: Tx, _keys: string[]): Promise<ItemDto[]> => allItems(tx);
