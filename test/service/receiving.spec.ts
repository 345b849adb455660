import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '../../src/access/index.js';
import {
  CatalogueService,
  ReceiptService,
  ReceiptStepsService,
  StockService,
  WarehouseService,
} from '../../src/relief-stock/index.js';
import type {
  AcceptGoods,
  AnnounceGoods,
  ReceiptDto,
  ReceiptStatus,
} from '../../src/relief-stock/receiving/receipt.dto.js';
import type { BinDto, WarehouseDto } from '../../src/relief-stock/relief-stock.dto.js';
import { newId } from '../../src/shared/ids.js';
import { startApp, type TestApp } from '../support/app.js';
import { audit } from '../support/auditor.js';
import { expectConsoleAgrees } from '../support/console.js';

const TAIZHOU = 'WH-331000-1';
const LINHAI = 'WH-331082-1';
const WATCHING = ['duty.331000', `keeper.${TAIZHOU}`];
const HOUR = 3_600_000;

describe('receiving', () => {
  let app: TestApp;
  let taizhou: WarehouseDto;
  let linhai: WarehouseDto;
  let bins: BinDto[];
  let keeper: Actor;
  let checker: Actor;
  let steps: ReceiptStepsService;
  let receipts: ReceiptService;
  beforeAll(async () => {
    app = await startApp();
    [steps, receipts] = [app.get(ReceiptStepsService), app.get(ReceiptService)];
    const { items } = await app.get(WarehouseService).warehouses(await app.as('admin.330000'), { limit: 500 });
    taizhou = items.find(({ code }) => code === TAIZHOU)!;
    linhai = items.find(({ code }) => code === LINHAI)!;
    [keeper, checker] = [await app.as(`keeper.${TAIZHOU}`), await app.as('checker.331000')];
    bins = (await app.get(WarehouseService).bins(keeper, taizhou.id)).items;
  }, 120_000);
  afterEach(() => audit(app));
  afterAll(() => app?.close());

  let made = 0;
  const newItem = async (minimumUseDays = 0) =>
    app.get(CatalogueService).addItem(keeper, {
      code: `R${String(++made).padStart(3, '0')}`, name: '测试物资', nameEn: 'test', gbClass: 1, unit: '件', weightG: 1, volumeCm3: 1,
      minimumUseDays,
    }); // prettier-ignore
  const levelOf = async (itemId: string, at = taizhou) => {
    const { items } = await app
      .get(StockService)
      .levels(await app.as('duty.331000'), { warehouseId: at.id, itemId, limit: 5 });
    return items[0];
  };
  const papers = async (units = 100, over: Partial<AnnounceGoods> = {}): Promise<AnnounceGoods> => {
    const item = await newItem();
    return {
      warehouseId: taizhou.id, source: 'purchase', sourceName: '供应商', note: '', lines: [{ itemId: item.id, lotCode: 'L1', units }], ...over,
    };
  }; // prettier-ignore
  const count = (receipt: ReceiptDto, units: number, actor: Actor) =>
    steps.count(actor, receipt.id, {
      version: receipt.version, lines: receipt.lines.map(({ line }) => ({ line, units })),
    }); // prettier-ignore
  const accept = (receipt: ReceiptDto, over: Partial<AcceptGoods> = {}, actor = keeper) =>
    steps.accept(actor, receipt.id, { version: receipt.version, lines: [], ...over });
  /** A receipt led by ordinary steps as far as asked. */
  const ledTo = async (status: ReceiptStatus, found = 100): Promise<ReceiptDto> => {
    let receipt = await receipts.announceGoods(keeper, await papers());
    if (status === 'announced') return receipt;
    if (status === 'cancelled') return steps.cancel(keeper, receipt.id, { version: 1, reason: '供应商取消' });
    receipt = await steps.arrive(keeper, receipt.id, { version: receipt.version });
    if (status === 'arrived') return receipt;
    receipt = await count(receipt, found, keeper);
    if (status === 'counted-a') return receipt;
    receipt = await count(receipt, found, checker);
    if (status === 'counted-b') return receipt;
    const rejected = { line: 1, lots: [{ units: 90, condition: 'good' as const }], rejectedUnits: 10, rejectReason: 'damaged' as const, shortUnits: 0 }; // prettier-ignore
    receipt = await accept(receipt, status === 'part-rejected' ? { lines: [rejected] } : {});
    return status === 'put-away' ? steps.putAway(keeper, receipt.id, { version: receipt.version, moves: [] }) : receipt;
  };

  it('leads goods from the papers into their bins: nothing is in the ledger before they are accepted', async () => {
    const announced = await expectConsoleAgrees(app, WATCHING, async () => receipts.announceGoods(keeper, await papers()));
    const { itemId } = announced.lines[0]!;
    expect(announced).toMatchObject({ number: expect.stringMatching(/^331000-RK-2026-\d{4}$/), status: 'announced', receivedBy: null });
    const arrived = await expectConsoleAgrees(app, WATCHING, () => steps.arrive(keeper, announced.id, { version: 1 }));
    const first = await expectConsoleAgrees(app, WATCHING, () => count(arrived, 98, keeper));
    expect(first).toMatchObject({ status: 'counted-a', lines: [{ countedAUnits: null, paperDifferenceUnits: null }] });
    expect(await receipts.receipt(checker, first.id)).toEqual(first); // the second counter sees no count either
    const second = await expectConsoleAgrees(app, WATCHING, () => count(first, 98, checker));
    expect(second.lines[0]).toMatchObject({ countedAUnits: 98, countedBUnits: 98, countDifferenceUnits: 0, paperDifferenceUnits: -2 });
    expect(await levelOf(itemId)).toBeUndefined();
    const line = {
      line: 1, rejectedUnits: 8, rejectReason: 'quality' as const, shortUnits: 2, lots: [
        { units: 60, condition: 'good' as const }, { units: 20, condition: 'good' as const, lotCode: 'L2', expiresOn: '2027-12-31' },
        { units: 10, condition: 'quarantined' as const },
      ],
    }; // prettier-ignore
    const taken = await expectConsoleAgrees(app, WATCHING, () => accept(second, { binId: bins[0]!.id, lines: [line] }));
    expect(taken).toMatchObject({ status: 'part-rejected', receivedBy: keeper.name, secondSignatureDueAt: null });
    expect(taken.lines.map(({ ofLine, units, condition, lotCode, rejectedUnits, shortUnits }) => [ofLine, units, condition, lotCode, rejectedUnits, shortUnits])).toEqual([
      [null, 60, 'good', 'L1', 8, 2], [1, 20, 'good', 'L2', 0, 0], [1, 10, 'quarantined', 'L1', 0, 0],
    ]); // prettier-ignore
    const signed = new Map(taken.signatures.map(({ role, name }) => [role, name]));
    expect(Object.fromEntries(signed)).toEqual({ 'counted-a': keeper.name, 'counted-b': checker.name, accepted: keeper.name });
    expect(await levelOf(itemId)).toMatchObject({ onHandUnits: 90, availableUnits: 80, heldUnits: 10 });
    const moves = [{ line: 1, binId: bins[1]!.id, units: 60 }, { line: 3, binId: bins[2]!.id, units: 10 }]; // prettier-ignore
    const away = await expectConsoleAgrees(app, WATCHING, () => steps.putAway(keeper, taken.id, { version: taken.version, moves }));
    expect(away.status).toBe('put-away');
    const { items } = await app.get(StockService).movements(keeper, { warehouseId: taizhou.id, itemId, limit: 50 });
    expect(items.map(({ reason, fromPlace, toPlace, units }) => [reason, fromPlace, toPlace, units]).sort()).toEqual([
      ['put-away', 'A-01', bins[2]!.code, 10], ['put-away', 'A-01', bins[1]!.code, 60], ['receipt', '供应商', 'A-01', 10],
      ['receipt', '供应商', 'A-01', 20], ['receipt', '供应商', 'A-01', 60],
    ].sort()); // prettier-ignore
    expect(await receipts.receipt(keeper, away.id)).toEqual(away);
    expect(items.every(({ document }) => document === announced.number)).toBe(true);
  }); // prettier-ignore

  const LEADS: Record<ReceiptStatus, string[]> = {
    announced: ['arrive', 'cancel'], arrived: ['count', 'cancel'], 'counted-a': ['count', 'cancel'], 'counted-b': ['accept', 'cancel'],
    accepted: ['putAway'], 'part-rejected': ['putAway'], 'put-away': [], cancelled: [],
  }; // prettier-ignore
  it.each(Object.keys(LEADS) as ReceiptStatus[])('takes a receipt that is %s only where it may go', async (status) => {
    const receipt = await ledTo(status);
    expect(receipt.status).toBe(status);
    const version = receipt.version;
    const acts: Record<string, () => Promise<ReceiptDto>> = {
      arrive: () => steps.arrive(keeper, receipt.id, { version }),
      count: () => count(receipt, 100, status === 'arrived' ? keeper : checker),
      accept: () => accept(receipt),
      putAway: () => steps.putAway(keeper, receipt.id, { version, moves: [] }),
      cancel: () => steps.cancel(keeper, receipt.id, { version, reason: '退回' }),
      sign: () => steps.sign(checker, receipt.id, { version }),
    };
    for (const [step, act] of Object.entries(acts)) {
      if (LEADS[status].includes(step)) continue;
      const code = status === 'counted-a' && step === 'accept' ? 'goods-receipt.second-count-needed' : 'goods-receipt.step-not-allowed'; // prettier-ignore
      await expect(act()).rejects.toMatchObject({ code });
    }
    if (LEADS[status][0]) expect((await acts[LEADS[status][0]]!()).version).toBe(version + 1);
  });

  it('needs two people to count, a keeper to accept, and the newest version', async () => {
    const arrived = await ledTo('arrived');
    const first = await count(arrived, 100, keeper);
    await expect(count(arrived, 100, checker)).rejects.toMatchObject({ code: 'goods-receipt.stale', params: { version: 3 } });
    await expect(count(first, 100, keeper)).rejects.toMatchObject({ code: 'duty.separation' });
    const second = await count(first, 100, checker);
    await expect(accept(second, {}, checker)).rejects.toMatchObject({ code: 'access.denied' });
    const stranger = await app.as('duty.330900');
    await expect(receipts.receipt(stranger, second.id)).rejects.toMatchObject({ code: 'goods-receipt.not-found' });
    await expect(steps.sign(stranger, second.id, { version: 4 })).rejects.toMatchObject({ code: 'goods-receipt.not-found' });
    await expect(receipts.announceGoods(stranger, await papers())).rejects.toMatchObject({ code: 'warehouse.not-found' });
    await expect(receipts.announceGoods(await app.as('auditor.330000'), await papers())).rejects.toMatchObject({ code: 'access.denied' });
    const elsewhere = { version: 4, moves: [], binId: newId() };
    await expect(accept(second, elsewhere)).rejects.toMatchObject({ code: 'bin.not-found' });
    expect((await receipts.receipt(keeper, second.id)).status).toBe('counted-b');
  }); // prettier-ignore

  it('lets a county of one take goods in, open until somebody of the society or above has signed', async () => {
    const one = await app.as(`keeper.${LINHAI}`);
    let receipt = await receipts.announceGoods(one, { ...(await papers()), warehouseId: linhai.id });
    receipt = await steps.arrive(one, receipt.id, { version: receipt.version });
    receipt = await count(receipt, 100, one);
    receipt = await expectConsoleAgrees(app, ['duty.331082', `keeper.${LINHAI}`], () => accept(receipt, {}, one));
    expect(receipt.secondSignatureDueAt).toBe(new Date(app.clock.now().getTime() + 72 * HOUR).toISOString());
    expect(await levelOf(receipt.lines[0]!.itemId, linhai)).toMatchObject({ onHandUnits: 100 });
    const overdue = async () => (await receipts.receipts(checker, { warehouseId: linhai.id, overdueSignature: true, limit: 50 })).items;
    expect(await overdue()).toEqual([]);
    app.clock.forward(73 * HOUR);
    expect((await overdue()).map(({ id, lineCount }) => [id, lineCount])).toEqual([[receipt.id, 1]]);
    await expect(steps.sign(await app.as(`keeper.${LINHAI}`), receipt.id, { version: receipt.version })).rejects.toMatchObject({
      code: 'duty.separation',
    });
    const outside = await app.as('checker.330100');
    await expect(steps.sign(outside, receipt.id, { version: receipt.version })).rejects.toMatchObject({ code: 'goods-receipt.not-found' });
    const city = await app.as('checker.331000'); // the session of the beginning has ended by now
    const signed = await expectConsoleAgrees(app, ['duty.331082'], () => steps.sign(city, receipt.id, { version: receipt.version }));
    expect(signed.secondSignedAt).toBe(app.clock.now().toISOString());
    expect(signed.signatures.at(-1)).toMatchObject({ role: 'second-signature', name: city.name });
    expect(await overdue()).toEqual([]);
    await expect(steps.sign(city, signed.id, { version: signed.version })).rejects.toMatchObject({ code: 'goods-receipt.step-not-allowed' });
  }); // prettier-ignore

  it('asks for a second signature of donated goods taken in on the spot, unless somebody counted for the donor', async () => {
    const donated = async (countedWith?: string) => {
      const { lines, ...rest } = await papers(5, { source: 'donation', sourceName: '某企业（示范）' });
      return { ...rest, sourceName: '某企业（示范）', lines: [{ ...lines[0]!, lotCode: 'L1' }], ...(countedWith ? { countedWith } : {}) };
    };
    const alone = await receipts.receiveGoods(keeper, await donated());
    expect(alone).toMatchObject({ status: 'accepted', secondSignatureDueAt: expect.any(String), countedWith: null });
    await expect(steps.sign(keeper, alone.id, { version: 1 })).rejects.toMatchObject({ code: 'duty.separation' });
    expect((await steps.sign(checker, alone.id, { version: 1 })).secondSignedAt).not.toBeNull();
    const together = await receipts.receiveGoods(keeper, await donated('捐方清点人'));
    expect(together).toMatchObject({ secondSignatureDueAt: null, countedWith: '捐方清点人' });
    await expect(steps.sign(checker, together.id, { version: 1 })).rejects.toMatchObject({ code: 'goods-receipt.step-not-allowed' });
    const himself = await donated(` ${keeper.name} `);
    await expect(receipts.receiveGoods(keeper, himself)).rejects.toMatchObject({ code: 'duty.separation' });
    const { lines, ...bought } = await papers(5);
    expect(await receipts.receiveGoods(keeper, { ...bought, sourceName: '供应商', lines: [{ ...lines[0]!, lotCode: 'L1' }] })).toMatchObject({ secondSignatureDueAt: null });
  }); // prettier-ignore

  it('S5: of many who accept one receipt at once, one does; the goods come in once', async () => {
    const ready = await ledTo('counted-b');
    const told = await Promise.allSettled(Array.from({ length: 8 }, () => accept(ready)));
    expect(told.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const one of told) if (one.status === 'rejected') expect(one.reason.code).toBe('goods-receipt.stale');
    expect(await levelOf(ready.lines[0]!.itemId)).toMatchObject({ onHandUnits: 100 });
    const command = { key: 'accept-once', fingerprint: Buffer.from('a') };
    const other = await ledTo('counted-b');
    const first = await accept(other, {}, { ...keeper, command });
    expect(await accept(other, {}, { ...keeper, command })).toEqual(first);
  });

  it('lets only one of many colleagues be the second counter', async () => {
    const first = await ledTo('counted-a');
    const officers = [checker, await app.as('checker.330000'), await app.as('duty.331000')];
    const told = await Promise.allSettled(officers.map((officer) => count(first, 100, officer)));
    expect(told.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await receipts.receipt(keeper, first.id)).signatures).toHaveLength(2);
  });

  it('keeps the price of a lot: another one under its name is refused', async () => {
    const item = await newItem();
    const line = { itemId: item.id, lotCode: 'P1', units: 5 };
    const input = { warehouseId: taizhou.id, source: 'purchase' as const, sourceName: '供应商', note: '' };
    const lotOf = async () => (await app.get(CatalogueService).lots(keeper, { itemId: item.id, limit: 5 })).items;
    await receipts.receiveGoods(keeper, { ...input, lines: [line] });
    expect(await lotOf()).toMatchObject([{ unitValueFen: null, valueBasis: null, version: 1 }]);
    await receipts.receiveGoods(keeper, { ...input, lines: [{ ...line, unitValueFen: 30_600 }] });
    expect(await lotOf()).toMatchObject([{ unitValueFen: 30_600, valueBasis: 'invoice', version: 2 }]);
    const dearer = { ...input, lines: [{ ...line, unitValueFen: 25_300 }] };
    await expect(receipts.receiveGoods(keeper, dearer)).rejects.toMatchObject({
      code: 'lot.value-differs',
      status: 422,
    });
    const twice = { ...input, lines: [{ ...line, lotCode: 'P2' }, { ...line, lotCode: 'P2', unitValueFen: 1 }, { ...line, lotCode: 'P2', unitValueFen: 2 }] }; // prettier-ignore
    await expect(receipts.receiveGoods(keeper, twice)).rejects.toMatchObject({ code: 'lot.value-differs' });
    await receipts.receiveGoods(keeper, { ...dearer, lines: [{ ...line, lotCode: 'P3', unitValueFen: 25_300 }] });
    expect((await lotOf()).map(({ code, unitValueFen }) => [code, unitValueFen])).toEqual([['P1', 30_600], ['P3', 25_300]]); // prettier-ignore
  });

  it('S2: promised goods are not put away elsewhere, nor more than there are', async () => {
    const accepted = await ledTo('accepted');
    const move = (units: number) => steps.putAway(keeper, accepted.id, {
      version: accepted.version, moves: [{ line: 1, binId: bins[1]!.id, units }],
    }); // prettier-ignore
    await expect(move(101)).rejects.toMatchObject({ code: 'stock.insufficient', params: { available: 100 } });
    const nowhere = { version: accepted.version, moves: [{ line: 2, binId: bins[1]!.id, units: 1 }] };
    await expect(steps.putAway(keeper, accepted.id, nowhere)).rejects.toMatchObject({ code: 'request.invalid' });
    expect((await move(100)).status).toBe('put-away');
  });
});
