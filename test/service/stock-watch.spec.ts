import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '../../src/access/index.js';
import { CapacityService, NoticeService, PolicyService, ReceiptService } from '../../src/relief-stock/index.js';
import { newId } from '../../src/shared/ids.js';
import { audit } from '../support/auditor.js';
import { expectConsoleAgrees } from '../support/console.js';
import { CITY, COUNTY, NEIGHBOUR, PROVINCE, RequestWorld } from './request-world.js';

const DAY_MS = 86_400_000;
const RESERVE = 'WH-330000-2';

describe('the watch over the stock', () => {
  let world: RequestWorld;
  let keeper: Actor;
  let province: Actor;
  beforeAll(async () => {
    world = await RequestWorld.open();
    keeper = await world.keeper(CITY);
    province = await world.desk(PROVINCE);
  }, 120_000);
  afterEach(() => audit(world.app));
  afterAll(() => world?.app.close());
  const agreeing = <T>(command: () => Promise<T>) =>
    expectConsoleAgrees(world.app, [`duty.${CITY}`, `keeper.WH-${CITY}-1`], command);
  const policies = () => world.app.get(PolicyService);
  const notices = () => world.app.get(NoticeService);
  const capacity = () => world.app.get(CapacityService);
  const levels = { minimumUnits: 20, targetUnits: 30, maximumUnits: 40 };
  const set = (actor: Actor, itemId: string, more: object = {}) =>
    policies().setPolicy(actor, { warehouseId: world.store(CITY), itemId }, { version: 1, ...levels, ...more });
  const openOf = async (itemId: string) => {
    const { items } = await notices().notices(keeper, { warehouseId: world.store(CITY), open: true, limit: 500 });
    return items.filter((one) => one.itemId === itemId);
  };
  const receive = (itemId: string, units: number, more: object = {}) =>
    world.app.get(ReceiptService).receiveGoods(keeper, {
      warehouseId: world.store(CITY), source: 'purchase', sourceName: '供应商', note: '', lines: [{ itemId, lotCode: 'L2', units, ...more }],
    }); // prettier-ignore

  it('takes minimum, target and maximum for an item, by version', async () => {
    const itemId = await world.item({ [CITY]: 25 });
    const set1 = await agreeing(() => set(keeper, itemId));
    expect(set1).toMatchObject({ ...levels, availableUnits: 25, standing: 'within', setBy: keeper.name, version: 2, coverSource: null }); // prettier-ignore
    await expect(set(keeper, itemId)).rejects.toMatchObject({ code: 'stock-policy.stale', status: 409 });
    await expect(set(keeper, itemId, { version: 2, targetUnits: 41 })).rejects.toMatchObject({ code: 'stock-policy.out-of-order' }); // prettier-ignore
    await expect(set(await world.desk(CITY), itemId)).rejects.toMatchObject({ code: 'access.denied' });
    await expect(set(await world.keeper(NEIGHBOUR), itemId)).rejects.toMatchObject({ code: 'warehouse.not-found' });
    await expect(set(keeper, newId())).rejects.toMatchObject({ code: 'item.not-found' });
    const fresh = await world.item({});
    expect(await set(keeper, fresh)).toMatchObject({ onHandUnits: 0, standing: 'below', version: 2 });
  });

  it('says how many households the shelves would serve', async () => {
    const ask = { warehouseId: world.store(CITY), limit: 500 };
    const { items } = await policies().policies(keeper, ask);
    const [pack] = await world.app.query<{ id: string }>(`select id from item where code = 'FK01'`);
    const held = items.find(({ itemId }) => itemId === pack!.id)!;
    expect(held).toMatchObject({ coverSource: 'family-pack', availableHouseholds: held.availableUnits, minimumHouseholds: held.minimumUnits }); // prettier-ignore
    const page = await policies().policies(keeper, { ...ask, limit: 2 });
    const next = await policies().policies(keeper, { ...ask, limit: 2, cursor: page.nextCursor! });
    expect([...page.items, ...next.items]).toEqual(items.slice(0, 4));
  });

  it('raises one notice a cause, keeps its figures, and closes it when the cause is gone', async () => {
    const itemId = await world.item({ [CITY]: 5 });
    await set(keeper, itemId);
    await agreeing(() => notices().scan('levels'));
    const [notice] = await openOf(itemId);
    expect(notice).toMatchObject({ kind: 'below-minimum', figures: { availableUnits: 5, minimumUnits: 20 }, version: 1, acknowledgedBy: null }); // prettier-ignore
    expect(await notices().scan('levels')).toEqual({ opened: 0, closed: 0 });
    await receive(itemId, 3);
    await notices().scan('levels');
    expect(await openOf(itemId)).toMatchObject([{ id: notice!.id, figures: { availableUnits: 8 }, version: 2 }]);
    const stranger = await world.desk(NEIGHBOUR);
    await expect(notices().acknowledge(stranger, notice!.id, {})).rejects.toMatchObject({ code: 'stock-notice.not-found' }); // prettier-ignore
    await expect(notices().acknowledge(keeper, notice!.id, { version: 1 })).rejects.toMatchObject({ code: 'stock-notice.stale' }); // prettier-ignore
    const seen = await agreeing(() => notices().acknowledge(keeper, notice!.id, { version: 2, note: '已报采购' }));
    expect(seen).toMatchObject({ acknowledgedBy: keeper.name, note: '已报采购', version: 3, closedAt: null });
    expect(await notices().acknowledge(province, notice!.id, {})).toEqual(seen);
    await receive(itemId, 40);
    await agreeing(() => notices().scan('levels'));
    expect(await openOf(itemId)).toMatchObject([{ kind: 'above-maximum', figures: { onHandUnits: 48, maximumUnits: 40 } }]); // prettier-ignore
    await expect(notices().acknowledge(keeper, notice!.id, {})).rejects.toMatchObject({ code: 'stock-notice.step-not-allowed' }); // prettier-ignore
    const told = await world.app.query<{ kind: string }>(`select kind from journal where subject_id = $1 order by seq`, [notice!.id]); // prettier-ignore
    expect(told.map(({ kind }) => kind)).toEqual([
      'stock.notice-opened', 'stock.notice-changed', 'stock.notice-acknowledged', 'stock.notice-closed',
    ]); // prettier-ignore
  });

  it('races: looks at once raise one notice', async () => {
    const itemId = await world.item({ [CITY]: 5 });
    await set(keeper, itemId);
    await Promise.all(Array.from({ length: 4 }, () => notices().scan('levels')));
    expect(await openOf(itemId)).toHaveLength(1);
  });

  it('sees lots grow old: to be rotated, expired, not moved for a year', async () => {
    const itemId = await world.item({});
    await receive(itemId, 4, { lotCode: 'SOON', expiresOn: '2026-09-30' });
    await receive(itemId, 4, { lotCode: 'LATER', expiresOn: '2029-07-21' });
    await receive(itemId, 4, { lotCode: 'NEVER' });
    const kinds = async () => {
      await notices().scan('shelves');
      return (await openOf(itemId)).map(({ kind, lotCode }) => `${lotCode} ${kind}`).sort();
    };
    expect(await kinds()).toEqual([]); // 71 days of life on receipt: alarm at 18 days
    world.app.clock.forward(60 * DAY_MS);
    expect(await kinds()).toEqual(['SOON expiring']);
    world.app.clock.forward(20 * DAY_MS);
    expect(await kinds()).toEqual(['SOON expired']);
    world.app.clock.forward(290 * DAY_MS);
    expect(await kinds()).toEqual(['LATER cold', 'NEVER cold', 'SOON expired']);
  });

  describe('capacity under contract', () => {
    const call = (actor: Actor, units: number, more: object = {}) =>
      capacity().callCapacity(actor, {
        warehouseId: world.id(RESERVE), toWarehouseId: world.store(CITY), itemId, units, onDay, note: '', ...more,
      }); // prettier-ignore
    let itemId: string;
    let onDay: string;
    beforeAll(async () => {
      itemId = await world.item({});
      onDay = new Date(world.app.clock.now().getTime() + 3 * DAY_MS).toISOString().slice(0, 10);
    });

    it('is called off for a day, arrives by a receipt, and is free again when cancelled', async () => {
      const called = await agreeing(() => call(province, 3000));
      expect(called).toMatchObject({ status: 'called', units: 3000, calledBy: province.name, version: 1 });
      const left = async () => (await capacity().capacity(province, { warehouseId: world.id(RESERVE), day: onDay })).leftUnits; // prettier-ignore
      expect(await left()).toBe(5000);
      await expect(call(province, 5001)).rejects.toMatchObject({ code: 'capacity.exceeded', params: { left: 5000 } });
      const other = await receive(await world.item({}), 5);
      await expect(capacity().settleCall(keeper, called.id, { receiptId: other.id })).rejects.toMatchObject({ code: 'capacity-call.other-receipt' }); // prettier-ignore
      const receipt = await receive(itemId, 2900);
      const settled = await agreeing(() => capacity().settleCall(keeper, called.id, { receiptId: receipt.id, version: 1 })); // prettier-ignore
      expect(settled).toMatchObject({ status: 'received', receiptId: receipt.id });
      const second = await call(province, 1000);
      await expect(capacity().settleCall(keeper, second.id, { receiptId: receipt.id })).rejects.toMatchObject({ code: 'capacity-call.other-receipt' }); // prettier-ignore
      await expect(capacity().cancelCall(province, second.id, { reason: '不需要', version: 9 })).rejects.toMatchObject({ code: 'capacity-call.stale' }); // prettier-ignore
      expect(await agreeing(() => capacity().cancelCall(province, second.id, { reason: '不需要' }))).toMatchObject({ status: 'cancelled' }); // prettier-ignore
      expect(await left()).toBe(5000);
      await expect(capacity().cancelCall(province, called.id, { reason: '晚了' })).rejects.toMatchObject({ code: 'capacity-call.step-not-allowed' }); // prettier-ignore
      const { items } = await capacity().calls(keeper, {
        warehouseId: world.store(CITY),
        status: 'received',
        limit: 5,
      });
      expect(items).toEqual([settled]);
    });

    it('refuses what is not there to call, and who may not', async () => {
      for (const [ask, code] of [
        [() => call(province, 1, { warehouseId: world.store(PROVINCE) }), 'warehouse.no-capacity'],
        [() => call(province, 1, { toWarehouseId: world.id(RESERVE) }), 'warehouse.no-goods'],
        [() => call(province, 1, { onDay: '2026-01-01' }), 'capacity.in-past'],
        [() => call(province, 1, { itemId: newId() }), 'item.not-found'],
        [() => call(province, 1, { warehouseId: newId() }), 'warehouse.not-found'],
        [async () => call(await world.desk(COUNTY), 1), 'access.denied'],
        [() => capacity().cancelCall(province, newId(), { reason: '无' }), 'capacity-call.not-found'],
      ] as [() => Promise<unknown>, string][]) await expect(ask()).rejects.toMatchObject({ code }); // prettier-ignore
    });

    it('races: a day is never called off beyond its capacity', async () => {
      const day = new Date(world.app.clock.now().getTime() + 9 * DAY_MS).toISOString().slice(0, 10);
      const ends = await Promise.allSettled(Array.from({ length: 12 }, () => call(province, 1000, { onDay: day })));
      const codes = ends.map((one) => (one.status === 'fulfilled' ? 'called' : (one.reason as { code: string }).code));
      expect(codes.sort()).toEqual([...Array(8).fill('called'), ...Array(4).fill('capacity.exceeded')]);
    });
  });
});
