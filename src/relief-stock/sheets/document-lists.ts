import { type AdjustmentHeadDto, adjustmentsQuery } from '../changing/adjustment.dto.js';
import type { AdjustmentService } from '../changing/adjustment.service.js';
import { type ReturnDto, returnsQuery } from '../changing/return.dto.js';
import type { ReturnService } from '../changing/return.service.js';
import { type CountDto, countsQuery } from '../counting/count.dto.js';
import type { CountReadService } from '../counting/count-read.service.js';
import { type IssueDto, issuesQuery } from '../moving/issue.dto.js';
import type { IssueService } from '../moving/issue.service.js';
import { type TransferDto, transfersQuery } from '../moving/transfer.dto.js';
import type { TransferService } from '../moving/transfer.service.js';
import { type RequestHeadDto, requestsQuery } from '../requests/requests.dto.js';
import type { RequestService } from '../requests/request.service.js';
import { type AnySheetList, type ListColumn, sheetList } from './sheet-lists.js';

export interface DocumentServices {
  transfers: TransferService;
  issues: IssueService;
  counts: CountReadService;
  adjustments: AdjustmentService;
  returns: ReturnService;
  requests: RequestService;
}

const own = <Row>(kind: ListColumn<Row>['kind'], ...keys: (keyof Row & string)[]): ListColumn<Row>[] =>
  keys.map((key) => ({ key, kind, of: (row) => row[key] as string | number | null }));
const told = <Row>(key: keyof Row & string, words: string): ListColumn<Row> => ({ key, kind: 'text', words, of: (row) => row[key] as string }); // prettier-ignore
const house = <Row extends { warehouseId: string | null }>(): ListColumn<Row> => ({ key: 'warehouse', kind: 'warehouse', of: (row) => row.warehouseId }); // prettier-ignore

/** The papers of relief stock as sheets: the lists of their own pages, with the same filters and scope. */
export const documentLists = (services: DocumentServices): Record<string, AnySheetList> => ({
  ...movingLists(services),
  ...changingLists(services),
});

function movingLists({ transfers, issues, requests }: DocumentServices): Record<string, AnySheetList> {
  return {
    transfers: sheetList({
      query: transfersQuery,
      page: (actor, query) => transfers.transfers(actor, query),
      columns: [
        ...own<TransferDto>('text', 'number'), told<TransferDto>('status', 'transfer.status.'),
        { key: 'fromWarehouse', kind: 'warehouse', of: (row) => row.from.id }, { key: 'toWarehouse', kind: 'warehouse', of: (row) => row.to.id },
        ...own<TransferDto>('units', 'lines', 'units'), { key: 'weightKg', kind: 'grams', of: (row) => row.weightG },
        { key: 'volumeM3', kind: 'cm3', of: (row) => row.volumeCm3 },
        ...own<TransferDto>('units', 'acceptedUnits', 'damagedUnits', 'missingUnits'), ...own<TransferDto>('text', 'vehicle', 'driverName', 'driverPhone'),
        ...own<TransferDto>('instant', 'plannedArrivalAt', 'draftedAt', 'departedAt', 'receivedAt'), ...own<TransferDto>('text', 'draftedBy', 'reason', 'note'),
      ],
    }),
    issues: sheetList({
      query: issuesQuery,
      page: (actor, query) => issues.issues(actor, query),
      columns: [
        ...own<IssueDto>('text', 'number', 'issueNumber'), told<IssueDto>('status', 'issue.status.'), house<IssueDto>(),
        told<IssueDto>('purpose', 'issue.purpose.'), ...own<IssueDto>('text', 'recipient', 'place'), ...own<IssueDto>('units', 'lines', 'units'),
        { key: 'valueYuan', kind: 'fen', of: (row) => row.valueFen }, told<IssueDto>('approval', 'issue.approval.'),
        ...own<IssueDto>('instant', 'approvalDueAt'), ...own<IssueDto>('text', 'orderedBy', 'approvedBy', 'vehicle', 'carrierName', 'receiverName'),
        ...own<IssueDto>('instant', 'orderedAt', 'issuedAt', 'signedAt'), ...own<IssueDto>('units', 'receivedUnits', 'damagedUnits', 'missingUnits'),
        ...own<IssueDto>('text', 'reason', 'note'),
      ],
    }),
    requests: sheetList({
      query: requestsQuery,
      page: (actor, query) => requests.requests(actor, query),
      columns: [
        ...own<RequestHeadDto>('text', 'number'), told<RequestHeadDto>('status', 'stock-request.status.'),
        told<RequestHeadDto>('origin', 'stock-request.origin.'), { key: 'society', kind: 'society', of: (row) => row.societyId }, house<RequestHeadDto>(),
        ...own<RequestHeadDto>('text', 'place'), ...own<RequestHeadDto>('instant', 'neededBy', 'occurredAt'),
        ...own<RequestHeadDto>('units', 'lineCount', 'requestedUnits', 'committedUnits', 'receivedUnits'), ...own<RequestHeadDto>('text', 'requestedBy', 'reason', 'note'),
      ],
    }),
  }; // prettier-ignore
}

function changingLists({ counts, adjustments, returns }: DocumentServices): Record<string, AnySheetList> {
  type ReturnLine = ReturnDto & ReturnDto['lines'][number];
  return {
    counts: sheetList({
      query: countsQuery,
      page: (actor, query) => counts.counts(actor, query),
      columns: [
        ...own<CountDto>('text', 'number'), told<CountDto>('status', 'stock-count.status.'), house<CountDto>(), told<CountDto>('kind', 'stock-count.kind.'),
        ...own<CountDto>('units', 'lineCount', 'openLines', 'recountLines'), ...own<CountDto>('text', 'openedBy'),
        ...own<CountDto>('instant', 'openedAt', 'finishedAt', 'approvedAt', 'postedAt'), ...own<CountDto>('text', 'cancelReason', 'note'),
      ],
    }),
    adjustments: sheetList({
      query: adjustmentsQuery,
      page: (actor, query) => adjustments.adjustments(actor, query),
      columns: [
        ...own<AdjustmentHeadDto>('text', 'number'), told<AdjustmentHeadDto>('kind', 'paper.adjustment.'), told<AdjustmentHeadDto>('status', 'adjustment.status.'),
        house<AdjustmentHeadDto>(), ...own<AdjustmentHeadDto>('units', 'lineCount'), { key: 'valueYuan', kind: 'fen', of: (row) => row.valueFen },
        ...own<AdjustmentHeadDto>('text', 'draftedBy'), ...own<AdjustmentHeadDto>('instant', 'occurredAt', 'receivedAt', 'postedAt'),
        ...own<AdjustmentHeadDto>('text', 'rejectReason', 'note'),
      ],
    }),
    returns: sheetList({
      query: returnsQuery,
      page: (actor, query) => returns.returns(actor, query),
      rows: (paper) => paper.lines.map((line) => ({ ...paper, ...line })),
      columns: [
        ...own<ReturnLine>('text', 'number'), told<ReturnLine>('status', 'stock-return.status.'), house<ReturnLine>(),
        ...own<ReturnLine>('text', 'recipient', 'returnedBy'), ...own<ReturnLine>('units', 'line'), { key: 'item', kind: 'item', of: (row) => row.itemId },
        ...own<ReturnLine>('text', 'lotCode', 'binCode'), told<ReturnLine>('condition', 'condition.'), ...own<ReturnLine>('units', 'units'),
        ...own<ReturnLine>('text', 'inspectedBy'), ...own<ReturnLine>('instant', 'occurredAt'), ...own<ReturnLine>('text', 'note'),
      ],
    }),
  }; // prettier-ignore
}
