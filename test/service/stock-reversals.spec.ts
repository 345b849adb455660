import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { adjustmentKind } from '../../src/relief-stock/changing/adjustment.dto.js';
import { returnGoods, type ReturnGoods } from '../../src/relief-stock/changing/return.dto.js';
import { reversalStatus } from '../../src/relief-stock/changing/reversal.dto.js';
import { REVERSAL_EDGES, REVERSAL_STEPS } from '../../src/relief-stock/changing/reversal.rules.js';
import { ReceiptService } from '../../src/relief-stock/index.js';
import { newId } from '../../src/shared/ids.js';
import { audit } from '../support/auditor.js';
import { expectConsoleAgrees } from '../support/console.js';
import { StockDesk, STORE, WATCHING } from './stock-desk.js';

let desk: StockDesk;
beforeAll(async () => void (desk = await StockDesk.open()), 120_000);
afterEach(() => audit(desk.app));
afterAll(() => desk?.app.close());

const giveBack = (deliveryId: string, lines: ReturnGoods['lines'], more: object = {}, actor = desk.keeper) =>
  desk.returns.returnGoods(actor, returnGoods.parse({ warehouseId: desk.warehouseId, deliveryId, returnedBy: '安置点负责人', lines, ...more })); // prettier-ignore

describe('a reversal', () => {
  const ask = (documentId: string, actor = desk.keeper) =>
    desk.reversals.ask(actor, { documentId, reason: '录入错误' });

  it('takes a small paper back at once and stands on both', async () => {
    const item = await desk.item();
    const { cells } = await desk.stocked(item.id, [{ units: 1000 }]);
    const paper = await desk.paper({ kind: 'damage', submit: true, lines: [desk.line(cells[0]!, 'water', 10)] });
    const reversal = await expectConsoleAgrees(desk.app, WATCHING, () => ask(paper.id));
    expect(reversal).toMatchObject({
      number: expect.stringMatching(/^331000-CZ-2026-\d{4}$/), documentId: paper.id, documentKind: 'damage', documentNumber: paper.number,
      status: 'posted', approvalNeeded: false, signatures: [{ role: 'submit' }],
    }); // prettier-ignore
    const taken = await desk.adjustments.adjustment(desk.keeper, paper.id);
    expect(taken).toMatchObject({
      status: 'reversed',
      version: paper.version + 1,
      reversal: { id: reversal.id, number: reversal.number, status: 'posted' },
    });
    expect(await desk.lying(item.id)).toEqual([['L1', 'good', 1000]]);
    expect(await desk.movements(reversal.number)).toEqual([['reversal', 'bin', 'bin', 10]]);
    expect(await desk.reversals.reversal(desk.keeper, reversal.id)).toEqual(reversal);
    await expect(ask(paper.id)).rejects.toMatchObject({ code: 'reversal.exists', status: 409 });
    expect((await desk.reversals.reversals(desk.keeper, { documentId: paper.id, limit: 5 })).items).toEqual([reversal]);
  });

  it('of a receipt is approved by another person, and the receipt shows it', async () => {
    const item = await desk.item();
    const { receipt } = await desk.stocked(item.id, [{ units: 50 }]);
    const asked = await expectConsoleAgrees(desk.app, WATCHING, () => ask(receipt.id));
    expect(asked).toMatchObject({ status: 'submitted', documentKind: 'receipt', approvalNeeded: true });
    const receipts = desk.app.get(ReceiptService);
    expect((await receipts.receipt(desk.keeper, receipt.id)).reversal).toMatchObject({ status: 'submitted' });
    expect(await desk.level(item.id)).toMatchObject({ onHand: 50 });
    await expect(desk.reversals.approve(desk.keeper, asked.id, {})).rejects.toMatchObject({ code: 'access.denied' });
    await expect(desk.reversals.approve(desk.checker, asked.id, { version: 9 })).rejects.toMatchObject({
      code: 'reversal.stale',
    });
    const done = await expectConsoleAgrees(desk.app, WATCHING, () =>
      desk.reversals.approve(desk.checker, asked.id, { version: 1 }),
    );
    expect(done.status).toBe('posted');
    expect(await receipts.receipt(desk.keeper, receipt.id)).toMatchObject({
      version: 2,
      reversal: { number: done.number, status: 'posted' },
    });
    expect(await desk.level(item.id)).toMatchObject({ onHand: 0 });
  });

  it('never by one person in both roles', async () => {
    const item = await desk.item();
    const { receipt } = await desk.stocked(item.id, [{ units: 50 }]);
    const asked = await ask(receipt.id);
    await desk.app.query(`insert into role_grant (id, user_id, role, society_id) select gen_random_uuid(), $1, 'checker', society_id from warehouse where id = $2`, [desk.keeper.userId, desk.warehouseId]); // prettier-ignore
    const both = await desk.app.as(`keeper.${STORE}`);
    await expect(desk.reversals.approve(both, asked.id, {})).rejects.toMatchObject({ code: 'duty.separation' });
    await expect(desk.reversals.reject(both, asked.id, { reason: '不' })).rejects.toMatchObject({
      code: 'duty.separation',
    });
    await desk.app.query(`delete from role_grant where user_id = $1 and role = 'checker'`, [desk.keeper.userId]);
    const refused = await expectConsoleAgrees(desk.app, WATCHING, () =>
      desk.reversals.reject(desk.lead, asked.id, { reason: '核对无误' }),
    );
    expect(refused).toMatchObject({ status: 'rejected', rejectReason: '核对无误' });
    const again = await ask(receipt.id);
    const cancelled = await expectConsoleAgrees(desk.app, WATCHING, () =>
      desk.reversals.cancel(desk.keeper, again.id, {}),
    );
    expect(cancelled.status).toBe('cancelled');
    expect(await desk.level(item.id)).toMatchObject({ onHand: 50 });
  });

  it('is refused when the goods have moved on or are promised', async () => {
    const item = await desk.item();
    const { receipt } = await desk.stocked(item.id, [{ units: 50 }]);
    await desk.promise(item.id, 1);
    const asked = await ask(receipt.id);
    await expect(desk.reversals.approve(desk.checker, asked.id, {})).rejects.toMatchObject({
      code: 'stock.insufficient', params: { available: 49, requested: 50 },
    }); // prettier-ignore
    expect((await desk.reversals.reversal(desk.keeper, asked.id)).status).toBe('submitted');
  });

  it('brings nothing back twice: what was used and came back by a return is not taken back again', async () => {
    const item = await desk.item();
    const { cells } = await desk.stocked(item.id, [{ units: 1000, expiresOn: '2028-01-01' }]);
    const replacements = [{ itemId: item.id, units: 10, dueOn: '2027-01-01', supplier: '供应商' }];
    const lines = [desk.line(cells[0]!, 'rotate-relief', 10)];
    const paper = await desk.paper({ kind: 'rotation', submit: true, lines, replacements });
    const [held] = (await desk.returns.delivery(desk.keeper, paper.id)).lines;
    await giveBack(paper.id, [{ cellId: held!.cellId, units: 6, binId: desk.bin.id, condition: 'good' }]);
    const taking = desk.reversals.approve(desk.checker, (await ask(paper.id)).id, {});
    await expect(taking).rejects.toMatchObject({ code: 'stock.insufficient', params: { available: 4, requested: 10 } });
    expect(await desk.level(item.id)).toMatchObject({ onHand: 996 });
  });

  it('is not dated before what it takes back, so that the stock of no past day is more than there was', async () => {
    const item = await desk.item();
    const { cells } = await desk.stocked(item.id, [{ units: 1000 }]);
    const damage = await desk.paper({ kind: 'damage', submit: true, lines: [desk.line(cells[0]!, 'water', 10)] });
    const broken = (await desk.cells(item.id)).find(({ condition }) => condition === 'damaged')!;
    const gone = await desk.paper({ kind: 'disposal', submit: true, lines: [desk.line(broken, 'damaged', 10)] });
    await desk.adjustments.approve(desk.checker, gone.id, {});
    const asked = await ask(gone.id);
    const occurredAt = new Date(desk.app.clock.now().getTime() - 86_400_000).toISOString();
    await expect(desk.reversals.approve(desk.checker, asked.id, { occurredAt })).rejects.toMatchObject({
      code: 'stock.not-yet-there',
    });
    expect(await desk.reversals.approve(desk.checker, asked.id, {})).toMatchObject({ status: 'posted' });
    expect(damage.status).toBe('posted');
  });

  it('takes back returns, assemblies and unpackings, in whatever order they still can be', async () => {
    const [kit, towel] = [await desk.item(), await desk.item()];
    await desk.stocked(towel.id, [{ units: 100 }]);
    await desk.kits.defineKit(desk.keeper, kit.id, { parts: [{ itemId: towel.id, units: 2 }] });
    const base = { warehouseId: desk.warehouseId, note: '' };
    const made = await desk.conversions.assemble(desk.keeper, {
      kind: 'assemble',
      kitItemId: kit.id,
      binId: desk.bin.id,
      kits: 10,
      ...base,
    });
    const [cell] = await desk.cells(kit.id);
    const opened = await desk.conversions.unpack(desk.keeper, { kind: 'unpack', cellId: cell!.id, kits: 4, ...base });
    const early = await ask(made.id);
    await expect(desk.reversals.approve(desk.checker, early.id, {})).rejects.toMatchObject({
      code: 'stock.insufficient',
    });
    const undone = await expectConsoleAgrees(desk.app, WATCHING, async () =>
      desk.reversals.approve(desk.checker, (await ask(opened.id)).id, {}),
    );
    expect(undone).toMatchObject({ status: 'posted', documentKind: 'conversion' });
    expect((await desk.conversions.conversion(desk.keeper, opened.id)).status).toBe('reversed');
    await desk.reversals.approve(desk.lead, early.id, {});
    expect([await desk.level(kit.id), await desk.level(towel.id)]).toMatchObject([{ onHand: 0 }, { onHand: 100 }]);
    const orderId = await desk.delivered(towel.id, 30);
    const { cellId } = (await desk.returns.delivery(desk.keeper, orderId)).lines[0]!;
    const back = await giveBack(orderId, [{ cellId, binId: desk.bin.id, condition: 'good', units: 30 }]);
    await desk.reversals.approve(desk.checker, (await ask(back.id)).id, {});
    expect((await desk.returns.oneReturn(desk.keeper, back.id)).status).toBe('reversed');
    expect((await desk.returns.delivery(desk.keeper, orderId)).units).toBe(30);
  });

  it('of a disposal always takes two people; of every kind of paper the paper ends as reversed', async () => {
    const item = await desk.item();
    const { cells } = await desk.stocked(item.id, [{ units: 1000, expiresOn: '2027-01-01' }]);
    await desk.paper({ kind: 'damage', submit: true, lines: [desk.line(cells[0]!, 'pests', 2)] });
    const bad = (await desk.cells(item.id)).find(({ condition }) => condition === 'damaged')!;
    const lines = { adjustment: [desk.line(cells[0]!, 'lost', 1)], damage: [desk.line(cells[0]!, 'rotten', 1)], disposal: [desk.line(bad, 'damaged', 1)], rotation: [desk.line(cells[0]!, 'rotate-relief', 1)] }; // prettier-ignore
    for (const kind of adjustmentKind.options) {
      const replacements = [{ itemId: item.id, units: 1, dueOn: '2026-12-01', supplier: '某供应商' }];
      let paper = await desk.paper({ kind, submit: true, lines: lines[kind], replacements });
      if (paper.status === 'submitted') {
        await expect(ask(paper.id)).rejects.toMatchObject({ code: 'reversal.not-posted' });
        paper = await desk.adjustments.approve(desk.checker, paper.id, {});
      }
      let reversal = await ask(paper.id);
      expect([kind, reversal.approvalNeeded]).toEqual([kind, kind === 'disposal']);
      if (kind === 'disposal') reversal = await desk.reversals.approve(desk.lead, reversal.id, {});
      expect(reversal.status).toBe('posted');
      expect((await desk.adjustments.adjustment(desk.keeper, paper.id)).status).toBe('reversed');
    }
    expect(await desk.level(item.id)).toMatchObject({ onHand: 1000 });
  });

  it('takes only the steps of its table', async () => {
    const item = await desk.item();
    const { receipt } = await desk.stocked(item.id, [{ units: 50 }]);
    const { id } = await ask(receipt.id);
    const take = {
      approve: () => desk.reversals.approve(desk.checker, id, {}), reject: () => desk.reversals.reject(desk.checker, id, { reason: '否' }),
      cancel: () => desk.reversals.cancel(desk.keeper, id, {}),
    }; // prettier-ignore
    for (const status of reversalStatus.options.filter((one) => one !== 'submitted')) {
      await desk.app.query(`update stock_reversal set status = $2 where id = $1`, [id, status]);
      for (const step of REVERSAL_STEPS) {
        expect(REVERSAL_EDGES[step].from).toEqual(['submitted']);
        await expect(take[step]()).rejects.toMatchObject({ code: 'reversal.step-not-allowed' });
      }
    }
  });

  it('is asked for once of a paper, however many ask at once; and by a paper or a cause, one of them', async () => {
    const item = await desk.item();
    const { receipt, cells } = await desk.stocked(item.id, [{ units: 50 }]);
    const tries = await Promise.allSettled(Array.from({ length: 5 }, () => ask(receipt.id)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const draft = await desk.paper({ lines: [desk.line(cells[0]!, 'lost', 1)] });
    const stranger = await desk.app.as('keeper.WH-330100-1');
    const reason = '错';
    for (const [input, actor, code] of [
      [{ documentId: newId(), reason }, desk.keeper, 'document.not-found'],
      [{ causeId: newId(), reason }, desk.keeper, 'document.not-found'],
      [{ reason }, desk.keeper, 'reversal.unclear'],
      [{ documentId: draft.id, causeId: draft.id, reason }, desk.keeper, 'reversal.unclear'],
      [{ documentId: draft.id, reason }, desk.keeper, 'reversal.not-posted'],
      [{ documentId: receipt.id, reason }, stranger, 'document.not-found'],
      [{ documentId: receipt.id, reason }, await desk.app.as('duty.331000'), 'access.denied'],
    ] as const) {
      await expect(desk.reversals.ask(actor, input)).rejects.toMatchObject({ code });
    }
    const other = await desk.stocked(item.id, [{ units: 1, code: 'tiny' }]);
    const small = await desk.reversals.ask(desk.keeper, { causeId: other.receipt.id, reason });
    expect(small.status).toBe('posted'); // one of 51 is within 2 %
  });

  it('and the returns are served over HTTP', async () => {
    const item = await desk.item();
    const { receipt } = await desk.stocked(item.id, [{ units: 10 }]);
    const orderId = await desk.delivered(item.id, 4);
    const http = request(desk.app.url);
    const as = (call: request.Test) => call.set('Authorization', `Bearer ${desk.keeper.token}`);
    const { body: delivery } = await as(http.get(`/api/v1/stock/deliveries/${orderId}`));
    const body = {
      id: newId(), warehouseId: desk.warehouseId, deliveryId: orderId, returnedBy: '某人',
      lines: [{ cellId: delivery.lines[0].cellId, binId: desk.bin.id, units: 4, condition: 'good' }],
    }; // prettier-ignore
    const made = await as(http.post('/api/v1/stock/returns')).send(body);
    const again = await as(http.post('/api/v1/stock/returns')).send(body);
    expect([made.status, again.status, again.body]).toEqual([201, 201, made.body]);
    const asked = await as(http.post('/api/v1/stock/reversals')).send({
      id: newId(),
      documentId: receipt.id,
      reason: '错',
    });
    expect([asked.status, asked.body.status]).toEqual([201, 'submitted']);
    for (const path of [`/stock/returns/${body.id}`, `/stock/returns?warehouseId=${desk.warehouseId}`, `/stock/deliveries?warehouseId=${desk.warehouseId}`, `/stock/reversals/${asked.body.id}`, '/stock/reversals?status=submitted', '/stock/conversions']) {
      expect([path, (await as(http.get(`/api/v1${path}`))).status]).toEqual([path, 200]);
    } // prettier-ignore
    expect((await as(http.post(`/api/v1/stock/reversals/${asked.body.id}/cancel`)).send({})).status).toBe(200);
    expect((await as(http.post(`/api/v1/stock/reversals/${asked.body.id}/approve`)).send({})).status).toBe(403);
  });
});
