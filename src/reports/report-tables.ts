import type { ReportColumn, ReportTable, Words } from '../relief-stock/index.js';
import { aboutOf } from './log.rules.js';
import type { AlarmReportDto, DutyLogDto, IncidentFiguresDto, LogRowDto, ResponseRowDto, ResponseTimesDto, Span, StockReportDto } from './reports.dto.js'; // prettier-ignore

export interface ReportContent {
  tables: ReportTable[];
  notes: string[];
}

type ColumnOf = (key: string, style: ReportColumn['style'], width: number) => ReportColumn;
export const columnsIn =
  (words: Words): ColumnOf =>
  (key, style, width) => ({ label: words(`report.column.${key}`), style, width });

/** Percentiles first, then each incident. A doubtful span is written, with a question mark behind it in a column of its own. */
export function responseTables(report: ResponseTimesDto, words: Words): ReportContent {
  const column = columnsIn(words);
  const spanColumn = (span: Span): ReportColumn => ({ label: words(`report.span.${span}`), style: 'duration', width: 10 });
  const doubtOf = (row: ResponseRowDto) => row.doubtful.map((span) => words(`report.span.${span}`)).join(' ');
  const figures: ReportTable = {
    name: words('report.table.figures'),
    columns: [
      column('severity', 'text', 14), column('span', 'text', 12), column('n', 'units', 8), { label: 'p50', style: 'duration', width: 10 },
      { label: 'p90', style: 'duration', width: 10 }, column('limit', 'duration', 10), column('within-limit', 'units', 10),
      column('field', 'duration', 10), column('within-field', 'units', 10), column('doubtful', 'units', 8), column('open', 'units', 8),
    ],
    rows: report.figures.map((one) => [
      one.severity ? words(`report.severity.${one.severity}`) : words('report.all-levels'), words(`report.span.${one.span}`), one.n, one.p50S,
      one.p90S, one.limitS, one.withinLimit, one.fieldS, one.withinField, one.doubtful, one.open,
    ]),
  }; // prettier-ignore
  const rows: ReportTable = {
    name: words('report.table.rows'),
    columns: [
      column('number', 'text', 16), column('title', 'text', 28), column('kind', 'text', 10), column('severity', 'text', 14), column('society', 'text', 20),
      column('reported', 'instant', 17), spanColumn('dispatch'), spanColumn('acknowledge'), spanColumn('depart'), spanColumn('arrive'),
      column('doubtful', 'text', 12),
    ],
    rows: report.rows.map((row) => [
      row.number, row.title, words(`report.kind.${row.kind}`), words(`report.severity.${row.severity}`), row.society, row.reportedAt, row.dispatchS,
      row.acknowledgeS, row.departS, row.arriveS, doubtOf(row),
    ]),
  }; // prettier-ignore
  const cut = report.cut ? [words('report.cut', { most: report.mostRows }), words('report.cut-figures')] : [];
  return { tables: [figures, rows], notes: [...cut, words('report.note-span'), words('report.note-percentile'), words('report.note-limit')] };
} // prettier-ignore

/** The record in words: what happened, to what, by whom. */
export function logTables(report: { items: DutyLogDto['items']; cut: boolean; most: number }, words: Words): ReportContent {
  const column = columnsIn(words);
  const table: ReportTable = {
    name: words('report.table.log'),
    columns: [
      column('seq', 'units', 10), column('occurred', 'instant', 17), column('received', 'instant', 17), column('what', 'text', 22),
      column('about', 'text', 44), column('who', 'text', 18),
    ],
    rows: report.items.map((row) => [row.seq, row.occurredAt, row.at, whatOf(row, words), aboutOf(row.data), whoOf(row, words)]),
  }; // prettier-ignore
  const cut = report.cut ? [words('report.cut', { most: report.most })] : [];
  return { tables: [table], notes: [...cut, words('report.note-log')] };
} // prettier-ignore

