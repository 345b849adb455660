import { buffer } from 'node:stream/consumers';
import { wordsOf } from '../../src/relief-stock/paper/words.js';
import { ExportService } from '../../src/relief-stock/sheets/export.service.js';
import { ImportService } from '../../src/relief-stock/sheets/import.service.js';
import { type OutValue, writeWorkbook } from '../../src/relief-stock/sheets/workbook-writer.js';
import { readBare, writeBare } from './floor.js';
import type { Clocked } from './papers.js';
import type { World } from './world.js';

const ROWS = 10_000;
const COLUMNS = ['itemCode', 'lotCode', 'expiresOn', 'units', 'binCode'] as const;

/** An opening stock of 10,000 rows comes in as a workbook, its movements go out as one; beside both the same file read and written bare. */
export async function sheets({ app, people, emptyId }: World, clocked: Clocked): Promise<void> {
  const rows = Array.from({ length: ROWS }, (_, n): OutValue[] => [
    `DOC${String(1 + (n % 2000)).padStart(5, '0')}`, `X${n}`, '2030-06-30', n + 1, 'E-1',
  ]); // prettier-ignore
  const words = wordsOf('en');
  const columns = COLUMNS.map((key) => ({ label: words(`import.opening.${key}`), style: 'text' as const, width: 12 }));
  const bytes = await buffer(writeWorkbook([{ name: 'Sheet1', columns, rows }]));
  const importing = app.get(ImportService);
  const file = { kind: 'opening', bytes, locale: 'zh-CN' as const };
  const load = async (dryRun: boolean) => {
    const report = await importing.importSheet(people.admin, file, { dryRun, warehouseId: emptyId });
    if (report.rows !== ROWS || report.flawCount > 0 || report.loaded === dryRun) throw new Error('the sheet was not taken');
  };
  await clocked('sheet dry run', () => load(true));
  await clocked('sheet load', () => load(false));
  await clocked('bare sheet read', () => readBare(bytes));
  const filters = { warehouseId: emptyId };
  const out = await clocked('sheet export', async () =>
    buffer(await app.get(ExportService).sheet(people.admin, { list: 'movements', locale: 'zh-CN' }, filters)),
  );
  const cells = await readBare(out);
  const width = Math.round(cells / ROWS);
  await clocked('bare sheet write', () => writeBare(rows.map((row) => Array.from({ length: width }, (_, n) => row[n % row.length]))));
} // prettier-ignore
