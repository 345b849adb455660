import type { Tx } from '../../database/index.js';
import type { CountLineDto } from '../counting/count.dto.js';
import { isBlind, toLineDto } from '../counting/count-lines.rules.js';
import { judgedLines, toCountDto, visibleCount } from '../counting/count-paper.service.js';
import { findCount } from '../counting/count.store.js';
import { signaturesOf } from '../document.store.js';
import type { PaperContent, PaperRequest } from '../stock-desk.js';
import { grouped, minuteOf, yuan } from './format.rules.js';
import { columnsOf, fact, factsKnown, houseOf, itemsNamed, keeperOf, mustFit, nameCells, peopleOf, signedNotes } from './paper-parts.js'; // prettier-ignore

const shown = (units: number | null): string => (units === null ? '' : grouped(units));
const signed = (units: number | null): string => (units === null || units === 0 ? shown(units) : (units > 0 ? '+' : '−') + grouped(Math.abs(units))); // prettier-ignore

/**
 * Count report (盘点表): book, count and difference of every line, as the ledger of now tells them. While a blind count is open it says no
 * more than the screen does: neither book nor difference.
 */
export async function countPaper(tx: Tx, { actor, id, words }: PaperRequest): Promise<PaperContent> {
  const row = visibleCount(actor, await findCount(tx, id), id);
  const count = toCountDto(row);
  const { warehouse, society } = await houseOf(tx, row.warehouseId);
  const lines = (await judgedLines(tx, id)).map((line) => toLineDto(line, row));
  mustFit(lines.length);
  const items = await itemsNamed(tx, lines.map(({ itemId }) => itemId)); // prettier-ignore
  const signatures = (await signaturesOf(tx, [id])).get(id) ?? [];
  const different = lines.filter(({ varianceUnits }) => varianceUnits !== null && varianceUnits !== 0);
  const valueFen = different.reduce((sum, line) => sum + (line.valueFen ?? 0), 0);
  const remark = ({ state, cause, note, dropReason, found }: CountLineDto): string =>
    [found ? words('paper.found') : '', cause ? words(`count.cause.${cause}`) : '', state === 'recount' ? words('paper.recount') : '', dropReason, note].filter(Boolean).join(' '); // prettier-ignore
  return {
    title: words('paper.count'), society, number: count.number, code: { kind: 'stock-count', id },
    facts: [
      fact(words, 'warehouse', warehouse.name), fact(words, 'keeper', keeperOf(warehouse)), fact(words, 'status', words(`stock-count.status.${count.status}`)),
      fact(words, 'count-kind', words(`stock-count.kind.${count.kind}`)), fact(words, 'opened-by', count.openedBy), fact(words, 'opened-at', minuteOf(count.openedAt)),
      fact(words, 'line-count', `${count.lineCount - count.openLines} / ${count.lineCount}`),
      ...(isBlind(row) ? [fact(words, 'method', words('paper.blind'))] : [
        fact(words, 'different', String(different.length)), fact(words, 'difference-value', yuan(valueFen)),
      ]),
      ...factsKnown(words, { 'finished-at': minuteOf(count.finishedAt), 'posted-at': minuteOf(count.postedAt) }),
      ...(count.note ? [fact(words, 'note', count.note, true)] : []),
    ],
    tables: [{
      columns: columnsOf(
        words, ['line', 4, 'center'], ['bin', 7], ['code', 8], ['name', 15], ['unit', 5, 'center'], ['lot', 17], ['expiry', 13], ['condition', 6, 'center'],
        ['book', 7, 'right'], ['counted', 7, 'right'], ['difference', 7, 'right'], ['remark', 12],
      ),
      rows: lines.map((line) => [
        String(line.line), line.binCode, ...nameCells(items.get(line.itemId)), line.lotCode, line.expiresOn ?? '', words(`condition.${line.condition}`),
        shown(line.bookUnits), shown(line.countedUnits), signed(line.varianceUnits), remark(line),
      ]),
    }],
    notes: signedNotes(words, signatures),
    signatures: peopleOf(words, ['counter-1', 'counter-2', 'checker', 'approver']), copies: [],
  }; // prettier-ignore
}
