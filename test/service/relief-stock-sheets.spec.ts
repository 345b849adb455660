import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { CatalogueService, StockDesk, StockService, WarehouseService } from '../../src/relief-stock/index.js';
import type { ImportReport } from '../../src/relief-stock/sheets/sheets.dto.js';
import { readSheet } from '../../src/relief-stock/sheets/sheet-reader.js';
import { WORKBOOK_LIMITS } from '../../src/relief-stock/sheets/workbook-zip.js';
import type { OutValue } from '../../src/relief-stock/sheets/workbook-writer.js';
import type { WarehouseDto } from '../../src/relief-stock/relief-stock.dto.js';
import { newId } from '../../src/shared/ids.js';
import { startApp, type TestApp } from '../support/app.js';
import { audit } from '../support/auditor.js';
import { expectConsoleAgrees } from '../support/console.js';
import { workbook } from '../support/workbook.js';

const TAIZHOU = 'WH-331000-1';
const KEEPER = `keeper.${TAIZHOU}`;
const ADMIN = 'admin.330000';
const ITEM_HEADS = ['物资编码', '名称', '英文名称', '国标大类', '单位', '单重kg', '单体积m³'];
const GOODS_HEADS = ['物资编码', '批次', '有效期', '数量', '货位编码'];

describe('sheets', () => {
  let app: TestApp;
  let taizhou: WarehouseDto;
  let empty: WarehouseDto;
  beforeAll(async () => {
    app = await startApp();
    const admin = await app.as(ADMIN);
    const { items } = await app.get(WarehouseService).warehouses(admin, { limit: 500 });
    taizhou = items.find(({ code }) => code === TAIZHOU)!;
    empty = await app.get(WarehouseService).openWarehouse(admin, {
      code: 'WH-331000-8', name: '新库', tier: 'city', societyId: taizhou.societyId, mode: 'physical', location: { lon: 121.4, lat: 28.6, datum: 'WGS84' },
    });
    await app.get(WarehouseService).addBin(admin, empty.id, { code: 'A-01' });
  }, 120_000); // prettier-ignore
  afterEach(() => audit(app));
  afterAll(() => app?.close());

  const send = async (path: string, bytes: Buffer, account: string, headers: Record<string, string> = {}) => {
    const { token } = await app.as(account);
    return request(app.url)
      .post(`/api/v1/stock/imports/${path}`)
      .set({ Authorization: `Bearer ${token}`, 'Content-Type': 'application/octet-stream', ...headers })
      .send(bytes);
  };
  const load = async (path: string, heads: string[], rows: OutValue[][], account = ADMIN, headers = {}) => {
    const answer = await send(path, await workbook(heads, rows), account, headers);
    return { status: answer.status, body: answer.body as ImportReport & { code: string; errors: { pointer: string; code: string }[] } };
  }; // prettier-ignore
  const told = (report: ImportReport) => report.flaws.map(({ cell, code }) => `${cell} ${code}`);
  const items = async () => (await app.get(CatalogueService).items({ limit: 500 })).items;
  const item = (code: string): OutValue[] => [code, '示范物资', 'demo item', 1, '件', 2.5, 0.02];

  it('loads items for everyone: first a dry run that changes nothing, then whole', async () => {
    const rows = [item('NW01'), item('NW02')];
    const dry = await load('items', ITEM_HEADS, rows, KEEPER);
    expect(dry.body).toEqual({ kind: 'items', sheet: 'Sheet1', rows: 2, dryRun: true, loaded: false, flawCount: 0, flaws: [] });
    expect((await items()).some(({ code }) => code === 'NW01')).toBe(false);
    const real = await expectConsoleAgrees(app, ['duty.331000', KEEPER], () => load('items?dryRun=false', ITEM_HEADS, rows, KEEPER));
    expect([real.status, real.body.loaded]).toEqual([200, true]);
    expect((await items()).find(({ code }) => code === 'NW02')).toMatchObject({ name: '示范物资', weightG: 2500, volumeCm3: 20_000, version: 1 });
    const again = await load('items?dryRun=false', ITEM_HEADS, rows, KEEPER);
    expect([again.status, again.body.code, again.body.errors.map(({ pointer, code }) => `${pointer} ${code}`)]).toEqual([
      422, 'import.cells-bad', ['/Sheet1/A2 cell.exists', '/Sheet1/A3 cell.exists'],
    ]);
  }); // prettier-ignore

  it('loads all of a sheet or nothing, and says every bad cell in the language of the reader', async () => {
    const rows = [item('NW03'), item('NW03'), ['NW05', '帐篷', 'tent', 9, '顶', 'x', null]];
    const before = (await items()).length;
    const dry = await load('items', ITEM_HEADS, rows);
    expect(told(dry.body)).toEqual(['D4 cell.out-of-range', 'F4 cell.not-number', 'G4 cell.required', 'A3 cell.repeated']);
    expect(dry.body.flaws[0]).toEqual({ sheet: 'Sheet1', cell: 'D4', code: 'cell.out-of-range', params: { least: 1, most: 3 }, sentence: '应在 1 与 3 之间' });
    const english = await load('items', ITEM_HEADS, rows, ADMIN, { 'Accept-Language': 'en' });
    expect(english.body.flaws.map(({ sentence }) => sentence)).toEqual(['Must be between 1 and 3', '“x” is no number', 'This is required', 'The same as row 2']);
    const real = await load('items?dryRun=false', ITEM_HEADS, rows);
    expect([real.status, real.body.code]).toEqual([422, 'import.cells-bad']);
    const missing = await load('items', ['编码'], [['x']]);
    expect(missing.body.flaws.map(({ sentence }) => sentence)).toContain('缺少“物资编码”列');
    expect((await items()).length).toBe(before);
  }); // prettier-ignore

  it('loads bins where the administrator covers the warehouse', async () => {
    const path = `bins?dryRun=false&warehouseId=${empty.id}`;
    const real = await expectConsoleAgrees(app, ['duty.331000'], () => load(path, ['货位编码'], [['B-01'], ['B-02']]));
    expect(real.body).toMatchObject({ loaded: true, rows: 2 });
    const bins = await app.get(WarehouseService).bins(await app.as(ADMIN), empty.id);
    expect(bins.items.map(({ code }) => code)).toEqual(['A-01', 'B-01', 'B-02']);
    const again = await load(path, ['货位编码'], [['B-03'], ['B-02']]);
    expect(again.body.errors.map(({ pointer }) => pointer)).toEqual(['/Sheet1/A3']);
    expect((await load(path, ['货位编码'], [['B-03']], KEEPER)).body.code).toBe('warehouse.not-found');
    expect((await load(path, ['货位编码'], [['B-03']], 'duty.331000')).body.code).toBe('access.denied');
    expect((await load(`bins?warehouseId=${taizhou.id}`, ['货位编码'], [['B-03']], 'duty.330900')).body.code).toBe('warehouse.not-found');
    expect((await load('bins', ['货位编码'], [['B-03']])).body).toMatchObject({ code: 'request.invalid', errors: [{ pointer: '/warehouseId' }] });
  }); // prettier-ignore

  it('opens the books of a warehouse: lots, bins, levels that desks see, and never again for the same goods', async () => {
    const path = `opening?dryRun=false&warehouseId=${empty.id}`;
    const rows = [['WF01', 'A', '2027-06-30', 100, 'B-01'], ['WF01', 'B', null, 50, null], ['BD01', 'A', '2025-01-01', 7, 'B-02']];
    const real = await expectConsoleAgrees(app, ['duty.331000'], () => load(path, GOODS_HEADS, rows));
    expect(real.body).toMatchObject({ loaded: true, rows: 3 });
    const officer = await app.as('duty.331000');
    const { items: levels } = await app.get(StockService).levels(officer, { warehouseId: empty.id, limit: 10 });
    expect(levels.map(({ onHandUnits }) => onHandUnits).sort()).toEqual([150, 7]);
    const { items: moved } = await app.get(StockService).movements(officer, { warehouseId: empty.id, limit: 10 });
    expect(moved.map(({ reason, toPlace, units }) => `${reason} ${toPlace} ${units}`).sort()).toEqual(['opening A-01 50', 'opening B-01 100', 'opening B-02 7']);
    const again = await load(path, GOODS_HEADS, [['WF01', 'C', null, 1, null], ['SH01', 'A', null, 5, 'Z-99'], ['XX99', 'A', null, 5, null], ['SH01', 'A', null, 5, 'Z-99']]);
    expect(again.body.errors.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/Sheet1/E3 cell.bin-unknown', '/Sheet1/A4 cell.item-unknown', '/Sheet1/E5 cell.bin-unknown', '/Sheet1/A2 cell.opened-before', '/Sheet1/B5 cell.repeated',
    ]);
    expect((await load(`opening?dryRun=false&warehouseId=${taizhou.id}`, GOODS_HEADS, [['SH01', 'A', null, 5, null]], KEEPER)).body.code).toBe('access.denied');
    const foreign = await load(path, [...GOODS_HEADS, '资金意向'], [['SH01', 'A', null, 5, null, '没有的来源']]);
    expect(foreign.body.errors.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual(['/Sheet1/F2 cell.fund-unknown']);
    const later = await load(path, [...GOODS_HEADS, '入库日期'], [['SH01', 'A', null, 5, null, '2026-07-22']]);
    expect(later.body.errors.map(({ code }) => code)).toEqual(['cell.day-ahead']);
  }); // prettier-ignore

  it('lets only one of two openings of the same goods through', async () => {
    const path = `opening?dryRun=false&warehouseId=${empty.id}`;
    const tries = await Promise.all(['A', 'B', 'C', 'D'].map((lot) => load(path, GOODS_HEADS, [['SH02', lot, null, 5, null]]))); // prettier-ignore
    expect(tries.map(({ status }) => status).sort()).toEqual([200, 422, 422, 422]);
  });

  it('reads receipt lines for the receipt that takes them in', async () => {
    const rows = [['WF01', 'X1', '2027-06-30', 24, 'A-01'], ['BD01', 'X2', null, 5, null]];
    const { body } = await load(`receipt-lines?warehouseId=${taizhou.id}&dryRun=false`, GOODS_HEADS, rows, KEEPER);
    expect(body).toMatchObject({ loaded: false, flawCount: 0, rows: 2 });
    const { token } = await app.as(KEEPER);
    const receipt = { warehouseId: taizhou.id, source: 'purchase', sourceName: '供应商', lines: body.lines };
    const made = await request(app.url).post('/api/v1/stock/receipts').set('Authorization', `Bearer ${token}`).send(receipt);
    expect(made.status).toBe(201);
    expect(made.body.lines.map(({ units }: { units: number }) => units)).toEqual([24, 5]);
    expect((await load(`receipt-lines?warehouseId=${taizhou.id}`, GOODS_HEADS, rows, 'duty.331000')).body.code).toBe('access.denied');
  }); // prettier-ignore

  it('gives an import told twice under its key the same answer, and refuses another file under it', async () => {
    const key = { 'Idempotency-Key': 'import-1' };
    const bytes = await workbook(ITEM_HEADS, [item('NW20')]);
    const first = await send('items?dryRun=false', bytes, ADMIN, key);
    const again = await send('items?dryRun=false', bytes, ADMIN, key);
    expect([first.status, again.status, again.body]).toEqual([200, 200, first.body]);
    const other = await load('items?dryRun=false', ITEM_HEADS, [item('NW21')], ADMIN, key);
    expect([other.status, other.body.code]).toEqual([409, 'idempotency.mismatch']);
  });

  it('refuses what is no sheet, and too large a file at once', async () => {
    for (const [bytes, status, code] of [
      [Buffer.from('no'), 422, 'sheet.not-xlsx'], [await workbook(ITEM_HEADS, []), 422, 'sheet.no-rows'],
      [Buffer.alloc(WORKBOOK_LIMITS.bytes + 1), 413, 'upload.too-large'],
    ] as const) {
      const answer = await send('items?dryRun=false', bytes, ADMIN);
      expect([answer.status, answer.body.code]).toEqual([status, code]);
      expect(answer.body.title).not.toBe(code);
    } // prettier-ignore
    expect((await send('nothing', Buffer.from('x'), ADMIN)).body.code).toBe('import.not-found');
    expect((await send('__proto__', Buffer.from('x'), ADMIN)).body.code).toBe('import.not-found');
    expect((await request(app.url).post('/api/v1/stock/imports/items')).status).toBe(401);
    const json = await send('items', Buffer.from('{}'), ADMIN, { 'Content-Type': 'application/json' });
    expect(json.body.code).toBe('sheet.not-xlsx');
  });

  const get = async (path: string, account: string) => {
    const { token } = await app.as(account);
    const answer = await request(app.url).get(`/api/v1/stock/${path}`).set('Authorization', `Bearer ${token}`).buffer(true)
      .parse((response, done) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => done(null, Buffer.concat(chunks)));
      }); // prettier-ignore
    const bytes = answer.body as Buffer;
    const code = answer.status === 200 ? null : (JSON.parse(bytes.toString()) as { code: string }).code;
    return { status: answer.status, type: answer.headers['content-type'], bytes, code };
  };
  const table = async (path: string, account = 'duty.331000') => {
    const { status, type, bytes } = await get(path, account);
    expect([path, status, type]).toEqual([path, 200, expect.stringContaining('spreadsheetml')]);
    const { rows } = await readSheet(bytes, 20_000);
    return rows.map(({ cells }) => cells.map(({ text, day }) => day ?? text));
  };

  it('has a template for each import that its own reader takes', async () => {
    for (const kind of ['items', 'bins', 'opening', 'receipt-lines']) {
      const [heads] = await table(`imports/${kind}/template.xlsx`);
      const account = kind === 'receipt-lines' ? KEEPER : ADMIN;
      const answer = await load(`${kind}?warehouseId=${taizhou.id}`, heads!, [heads!.map(() => 'x')], account);
      expect(answer.body.flaws.filter(({ code }) => code.startsWith('column.'))).toEqual([]);
    }
    expect((await get('imports/nothing/template.xlsx', ADMIN)).code).toBe('import.not-found');
  });

  it('gives every list as a sheet: the rows that the list has, names for ids, the filters of the list', async () => {
    const lists = [...app.get(StockDesk).lists.keys()];
    expect(lists).toEqual(expect.arrayContaining(['levels', 'lots', 'movements', 'items', 'warehouses', 'receipts']));
    const officer = await app.as('duty.331000');
    const levels = await table(`exports/levels.xlsx?warehouseId=${taizhou.id}`);
    const { items: own } = await app.get(StockService).levels(officer, { warehouseId: taizhou.id, limit: 500 });
    expect(levels[0]!.slice(0, 6)).toEqual(['仓库编码', '仓库', '物资编码', '物资', '在库', '预留']);
    expect(levels.length).toBe(own.length + 1);
    expect(levels[1]!.slice(0, 5)).toEqual([TAIZHOU, taizhou.name, 'BD01', '棉被', String(own[0]!.onHandUnits)]);
    expect((await table(`exports/levels.xlsx?belowMinimum=true`)).length).toBeLessThan((await table(`exports/levels.xlsx`)).length);
    const papers = ['transfers', 'issues', 'counts', 'adjustments', 'returns', 'requests']; // none yet: stock-documents.spec.ts
    for (const list of lists) {
      const rows = await table(`exports/${list}.xlsx`);
      expect([list, rows.length > 1]).toEqual([list, !papers.includes(list)]);
      expect(rows[0]!.filter((head) => head.startsWith('list.') || head === '')).toEqual([]);
      expect(rows.flat().filter((value) => /^(list|lot|place|stock|warehouse)\.[a-z]+\./.test(value))).toEqual([]);
      expect(rows.flat().filter((value) => /^[0-9a-f]{8}-[0-9a-f]{4}-/.test(value))).toEqual([]);
    }
    const movements = await table(`exports/movements.xlsx?warehouseId=${empty.id}`);
    expect(movements.slice(1).map((row) => row.at(-1)).sort()).toEqual(['100', '5', '50', '7']);
    expect(movements.flat().filter((cell) => cell === 'opening')).toEqual([]); // no code of ours where a paper's number stands
  }, 120_000); // prettier-ignore

  it('keeps the scope of the list: a foreign society finds nothing, or the same refusal', async () => {
    expect((await get(`exports/levels.xlsx?warehouseId=${taizhou.id}`, 'duty.330900')).code).toBe(
      'warehouse.not-found',
    );
    expect((await table('exports/receipts.xlsx', 'duty.330900')).length).toBe(1);
    const foreign = await table('exports/movements.xlsx', 'duty.330900');
    expect(foreign.flat().filter((value) => value === TAIZHOU)).toEqual([]);
    for (const [path, status, code] of [
      ['exports/nothing.xlsx', 404, 'list.not-found'], ['exports/levels.xlsx?warehouseId=x', 400, 'request.invalid'],
      [`exports/levels.xlsx?warehouseId=${newId()}`, 404, 'warehouse.not-found'],
    ] as const) expect([path, (await get(path, ADMIN)).status, (await get(path, ADMIN)).code]).toEqual([path, status, code]); // prettier-ignore
    expect((await request(app.url).get('/api/v1/stock/exports/levels.xlsx')).status).toBe(401);
  });

  it('never lets a name become a formula', async () => {
    const evil = ['=HYPERLINK("http://evil.example","x")', '+1+1', '@SUM(1)', '-2+3'];
    const rows = evil.map((name, n): OutValue[] => [`EV0${n}`, name, name, 1, '件', 1, 1]);
    expect((await load('items?dryRun=false', ITEM_HEADS, rows)).body.loaded).toBe(true);
    const { bytes } = await get('exports/items.xlsx', ADMIN);
    const { rows: out } = await readSheet(bytes, 20_000);
    const cells = out.flatMap(({ cells: all }) => all);
    expect(cells.filter(({ hasFormula }) => hasFormula)).toEqual([]);
    for (const name of evil) expect(cells.filter(({ text }) => text === name)).toHaveLength(2);
  });

  it('reads, loads and writes ten thousand rows in the time that a keeper waits', async () => {
    const rows = Array.from({ length: 10_000 }, (_, n): OutValue[] => [['WF02', 'WF03', 'WF04', 'BD02', 'BD03'][n % 5]!, `L${n}`, '2027-06-30', n + 1, ['A-01', 'B-01', 'B-02'][n % 3]!]);
    const bytes = await workbook(GOODS_HEADS, rows);
    const timed = async <T>(work: () => Promise<T>): Promise<[T, number]> => {
      const start = performance.now();
      return [await work(), Math.round(performance.now() - start)];
    };
    const path = `opening?warehouseId=${empty.id}`;
    const [dry, dryMs] = await timed(() => send(path, bytes, ADMIN));
    expect(dry.body).toMatchObject({ rows: 10_000, flawCount: 0 });
    const [real, loadMs] = await timed(() => send(`${path}&dryRun=false`, bytes, ADMIN));
    expect(real.body).toMatchObject({ rows: 10_000, loaded: true });
    const [told_] = await app.query<{ data: { fileHash: string; units: number } }>(`select body::jsonb as data from journal where kind = 'stock.opened' order by id desc limit 1`);
    expect(told_!.data).toMatchObject({ fileHash: createHash('sha256').update(bytes).digest('hex'), units: 50_005_000 });
    const [out, exportMs] = await timed(() => table(`exports/movements.xlsx?warehouseId=${empty.id}`));
    expect(out.length).toBeGreaterThan(10_000);
    console.log(JSON.stringify({ dryMs, loadMs, exportMs }));
    expect(Math.max(dryMs, loadMs, exportMs)).toBeLessThan(60_000); // five seconds on a quiet machine (docs/measured.md)
  }, 180_000); // prettier-ignore
});
