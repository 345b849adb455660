import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Actor, systemActor } from '../../src/access/index.js';
import { inTransaction } from '../../src/database/index.js';
import {
  deliverSupplies, DistributionService, ReceiptService, reserveSupplies, shipSupplies, WarehouseService,
} from '../../src/relief-stock/index.js'; // prettier-ignore
import type { WarehouseDto } from '../../src/relief-stock/relief-stock.dto.js';
import { newId } from '../../src/shared/ids.js';
import { startApp, type TestApp } from '../support/app.js';
import { audit } from '../support/auditor.js';

/**
 * What the Red Cross of Ningbo and of Zhejiang published after typhoon In-Fa of July 2021: who was given what, to the yuan. Receivers are
 * towns and teams, as published; the receipts are the goods from above at their own prices (fen). Two prices of one item: packs.
 */
const EIGHT: [string, number][] = [
  ['洞桥镇', 300], ['集士港镇', 100], ['高桥镇', 100], ['古林镇', 100], ['鄞江镇', 100], ['横街镇', 100], ['龙观乡', 100], ['石碶街道', 100],
]; // prettier-ignore
const NINGBO: Record<string, { fen: number; units: number; to: [string, number][] }> = {
  FK01: { fen: 30_600, units: 1000, to: EIGHT },
  BD04: { fen: 4_570, units: 2000, to: [...EIGHT, ['奉化红海救援队', 120], ['奉化区物业协会', 380], ['丹东街道', 250], ['丹西街道', 250]] },
  BD03: {
    fen: 6_000, units: 1500,
    to: [
      ...EIGHT, ['招宝山街道', 80], ['蛟川街道', 80], ['骆驼街道', 100], ['庄市街道', 80], ['澥浦镇', 60], ['九龙湖镇', 60], ['体验基地', 40],
    ],
  },
}; // prettier-ignore
const PROVINCE: [string, { itemCode: string; fen: number; units: number }[]][] = [
  ['象山县', [{ itemCode: 'FK01', fen: 25_300, units: 300 }, { itemCode: 'BD03', fen: 5_600, units: 300 }]],
  ['柯桥区', [{ itemCode: 'FK01', fen: 25_300, units: 348 }]],
]; // prettier-ignore

