import { columnName } from './cells.rules.js';
import type { CellValue, Flaw, FlawCode, ReadRow, SheetCell, SheetColumn, SheetTable } from './sheets.types.js';

/** How a head may be written: spaces, stars and case do not matter, full-width letters are the same as narrow ones. */
export const headKey = (text: string): string => text.normalize('NFKC').replace(/[\s*]/g, '').toLowerCase();

export interface ReadSheet {
  rows: ReadRow[];
  flaws: Flaw[];
  /** Address of a value that was read, so that later checks can name it. */
  refOf(row: number, key: string): string;
}

/**
 * Reads a table by its columns: the first row names them, in any order. Everything that is wrong is named by its cell; nothing is guessed.
 * `heads` are the accepted spellings of each column (see `headKey`), `words` of the choices.
 */
export function readRows(
  table: SheetTable,
  columns: readonly SheetColumn[],
  accepted: { heads: ReadonlyMap<string, string>; choices: ReadonlyMap<string, string> },
): ReadSheet {
  const flaws: Flaw[] = table.merged.map((ref) => flaw(ref, 'cell.merged'));
  const [head, ...body] = table.rows;
  const places = headOf(head?.cells ?? [], columns, accepted.heads, flaws);
  const columnAt = new Map(columns.map((column) => [places.get(column.key) ?? 0, column]));
  const rows = body.map(({ row, cells }) => {
    const values: Record<string, CellValue> = {};
    const at = new Map(cells.map((cell) => [cell.column, cell]));
    for (const [place, column] of columnAt) {
      if (place === 0) continue;
      const cell = at.get(place);
      const read: Read = cell ? readCell(column, cell, accepted.choices) : { value: null };
      const value = 'value' in read ? read.value : null;
      values[column.key] = value;
      if ('flaw' in read) flaws.push(read.flaw);
      else if (value === null && column.required) flaws.push(flaw(`${columnName(place)}${row}`, 'cell.required'));
    }
    return { row, values };
  });
  return { rows, flaws, refOf: (row, key) => `${columnName(places.get(key) ?? 1)}${row}` };
}

function headOf(
  cells: readonly SheetCell[],
  columns: readonly SheetColumn[],
  heads: ReadonlyMap<string, string>,
  flaws: Flaw[],
): Map<string, number> {
  const places = new Map<string, number>();
  for (const cell of cells) {
    const key = heads.get(headKey(cell.text));
    if (key === undefined) flaws.push(flaw(cell.ref, 'column.unknown', { name: cell.text.slice(0, 40) }));
    else if (places.has(key)) flaws.push(flaw(cell.ref, 'column.twice', { name: cell.text.slice(0, 40) }));
    else places.set(key, cell.column);
  }
  for (const { key, required } of columns) {
    if (required && !places.has(key)) flaws.push(flaw('A1', 'column.missing', { column: key }));
  }
  return places;
}

type Read = { value: CellValue } | { flaw: Flaw };

function readCell(column: SheetColumn, cell: SheetCell, choices: ReadonlyMap<string, string>): Read {
  const bad = (code: FlawCode, params: Flaw['params'] = {}): Read => ({ flaw: flaw(cell.ref, code, params) });
  if (cell.hasFormula) return bad('cell.formula');
  if (cell.isError) return bad('cell.error-value', { value: cell.text.slice(0, 20) });
  const text = cell.text.trim();
  if (text === '') return { value: null };
  if (column.kind === 'text') return readText(column, cell, text, bad);
  if (column.kind === 'day') return readDay(cell, text, bad);
  if (column.kind === 'choice') {
    const value = choices.get(`${column.words}${headKey(text)}`);
    return value === undefined ? bad('cell.not-choice', { value: text.slice(0, 40) }) : { value };
  }
  if (column.kind === 'months') return readMonths(cell, text, bad);
  return readNumber(column, cell, text, bad);
}
type Bad = (code: FlawCode, params?: Flaw['params']) => Read;

