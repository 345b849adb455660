import { findSociety, visibleOr404 } from '../../access/index.js';
import type { Tx } from '../../database/index.js';
import { allItems, copiesOf, minuteOf, type PaperContent, type PaperRequest, type Words } from '../../relief-stock/index.js'; // prettier-ignore
import { findHandover, type Item, itemsOf } from './handover.store.js';

/** Hand-over record (交接班记录): who gave the desk to whom, what was open, and each line as it was acknowledged. 404 `handover.not-found`. */
export async function handoverPaper(tx: Tx, { actor, id, words }: PaperRequest): Promise<PaperContent> {
  const row = visibleOr404(actor, await findHandover(tx, id), 'handover', id);
  const items = await itemsOf(tx, id);
  const goods = new Map((await allItems(tx)).map(({ code, name }) => [code, name]));
  const society = (await findSociety(tx, row.societyId))?.name ?? '';
  const say = (key: string, value: string | null, wide = false) => ({ label: words(`paper.fact.${key}`), value: value ?? '', wide }); // prettier-ignore
  const column = (key: string, share: number, align: 'left' | 'center' = 'left') => ({ label: words(`paper.column.${key}`), share, align }); // prettier-ignore
  return {
    title: words('paper.handover'), society, number: row.number, code: null,
    facts: [
      say('handed-over-by', row.fromName), say('drawn-at', minuteOf(row.drawnAt)), say('taken-over-by', row.toName ?? row.expectedName),
      say('taken-at', minuteOf(row.takenAt)), say('status', words(`handover.status.${row.state}`)), say('completed-at', minuteOf(row.completedAt)),
      say('handover-words', row.words, true), ...(row.reply ? [say('handover-reply', row.reply, true)] : []),
      ...(row.reason ? [say('withdrawn-because', row.reason, true)] : []),
    ],
    tables: [{
      columns: [
        column('line', 5, 'center'), column('matter', 15), column('what', 30), column('whom', 14), column('due', 15), column('acknowledged', 17),
        column('remark', 14),
      ],
      rows: items.map((item) => [
        String(item.line), words(`handover.kind.${item.kind}`), whatOf(words, item, goods), item.who ?? '', minuteOf(item.dueAt), seenOf(words, item),
        item.note,
      ]),
    }],
    notes: items.length === 0 ? [words('handover.nothing-open')] : [],
    signatures: ['handed-over', 'taken-over'].map((role) => words(`paper.sign.${role}`)), copies: copiesOf(words, ['file']),
  }; // prettier-ignore
}

const whatOf = (words: Words, { title, late, params }: Pick<Item, 'title' | 'late' | 'params'>, goods: ReadonlyMap<string, string>): string => {
  const marks = [params.exercise ? words('paper.exercise') : '', late ? words('handover.late') : ''].join('');
  return `${marks}${[title, params.unit, lineOf(words, params, goods)].filter(Boolean).join(' ')}`;
}; // prettier-ignore

/** Of a task: what is to be done, or to be released; people and goods by name and number. */
function lineOf(words: Words, { line, act, code, count, words: said }: Item['params'], goods: ReadonlyMap<string, string>): string {
  if (line === undefined) return '';
  const what = String(code);
  const people = () => `${words(`handover.speciality.${what}`)} ${words('handover.people', { count: count! })}`;
  const told = line === 'task' ? String(said) : line === 'team' ? people() : `${goods.get(what) ?? what} ${count}`;
  return `${act === 'release' ? words('handover.release') : ''}${told}`;
} // prettier-ignore

const seenOf = (words: Words, { acknowledgedAt, settled }: Item): string =>
  settled ? words('handover.settled') : minuteOf(acknowledgedAt);