/** A key without a sentence answers itself: then the code stands alone, without its prefix. */
const saidOr = (words: Words, key: string, code: string): string => (words(key) === key ? code : words(key));
const whatOf = ({ kind }: LogRowDto, words: Words): string => saidOr(words, `change.${kind}`, kind);
const whoOf = ({ actorName }: LogRowDto, words: Words): string =>
  actorName === null ? words('report.system') : saidOr(words, `actor.${actorName}`, actorName);

/** One row an item and warehouse, and the check below. Units of different items add up for the check alone. */
export function stockTables(report: StockReportDto, words: Words, english: boolean): ReportContent {
  const column = columnsIn(words);
  const table: ReportTable = {
    name: words('report.table.stock'),
    columns: [
      column('warehouse', 'text', 26), column('item-code', 'text', 10), column('item', 'text', 24), column('unit', 'text', 8),
      column('opening', 'units', 11), column('received-units', 'units', 11), column('issued', 'units', 11), column('adjusted', 'units', 11),
      column('closing', 'units', 11), column('off', 'units', 8),
    ],
    rows: report.rows.map((row) => [
      row.warehouse, row.itemCode, english ? row.itemEn : row.item, row.unit, row.opening, row.received, row.issued, row.adjusted, row.closing, row.off,
    ]),
    totals: [
      words('report.total'), '', '', '', report.check.opening, report.check.received, report.check.issued, report.check.adjusted, report.check.closing,
      report.check.off,
    ],
  }; // prettier-ignore
  const { rowsOff } = report.check;
  const rows = report.rows.length;
  const check = rowsOff > 0 ? words('report.note-off', { rows, off: rowsOff }) : words('report.note-check', { rows });
  const cut = report.cut ? [words('report.cut', { most: report.mostRows })] : [];
  return { tables: [table], notes: [check, ...cut, words('report.note-stock')] };
}

type Counts = IncidentFiguresDto['total'];
/** By time, by kind, by society, each by level. */
export function incidentTables(report: IncidentFiguresDto, words: Words): ReportContent {
  const column = columnsIn(words);
  const levels = (['I', 'II', 'III', 'IV'] as const).map((level): ReportColumn => ({ label: words(`report.severity.${level}`), style: 'units', width: 14 })); // prettier-ignore
  const counted: ReportColumn[] = [...levels, { label: words('report.total'), style: 'units', width: 10 }];
  const of = ({ I, II, III, IV, total }: Counts) => [I, II, III, IV, total];
  const totals = [words('report.total'), ...of(report.total)];
  const tables: ReportTable[] = [
    { name: words('report.table.over'), columns: [column('from', 'day', 14), ...counted], rows: report.over.map((one) => [one.from, ...of(one)]), totals },
    { name: words('report.table.kinds'), columns: [column('kind', 'text', 20), ...counted], rows: report.kinds.map((one) => [words(`report.kind.${one.kind}`), ...of(one)]), totals },
    { name: words('report.table.societies'), columns: [column('society', 'text', 28), ...counted], rows: report.societies.map((one) => [one.society, ...of(one)]), totals },
  ]; // prettier-ignore
  return { tables, notes: report.left > 0 ? [words('report.note-left', { count: report.left })] : [] };
}

/** A measure a line, in the unit that its name says, beside what is asked for. */
export function alarmTables(report: AlarmReportDto, words: Words): ReportContent {
  const column = columnsIn(words);
  const verdict = (met: boolean | null) => (met === null ? '' : words(met ? 'report.met' : 'report.missed'));
  const table: ReportTable = {
    name: words('report.table.alarms'),
    columns: [column('measure', 'text', 40), column('value', 'decimal', 12), column('goal', 'decimal', 12), column('verdict', 'text', 12)],
    rows: report.measures.map(({ code, value, goal, met }) => [words(`report.measure.${code}`), value, goal, verdict(met)]),
  }; // prettier-ignore
  const hours = Math.round(report.operatorHours * 10) / 10;
  return {
    tables: [table],
    notes: [words(`report.note-hours-${report.operatorHoursBy}`, { hours }), words('report.note-alarms')],
  };
}