function readText(column: SheetColumn & { kind: 'text' }, cell: SheetCell, text: string, bad: Bad): Read {
  if (cell.day) return bad('cell.bad-text', { value: cell.day }); // a code that Excel took for a date: what was typed is lost
  if (text.length > column.longest) return bad('cell.too-long', { most: column.longest });
  if (/[\u0000-\u001f\u007f]|\p{Surrogate}/u.test(text)) return bad('cell.bad-text', { value: '' });
  if (column.pattern && !column.pattern.test(text)) return bad('cell.bad-text', { value: text.slice(0, 40) });
  return { value: text };
}

const plain = (text: string): string => text.normalize('NFKC').replace(/[,\s]/g, '');
const NUMBER = /^[+-]?\d{1,15}(\.\d{1,12})?(e[+-]?\d{1,3})?$/i;

function readNumber(column: SheetColumn & { kind: 'whole' | 'scaled' }, cell: SheetCell, text: string, bad: Bad): Read {
  if (cell.day) return bad('cell.not-number', { value: cell.day });
  const written = plain(text);
  if (cell.number === null && !NUMBER.test(written)) return bad('cell.not-number', { value: text.slice(0, 40) });
  const number = cell.number ?? Number(written);
  const scale = column.kind === 'scaled' ? column.scale : 1;
  const value = Math.round(number * scale);
  const [least, most] = column.kind === 'whole' ? [column.least, column.most] : [0, column.most];
  // 2.5 kg are 2500 g, whatever binary fractions make of it; half a gram is none
  if (Math.abs(number * scale - value) > 1e-6 * Math.max(1, Math.abs(value)))
    return bad('cell.not-whole', { places: Math.log10(scale) });
  if (value < least || value > most) return bad('cell.out-of-range', { least: least / scale, most: most / scale });
  return { value };
}

/** A date cell, or text with year, month and day in that order, however they are kept apart. */
function readDay(cell: SheetCell, text: string, bad: Bad): Read {
  if (cell.day) return { value: cell.day };
  const written = /^(\d{4})(?:\D(\d{1,2})\D(\d{1,2})\D?|(\d{2})(\d{2}))$/.exec(text.normalize('NFKC').trim());
  if (written) {
    const [year, month, day] = [written[1], written[2] ?? written[4], written[3] ?? written[5]].map(Number) as [number, number, number]; // prettier-ignore
    const date = new Date(Date.UTC(year, month - 1, day));
    if (date.getUTCMonth() === month - 1 && date.getUTCDate() === day)
      return { value: date.toISOString().slice(0, 10) };
  }
  return bad('cell.not-day', { value: text.slice(0, 40) });
}

const MONTHS = 12;
/** `10-4`, or `10、11、12`: months of the year, a range may pass the turn of the year. */
function readMonths(cell: SheetCell, text: string, bad: Bad): Read {
  if (cell.day) return bad('cell.not-months', { value: cell.day });
  const months = new Set<number>();
  for (const part of text
    .normalize('NFKC')
    .split(/[,\u3001\s;]+/)
    .filter(Boolean)) {
    const range = /^(\d{1,2})(?:[-~\u2013\u2014\u81f3](\d{1,2}))?$/.exec(part);
    const [from, to] = [Number(range?.[1]), Number(range?.[2] ?? range?.[1])];
    if (!range || from < 1 || from > MONTHS || to < 1 || to > MONTHS)
      return bad('cell.not-months', { value: text.slice(0, 40) });
    for (let month = from; ; month = (month % MONTHS) + 1) {
      months.add(month);
      if (month === to) break;
    }
  }
  return { value: [...months].sort((a, b) => a - b) };
}

export const flaw = (cell: string, code: FlawCode, params: Flaw['params'] = {}): Flaw => ({ cell, code, params });

/** Names every row whose key another row had before it. */
export function repeated(
  sheet: ReadSheet,
  keyOf: (values: Record<string, CellValue>) => string | null,
  column: string,
): Flaw[] {
  const first = new Map<string, number>();
  return sheet.rows.flatMap(({ row, values }) => {
    const key = keyOf(values);
    if (key === null) return [];
    const before = first.get(key);
    if (before === undefined) first.set(key, row);
    return before === undefined ? [] : [flaw(sheet.refOf(row, column), 'cell.repeated', { row: before })];
  });
}
