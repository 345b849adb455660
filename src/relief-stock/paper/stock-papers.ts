import { type Actor, findSociety, visibleOr404 } from '../../access/index.js';
import type { Tx } from '../../database/index.js';
import { notFound, Problem } from '../../shared/problem.js';
import { addDays } from '../days.rules.js';
import { itemsByIds } from '../item.store.js';
import { findReceipt, toReceiptDto } from '../receiving/receipt.store.js';
import type { PaperContent, PaperRequest } from '../stock-desk.js';
import { binsOf, findWarehouse, type WarehouseRow } from '../warehouse.store.js';
import { grouped, minuteOf } from './format.rules.js';
import * as store from './paper.store.js';
import type { Words } from './words.js';

/** Lines that one form may have: about a hundred pages. */
const MOST_LINES = 4000;
const BLANK_COUNT_LINES = 8;

async function warehouseSeen(tx: Tx, actor: Actor, at: { warehouseId: string; noun: string; id: string }) {
  const warehouse = visibleOr404(actor, await findWarehouse(tx, at.warehouseId), at.noun, at.id);
  return { warehouse, society: (await findSociety(tx, warehouse.societyId))?.name ?? '' };
}

const fact = (words: Words, key: string, value: string | number | null, wide = false) => ({
  label: words(`paper.fact.${key}`),
  value: String(value ?? ''),
  wide,
});
const placeFacts = (words: Words, warehouse: WarehouseRow) => [
  fact(words, 'warehouse', warehouse.name),
  fact(words, 'keeper', `${warehouse.keeperName ?? ''} ${warehouse.keeperPhone ?? ''}`.trim()),
];
const column = (words: Words, key: string, share: number, align: 'left' | 'right' | 'center' = 'left') => ({
  label: words(`paper.column.${key}`),
  share,
  align,
});
const mustFit = (lines: number): void => {
  if (lines > MOST_LINES) throw new Problem('paper.too-long', { most: MOST_LINES });
};
const startOf = (day: string): Date => new Date(`${day}T00:00:00+08:00`);

/** Stock card (台账): what went in and out of a warehouse of an item, with the running balance, from the ledger. */
export async function stockCardPaper(tx: Tx, { actor, id, words, from, to }: PaperRequest): Promise<PaperContent> {
  const level = await store.levelHead(tx, id);
  if (!level) throw notFound('stock-level', id);
  const { warehouse, society } = await warehouseSeen(tx, actor, { warehouseId: level.warehouseId, noun: 'stock-level', id }); // prettier-ignore
  const [item] = await itemsByIds(tx, [level.itemId]);
  const period = { from: from ? startOf(from) : null, until: to ? startOf(addDays(to, 1)) : null };
  const { before, lines } = await store.stockCard(tx, level, { ...period, limit: MOST_LINES + 1 });
  mustFit(lines.length);
  const sum = (field: 'inUnits' | 'outUnits') => lines.reduce((total, line) => total + line[field], 0);
  const amount = (units: number) => (units === 0 ? '' : grouped(units));
  const carried = ['', '', words('paper.carried'), '', '', '', '', grouped(before)];
  return {
    title: words('paper.stock-card'), society, number: `${warehouse.code} / ${item!.code}`, code: { kind: 'stock-level', id },
    facts: [
      fact(words, 'item', `${item!.code} ${item!.name}`), fact(words, 'unit', item!.unit),
      fact(words, 'period', `${from ?? words('paper.beginning')} – ${to ?? words('paper.now')}`), ...placeFacts(words, warehouse),
      fact(words, 'min-max', `${grouped(level.minimumUnits)} / ${grouped(level.maximumUnits)}`),
    ],
    tables: [{
      columns: [
        column(words, 'day', 11), column(words, 'document', 20), column(words, 'about', 20), column(words, 'lot', 17),
        column(words, 'expiry', 11), column(words, 'in', 8, 'right'), column(words, 'out', 8, 'right'), column(words, 'balance', 9, 'right'),
      ],
      rows: [
        ...(from ? [carried] : []),
        ...lines.map((line) => [
          minuteOf(line.occurredAt).slice(0, 10), line.document === line.reason ? '' : line.document, [words(`stock.reason.${line.reason}`), line.party].filter((part) => part && part !== line.document).join(' '),
          line.lotCode, line.expiresOn ?? '', amount(line.inUnits), amount(line.outUnits), grouped(line.balanceUnits),
        ]),
      ],
      totals: [words('paper.total'), '', '', '', '', grouped(sum('inUnits')), grouped(sum('outUnits')), grouped(lines.at(-1)?.balanceUnits ?? before)],
    }],
    notes: [], signatures: [words('paper.sign.keeper'), words('paper.sign.checker')], copies: [],
  }; // prettier-ignore
}

