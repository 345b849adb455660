import type { z } from 'zod';
import type { Actor } from '../../access/index.js';

/** How a value of a column is written. A reference holds an id, and is written as what people call it, in one or two columns. */
export type ListKind =
  'text' | 'units' | 'day' | 'instant' | 'fen' | 'grams' | 'cm3' | 'item' | 'warehouse' | 'lot' | 'society';
export interface ListColumn<Row> {
  /** Its head is the sentence `list.<key>`. */
  key: string;
  kind: ListKind;
  of(row: Row): string | number | null | undefined;
  /** For codes: the sentence of this key and the value is written. */
  words?: string;
}

/** A list that can be taken as a sheet: the filters and the page of its own route, and the columns. */
export interface SheetList<Query = never, Item = never, Row = never> {
  query: z.ZodType<Query>;
  page(actor: Actor, query: Query): Promise<{ items: Item[]; nextCursor: string | null }>;
  /** For documents: their lines. Without it each item is a row. */
  rows?(item: Item): Row[];
  columns: ListColumn<Row>[];
}
/** A list as the desk keeps it: what it is a list of is its own matter. */
export type AnySheetList = SheetList<never, never, never>;

/** Holds the types of one list together, so that its columns fit its rows. */
export const sheetList = <Query extends { limit: number; cursor?: string | undefined }, Item, Row = Item>(
  list: SheetList<Query, Item, Row>,
): AnySheetList => list as unknown as AnySheetList;
