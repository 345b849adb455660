import { serialOfDay, serialOfInstant } from '../sheets/cells.rules.js';
import type { CellStyle, OutSheet, OutValue } from '../sheets/workbook-writer.js';
import { grouped, minuteOf } from './format.rules.js';
import type { PaperTable } from './paper.types.js';
import type { Words } from './words.js';

/** A column of a report's table, for a sheet and for paper alike. `duration` holds seconds. */
export interface ReportColumn {
  label: string;
  style: Exclude<CellStyle, 'money'> | 'duration';
  /** In characters; on paper its share of the width. */
  width: number;
}
export interface ReportTable {
  name: string;
  columns: ReportColumn[];
  rows: OutValue[][];
  totals?: OutValue[];
}

const MINUTE_S = 60;
const minutes = (s: number): string => `${s < 0 ? '−' : ''}${Math.floor(Math.abs(s) / MINUTE_S)}:${String(Math.abs(s) % MINUTE_S).padStart(2, '0')}`; // prettier-ignore

/** A value as it stands on paper. */
function written(value: OutValue, { style }: ReportColumn): string {
  if (value === null || value === '') return '';
  if (typeof value === 'string') return style === 'instant' ? minuteOf(value) : value;
  if (style === 'duration') return minutes(value);
  if (style === 'decimal') return String(value);
  return value < 0 ? `−${grouped(-value)}` : grouped(value);
}

/** A table on paper, with its first `most` rows. */
export const paperOf = ({ columns, rows, totals }: ReportTable, most: number): PaperTable => ({
  columns: columns.map(({ label, style, width }) => ({ label, share: width, align: style === 'text' ? 'left' : 'right' })),
  rows: rows.slice(0, most).map((row) => row.map((value, n) => written(value, columns[n]!))),
  ...(totals ? { totals: totals.map((value, n) => written(value, { ...columns[n]!, ...(typeof value === 'string' ? { style: 'text' as const } : {}) })) } : {}),
}); // prettier-ignore

/** A table as a sheet: moments and days are Excel's own, durations whole seconds. */
export function sheetOf({ name, columns, rows, totals }: ReportTable, words: Words): OutSheet {
  const cell = (value: OutValue, { style }: ReportColumn): OutValue => {
    if (typeof value !== 'string' || value === '') return value;
    if (style === 'instant') return serialOfInstant(value);
    return style === 'day' && /^\d{4}-/.test(value) ? serialOfDay(value) : value;
  };
  const all = totals ? [...rows, totals] : rows;
  return {
    name,
    columns: columns.map(({ label, style, width }) =>
      style === 'duration' ? { label: words('report.seconds', { label }), style: 'units', width: width + 4 } : { label, style, width },
    ),
    rows: all.map((row) => row.map((value, n) => cell(value, columns[n]!))),
  };
} // prettier-ignore