/** Goods received note (入库单). Donated goods are counted by two people of each side, bought ones checked by keeper, buyer and finance. */
export async function receiptPaper(tx: Tx, { actor, id, words }: PaperRequest): Promise<PaperContent> {
  const { row, signatures } = visibleOr404(actor, await findReceipt(tx, id), 'goods-receipt', id);
  const receipt = toReceiptDto(row, signatures);
  const { warehouse, society } = await warehouseSeen(tx, actor, { warehouseId: receipt.warehouseId, noun: 'goods-receipt', id }); // prettier-ignore
  const items = new Map((await itemsByIds(tx, receipt.lines.map(({ itemId }) => itemId))).map((item) => [item.id, item])); // prettier-ignore
  const lots = new Map((await store.lotNames(tx, receipt.lines.flatMap(({ lotId }) => lotId ?? []))).map((lot) => [lot.id, lot])); // prettier-ignore
  const bins = new Map((await binsOf(tx, warehouse.id)).map((bin) => [bin.id, bin.code]));
  const units = new Set([...items.values()].map(({ unit }) => unit));
  const total = receipt.lines.reduce((sum, line) => sum + line.units, 0);
  const signers = receipt.source === 'donation' ? ['donor-1', 'donor-2', 'counter-1', 'counter-2', 'keeper'] : ['deliverer', 'buyer', 'finance', 'keeper']; // prettier-ignore
  return {
    title: words('paper.goods-receipt'), society, number: receipt.number, code: { kind: 'goods-receipt', id },
    facts: [
      ...placeFacts(words, warehouse), fact(words, 'source', words(`lot.source.${receipt.source}`)),
      fact(words, receipt.source === 'donation' ? 'donor' : 'supplier', receipt.sourceName), fact(words, 'received-by', receipt.receivedBy),
      fact(words, 'received-at', minuteOf(receipt.occurredAt)), ...(receipt.note ? [fact(words, 'note', receipt.note, true)] : []),
    ],
    tables: [{
      columns: [
        column(words, 'line', 5, 'center'), column(words, 'code', 10), column(words, 'name', 22), column(words, 'unit', 6, 'center'),
        column(words, 'lot', 16), column(words, 'expiry', 11), column(words, 'bin', 9), column(words, 'units', 9, 'right'), column(words, 'remark', 16),
      ],
      rows: receipt.lines.map((line) => {
        const [item, lot] = [items.get(line.itemId), lots.get(line.lotId ?? '')];
        return [
          String(line.line), item?.code ?? '', item?.name ?? '', item?.unit ?? '', lot?.code ?? line.lotCode ?? '', lot?.expiresOn ?? line.expiresOn ?? '',
          bins.get(line.binId ?? '') ?? '', grouped(line.units), line.overrideReason ?? '',
        ];
      }),
      totals: ['', words('paper.total'), words('paper.kinds', { count: items.size }), '', '', '', '', units.size === 1 ? grouped(total) : '', ''],
    }],
    notes: [], signatures: signers.map((role) => words(`paper.sign.${role}`)), copies: copiesOf(words, ['file', 'finance', 'counterpart']),
  }; // prettier-ignore
}

/** Count sheet (盘点表) of a warehouse. Blind: it says what should lie where, never how much, and has room for what should not. */
export async function countSheetPaper(tx: Tx, { actor, id, words }: PaperRequest): Promise<PaperContent> {
  const { warehouse, society } = await warehouseSeen(tx, actor, { warehouseId: id, noun: 'warehouse', id });
  const lines = await store.countLines(tx, id, MOST_LINES + 1);
  mustFit(lines.length);
  return {
    title: words('paper.count-sheet'), society, number: warehouse.code, code: { kind: 'warehouse', id },
    facts: [...placeFacts(words, warehouse), fact(words, 'count-day', ''), fact(words, 'method', words('paper.blind'))],
    tables: [{
      columns: [
        column(words, 'bin', 9), column(words, 'code', 10), column(words, 'name', 24), column(words, 'unit', 6, 'center'), column(words, 'lot', 18),
        column(words, 'expiry', 12), column(words, 'counted', 12, 'right'), column(words, 'remark', 16),
      ],
      rows: lines.map((line) => [line.binCode, line.itemCode, line.itemName, line.unit, line.lotCode, line.expiresOn ?? '', '', '']),
      blankRows: BLANK_COUNT_LINES,
    }],
    notes: [words('paper.count-note')],
    signatures: ['counter-1', 'counter-2', 'checker'].map((role) => words(`paper.sign.${role}`)), copies: [],
  }; // prettier-ignore
}

export const copiesOf = (words: Words, names: string[]): string[] =>
  names.map((name, n) => words('paper.copy', { n: n + 1, name: words(`paper.copy.${name}`) }));
