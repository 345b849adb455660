import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { SupplyOrderDto } from '../../src/dispatch/dispatch.dto.js';
import { ReceiptService, StockDesk, StockService, type PaperContent } from '../../src/relief-stock/index.js';
import type { ReceiptDto } from '../../src/relief-stock/receiving/receipt.dto.js';
import { wordsOf } from '../../src/relief-stock/paper/words.js';
import { newId } from '../../src/shared/ids.js';
import { audit } from '../support/auditor.js';
import { type Desk, MissionWorld } from './mission-world.js';

const WAREHOUSE = 'WH-331000-1';
/** PAPER_SAMPLES=folder keeps what was printed, for eyes. */
const SAMPLES = process.env.PAPER_SAMPLES;

describe('papers and labels', () => {
  let world: MissionWorld;
  let keeper: Desk;
  let stranger: Desk;
  let warehouseId: string;
  let receipt: ReceiptDto;
  let order: SupplyOrderDto;
  beforeAll(async () => {
    world = await MissionWorld.open();
    keeper = await world.app.as(`keeper.${WAREHOUSE}`);
    stranger = await world.app.as('duty.330900');
    warehouseId = await world.id('warehouse', WAREHOUSE);
    const itemId = await world.id('item', 'BD01');
    const lines = Array.from({ length: 30 }, (_, n) => ({ itemId, lotCode: `BD01-2026-${n + 1}`, expiresOn: '2031-06-30', units: 100 + n }));
    receipt = await world.app.get(ReceiptService).receiveGoods(keeper, {
      warehouseId, source: 'donation', sourceName: '示范爱心企业', note: '外包装完好，抽检合格。', lines,
    });
    const county = await world.app.as('duty.331000');
    const incident = await world.verified(county);
    const mission = await world.send(county, incident.id, { goods: [[WAREHOUSE, 'BD01', 60], [WAREHOUSE, 'WF01', 40], [WAREHOUSE, 'FK01', 20]] });
    order = mission.supplyOrders[0]!;
    await world.orders.pick(keeper, order.id, {});
    order = await world.orders.ship(keeper, order.id, { vehicle: '浙J12345', driverName: '示范司机', driverPhone: '13800000000' });
  }, 120_000); // prettier-ignore
  afterEach(() => audit(world.app));
  afterAll(() => world?.close());

  const levelIdOf = async (code: string): Promise<string> => {
    const itemId = await world.id('item', code);
    return (await world.app.get(StockService).levels(keeper, { warehouseId, itemId, limit: 5 })).items[0]!.id;
  };
  const get = async (path: string, desk: Desk = keeper) => {
    const answer = await request(world.app.url)
      .get(`/api/v1/stock/${path}`)
      .set('Authorization', `Bearer ${desk.token}`)
      .buffer(true)
      .parse((response, done) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => done(null, Buffer.concat(chunks)));
      });
    const bytes = answer.body as Buffer;
    return { status: answer.status, type: answer.headers['content-type'], bytes, code: codeOf(answer.status, bytes) };
  };
  const codeOf = (status: number, bytes: Buffer) =>
    status === 200 ? null : (JSON.parse(bytes.toString()) as { code: string }).code;
  const printed = async (name: string, path: string) => {
    const { status, type, bytes } = await get(path);
    expect([path, status, type]).toEqual([path, 200, 'application/pdf']);
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(bytes.subarray(-6).toString().trim()).toBe('%%EOF');
    if (SAMPLES) {
      mkdirSync(SAMPLES, { recursive: true });
      writeFileSync(join(SAMPLES, `${name}.pdf`), bytes);
    }
    return bytes;
  };
  const pagesOf = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length;
  const contentOf = (form: string, id: string, more: { from?: string; to?: string } = {}): Promise<PaperContent> =>
    world.app.read((tx) =>
      world.app.get(StockDesk).papers.get(form)!(tx, { actor: keeper, id, words: wordsOf('zh-CN'), locale: 'zh-CN', ...more }),
    ); // prettier-ignore

  it('prints every form on both papers', async () => {
    const things = {
      'stock-card': await levelIdOf('BD01'), 'goods-receipt': receipt.id, 'count-sheet': warehouseId, 'release-order': order.id,
      waybill: order.id, 'delivery-receipt': order.id,
    }; // prettier-ignore
    // stock-documents.spec.ts, handover.spec.ts
    const elsewhere = ['transfer', 'issue', 'count', 'adjustment', 'return', 'request', 'handover'];
    expect([...world.app.get(StockDesk).papers.keys()].sort()).toEqual([...Object.keys(things), ...elsewhere].sort());
    for (const [form, id] of Object.entries(things)) {
      for (const size of ['a4', '241x140']) {
        const pdf = await printed(`${form}-${size}`, `papers/${form}/${id}.pdf?size=${size}`);
        expect(pdf.length).toBeLessThan(400_000);
      }
    }
  });

  it('embeds the Chinese font in the file, only the characters used, and draws the same text that was given', async () => {
    const pdf = await printed('waybill', `papers/waybill/${order.id}.pdf`);
    const text = pdf.toString('latin1');
    expect(text).toMatch(/\/FontFile3|\/FontFile2/);
    expect(text).toMatch(/\/BaseFont \/[A-Z]{6}\+NotoSansHans-Regular/);
    const maps = [...text.matchAll(/stream\n([\s\S]*?)\nendstream/g)].map((match) => inflated(match[1]!)).join('');
    for (const character of '浙驰物资运单示范司机') {
      const hex = character.codePointAt(0)!.toString(16);
      if (character !== '驰') expect(maps).toContain(`<${hex}>`);
    }
  });

  it('keeps a stock card that says what the ledger says, with what was carried forward', async () => {
    const card = await contentOf('stock-card', await levelIdOf('BD01'));
    const [table] = card.tables;
    const balance = (row: string[]) => Number(row.at(-1)!.replaceAll(',', ''));
    const amount = (text: string) => Number(text.replaceAll(',', '') || 0);
    let running = 0;
    for (const row of table!.rows) {
      running += amount(row[5]!) - amount(row[6]!);
      expect(balance(row)).toBe(running);
    }
    const level = (await world.app.get(StockService).levels(keeper, { warehouseId, itemId: await world.id('item', 'BD01'), limit: 1 })).items[0]!;
    expect(running).toBe(level.onHandUnits);
    expect(balance(table!.totals!)).toBe(level.onHandUnits);
    const shipped = table!.rows.filter((row) => row[1] === order.number);
    expect(shipped.map((row) => amount(row[6]!)).reduce((sum, units) => sum + units, 0)).toBe(60);
    const later = await contentOf('stock-card', level.id, { from: '2026-07-22' });
    expect(later.tables[0]!.rows.map((row) => [row[2], balance(row)])).toEqual([['上期结转', level.onHandUnits]]);
    expect((await contentOf('stock-card', level.id, { to: '2026-07-20' })).tables[0]!.rows).toEqual([]);
  }); // prettier-ignore

  it('never leads a count: bins, goods and lots, and nothing of how many', async () => {
    const sheet = await contentOf('count-sheet', warehouseId);
    const [table] = sheet.tables;
    expect(table!.rows.length).toBeGreaterThan(50);
    for (const row of table!.rows) expect(row.slice(-2)).toEqual(['', '']);
    expect(table!.rows[0]!.length).toBe(8);
    expect(table!.blankRows).toBeGreaterThan(0);
    expect(sheet.title).toBe('物资盘点表');
  });

  it('signs donated goods by two of each side, and bought goods by keeper, buyer and finance', async () => {
    const donated = await contentOf('goods-receipt', receipt.id);
    expect(donated.signatures).toEqual(['捐赠方一', '捐赠方二', '清点人一', '清点人二', '库管员']);
    expect(donated.tables[0]!.totals![7]).toBe('3,435');
    expect(donated.copies).toEqual(['第1联 存根', '第2联 财务', '第3联 对方']);
    expect(pagesOf(await printed('receipt', `papers/goods-receipt/${receipt.id}.pdf`))! % 3).toBe(0);
    expect(pagesOf(await printed('receipt', `papers/goods-receipt/${receipt.id}.pdf?size=241x140`))).toBeGreaterThan(2);
  });

  it('carries an order over its papers: what to pick where, the load, what was counted', async () => {
    const release = await contentOf('release-order', order.id);
    expect(release.tables[0]!.rows.map((row) => row[1])).toEqual(expect.arrayContaining(['BD01', 'FK01', 'WF01']));
    expect(release.code).toEqual({ kind: 'shipment', id: order.id });
    const waybill = await contentOf('waybill', order.id);
    expect(waybill.facts.map(({ value }) => value)).toEqual(expect.arrayContaining(['浙J12345', '示范司机 13800000000', '临海古城']));
    expect(waybill.tables[0]!.totals!.slice(5, 7)).toEqual(['890', '3.04']);
    const empty = await contentOf('delivery-receipt', order.id);
    expect(empty.tables[0]!.rows.map((row) => row.slice(4, 8))).toEqual(expect.arrayContaining([['60', '', '', '']]));
  }); // prettier-ignore

  it('prints labels that scan to what they are stuck on', async () => {
    const binId = (await world.app.query<{ id: string }>(`select id from stock_place where kind = 'bin' and warehouse_id = $1`, [warehouseId]))[0]!.id;
    const lots = receipt.lines.map(({ lotId }) => lotId);
    const itemId = receipt.lines[0]!.itemId;
    for (const [kind, ids] of [['lot', lots], ['bin', [binId]], ['warehouse', [warehouseId]], ['item', [itemId]], ['shipment', [order.id]]] as const) {
      expect(pagesOf(await printed(`label-${kind}-60x40`, `labels/${kind}.pdf?ids=${ids.join(',')}&copies=2`))).toBe(ids.length * 2);
      const sheets = await printed(`label-${kind}-a4`, `labels/${kind}.pdf?ids=${ids.join(',')}&size=a4&copies=2`);
      expect(pagesOf(sheets)).toBe(Math.ceil((ids.length * 2) / 21));
      const [content] = await world.app.read((tx) => world.app.get(StockDesk).labels.get(kind)!(tx, { actor: keeper, ids: [ids[0]!], words: wordsOf('en') }));
      const text = world.app.get(StockDesk).addressOf(content!.code);
      const scanned = await request(world.app.url).post('/api/v1/stock/scans').set('Authorization', `Bearer ${keeper.token}`).send({ text });
      expect([scanned.status, scanned.body.found[0].kind, scanned.body.found[0].id]).toEqual([200, kind, ids[0]]);
    }
  }); // prettier-ignore

  it('shows nobody what he may not see, and says what does not exist', async () => {
    const levelId = await levelIdOf('BD01');
    const closed = [
      [`papers/stock-card/${levelId}.pdf`, 'stock-level'], [`papers/goods-receipt/${receipt.id}.pdf`, 'goods-receipt'],
      [`papers/count-sheet/${warehouseId}.pdf`, 'warehouse'], [`papers/release-order/${order.id}.pdf`, 'supply-order'],
      [`papers/waybill/${order.id}.pdf`, 'supply-order'], [`papers/delivery-receipt/${order.id}.pdf`, 'supply-order'],
      [`labels/lot.pdf?ids=${receipt.lines[0]!.lotId}`, 'lot'], [`labels/warehouse.pdf?ids=${warehouseId}`, 'warehouse'],
      [`labels/shipment.pdf?ids=${order.id}`, 'supply-order'],
    ] as const; // prettier-ignore
    for (const [path, noun] of closed) {
      const { status, code } = await get(path, stranger);
      expect([path, status, code]).toEqual([path, 404, `${noun}.not-found`]);
      expect((await request(world.app.url).get(`/api/v1/stock/${path}`)).status).toBe(401);
    }
    for (const [path, status, code] of [
      [`papers/nothing/${newId()}.pdf`, 404, 'paper.not-found'], [`papers/stock-card/${newId()}.pdf`, 404, 'stock-level.not-found'],
      [`papers/stock-card/x.pdf`, 400, 'request.invalid'], [`papers/stock-card/${levelId}.pdf?size=a5`, 400, 'request.invalid'],
      [`papers/stock-card/${levelId}.pdf?from=2026-02-30`, 400, 'request.invalid'], ['labels/nothing.pdf', 404, 'label.not-found'],
      ['labels/lot.pdf', 422, 'label.none'], [`labels/lot.pdf?ids=x`, 400, 'request.invalid'],
      [`labels/bin.pdf?ids=${newId()}`, 404, 'bin.not-found'], [`labels/item.pdf?ids=${newId()}`, 404, 'item.not-found'],
      [`labels/lot.pdf?ids=${receipt.lines.map(({ lotId }) => lotId).join()}&copies=100`, 422, 'label.too-many'],
    ] as const) expect([path, (await get(path)).status, (await get(path)).code]).toEqual([path, status, code]); // prettier-ignore
  });

  it('refuses a card that would never end', async () => {
    const levelId = await levelIdOf('WF01');
    const { itemId } = (await world.app.get(StockService).levels(keeper, { warehouseId, limit: 500 })).items.find(({ id }) => id === levelId)!;
    const lines = Array.from({ length: 200 }, (_, n) => ({ itemId, lotCode: `L${n}`, expiresOn: '2027-01-01', units: 1 }));
    for (let n = 0; n < 20; n++) {
      await world.app.get(ReceiptService).receiveGoods(keeper, { warehouseId, source: 'purchase', sourceName: '供应商', note: '', lines });
    }
    expect(await get(`papers/stock-card/${levelId}.pdf`)).toMatchObject({ status: 422, code: 'paper.too-long' });
    const start = performance.now();
    expect((await get(`papers/stock-card/${levelId}.pdf?to=2026-07-20`)).status).toBe(200);
    expect(performance.now() - start).toBeLessThan(10_000);
  }); // prettier-ignore
});

function inflated(stream: string): string {
  try {
    return inflateSync(Buffer.from(stream, 'latin1')).toString('latin1').toLowerCase();
  } catch {
    return '';
  }
}
