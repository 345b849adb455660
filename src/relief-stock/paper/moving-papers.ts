import { visibleOr404 } from '../../access/index.js';
import type { Tx } from '../../database/index.js';
import { findIssue, issueDtos, issueGoodsOf } from '../moving/issue.store.js';
import type { TransferLotDto } from '../moving/transfer.dto.js';
import { goodsOf } from '../moving/transfer-line.store.js';
import { findTransfer, transferDtos } from '../moving/transfer.store.js';
import type { PaperContent, PaperRequest } from '../stock-desk.js';
import { cubicMetres, grouped, kilograms, minuteOf } from './format.rules.js';
import { columnsOf, fact, factsKnown, houseOf, itemsNamed, keeperOf, mustFit, nameCells, peopleOf, signedNotes } from './paper-parts.js'; // prettier-ignore
import { copiesOf } from './stock-papers.js';

/** Units of a lot as the receiver found them; empty while nobody has counted, for the pen. */
const counted = (units: number | null): string => (units === null ? '' : grouped(units));
const none = (units: number) => ({ lotCode: '', expiresOn: null, binCode: '', units });
const uncounted = { acceptedUnits: null, damagedUnits: null, missingUnits: null, reason: null };

/**
 * Transfer note (调拨单): one paper for both warehouses. The giving side signs what left, the receiving side what came; good, damaged and
 * missing stand beside what was sent.
 */
export async function transferPaper(tx: Tx, { actor, id, words }: PaperRequest): Promise<PaperContent> {
  const row = visibleOr404(actor, await findTransfer(tx, id), 'transfer', id);
  const [transfer] = await transferDtos(tx, [row]);
  const { from, to, signatures } = transfer!;
  const { society } = await houseOf(tx, from.id);
  const goods = await goodsOf(tx, id);
  const items = await itemsNamed(tx, goods.map(({ itemId }) => itemId)); // prettier-ignore
  const lines = goods.flatMap(({ lots, itemId, units }) =>
    (lots.length > 0 ? lots : [{ ...none(units), ...uncounted }]).map((lot) => ({ itemId, lot })),
  );
  mustFit(lines.length);
  const wasReceived = row.receivedAt !== null;
  const cells = ({
    acceptedUnits,
    damagedUnits,
    missingUnits,
  }: Pick<TransferLotDto, 'acceptedUnits' | 'damagedUnits' | 'missingUnits'>) =>
    [acceptedUnits, damagedUnits, missingUnits].map(counted);
  const sums = [transfer!.acceptedUnits, transfer!.damagedUnits, transfer!.missingUnits].map((units) =>
    wasReceived ? grouped(units) : '',
  );
  return {
    title: words('paper.transfer'), society, number: transfer!.number, code: { kind: 'transfer', id },
    facts: [
      fact(words, 'from', from.name), fact(words, 'from-keeper', keeperOf(from)), fact(words, 'status', words(`transfer.status.${transfer!.status}`)),
      fact(words, 'to', to.name), fact(words, 'to-keeper', keeperOf(to)), fact(words, 'eta', minuteOf(transfer!.plannedArrivalAt)),
      ...factsKnown(words, {
        vehicle: transfer!.vehicle, driver: [transfer!.driverName, transfer!.driverPhone].filter(Boolean).join(' '), 'shipped-at': minuteOf(transfer!.departedAt),
        'received-at': minuteOf(transfer!.receivedAt),
      }),
      fact(words, 'load', `${kilograms(transfer!.weightG)} kg / ${cubicMetres(transfer!.volumeCm3)} m³`),
      ...(transfer!.keepsOwner ? [fact(words, 'ownership', words('paper.keeps-owner'))] : []),
      ...(transfer!.note ? [fact(words, 'note', transfer!.note, true)] : []),
    ],
    tables: [{
      columns: columnsOf(
        words, ['line', 4, 'center'], ['code', 8], ['name', 17], ['unit', 5, 'center'], ['bin', 7], ['lot', 17], ['expiry', 12],
        ['shipped', 8, 'right'], ['received', 7, 'right'], ['damaged', 7, 'right'], ['missing', 7, 'right'], ['remark', 9],
      ),
      rows: lines.map(({ itemId, lot }, n) => [
        String(n + 1), ...nameCells(items.get(itemId)), lot.binCode, lot.lotCode, lot.expiresOn ?? '', grouped(lot.units), ...cells(lot),
        lot.reason ?? '',
      ]),
      totals: ['', words('paper.total'), words('paper.kinds', { count: items.size }), '', '', '', '', grouped(transfer!.units), ...sums, ''],
    }],
    notes: [words('paper.count-at-door'), ...signedNotes(words, signatures)],
    signatures: peopleOf(words, ['approver', 'from-keeper', 'driver', 'to-keeper']), copies: copiesOf(words, ['keeper', 'driver', 'receiver', 'finance']),
  }; // prettier-ignore
}

