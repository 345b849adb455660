import { printable, textWidth } from './measure.rules.js';
import type { DrawOp } from './paper.types.js';

/** A size of paper: measures in points, margins inside what a printer of that kind can reach. */
export interface SheetSize {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
  /** Of running text. */
  text: number;
  title: number;
  codeSide: number;
  /** Facts side by side. */
  factColumns: number;
  /** Carbon copies come out of one print, so the names of all stand on it; otherwise each copy is printed by itself. */
  carbon: boolean;
}
const MM = 72 / 25.4;
export const mm = (length: number): number => length * MM;

/** 241 × 140 mm is half a sheet of three-part tractor paper: 12.7 mm of holes on both sides, read best from 9 points on. */
export const SHEET_SIZES = {
  a4: {
    width: mm(210), height: mm(297), left: mm(16), right: mm(12), top: mm(12), bottom: mm(12), text: 9, title: 16, codeSide: mm(19),
    factColumns: 3, carbon: false,
  },
  '241x140': {
    width: mm(241), height: mm(140), left: mm(16), right: mm(22), top: mm(8), bottom: mm(7), text: 9, title: 14, codeSide: mm(16),
    factColumns: 3, carbon: true,
  },
} as const satisfies Record<string, SheetSize>; // prettier-ignore
export type SheetName = keyof typeof SHEET_SIZES;
/** Wide tables: A4 lying on its side. */
export const LANDSCAPE: SheetSize = { ...SHEET_SIZES.a4, width: SHEET_SIZES.a4.height, height: SHEET_SIZES.a4.width };

export const LINE = 1.32;
/** From the top of a line to where its letters stand. */
export const RISE = 0.98;

/** Draws on one page; knows nothing of forms. */
export class Page {
  readonly ops: DrawOp[] = [];

  text(what: {
    text: string;
    x: number;
    y: number;
    size: number;
    bold?: boolean;
    align?: 'left' | 'right' | 'center';
    width?: number;
  }): void {
    const { size, bold = false, align = 'left', width = 0 } = what;
    const text = printable(what.text);
    if (text === '') return;
    const room = align === 'left' ? 0 : width - textWidth(text, size, bold);
    const x = what.x + (align === 'center' ? room / 2 : room);
    this.ops.push({ op: 'text', x, y: what.y + size * RISE, size, text, bold });
  }

  line(x1: number, y1: number, x2: number, y2: number, width = 0.6): void {
    this.ops.push({ op: 'line', x1, y1, x2, y2, width });
  }

  code(text: string, x: number, y: number, side: number): void {
    this.ops.push({ op: 'code', x, y, side, text });
  }

  bars(text: string, at: { x: number; y: number; width: number; height: number }): void {
    this.ops.push({ op: 'bars', text, ...at });
  }
}
