import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import {
  CatalogueService,
  ownAddress,
  type OwnCode,
  ReceiptService,
  WarehouseService,
} from '../../src/relief-stock/index.js';
import type { Found, Notice } from '../../src/relief-stock/codes/codes.dto.js';
import type { ItemDto, LotDto } from '../../src/relief-stock/relief-stock.dto.js';
import { newId } from '../../src/shared/ids.js';
import { startApp, type TestApp } from '../support/app.js';
import { audit } from '../support/auditor.js';
import { expectConsoleAgrees } from '../support/console.js';

const TAIZHOU = 'WH-331000-1';
const KEEPER = `keeper.${TAIZHOU}`;
const GTIN = '06901234567892';
const GS = '\u001d';

describe('scanning', () => {
  let app: TestApp;
  let warehouseId: string;
  let binId: string;
  let water: ItemDto;
  let lot: LotDto;
  beforeAll(async () => {
    app = await startApp();
    const keeper = await app.as(KEEPER);
    const { items } = await app.get(WarehouseService).warehouses(keeper, { limit: 500 });
    warehouseId = items.find(({ code }) => code === TAIZHOU)!.id;
    binId = (await app.get(WarehouseService).bins(keeper, warehouseId)).items[0]!.id;
    water = (await app.get(CatalogueService).items({ limit: 500 })).items.find(({ code }) => code === 'WF01')!;
    lot = await received('W1', '2027-06-30');
  }, 120_000);
  afterEach(() => audit(app));
  afterAll(() => app?.close());

  const received = async (lotCode: string, expiresOn: string): Promise<LotDto> => {
    const keeper = await app.as(KEEPER);
    const lines = [{ itemId: water.id, lotCode, expiresOn, units: 10 }];
    await app.get(ReceiptService).receiveGoods(keeper, { warehouseId, source: 'purchase', sourceName: '供应商', note: '', lines }); // prettier-ignore
    const { items } = await app.get(CatalogueService).lots(keeper, { itemId: water.id, limit: 500 });
    return items.find(({ code }) => code === lotCode)!;
  };
  const post = async (path: string, body: object, account = KEEPER) => {
    const { token } = await app.as(account);
    return request(app.url).post(`/api/v1${path}`).set('Authorization', `Bearer ${token}`).send(body);
  };
  const scan = async (text: string, account = KEEPER) => {
    const { status, body } = await post('/stock/scans', { text, warehouseId }, account);
    const found = (body.found as Found[] | undefined)?.map(({ kind, code }) => `${kind} ${code}`);
    const notices = (body.notices as Notice[] | undefined)?.map(({ code, blocks }) => `${code}${blocks ? ' !' : ''}`);
    return { status, code: body.code as string | undefined, found, notices, body };
  };
  const printed = (code: OwnCode) => ownAddress('https://stock.example.org', code);

  it('learns once what a number on a package means, for everyone', async () => {
    expect(await scan('6901234567892')).toMatchObject({ status: 200, found: [], notices: ['scan.gtin-unknown'] });
    const path = `/items/${water.id}/gtins`;
    const made = await expectConsoleAgrees(app, [KEEPER, 'duty.331000'], () => post(path, { gtin: '6901234567892', units: 24 })); // prettier-ignore
    expect([made.status, made.body]).toEqual([201, { gtin: GTIN, itemId: water.id, units: 24 }]);
    const again = await post(path, { gtin: '6901234567892', units: 12 });
    expect([again.status, again.body.code]).toEqual([409, 'item-gtin.exists']);
    expect((await post(path, { gtin: '6901234567893' })).body.code).toBe('scan.check-digit');
    expect((await post(`/items/${newId()}/gtins`, { gtin: '96385074' })).body.code).toBe('item.not-found');
    expect((await post(path, { gtin: '96385074' }, 'duty.331000')).status).toBe(403);
    const other = await scan('6901234567892', 'duty.330900');
    expect(other).toMatchObject({ found: ['item WF01'], notices: [], body: { pack: { itemId: water.id, units: 24 } } });
  });

  it('finds the lot that a package names, says what differs, and leaves nothing out that was said', async () => {
    const full = await scan(`]d201${GTIN}10W1${GS}17270630${GS}3724`);
    expect(full).toMatchObject({ status: 200, found: ['lot W1'], notices: [] });
    expect(full.body.scan).toEqual({ kind: 'gs1', gtin: GTIN, lot: 'W1', expiresOn: '2027-06-30', units: 24 });
    expect(full.body.found[0].lot).toEqual(lot);
    expect(full.body.found[0].item.code).toBe('WF01');
    expect(await scan(`(01)${GTIN}(10)W1(17)270731`)).toMatchObject({
      found: ['lot W1'],
      notices: ['scan.expiry-differs'],
    });
    expect(await scan(`(01)${GTIN}(10)NEW(17)270731`)).toMatchObject({
      found: ['item WF01'],
      notices: ['scan.lot-unknown'],
    });
    expect(await scan(`https://id.gs1.org/01/${GTIN}/10/W1`)).toMatchObject({ found: ['lot W1'], notices: [] });
  });

  it('stops at goods that are expired or set aside', async () => {
    const old = await received('W2', '2026-08-01');
    await app.query(`update lot set state = 'quarantined' where code = 'W2'`);
    expect(await scan(printed({ kind: 'lot', id: old.id }))).toMatchObject({
      found: ['lot W2'],
      notices: ['scan.lot-held !'],
    });
    app.clock.forward(20 * 86_400_000);
    const late = await scan(printed({ kind: 'lot', id: old.id }));
    expect(late.notices).toEqual(['scan.lot-expired !', 'scan.lot-held !']);
    expect(late.body.notices[0].params).toEqual({ item: 'WF01', lot: 'W2', expiresOn: '2026-08-01' });
    expect((await scan(`(01)${GTIN}(10)OTHER(17)260731`)).notices).toContain('scan.lot-expired !');
  });

  it('opens what our own labels name, as far as the reader may see', async () => {
    const codes: [OwnCode, string][] = [
      [{ kind: 'lot', id: lot.id }, 'lot W1'], [{ kind: 'bin', id: binId }, 'bin A-01'],
      [{ kind: 'warehouse', id: warehouseId }, `warehouse ${TAIZHOU}`], [{ kind: 'item', id: water.id }, 'item WF01'],
    ]; // prettier-ignore
    for (const [code, found] of codes) expect(await scan(printed(code))).toMatchObject({ status: 200, found: [found] });
    for (const [code] of codes.slice(0, 3)) {
      expect(await scan(printed(code), 'duty.330900')).toMatchObject({ status: 404, code: 'scan.not-found' });
    }
    expect(await scan(printed({ kind: 'box', id: newId() }))).toMatchObject({ status: 404, code: 'scan.not-found' });
    expect((await scan(printed(codes[0]![0]).replace(/.$/, (c) => (c === '0' ? '1' : '0')))).code).toBe('scan.check-character'); // prettier-ignore
  });

  it('finds what somebody typed, bins where he stands', async () => {
    expect((await scan('A-01')).found).toEqual(['bin A-01']);
    expect((await scan('WF01')).found).toEqual(['item WF01']);
    expect((await scan(TAIZHOU)).found).toEqual([`warehouse ${TAIZHOU}`]);
    expect((await scan('331000-RK-2026-0001')).found).toEqual(['goods-receipt 331000-RK-2026-0001']);
    expect(await scan('331000-RK-2026-0001', 'duty.330900')).toMatchObject({ status: 404, code: 'scan.not-found' });
    expect(await scan('6901234567893')).toMatchObject({ status: 422, code: 'scan.check-digit' });
    await received('6901234567893', '2027-06-30');
    expect((await scan('6901234567893')).found).toEqual(['lot 6901234567893']);
  });

  it('finds every bin of that code that he may see when nobody said where he stands, his own first, and says when there are more', async () => {
    const bare = async (text: string, account: string) => {
      const { status, body } = await post('/stock/scans', { text }, account);
      const found = (body.found as Found[] | undefined)?.filter(({ kind }) => kind === 'bin') ?? [];
      return { status, found, notices: ((body.notices ?? []) as Notice[]).map(({ code }) => code) };
    };
    const seen = async (account: string) => {
      const { items } = await app.get(WarehouseService).warehouses(await app.as(account), { limit: 500 });
      return items.map(({ id }) => id);
    };
    const called = async (ids: string[]) =>
      (await app.query<{ id: string }>(`select warehouse_id as id from stock_place where kind = 'bin' and code = 'A-01' and warehouse_id = any($1)`, [ids])).map(({ id }) => id); // prettier-ignore
    const mine = await bare('A-01', KEEPER);
    const mySight = await called(await seen(KEEPER));
    expect(mine.found[0]).toMatchObject({ id: binId, warehouseId });
    expect(mine.found.map((one) => one.warehouseId).toSorted()).toEqual(mySight.toSorted().slice(0, 20));
    for (const { name } of mine.found) expect(name).not.toBe('');
    const all = await bare('A-01', 'duty.330000');
    const theirs = await called(await seen('duty.330000'));
    expect(theirs.length).toBeGreaterThan(20);
    expect([all.found.length, all.notices]).toEqual([20, ['scan.more-found']]);
    expect(new Set(all.found.map((one) => one.warehouseId)).size).toBe(20);
    expect((await bare('NO-SUCH-BIN', KEEPER)).status).toBe(404);
  });

  it('opens the console for a phone that reads one of our codes, and nothing else', async () => {
    const path = printed({ kind: 'lot', id: lot.id }).replace('HTTPS://STOCK.EXAMPLE.ORG', '');
    const answer = await request(app.url).get(path);
    expect([answer.status, answer.headers.location]).toEqual([302, `../#/scan/${path.slice(3)}`]);
    expect((await request(app.url).get('/s/%2F%2Fevil.example')).status).toBe(404);
    expect((await request(app.url).get(`/s/${'x'.repeat(3000)}`)).status).toBe(404);
  });
});
