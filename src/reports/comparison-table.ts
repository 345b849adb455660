import type { ReportTable, Words } from '../relief-stock/index.js';
import type { ComparisonReportDto } from './reports.dto.js';
import { columnsIn, type ReportContent } from './report-tables.js';

type Row = ComparisonReportDto['rows'][number];
type Item = Row['items'][number];

/** One row an item of an incident, the last estimate beside what came of it; then every estimate with its rule, factor and source. */
export function comparisonTables(report: ComparisonReportDto, words: Words, english: boolean): ReportContent {
  const pairs = report.rows.flatMap((row) => row.items.map((item) => ({ row, item })));
  const cut = report.cut ? [words('report.cut', { most: report.mostRows })] : [];
  return {
    tables: [itemTable(pairs, words, english), estimateTable(pairs, words, english)],
    notes: [...cut, words('report.note-comparison'), words('report.note-comparison-counts')],
  };
}

type Pairs = { row: Row; item: Item }[];
const nameOf = ({ item, itemEn }: Item, english: boolean): string => (english ? itemEn : item);

function itemTable(pairs: Pairs, words: Words, english: boolean): ReportTable {
  const column = columnsIn(words);
  return {
    name: words('report.table.comparison'),
    columns: [
      column('number', 'text', 18), column('title', 'text', 20), column('kind', 'text', 8), column('item', 'text', 18), column('unit', 'text', 6),
      column('low', 'units', 9), column('mid', 'units', 9), column('high', 'units', 9), column('asked', 'units', 9), column('sent', 'units', 9),
      column('signed', 'units', 9), column('returned', 'units', 9), column('used', 'units', 9), column('unmet', 'units', 9),
      column('ratio', 'units', 8), column('counts', 'text', 7),
    ],
    rows: pairs.map(({ row, item }) => [
      row.number, row.title, words(`report.kind.${row.kind}`), nameOf(item, english), item.unit, item.low, item.mid, item.high, item.asked,
      item.sent, item.received, item.returned, item.used, item.unmet, item.ratioPct, words(row.counts ? 'report.yes' : 'report.no'),
    ]),
  }; // prettier-ignore
}

function estimateTable(pairs: Pairs, words: Words, english: boolean): ReportTable {
  const column = columnsIn(words);
  return {
    name: words('report.table.estimates'),
    columns: [
      column('number', 'text', 18), column('item', 'text', 18), column('serial', 'units', 6), column('taken', 'instant', 17), column('who', 'text', 12),
      column('low', 'units', 9), column('mid', 'units', 9), column('high', 'units', 9), column('factor', 'units', 8), column('version', 'units', 8),
      column('rule', 'text', 60),
    ],
    rows: pairs.flatMap(({ row, item }) =>
      item.estimates.map(({ serial, takenAt, takenBy, low, mid, high, factor, rule }) => [
        row.number, nameOf(item, english), serial, takenAt, takenBy, low, mid, high, factor.valuePct, factor.version,
        words('report.estimate-source', { rule: words(`reason.${rule.code}`, rule.params), source: words(`report.source.${rule.params['source']}`) }),
      ]),
    ),
  }; // prettier-ignore
}
