import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { returnGoods, type ReturnGoods } from '../../src/relief-stock/changing/return.dto.js';
import { newId } from '../../src/shared/ids.js';
import { audit } from '../support/auditor.js';
import { expectConsoleAgrees } from '../support/console.js';
import { StockDesk, WATCHING } from './stock-desk.js';

let desk: StockDesk;
beforeAll(async () => void (desk = await StockDesk.open()), 120_000);
afterEach(() => audit(desk.app));
afterAll(() => desk?.app.close());

const giveBack = (deliveryId: string, lines: ReturnGoods['lines'], more: object = {}, actor = desk.keeper) =>
  desk.returns.returnGoods(actor, returnGoods.parse({ warehouseId: desk.warehouseId, deliveryId, returnedBy: '安置点负责人', lines, ...more })); // prettier-ignore

describe('goods that come back', () => {
  it('go into the bins as the keeper found them, out of the account of who had them', async () => {
    const item = await desk.item();
    await desk.stocked(item.id, [{ units: 100 }]);
    const orderId = await desk.delivered(item.id, 40);
    const delivery = await desk.returns.delivery(desk.keeper, orderId);
    expect(delivery).toMatchObject({
      id: orderId,
      recipient: '白水洋镇安置点',
      units: 40,
      lines: [{ lotCode: 'L1', units: 40 }],
    });
    const { cellId } = delivery.lines[0]!;
    const line = { cellId, binId: desk.bin.id };
    const back = await expectConsoleAgrees(desk.app, WATCHING, () =>
      giveBack(orderId, [{ ...line, units: 20, condition: 'good' }, { ...line, units: 5, condition: 'damaged' }, { ...line, units: 3, condition: 'quarantined' }]),
    ); // prettier-ignore
    expect(back).toMatchObject({
      number: expect.stringMatching(/^331000-TK-2026-\d{4}$/),
      recipient: '白水洋镇安置点',
      inspectedBy: desk.keeper.name,
      status: 'posted',
    });
    expect(await desk.movements(back.number)).toEqual([
      ['return', 'recipient', 'bin', 20], ['return', 'recipient', 'bin', 3], ['return', 'recipient', 'bin', 5],
    ]); // prettier-ignore
    expect(await desk.level(item.id)).toEqual({ onHand: 88, reserved: 0, available: 80, held: 8 });
    expect(await desk.returns.oneReturn(desk.keeper, back.id)).toEqual(back);
    expect((await desk.returns.delivery(desk.keeper, orderId)).units).toBe(12);
    const query = { warehouseId: desk.warehouseId, limit: 1 };
    const listed = await desk.returns.deliveries(desk.keeper, query);
    expect(listed.items[0]).toMatchObject({ id: orderId, units: 12 });
    expect((await desk.returns.returns(desk.keeper, { ...query, deliveryId: orderId })).items).toEqual([back]);
  });

  it('are never more than were delivered, however often and by how many people it is told', async () => {
    const item = await desk.item();
    await desk.stocked(item.id, [{ units: 100 }]);
    const orderId = await desk.delivered(item.id, 10);
    const { cellId } = (await desk.returns.delivery(desk.keeper, orderId)).lines[0]!;
    const line = { cellId, binId: desk.bin.id, condition: 'good' as const };
    await expect(giveBack(orderId, [{ ...line, units: 11 }])).rejects.toMatchObject({
      code: 'return.more-than-delivered', params: { lot: 'L1', delivered: 10, returned: 11 },
    }); // prettier-ignore
    const tries = await Promise.allSettled(Array.from({ length: 6 }, () => giveBack(orderId, [{ ...line, units: 4 }])));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    const codes = tries.flatMap((one) => (one.status === 'rejected' ? [(one.reason as { code: string }).code] : []));
    expect(new Set(codes)).toEqual(new Set(['return.more-than-delivered']));
    await giveBack(orderId, [{ ...line, units: 2 }]);
    await expect(giveBack(orderId, [{ ...line, units: 1 }])).rejects.toMatchObject({ code: 'delivery.not-found' });
    await expect(desk.returns.delivery(desk.keeper, orderId)).rejects.toMatchObject({
      code: 'delivery.not-found',
    });
    expect(await desk.level(item.id)).toMatchObject({ onHand: 100 });
  });

  it('are refused for goods that nobody was given, for bins of nobody, and by who does not keep the store', async () => {
    const item = await desk.item();
    await desk.stocked(item.id, [{ units: 100 }]);
    const orderId = await desk.delivered(item.id, 10);
    const { cellId } = (await desk.returns.delivery(desk.keeper, orderId)).lines[0]!;
    const line = { cellId, binId: desk.bin.id, condition: 'good' as const, units: 1 };
    const officer = await desk.app.as('duty.331000');
    const stranger = await desk.app.as('keeper.WH-330100-1');
    const past = new Date(desk.app.clock.now().getTime() - 3_600_000).toISOString();
    for (const [call, code] of [
      [() => giveBack(newId(), [line]), 'delivery.not-found'],
      [() => giveBack(orderId, [{ ...line, cellId: newId() }]), 'delivery-line.not-found'],
      [() => giveBack(orderId, [{ ...line, binId: newId() }]), 'bin.not-found'],
      [() => giveBack(orderId, [line], {}, officer), 'access.denied'],
      [() => giveBack(orderId, [line], {}, stranger), 'warehouse.not-found'],
      [() => desk.returns.delivery(stranger, orderId), 'delivery.not-found'],
      [() => desk.returns.deliveries(stranger, { warehouseId: desk.warehouseId, limit: 5 }), 'warehouse.not-found'],
      [() => desk.returns.oneReturn(desk.keeper, newId()), 'stock-return.not-found'],
      [() => giveBack(orderId, [line], { occurredAt: new Date(desk.app.clock.now().getTime() + 3_600_000).toISOString() }), 'stock.occurred-in-future'],
    ] as const) {
      await expect(call()).rejects.toMatchObject({ code });
    } // prettier-ignore
    await expect(giveBack(orderId, [line], { occurredAt: past })).rejects.toMatchObject({
      code: 'return.before-delivery',
    });
  });
});
