import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Actor, inCommand, visibleOr404 } from '../../access/index.js';
import { Database, read, type Tx } from '../../database/index.js';
import { Clock } from '../../shared/clock.js';
import { type Locale } from '../../shared/i18n.js';
import { notFound, Problem } from '../../shared/problem.js';
import { dayOf } from '../days.rules.js';
import { wordsOf } from '../paper/words.js';
import { findWarehouse, type WarehouseRow } from '../warehouse.store.js';
import { IMPORT_COLUMNS, type ImportKind } from './import-columns.data.js';
import { type ImportContext, type Importer, IMPORTERS } from './importers.js';
import { acceptedBy } from './import-words.js';
import { readRows } from './rows.rules.js';
import { readSheet } from './sheet-reader.js';
import { type ImportQuery, type ImportReport, MOST_FLAWS, MOST_ROWS } from './sheets.dto.js';
import type { Flaw, SheetTable } from './sheets.types.js';

const HEAD_ROWS = 1;
const MOST_ERRORS = 50;

@Injectable()
export class ImportService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Reads a sheet and, unless it is a dry run, loads it whole or not at all. A dry run answers every flaw by its cell (the first thousand);
   * loading a sheet with flaws is refused: 422 `import.cells-bad`. Files that are no sheet: see `openWorkbook`; 422 `sheet.no-rows`.
   */
  async importSheet(
    actor: Actor,
    file: { kind: string; bytes: Buffer; locale: Locale },
    query: ImportQuery,
  ): Promise<ImportReport> {
    const { kind, importer } = importerOf(file.kind);
    const warehouse = importer.needsWarehouse ? await this.warehouseOf(actor, query.warehouseId) : null;
    importer.allow(actor, warehouse);
    const table = await readSheet(file.bytes, MOST_ROWS + HEAD_ROWS);
    if (table.rows.length <= HEAD_ROWS) throw new Problem('sheet.no-rows');
    const sheet = readRows(table, IMPORT_COLUMNS[kind], acceptedBy(kind));
    const now = this.clock.now();
    const fileHash = createHash('sha256').update(file.bytes).digest('hex');
    const context: ImportContext = { actor, sheet, warehouse, now, today: dayOf(now), fileHash };
    const report = { kind, table, locale: file.locale, rows: sheet.rows.length, dryRun: query.dryRun };
    if (query.dryRun || !importer.load) {
      return read(this.db, async (tx) => {
        const flaws = [...sheet.flaws, ...(await importer.check(tx, context))];
        const lines = flaws.length === 0 ? await importer.lines?.(tx, context) : undefined;
        return { ...reportOf(report, flaws), ...(lines ? { lines } : {}) };
      });
    }
    return inCommand(this.db, withFile(actor, fileHash), (tx) => this.load(tx, importer, context, report));
  }

  private async load(tx: Tx, importer: Importer, context: ImportContext, report: Told): Promise<ImportReport> {
    await importer.lock?.(tx, context);
    const flaws = [...context.sheet.flaws, ...(await importer.check(tx, context))];
    if (flaws.length > 0) throw refusal(report, flaws);
    await importer.load!(tx, context);
    return { ...reportOf(report, []), loaded: true };
  }

  private async warehouseOf(actor: Actor, warehouseId: string | undefined): Promise<WarehouseRow> {
    if (!warehouseId) {
      throw new Problem('request.invalid', {}, { errors: [{ pointer: '/warehouseId', code: 'invalid_type' }] });
    }
    const row = await read(this.db, (tx) => findWarehouse(tx, warehouseId));
    return visibleOr404(actor, row, 'warehouse', warehouseId);
  }
}

/** 404 `import.not-found`. */
export function importerOf(kind: string): { kind: ImportKind; importer: Importer } {
  if (!Object.hasOwn(IMPORTERS, kind)) throw notFound('import', kind.slice(0, 80));
  return { kind: kind as ImportKind, importer: IMPORTERS[kind as ImportKind] };
}

/** The file belongs to what was asked: the same key with another file is another request. */
function withFile(actor: Actor, fileHash: string): Actor {
  if (!actor.command) return actor;
  const fingerprint = createHash('sha256').update(actor.command.fingerprint).update(fileHash).digest();
  return { ...actor, command: { ...actor.command, fingerprint } };
}

interface Told {
  kind: ImportKind;
  table: SheetTable;
  locale: Locale;
  rows: number;
  dryRun: boolean;
}

function reportOf({ kind, table, locale, rows, dryRun }: Told, flaws: Flaw[]): ImportReport {
  const words = wordsOf(locale);
  const told = flaws.slice(0, MOST_FLAWS).map(({ cell, code, params }) => ({
    sheet: table.name, cell, code, params, sentence: words(code, { ...params, ...named(params, kind, locale) }),
  })); // prettier-ignore
  return { kind, sheet: table.name, rows, dryRun, loaded: false, flawCount: flaws.length, flaws: told };
}

/** A missing column is called by its name on the sheet. */
const named = (params: Flaw['params'], kind: ImportKind, locale: Locale): Flaw['params'] =>
  params.column ? { column: wordsOf(locale)(`import.${kind}.${params.column}`) } : {};

function refusal(report: Told, flaws: Flaw[]): Problem {
  const { flaws: told, sheet } = reportOf(report, flaws.slice(0, MOST_ERRORS));
  const errors = told.map(({ cell, code, params, sentence }) => ({
    pointer: `/${sheet}/${cell}`, code, params: { ...params, message: sentence },
  })); // prettier-ignore
  return new Problem('import.cells-bad', { count: flaws.length }, { errors });
}
