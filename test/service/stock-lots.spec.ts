import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { lotState, type LotDto } from '../../src/relief-stock/relief-stock.dto.js';
import { LOT_EDGES, LOT_STEPS, type LotStep } from '../../src/relief-stock/changing/lot.rules.js';
import { ReceiptService, releaseSupplies } from '../../src/relief-stock/index.js';
import { newId } from '../../src/shared/ids.js';
import type { Actor } from '../../src/access/index.js';
import { audit } from '../support/auditor.js';
import { expectConsoleAgrees, TestConsole } from '../support/console.js';
import { StockDesk, STORE, WATCHING } from './stock-desk.js';

const COUNTY = 'WH-331082-1';

describe('a lot as a whole', () => {
  let desk: StockDesk;
  let county: { id: string; binId: string; keeper: Actor };
  beforeAll(async () => {
    desk = await StockDesk.open();
    const [row] = await desk.app.query<{ id: string; binId: string }>(
      `select w.id, p.id as "binId" from warehouse w join stock_place p on p.warehouse_id = w.id and p.kind = 'bin' where w.code = $1
       order by p.code limit 1`,
      [COUNTY],
    );
    county = { ...row!, keeper: await desk.app.as(`keeper.${COUNTY}`) };
  }, 120_000);
  afterEach(() => audit(desk.app));
  afterAll(() => desk?.app.close());

  const change = (id: string, step: LotStep, actor: Actor = desk.keeper, more: object = {}) =>
    desk.lots.change(actor, id, step, { reason: '测试原因', ...more });
  const receiveInCounty = (itemId: string, lotCode: string, units: number, expiresOn: string) =>
    desk.app.get(ReceiptService).receiveGoods(county.keeper, {
      warehouseId: county.id, source: 'purchase', sourceName: '供应商', note: '', lines: [{ itemId, lotCode, units, expiresOn, binId: county.binId }],
    }); // prettier-ignore
  const levelIn = async (warehouseId: string, itemId: string) => {
    const [row] = await desk.app.query<{ available: number }>(
      `select coalesce(sum(c.on_hand - c.reserved) filter (where lot.state = 'good' and c.condition = 'good'), 0)::bigint as available
       from stock_cell c join lot on lot.id = c.lot_id where c.kind = 'bin' and c.warehouse_id = $1 and c.item_id = $2`,
      [warehouseId, itemId],
    );
    return row!.available;
  };

  it('is held in every warehouse at once: the levels of all of them are told, and it is released by who covers the holder', async () => {
    const item = await desk.item();
    const { cells } = await desk.stocked(item.id, [{ units: 100, code: 'SAME', expiresOn: '2028-01-01' }]);
    const { lotId } = cells[0]!;
    await receiveInCounty(item.id, 'SAME', 40, '2028-01-01');
    const held = await expectConsoleAgrees(desk.app, [...WATCHING, `keeper.${COUNTY}`], () => change(lotId, 'hold'));
    expect(held.lot).toMatchObject({ state: 'held', stateReason: '测试原因', stateBy: desk.keeper.name });
    // The keeper of the city's store sees his own; that another store is concerned, not which.
    expect([held.where.map((one) => [one.warehouseCode, one.onHandUnits]), held.elsewhere]).toEqual([
      [[STORE, 100]],
      1,
    ]);
    expect(await desk.level(item.id)).toEqual({ onHand: 100, reserved: 0, available: 0, held: 100 });
    expect(await levelIn(county.id, item.id)).toBe(0);
    await expect(change(lotId, 'release', county.keeper)).rejects.toMatchObject({ code: 'access.denied' });
    const officer = await desk.app.as('duty.331000');
    const seen = await desk.lots.lot(officer, lotId);
    expect([seen.where.map((one) => one.warehouseCode), seen.elsewhere]).toEqual([[STORE, COUNTY], 0]);
    const free = await expectConsoleAgrees(desk.app, WATCHING, () => change(lotId, 'release', officer));
    expect(free.lot.state).toBe('good');
    expect(await desk.level(item.id)).toMatchObject({ available: 100 });
    await change(lotId, 'quarantine', desk.checker);
    await expect(change(lotId, 'release')).rejects.toMatchObject({ code: 'access.denied' }); // the province holds it
    // A stricter step by somebody below does not take the lot out of the province's hands.
    await change(lotId, 'recall', county.keeper);
    const second = await desk.app.as('checker.331000');
    await expect(change(lotId, 'release', second)).rejects.toMatchObject({ code: 'access.denied' });
    expect((await change(lotId, 'release', desk.checker)).lot.state).toBe('good');
  });

  it('lists what is promised of it, and refuses to leave the door', async () => {
    const item = await desk.item();
    const { cells } = await desk.stocked(item.id, [{ units: 100 }]);
    const orderLineId = await desk.promise(item.id, 30);
    const held = await expectConsoleAgrees(desk.app, WATCHING, () => change(cells[0]!.lotId, 'hold'));
    const query = { warehouseId: desk.warehouseId, limit: 500 };
    const aside = (await desk.adjustments.cells(desk.keeper, { ...query, setAside: true })).items;
    expect(
      aside.filter(({ itemId }) => itemId === item.id).map(({ lotCode, reservedUnits }) => [lotCode, reservedUnits]),
    ).toEqual([['L1', 30]]);
    expect((await desk.adjustments.cells(desk.keeper, { ...query, itemId: item.id, setAside: false })).items).toEqual(
      [],
    );
    expect(held.promised).toMatchObject([
      { orderLineId, units: 30, lotId: cells[0]!.lotId, warehouseId: desk.warehouseId },
    ]);
    await expect(desk.ship([orderLineId]).done).rejects.toMatchObject({
      code: 'stock.lot-held',
      params: { lot: 'L1', item: item.code },
    });
    expect(await desk.level(item.id)).toMatchObject({ onHand: 100, reserved: 30, available: 0 });
    await change(cells[0]!.lotId, 'release');
    await desk.ship([orderLineId]).done;
    const other = await desk.promise(item.id, 30);
    await change(cells[0]!.lotId, 'recall');
    await expect(desk.promise(item.id, 1)).rejects.toMatchObject({ code: 'stock.lot-held' });
    const now = desk.app.clock.now();
    await desk.tx((tx) => releaseSupplies(tx, { orderLineIds: [other], how: 'released', now, actor: desk.keeper }));
  });

  it('recalls through kits both ways: parts find their kits, kits name their parts, and what was given away is listed', async () => {
    const [kit, towel, soap] = [await desk.item(), await desk.item(), await desk.item()];
    await desk.kits.defineKit(desk.keeper, kit.id, { parts: [{ itemId: towel.id, units: 1 }, { itemId: soap.id, units: 2 }] }); // prettier-ignore
    const towels = await desk.stocked(towel.id, [{ units: 3, code: 'T1', expiresOn: '2028-01-01' }, { units: 30, code: 'T2', expiresOn: '2029-01-01' }]); // prettier-ignore
    const soaps = await desk.stocked(soap.id, [{ units: 60, code: 'S1' }]);
    const made = await desk.conversions.assemble(desk.keeper, {
      kind: 'assemble', warehouseId: desk.warehouseId, kitItemId: kit.id, binId: desk.bin.id, kits: 10, note: '',
    }); // prettier-ignore
    expect(made.lots.map(({ kits }) => kits)).toEqual([3, 7]);
    const orderId = await desk.delivered(kit.id, 1);
    const [first, second] = made.lots.map(({ lotId }) => lotId) as [string, string];
    const watching = await TestConsole.open(desk.app, `keeper.${STORE}`);
    const hit = await expectConsoleAgrees(desk.app, WATCHING, () => change(towels.cells[0]!.lotId, 'recall'));
    await watching.nextChange('lot.recalled', ({ subjectId }) => subjectId === towels.cells[0]!.lotId);
    await watching.nextChange('lot.held', ({ subjectId }) => subjectId === first);
    watching.close();
    expect(hit.containedIn).toMatchObject([
      { lot: { id: first, state: 'held', causedByLotId: towels.cells[0]!.lotId }, units: 1 },
    ]);
    expect(hit.delivered).toMatchObject([{ deliveryId: orderId, lotId: first, units: 1 }]);
    expect(hit.where).toMatchObject([{ warehouseCode: STORE, lotId: first, onHandUnits: 2 }]);
    expect(await desk.level(kit.id)).toEqual({ onHand: 9, reserved: 0, available: 7, held: 2 });
    const down = await desk.lots.lot(desk.keeper, first);
    expect(down.contains.map(({ lot, units }) => [lot.code, lot.state, units]).sort()).toEqual([['S1', 'good', 2], ['T1', 'recalled', 1]]); // prettier-ignore
    await expect(change(first, 'release')).rejects.toMatchObject({ code: 'lot.part-recalled', params: { part: 'T1' } });
    const both = await change(soaps.cells[0]!.lotId, 'recall');
    expect(both.containedIn.map(({ lot }) => [lot.id, lot.state, lot.causedByLotId]).sort()).toEqual(
      [[first, 'held', towels.cells[0]!.lotId], [second, 'held', soaps.cells[0]!.lotId]].sort(),
    ); // prettier-ignore
    await expect(change(towels.cells[0]!.lotId, 'release')).rejects.toMatchObject({ code: 'access.denied' });
    await change(towels.cells[0]!.lotId, 'release', desk.checker);
    expect((await desk.lots.lot(desk.keeper, first)).lot).toMatchObject({
      state: 'held',
      causedByLotId: soaps.cells[0]!.lotId,
    });
    const free = await expectConsoleAgrees(desk.app, WATCHING, () =>
      change(soaps.cells[0]!.lotId, 'release', desk.lead),
    );
    expect(free.containedIn.map(({ lot }) => lot.state)).toEqual(['good', 'good']);
    expect(await desk.level(kit.id)).toMatchObject({ available: 9 });
  });

  it('opens held kits, so that the recalled part can be taken out and disposed of', async () => {
    const [kit, towel] = [await desk.item(), await desk.item()];
    await desk.kits.defineKit(desk.keeper, kit.id, { parts: [{ itemId: towel.id, units: 2 }] });
    const { cells } = await desk.stocked(towel.id, [{ units: 4 }]);
    const base = { warehouseId: desk.warehouseId, note: '' };
    await desk.conversions.assemble(desk.keeper, {
      kind: 'assemble',
      kitItemId: kit.id,
      binId: desk.bin.id,
      kits: 2,
      ...base,
    });
    await change(cells[0]!.lotId, 'recall');
    await expect(change(cells[0]!.lotId, 'dispose')).resolves.toMatchObject({ lot: { state: 'disposed' } }); // none lies loose
    const [held] = await desk.cells(kit.id);
    await desk.conversions.unpack(desk.keeper, { kind: 'unpack', cellId: held!.id, kits: 2, ...base });
    expect(await desk.level(towel.id)).toMatchObject({ onHand: 4, available: 0, held: 4 });
  });

  it('is disposed of only when nothing of it is left, by papers that count it', async () => {
    const item = await desk.item();
    const { cells } = await desk.stocked(item.id, [{ units: 10 }]);
    const { lotId } = cells[0]!;
    await change(lotId, 'damage');
    await expect(change(lotId, 'dispose')).rejects.toMatchObject({ code: 'lot.units-left', params: { units: 10 } });
    const paper = await desk.paper({ kind: 'disposal', submit: true, lines: [desk.line(cells[0]!, 'damaged', 10)] });
    await desk.adjustments.approve(desk.checker, paper.id, {});
    expect((await change(lotId, 'dispose')).lot.state).toBe('disposed');
    await expect(change(lotId, 'release', desk.checker)).rejects.toMatchObject({ code: 'lot.step-not-allowed' });
  });

  it('comes back from a recall by another person only', async () => {
    const item = await desk.item();
    const { cells } = await desk.stocked(item.id, [{ units: 10 }]);
    await change(cells[0]!.lotId, 'recall', desk.checker);
    await expect(change(cells[0]!.lotId, 'release', desk.checker)).rejects.toMatchObject({
      code: 'duty.separation', params: { first: 'recall', second: 'release' },
    }); // prettier-ignore
    expect((await change(cells[0]!.lotId, 'release', desk.lead)).lot.state).toBe('good');
  });

  it('takes only the steps of its table, is not changed under a stale view, and is hidden from others', async () => {
    const item = await desk.item();
    const { cells } = await desk.stocked(item.id, [{ units: 10 }]);
    const { lotId } = cells[0]!;
    for (const state of lotState.options) {
      for (const step of LOT_STEPS) {
        await desk.app.query(`update lot set state = $2, state_path = null, state_by_id = null where id = $1`, [
          lotId,
          state,
        ]);
        const ending = await change(lotId, step, desk.lead).then(({ lot }) => lot.state, (error: { code: string }) => error.code); // prettier-ignore
        const { from, to } = LOT_EDGES[step];
        const allowed = step === 'dispose' ? 'lot.units-left' : to;
        const isAllowed = (from as readonly LotDto['state'][]).includes(state);
        expect([state, step, ending]).toEqual([state, step, isAllowed ? allowed : 'lot.step-not-allowed']);
      }
    }
    await desk.app.query(`update lot set state = 'good' where id = $1`, [lotId]);
    await expect(change(lotId, 'hold', desk.keeper, { version: 1 })).rejects.toMatchObject({
      code: 'lot.stale',
      status: 409,
    });
    const stranger = await desk.app.as('keeper.WH-330100-1');
    await expect(change(lotId, 'hold', stranger)).rejects.toMatchObject({ code: 'lot.not-found' });
    await expect(desk.lots.lot(stranger, lotId)).rejects.toMatchObject({ code: 'lot.not-found' });
    await expect(change(newId(), 'hold')).rejects.toMatchObject({ code: 'lot.not-found' });
    const auditor = await desk.app.as('auditor.330000');
    await expect(change(lotId, 'hold', auditor)).rejects.toMatchObject({ code: 'access.denied' });
  });

  it('holds against promises, assemblies and first receipts elsewhere that come at the same moment', async () => {
    for (let n = 0; n < 3; n++) {
      const [kit, part] = [await desk.item(), await desk.item()];
      await desk.kits.defineKit(desk.keeper, kit.id, { parts: [{ itemId: part.id, units: 1 }] });
      const { cells } = await desk.stocked(part.id, [{ units: 50, code: 'RACE', expiresOn: '2028-01-01' }]);
      const { lotId } = cells[0]!;
      const endings = await Promise.allSettled([
        desk.promise(part.id, 5),
        desk.conversions.assemble(desk.keeper, { kind: 'assemble', warehouseId: desk.warehouseId, kitItemId: kit.id, binId: desk.bin.id, kits: 5, note: '' }),
        expectConsoleAgrees(desk.app, [`keeper.${COUNTY}`], () => Promise.all([change(lotId, 'recall'), receiveInCounty(part.id, 'RACE', 9, '2028-01-01').catch(() => null)])),
        change(lotId, 'recall', desk.lead),
      ]); // prettier-ignore
      const lots = await desk.app.query<{ state: string }>(
        `select lot.state from lot where lot.id = $1 or lot.id in (select kit_lot_id from lot_part where part_lot_id = $1) order by state`,
        [lotId],
      );
      // Whatever came first: the lot is recalled, and every kit that was made of it before is held.
      expect(lots.map(({ state }) => state).filter((state) => state === 'good')).toEqual([]);
      expect(endings.slice(2).some(({ status }) => status === 'fulfilled')).toBe(true);
      expect((await desk.level(part.id)).available).toBe(0);
    }
  }, 120_000);

  it('is served over HTTP', async () => {
    const item = await desk.item();
    const { cells } = await desk.stocked(item.id, [{ units: 10 }]);
    const http = request(desk.app.url);
    const as = (call: request.Test) => call.set('Authorization', `Bearer ${desk.keeper.token}`);
    const path = `/api/v1/lots/${cells[0]!.lotId}`;
    for (const [step, status] of [['hold', 200], ['quarantine', 200], ['release', 200], ['damage', 200], ['recall', 200], ['dispose', 422]] as const) {
      const answer = await as(http.post(`${path}/${step}`)).send({ reason: '测试' });
      expect([step, answer.status]).toEqual([step, status]);
    } // prettier-ignore
    expect((await as(http.post(`${path}/hold`)).send({})).status).toBe(400);
    expect((await as(http.get(path))).body.lot.state).toBe('recalled');
  });
});
