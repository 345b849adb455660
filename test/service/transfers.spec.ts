import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { newId } from '../../src/shared/ids.js';
import { audit } from '../support/auditor.js';
import { CITY, COUNTY, INPUT, MovingWorld, STEPS, WAY, WHO } from './moving-world.js';

describe('transfers between warehouses', () => {
  let world: MovingWorld;
  beforeAll(async () => void (world = await MovingWorld.open()), 120_000);
  afterEach(() => audit(world.app));
  afterAll(() => world?.close());

  it('carries a load from order to signature: the goods become the receiver’s, both sides read one paper', async () => {
    const item = await world.itemWith([{ units: 30, expiresOn: '2026-12-01' }, { units: 30, expiresOn: '2026-10-01', fund: '救灾款' }]); // prettier-ignore
    const draft = await world.watching(() => world.draft([{ itemId: item.id, units: 40 }]));
    expect(draft).toMatchObject({
      number: '331000-DB-2026-0001',
      status: 'draft',
      lines: 1,
      units: 40,
      weightG: 40_000,
    });
    expect(await world.levelOf(item.id)).toEqual([60, 0, 60, 0]);
    const ordered = await world.watching(() => world.take(draft, ['order']));
    expect(await world.levelOf(item.id)).toEqual([60, 40, 20, 0]);
    const seen = await world.transfers.transfer(await world.as(`keeper.${COUNTY}`), draft.id);
    expect(seen.goods[0]!.lots.map(({ lotCode, binCode, units }) => [lotCode, binCode, units])).toEqual([
      ['L2', 'A-01', 30],
      ['L1', 'A-01', 10],
    ]);
    for (const step of ['pick', 'load', 'depart', 'arrive', 'receive', 'close'] as const) {
      await world.watching(() => world.take(ordered, [step]));
      await audit(world.app);
    }
    const closed = await world.transfers.transfer(await world.as('duty.331082'), draft.id);
    expect(closed).toMatchObject({
      status: 'closed',
      acceptedUnits: 40,
      damagedUnits: 0,
      missingUnits: 0,
      vehicle: '浙J12345',
    });
    expect(closed.signatures.map(({ role }) => role).sort()).toEqual(['depart', 'load', 'order', 'pick', 'receive']);
    expect(await world.levelOf(item.id)).toEqual([20, 0, 20, 0]);
    expect(await world.levelOf(item.id, world.county)).toEqual([40, 0, 40, 0]);
    const moved = (await world.movements(draft.number)).map(({ reason, from, to, units, fromOwner, toOwner }) => `${reason} ${units}: ${from} ${fromOwner} → ${to} ${toOwner}`); // prettier-ignore
    expect(moved.sort()).toEqual([
      'handover 10: transit good 331000 → transit good 331082',
      'handover 30: transit good 331000 → transit good 331082',
      'ship 10: bin good 331000 → transit good 331000',
      'ship 30: bin good 331000 → transit good 331000',
      'transfer 10: transit good 331082 → bin good 331082',
      'transfer 30: transit good 331082 → bin good 331082',
    ]);
    const funds = await world.app.query<{ fund: string | null; units: number }>(
      `select fund, sum(on_hand)::bigint as units from stock_cell where kind = 'bin' and warehouse_id = $1 and item_id = $2 group by fund order by fund nulls last`,
      [world.county.id, item.id],
    );
    expect(funds).toEqual([{ fund: '救灾款', units: 30 }, { fund: null, units: 10 }]); // prettier-ignore
  });

  it('keeps the owner of goods that are only looked after elsewhere, and of goods that are not the sender’s', async () => {
    const item = await world.itemWith([{ units: 10 }]);
    const kept = await world.transferAt('received', [{ itemId: item.id, units: 10 }], { keepsOwner: true });
    const moved = await world.movements(kept.number);
    expect(moved.map(({ reason, toOwner }) => [reason, toOwner])).toEqual([['ship', '331000'], ['transfer', '331000']]); // prettier-ignore
    // Back again, by the county, as if it gave them: they stay the city's.
    const city = await world.as('duty.331000');
    const back = await world.transfers.draftTransfer(city, {
      fromWarehouseId: world.county.id, toWarehouseId: world.city.id, keepsOwner: false, note: '', plannedArrivalAt: kept.plannedArrivalAt,
      goods: [{ itemId: item.id, units: 10 }],
    }); // prettier-ignore
    await world.transfers.order(city, back.id, {});
    const [here, there] = [await world.as(`keeper.${COUNTY}`), await world.as(`keeper.${CITY}`)];
    await world.transport.pick(here, back.id, {});
    await world.transport.load(here, back.id, { vehicle: '浙J2' });
    await world.transport.depart(here, back.id, {});
    await world.transport.arrive(there, back.id, {});
    await world.transport.receive(there, back.id, { lots: [] });
    expect((await world.movements(back.number)).every(({ toOwner }) => toOwner === '331000')).toBe(true);
    expect(await world.levelOf(item.id)).toEqual([10, 0, 10, 0]);
  });

  it('refuses every step from every state where the table has none', async () => {
    const item = await world.itemWith([{ units: 100 }]);
    const { TRANSFER_EDGES } = await import('../../src/relief-stock/moving/transfer.rules.js');
    for (const status of Object.keys(WAY) as (keyof typeof WAY)[]) {
      const transfer = await world.transferAt(status, [{ itemId: item.id, units: 1 }]);
      expect(transfer.status).toBe(status);
      for (const step of STEPS.filter((one) => !(TRANSFER_EDGES[one].from as string[]).includes(status))) {
        const again = world.serviceOf(step)[step](await world.as(WHO[step]), transfer.id, INPUT[step]);
        await expect(again).rejects.toMatchObject({ code: 'transfer.step-not-allowed', status: 409 });
      }
    }
  });

  it('lets each side do its own: the duty side orders, keepers handle, strangers see nothing', async () => {
    const item = await world.itemWith([{ units: 10 }]);
    const draft = await world.draft([{ itemId: item.id, units: 1 }]);
    const stranger = await world.as('duty.330100');
    await expect(world.transfers.transfer(stranger, draft.id)).rejects.toMatchObject({ code: 'transfer.not-found' });
    await expect(world.transfers.order(stranger, draft.id, {})).rejects.toMatchObject({ code: 'transfer.not-found' });
    const denied: [keyof typeof INPUT, string][] = [
      ['order', `keeper.${CITY}`], ['order', 'duty.331082'], ['pick', 'duty.331000'], ['pick', `keeper.${COUNTY}`], ['load', `keeper.${COUNTY}`],
      ['depart', 'duty.331000'], ['arrive', `keeper.${CITY}`], ['receive', `keeper.${CITY}`], ['receive', 'duty.331082'],
      ['close', `keeper.${COUNTY}`], ['cancel', `keeper.${COUNTY}`], ['cancel', 'duty.331082'], ['return', `keeper.${COUNTY}`],
      ['lose', `keeper.${CITY}`],
    ]; // prettier-ignore
    for (const [step, account] of denied) {
      const asked = world.serviceOf(step)[step](await world.as(account), draft.id, INPUT[step]);
      await expect(asked).rejects.toMatchObject({ code: 'access.denied', status: 403 });
    }
    const list = async (account: string, query: object) =>
      (await world.transfers.transfers(await world.as(account), { limit: 100, ...query })).items.map(({ id }) => id);
    expect(
      await list(`keeper.${COUNTY}`, { warehouseId: world.county.id, direction: 'incoming', open: true }),
    ).toContain(draft.id);
    expect(await list(`keeper.${COUNTY}`, { warehouseId: world.county.id, direction: 'outgoing' })).not.toContain(
      draft.id,
    );
    expect(
      await list(`keeper.${CITY}`, { warehouseId: world.city.id, direction: 'outgoing', status: 'draft' }),
    ).toContain(draft.id);
    expect(await list('duty.330100', {})).not.toContain(draft.id);
    await expect(list('duty.330100', { warehouseId: world.city.id })).rejects.toMatchObject({
      code: 'warehouse.not-found',
    });
    await world.take(draft, ['cancel']);
    expect(await list(`keeper.${COUNTY}`, { open: true })).not.toContain(draft.id);
  });

  it('duty.separation: who orders does not handle, who sends does not receive', async () => {
    const item = await world.itemWith([{ units: 10 }]);
    const everywhere = await world.personWith(['dutyOfficer', 'keeper']);
    const both = { code: 'duty.separation', status: 422 };
    const draft = await world.draft([{ itemId: item.id, units: 1 }]);
    await world.transfers.order(everywhere, draft.id, {});
    await expect(world.transport.pick(everywhere, draft.id, {})).rejects.toMatchObject(both);
    await world.take(draft, ['pick']);
    await expect(world.transport.load(everywhere, draft.id, { vehicle: '浙J3' })).rejects.toMatchObject(both);
    await world.take(draft, ['load']);
    await expect(world.transport.depart(everywhere, draft.id, {})).rejects.toMatchObject(both);
    await world.take(draft, ['depart', 'arrive']);
    await expect(world.transport.receive(everywhere, draft.id, { lots: [] })).rejects.toMatchObject(both);
    await world.take(draft, ['receive', 'close']);

    const second = await world.transferAt('loaded', [{ itemId: item.id, units: 1 }]);
    await world.transport.depart(everywhere, second.id, {});
    await world.take(second, ['arrive']);
    await expect(world.transport.receive(everywhere, second.id, { lots: [] })).rejects.toMatchObject(both);
    await world.take(second, ['receive', 'close']);
  });

  it('says no to what cannot be: same warehouse, no bin, unknown goods, too little, too old, too heavy, too large', async () => {
    const item = await world.itemWith([{ units: 10, expiresOn: '2026-07-25' }, { units: 5 }], { weightG: 1500, volumeCm3: 250_000 }); // prettier-ignore
    const goods = [{ itemId: item.id, units: 8 }];
    const { items } = {
      items: await world.app.query<{ id: string }>(`select id from warehouse where code = 'WH-330000-2'`),
    };
    await expect(world.draft(goods, { toWarehouseId: world.city.id })).rejects.toMatchObject({
      code: 'transfer.same-warehouse',
    });
    await expect(world.draft(goods, { toWarehouseId: newId() })).rejects.toMatchObject({ code: 'warehouse.not-found' });
    await expect(world.draft([{ itemId: newId(), units: 1 }])).rejects.toMatchObject({ code: 'item.not-found' });
    const province = await world.as('duty.330000');
    const noBin = { fromWarehouseId: world.city.id, toWarehouseId: items[0]!.id, keepsOwner: false, note: '', plannedArrivalAt: '2026-07-22T00:00:00Z', goods }; // prettier-ignore
    await expect(world.transfers.draftTransfer(province, noBin)).rejects.toMatchObject({ code: 'warehouse.no-bin' });

    const tooMuch = await world.draft([{ itemId: item.id, units: 16 }]);
    await expect(world.take(tooMuch, ['order'])).rejects.toMatchObject({
      code: 'stock.insufficient',
      params: { available: 15, requested: 16 },
    });
    // Planned to arrive after the first lot has expired: only the undated lot counts.
    const late = await world.draft(goods, { plannedArrivalAt: '2026-07-30T00:00:00Z' });
    await expect(world.take(late, ['order'])).rejects.toMatchObject({
      code: 'stock.insufficient',
      params: { available: 5, requested: 8 },
    });

    const picked = await world.transferAt('picking', goods);
    const loading = (capacity: object) => world.take(picked, ['load'], { load: { vehicle: '浙J4', ...capacity } });
    await expect(loading({ capacityWeightG: 11_999 })).rejects.toMatchObject({
      code: 'transfer.overloaded', status: 422, params: { load: '12 kg', capacity: '11.99 kg' },
    }); // prettier-ignore
    await expect(loading({ capacityVolumeCm3: 1_999_999 })).rejects.toMatchObject({
      params: { load: '2 m³', capacity: '1.99 m³' },
    });
    expect(await loading({ capacityWeightG: 12_000, capacityVolumeCm3: 2_000_000 })).toMatchObject({
      status: 'loaded',
      capacityWeightG: 12_000,
    });
    const stale = world.take(picked, ['depart'], { depart: { version: 1 } });
    await expect(stale).rejects.toMatchObject({ code: 'transfer.stale', status: 409 });
    await world.take(picked, ['cancel']);
    expect(await world.levelOf(item.id)).toEqual([15, 0, 15, 0]);
  });

  it('can be written anew until it is ordered', async () => {
    const item = await world.itemWith([{ units: 10 }]);
    const draft = await world.draft([{ itemId: item.id, units: 1 }]);
    const city = await world.as('duty.331000');
    const content = {
      toWarehouseId: world.county.id,
      keepsOwner: true,
      note: '改',
      plannedArrivalAt: draft.plannedArrivalAt,
    };
    const goods = [{ itemId: item.id, units: 2 }, { itemId: item.id, units: 3 }]; // prettier-ignore
    const revised = await world.watching(() =>
      world.transfers.reviseTransfer(city, draft.id, { version: 1, ...content, goods }),
    );
    expect(revised).toMatchObject({ version: 2, lines: 2, units: 5, keepsOwner: true, note: '改', weightG: 5000 });
    const stale = world.transfers.reviseTransfer(city, draft.id, { version: 1, ...content, goods });
    await expect(stale).rejects.toMatchObject({ code: 'transfer.stale' });
    await world.take(revised, ['order']);
    const late = world.transfers.reviseTransfer(city, draft.id, { version: 3, ...content, goods });
    await expect(late).rejects.toMatchObject({ code: 'transfer.step-not-allowed' });
    await world.watching(() => world.take(revised, ['cancel']));
  });

  it('does not let what was ordered lapse', async () => {
    const item = await world.itemWith([{ units: 10 }]);
    const ordered = await world.transferAt('ordered', [{ itemId: item.id, units: 4 }]);
    const rows = await world.app.query<{ untilAt: Date | null; state: string }>(
      `select r.until_at as "untilAt", r.state from reservation r join stock_transfer_line l on l.id = r.order_line_id where l.transfer_id = $1`,
      [ordered.id],
    );
    expect(rows).toEqual([{ untilAt: null, state: 'pending' }]);
  });

  it('is told twice and happens once; another transfer under the same id is refused', async () => {
    const item = await world.itemWith([{ units: 10 }]);
    const id = newId();
    const { token } = await world.as('duty.331000');
    const post = (body: object) => request(world.app.url).post('/api/v1/stock/transfers').set('Authorization', `Bearer ${token}`).send(body); // prettier-ignore
    const body = { id, fromWarehouseId: world.city.id, toWarehouseId: world.county.id, plannedArrivalAt: '2026-07-22T00:00:00Z', goods: [{ itemId: item.id, units: 2 }] }; // prettier-ignore
    const [first, second] = await Promise.all([post(body), post(body)]);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    expect((await post({ ...body, note: 'other' })).body.code).toBe('idempotency.mismatch');
    const elsewhere = await world.as('duty.330000'); // another person, the same id
    const taken = world.transfers.draftTransfer(elsewhere, { keepsOwner: false, note: '', ...body });
    await expect(taken).rejects.toMatchObject({ code: 'idempotency.mismatch' });
    const order = (key: string) =>
      request(world.app.url).post(`/api/v1/stock/transfers/${id}/order`).set('Authorization', `Bearer ${token}`).set('Idempotency-Key', key).send({}); // prettier-ignore
    const key = newId();
    const [once, twice] = [await order(key), await order(key)];
    expect([once.status, twice.status]).toEqual([200, 200]);
    expect(twice.body).toEqual(once.body);
    expect((await order(newId())).body.code).toBe('transfer.step-not-allowed');
    expect(await world.levelOf(item.id)).toEqual([10, 2, 8, 0]);
  });

  it('lets one of two keepers receive, and either departs or is cancelled', async () => {
    const item = await world.itemWith([{ units: 40 }]);
    for (let round = 0; round < 3; round++) {
      const arrived = await world.transferAt('arrived', [{ itemId: item.id, units: 4 }]);
      const two = await Promise.allSettled([1, 2, 3].map(() => world.take(arrived, ['receive'])));
      expect(two.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const one of two)
        if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'transfer.step-not-allowed' });
      const loaded = await world.transferAt('loaded', [{ itemId: item.id, units: 4 }]);
      const ended = await Promise.allSettled([world.take(loaded, ['depart']), world.take(loaded, ['cancel'])]);
      expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const { status } = await world.transfers.transfer(await world.as('duty.331000'), loaded.id);
      expect(['departed', 'cancelled']).toContain(status);
    }
  });

  it('lets only as many transfers be ordered as there are goods', async () => {
    const item = await world.itemWith([{ units: 5 }]);
    const drafts = [];
    for (let n = 0; n < 4; n++) drafts.push(await world.draft([{ itemId: item.id, units: 2 }]));
    const orders = await Promise.allSettled(drafts.map((draft) => world.take(draft, ['order'])));
    expect(orders.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    expect(await world.levelOf(item.id)).toEqual([5, 4, 1, 0]);
  });
});