/** Goods issue (出库单): what was picked where, who approved it, who took it. */
export async function issuePaper(tx: Tx, { actor, id, words }: PaperRequest): Promise<PaperContent> {
  const row = visibleOr404(actor, await findIssue(tx, id), 'issue', id);
  const [issue] = await issueDtos(tx, [row]);
  const { warehouse, society } = await houseOf(tx, row.warehouseId);
  const goods = await issueGoodsOf(tx, id);
  const items = await itemsNamed(tx, goods.map(({ itemId }) => itemId)); // prettier-ignore
  const lines = goods.flatMap((line) =>
    (line.lots.length > 0 ? line.lots : [none(line.units)]).map((lot) => ({ line, lot })),
  );
  mustFit(lines.length);
  const hasLeft = issue!.issuedAt !== null;
  const differs = goods.filter(({ damagedUnits, missingUnits }) => damagedUnits + missingUnits > 0);
  return {
    title: words('paper.issue'), society, number: issue!.issueNumber ?? issue!.number, code: { kind: 'issue', id },
    facts: [
      fact(words, 'warehouse', warehouse.name), fact(words, 'keeper', keeperOf(warehouse)), fact(words, 'status', words(`issue.status.${issue!.status}`)),
      fact(words, 'release-order', issue!.number), fact(words, 'purpose', words(`issue.purpose.${issue!.purpose}`)), fact(words, 'recipient', issue!.recipient),
      ...factsKnown(words, {
        destination: issue!.place, 'ordered-by': issue!.orderedBy, 'approved-by': issue!.approvedBy, vehicle: issue!.vehicle,
        carrier: [issue!.carrierName, issue!.carrierPhone].filter(Boolean).join(' '), 'issued-at': minuteOf(issue!.issuedAt), receiver: issue!.receiverName,
      }),
      fact(words, 'approval', words(`issue.approval.${issue!.approval}`)),
      ...(issue!.deferReason ? [fact(words, 'defer-reason', issue!.deferReason, true)] : []),
      ...(issue!.note ? [fact(words, 'note', issue!.note, true)] : []),
    ],
    tables: [{
      columns: columnsOf(
        words, ['line', 5, 'center'], ['code', 10], ['name', 24], ['unit', 6, 'center'], ['bin', 8], ['lot', 17], ['expiry', 13],
        ['ordered', 10, 'right'], ['issued', 10, 'right'], ['remark', 12],
      ),
      rows: lines.map(({ line, lot }, n) => [
        String(n + 1), ...nameCells(items.get(line.itemId)), lot.binCode, lot.lotCode, lot.expiresOn ?? '', grouped(lot.units),
        hasLeft ? grouped(lot.units) : '', '',
      ]),
      totals: ['', words('paper.total'), words('paper.kinds', { count: items.size }), '', '', '', '', grouped(issue!.units), hasLeft ? grouped(issue!.units) : '', ''],
    }],
    notes: [
      ...differs.map(({ line, receivedUnits, damagedUnits, missingUnits, reason }) =>
        words('paper.line-differs', { line, received: receivedUnits, damaged: damagedUnits, missing: missingUnits, reason: reason ?? '' })),
      ...signedNotes(words, issue!.signatures),
    ],
    signatures: peopleOf(words, ['approver', 'second', 'keeper', 'collector', 'receiver']), copies: copiesOf(words, ['file', 'finance', 'counterpart']),
  }; // prettier-ignore
}
