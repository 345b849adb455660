import { visibleOr404 } from '../../access/index.js';
import type { Tx } from '../../database/index.js';
import { adjustmentDtoOf, findAdjustment, reasonsOf } from '../changing/adjustment.store.js';
import { findReturn, returnDtoOf } from '../changing/return.store.js';
import type { PaperContent, PaperRequest } from '../stock-desk.js';
import { grouped, minuteOf, yuan } from './format.rules.js';
import { columnsOf, fact, factsKnown, houseOf, itemsNamed, keeperOf, mustFit, nameCells, peopleOf, signedNotes } from './paper-parts.js'; // prettier-ignore
import { copiesOf } from './stock-papers.js';

/** Adjustment, damage, disposal or rotation note (调整单、报损单、报废单、轮换单): which goods, which way, for which reason. */
export async function adjustmentPaper(tx: Tx, { actor, id, words, locale }: PaperRequest): Promise<PaperContent> {
  const row = visibleOr404(actor, await findAdjustment(tx, id), 'adjustment', id);
  const paper = await adjustmentDtoOf(tx, row);
  const { warehouse, society } = await houseOf(tx, row.warehouseId);
  mustFit(paper.lines.length);
  const items = await itemsNamed(tx, [...paper.lines, ...paper.replacements].map(({ itemId }) => itemId)); // prettier-ignore
  const reasons = new Map((await reasonsOf(tx, paper.kind)).map((one) => [one.code, locale === 'en' ? one.nameEn : one.name])); // prettier-ignore
  const replaced = paper.replacements.map((one) =>
    words('paper.replaced-by', { item: items.get(one.itemId)?.name ?? '', units: grouped(one.units), due: one.dueOn, supplier: one.supplier }),
  ); // prettier-ignore
  return {
    title: words(`paper.adjustment.${paper.kind}`), society, number: paper.number, code: { kind: 'adjustment', id },
    facts: [
      fact(words, 'warehouse', warehouse.name), fact(words, 'keeper', keeperOf(warehouse)), fact(words, 'status', words(`adjustment.status.${paper.status}`)),
      fact(words, 'drafted-by', paper.draftedBy), fact(words, 'occurred-at', minuteOf(paper.occurredAt)), fact(words, 'value', yuan(paper.valueFen)),
      fact(words, 'approval', words(paper.approvalNeeded ? 'paper.approval-needed' : 'paper.approval-not-needed')),
      ...factsKnown(words, { 'posted-at': minuteOf(paper.postedAt), 'reversed-by': paper.reversal?.number ?? null }),
      ...(paper.rejectReason ? [fact(words, 'rejected-because', paper.rejectReason, true)] : []),
      ...(paper.note ? [fact(words, 'note', paper.note, true)] : []),
    ],
    tables: [{
      columns: columnsOf(
        words, ['line', 4, 'center'], ['code', 8], ['name', 16], ['unit', 5, 'center'], ['bin', 7], ['lot', 17], ['expiry', 13],
        ['condition', 6, 'center'], ['in', 7, 'right'], ['out', 7, 'right'], ['reason', 13], ['remark', 9],
      ),
      rows: paper.lines.map((line) => [
        String(line.line), ...nameCells(items.get(line.itemId)), line.binCode, line.lotCode, line.expiresOn ?? '', words(`condition.${line.condition}`),
        line.direction === 'in' ? grouped(line.units) : '', line.direction === 'out' ? grouped(line.units) : '', reasons.get(line.reason) ?? line.reason, line.note,
      ]),
    }],
    notes: [...replaced, ...signedNotes(words, paper.signatures)],
    signatures: peopleOf(words, ['keeper', 'checker', 'approver', ...(paper.kind === 'disposal' ? ['witness'] : [])]),
    copies: copiesOf(words, ['file', 'finance']),
  }; // prettier-ignore
}

/** Return note (退库单): what came back of a delivery, and in which condition the keeper found it. */
export async function returnPaper(tx: Tx, { actor, id, words }: PaperRequest): Promise<PaperContent> {
  const row = visibleOr404(actor, await findReturn(tx, id), 'stock-return', id);
  const paper = await returnDtoOf(tx, row);
  const { warehouse, society } = await houseOf(tx, row.warehouseId);
  mustFit(paper.lines.length);
  const items = await itemsNamed(tx, paper.lines.map(({ itemId }) => itemId)); // prettier-ignore
  return {
    title: words('paper.return'), society, number: paper.number, code: { kind: 'stock-return', id },
    facts: [
      fact(words, 'warehouse', warehouse.name), fact(words, 'keeper', keeperOf(warehouse)), fact(words, 'status', words(`stock-return.status.${paper.status}`)),
      fact(words, 'recipient', paper.recipient), fact(words, 'returned-by', paper.returnedBy), fact(words, 'occurred-at', minuteOf(paper.occurredAt)),
      fact(words, 'inspected-by', paper.inspectedBy), ...factsKnown(words, { 'reversed-by': paper.reversal?.number ?? null }),
      ...(paper.note ? [fact(words, 'note', paper.note, true)] : []),
    ],
    tables: [{
      columns: columnsOf(
        words, ['line', 5, 'center'], ['code', 10], ['name', 26], ['unit', 7, 'center'], ['lot', 18], ['condition', 9, 'center'], ['bin', 10],
        ['units', 10, 'right'], ['remark', 14],
      ),
      rows: paper.lines.map((line) => [
        String(line.line), ...nameCells(items.get(line.itemId)), line.lotCode, words(`condition.${line.condition}`), line.binCode, grouped(line.units), '',
      ]),
    }],
    notes: [], signatures: peopleOf(words, ['returner', 'keeper', 'checker']), copies: copiesOf(words, ['file', 'finance', 'counterpart']),
  }; // prettier-ignore
}
