import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '../../access/index.js';
import { CONFIG, type Config } from '../../config.js';
import { Database, read } from '../../database/index.js';
import type { Locale } from '../../shared/i18n.js';
import { LIMITS } from '../../shared/fields.dto.js';
import { notFound, Problem } from '../../shared/problem.js';
import { fieldErrors } from '../../shared/validation.js';
import { drillMark, type Words, wordsOf } from '../paper/words.js';
import { StockDesk } from '../stock-desk.js';
import { serialOfDay, serialOfInstant } from './cells.rules.js';
import { isReference, learnNames, type Names, noNames } from './list-names.js';
import type { AnySheetList, ListColumn, SheetList } from './sheet-lists.js';
import { type CellStyle, type OutColumn, type OutValue, writeWorkbook } from './workbook-writer.js';

/** Rows of one sheet; what goes beyond is said in its last row. */
export const MOST_EXPORTED = 100_000;
const STYLES: Record<ListColumn<never>['kind'], { style: CellStyle; width: number }> = {
  text: { style: 'text', width: 18 }, units: { style: 'units', width: 12 }, day: { style: 'day', width: 12 },
  instant: { style: 'instant', width: 17 }, fen: { style: 'money', width: 12 }, grams: { style: 'decimal', width: 12 },
  cm3: { style: 'decimal', width: 12 }, item: { style: 'text', width: 18 }, warehouse: { style: 'text', width: 22 },
  lot: { style: 'text', width: 18 }, society: { style: 'text', width: 24 },
}; // prettier-ignore
const SCALES: Partial<Record<ListColumn<never>['kind'], number>> = { fen: 100, grams: 1000, cm3: 1_000_000 };

type Row = Record<string, unknown>;
type Query = { limit: number; cursor?: string | undefined };
type Open = SheetList<Query, Row, Row>;

@Injectable()
export class ExportService {
  constructor(
    private readonly db: Database,
    private readonly desk: StockDesk,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * A list as a workbook, page by page as it is taken: the same service, filters and scope as the list's own route. 404 `list.not-found`
   * for a list that is not one; 400 `request.invalid`, and what the list refuses, before the first byte.
   */
  async sheet(
    actor: Actor,
    what: { list: string; locale: Locale },
    filters: Record<string, unknown>,
  ): Promise<Readable> {
    const found: AnySheetList | undefined = this.desk.lists.get(what.list);
    if (!found) throw notFound('list', what.list.slice(0, 80));
    const list = found as unknown as Open;
    const { cursor: _c, ...given } = filters;
    const query = list.query.safeParse({ ...given, limit: LIMITS.page });
    if (!query.success) throw new Problem('request.invalid', {}, { errors: fieldErrors(query.error.issues) });
    const words = wordsOf(what.locale);
    const first = await list.page(actor, query.data);
    const rows = this.rows({ actor, list, words, query: query.data, first });
    const sheet = { name: words(`list.${what.list}`), columns: headsOf(list.columns, words), rows };
    return writeWorkbook([sheet], drillMark(this.config));
  }

  private async *rows(work: Work): AsyncGenerator<OutValue[]> {
    const { actor, list, words, query } = work;
    const names = noNames();
    let written = 0;
    for (let page = work.first; ; page = await list.page(actor, { ...query, cursor: page.nextCursor! })) {
      const rows = page.items.flatMap((item) => list.rows?.(item) ?? [item]);
      await read(this.db, (tx) => learnNames(tx, names, referencesOf(list.columns, rows)));
      for (const row of rows) {
        if (written >= MOST_EXPORTED) return void (yield [words('list.cut', { most: MOST_EXPORTED })]);
        yield list.columns.flatMap((column) => valuesOf(column, row, { names, words }));
        written += 1;
      }
      if (!page.nextCursor) return;
    }
  }
}

interface Work {
  actor: Actor;
  list: Open;
  words: Words;
  query: Query;
  first: { items: Row[]; nextCursor: string | null };
}

function headsOf(columns: ListColumn<Row>[], words: Words): OutColumn[] {
  return columns.flatMap(({ key, kind }): OutColumn[] => {
    const head = { label: words(`list.column.${key}`), ...STYLES[kind] };
    if (!isReference(kind)) return [head];
    const second = kind === 'lot' ? STYLES.day : STYLES[kind];
    return [head, { label: words(`list.column.${key}.${kind === 'lot' ? 'expiry' : 'name'}`), ...second }];
  });
}

function referencesOf(columns: ListColumn<Row>[], rows: Row[]) {
  return columns.flatMap(({ kind, of }) =>
    isReference(kind) ? rows.flatMap((row) => (of(row) ? [{ kind, id: String(of(row)) }] : [])) : [],
  );
}

function valuesOf(column: ListColumn<Row>, row: Row, known: { names: Names; words: Words }): OutValue[] {
  const { kind } = column;
  const value = column.of(row) ?? null;
  if (isReference(kind)) {
    const [code, name] = known.names[kind].get(String(value)) ?? ['', ''];
    return kind === 'lot' ? [code, name ? serialOfDay(name) : null] : [code, name];
  }
  if (value === null || value === '') return [null];
  if (kind === 'day') return [serialOfDay(String(value))];
  if (kind === 'instant') return [serialOfInstant(String(value))];
  if (column.words) return [known.words(`${column.words}${value}`)];
  return [typeof value === 'number' ? value / (SCALES[kind] ?? 1) : value];
}