describe('the distribution after typhoon In-Fa', () => {
  let app: TestApp;
  let warehouses: WarehouseDto[];
  let itemId: (code: string) => string;
  beforeAll(async () => {
    app = await startApp();
    warehouses = (await app.get(WarehouseService).warehouses(await app.as('admin.330000'), { limit: 500 })).items;
    const rows = await app.query<{ id: string; code: string }>(`select id, code from item`);
    itemId = (code) => rows.find((row) => row.code === code)!.id;
    await ningbo();
    await province();
  }, 240_000);
  afterAll(async () => {
    await audit(app);
    await app.close();
  });

  const warehouse = (code: string) => warehouses.find((one) => one.code === code)!;
  const actor = systemActor('test');
  const today = '2026-07-21';

  /** The paper of what came from above, at its price; what the demo has of the item before is promised away first, so that lots are named. */
  async function receive(code: string, sourceName: string, lines: { itemCode: string; fen: number; units: number }[]) {
    const keeper: Actor = await app.as(`keeper.${code}`);
    const at = warehouse(code);
    await app.query(
      `update lot set state = 'held' where id in (select lot_id from stock_cell where warehouse_id = $1 and item_id = any($2))`,
      [at.id, lines.map(({ itemCode }) => itemId(itemCode))],
    );
    return app.get(ReceiptService).receiveGoods(keeper, {
      warehouseId: at.id, source: 'allocated', sourceName, note: '',
      lines: lines.map(({ itemCode, fen, units }) => ({ itemId: itemId(itemCode), lotCode: `IN-FA-${fen}`, units, unitValueFen: fen })),
    }); // prettier-ignore
  }

  /** An order to one receiver, promised, shipped and signed for whole. */
  async function issue(code: string, recipient: string, goods: { itemCode: string; units: number }[]) {
    const lines = goods.map(({ itemCode, units }) => ({ orderLineId: newId(), warehouseId: warehouse(code).id, itemId: itemId(itemCode), units })); // prettier-ignore
    const now = app.clock.now();
    const order = { orderId: newId(), document: 'IN-FA', orderLineIds: lines.map(({ orderLineId }) => orderLineId), now, occurredAt: now, actor }; // prettier-ignore
    const counted = lines.map(({ orderLineId, units }) => ({ orderLineId, receivedUnits: units, damagedUnits: 0, missingUnits: 0 })); // prettier-ignore
    await inTransaction(app.db, async (tx) => {
      await reserveSupplies(tx, { lines, arrivalAt: now, untilAt: null, now, actor });
      await shipSupplies(tx, order);
      await deliverSupplies(tx, { ...order, recipient, lines: counted });
    });
  }

  async function ningbo() {
    const code = 'WH-330200-1';
    const lines = Object.entries(NINGBO).map(([itemCode, { fen, units }]) => ({ itemCode, fen, units }));
    await receive(code, '中国红十字会总会', lines);
    const towns = new Map<string, { itemCode: string; units: number }[]>();
    for (const [itemCode, { to }] of Object.entries(NINGBO)) {
      for (const [town, units] of to) towns.set(town, [...(towns.get(town) ?? []), { itemCode, units }]);
    }
    for (const [town, goods] of towns) await issue(code, town, goods);
  }

  async function province() {
    const code = 'WH-330000-1';
    await receive(code, '浙江省红十字会采购', [
      { itemCode: 'FK01', fen: 25_300, units: 648 },
      { itemCode: 'BD03', fen: 5_600, units: 300 },
    ]);
    for (const [county, goods] of PROVINCE) await issue(code, county, goods);
  }

  const table = async (account: string, over: { societyId?: string; warehouseId?: string }) =>
    app.get(DistributionService).distributions(await app.as(account), { from: today, to: today, ...over });

  it('reconciles Ningbo to the yuan: 306,000 + 91,400 + 90,000 = 487,400', async () => {
    const told = await table('duty.330200', { societyId: warehouse('WH-330200-1').societyId });
    expect(told.valueFen).toBe(48_740_000);
    expect(told.items.map(({ itemCode, units, valueFen, unvaluedUnits }) => [itemCode, units, valueFen, unvaluedUnits])).toEqual([
      ['BD03', 1500, 9_000_000, 0], ['BD04', 2000, 9_140_000, 0], ['FK01', 1000, 30_600_000, 0],
    ]); // prettier-ignore
    const published = Object.entries(NINGBO).flatMap(([itemCode, { fen, to }]) =>
      to.map(([recipient, units]) => [recipient, itemCode, units, fen, units * fen]),
    );
    const rows = told.rows.map(({ recipient, itemCode, units, unitValueFen, valueFen }) => [recipient, itemCode, units, unitValueFen, valueFen]); // prettier-ignore
    const byText = (a: unknown[], b: unknown[]) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
    expect(rows.sort(byText)).toEqual(published.sort(byText));
  });

  it('reconciles the province: 92,700 to Xiangshan and 88,044 to Keqiao, packs at another price than in Ningbo', async () => {
    const told = await table('duty.330000', { warehouseId: warehouse('WH-330000-1').id });
    const valueOf = (town: string) =>
      told.rows.filter(({ recipient }) => recipient === town).reduce((sum, { valueFen }) => sum + valueFen!, 0);
    expect([valueOf('象山县'), valueOf('柯桥区')]).toEqual([9_270_000, 8_804_400]);
    const all = await table('duty.330000', {});
    expect(all.valueFen).toBe(48_740_000 + 9_270_000 + 8_804_400);
    const packs = all.rows.filter(({ itemCode }) => itemCode === 'FK01').map(({ unitValueFen }) => unitValueFen);
    expect(new Set(packs)).toEqual(new Set([25_300, 30_600]));
  });

  it('is told by day and by who may see it, and not for other days', async () => {
    const service = app.get(DistributionService);
    const actorOf = await app.as('duty.330200');
    expect((await service.distributions(actorOf, { from: '2026-07-01', to: '2026-07-20' })).rows).toEqual([]);
    expect((await service.distributions(actorOf, { from: '2026-07-22', to: '2026-08-20' })).rows).toEqual([]);
    const elsewhere = await table('duty.330900', {});
    expect(elsewhere.rows.every(({ recipient }) => ['象山县', '柯桥区'].includes(recipient))).toBe(true); // the province's store is seen by all below
    const hidden = table('duty.330900', { warehouseId: warehouse('WH-330200-1').id });
    await expect(hidden).rejects.toMatchObject({ code: 'warehouse.not-found' });
    await expect(table('duty.330200', { societyId: newId() })).rejects.toMatchObject({ code: 'society.not-found' });
  });
});
