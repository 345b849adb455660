/** A cell that holds something. `number` and `day` are set when the workbook says that it is one. */
export interface SheetCell {
  ref: string;
  column: number;
  text: string;
  number: number | null;
  day: string | null;
  isError: boolean;
  hasFormula: boolean;
}
export interface SheetRow {
  row: number;
  cells: SheetCell[];
}
export interface SheetTable {
  name: string;
  rows: SheetRow[];
  merged: string[];
}

/** What a column takes. Scaled numbers are written in one unit and kept as whole numbers of a smaller one (2.5 kg is 2500 g). */
export type ColumnKind =
  | { kind: 'text'; longest: number; pattern?: RegExp }
  | { kind: 'whole'; least: number; most: number }
  | { kind: 'scaled'; scale: number; most: number }
  | { kind: 'day' }
  | { kind: 'choice'; choices: readonly string[]; words: string }
  | { kind: 'months' };
export type SheetColumn = { key: string; required?: boolean } & ColumnKind;
export type CellValue = string | number | number[] | null;
/** A row whose cells were read; a cell that could not be read is null and has its flaw. */
export interface ReadRow {
  row: number;
  values: Record<string, CellValue>;
}

export const FLAW_CODES = [
  'column.missing', 'column.unknown', 'column.twice', 'cell.merged', 'cell.formula', 'cell.error-value', 'cell.required', 'cell.too-long',
  'cell.bad-text', 'cell.not-whole', 'cell.not-number', 'cell.out-of-range', 'cell.not-day', 'cell.not-choice', 'cell.not-months',
  'cell.repeated', 'cell.exists', 'cell.item-unknown', 'cell.fund-unknown', 'cell.bin-unknown', 'cell.opened-before', 'cell.lot-held', 'cell.day-ahead', 'cell.gb-code-class',
] as const; // prettier-ignore
export type FlawCode = (typeof FLAW_CODES)[number];
export interface Flaw {
  cell: string;
  code: FlawCode;
  params: Record<string, string | number>;
}
