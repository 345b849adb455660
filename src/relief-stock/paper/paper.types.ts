/** A printed form as data: what it says, not where. Every text is in the reader's language already. */
export interface PaperForm {
  title: string;
  society: string;
  number: string | null;
  /** Text of the QR code, when the form is of something that can be opened. */
  code: string | null;
  facts: Fact[];
  tables: PaperTable[];
  notes: string[];
  signatures: string[];
  /** Who printed it and when. */
  printed: string;
  /** Names of the copies, in order: one on each carbon copy, or one a printed set. */
  copies: string[];
  words: FormWords;
}
export interface Fact {
  label: string;
  value: string;
  /** Takes the whole line. */
  wide?: boolean;
}
export interface PaperTable {
  columns: PaperColumn[];
  rows: string[][];
  totals?: string[];
  /** Empty lines to write on. */
  blankRows?: number;
}
export interface PaperColumn {
  label: string;
  /** Share of the width. */
  share: number;
  align?: 'left' | 'right' | 'center';
}
export interface FormWords {
  number: string;
  page: string;
  blankBelow: string;
  date: string;
}

export interface PaperLabel {
  title: string;
  lines: { label: string; value: string }[];
  foot: string;
  code: string;
  /** Number of a box (SSCC), for a bar code of its own. */
  sscc?: string;
}

/** What is drawn, in points from the top left corner. Text stands on `y`. */
export type DrawOp =
  | { op: 'text'; x: number; y: number; size: number; text: string; bold: boolean }
  | { op: 'line'; x1: number; y1: number; x2: number; y2: number; width: number }
  | { op: 'code'; x: number; y: number; side: number; text: string }
  /** GS1-128 of element strings in brackets; `width` with its quiet zones. */
  | { op: 'bars'; x: number; y: number; width: number; height: number; text: string };
export interface Drawing {
  width: number;
  height: number;
  /** Its margins: what is printed lies within. */
  inset: { left: number; right: number; top: number; bottom: number };
  title: string;
  pages: DrawOp[][];
}
