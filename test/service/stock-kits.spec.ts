import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ItemDto } from '../../src/relief-stock/relief-stock.dto.js';
import { convertStock, type AssembleKits, type UnpackKits } from '../../src/relief-stock/changing/kit.dto.js';
import { newId } from '../../src/shared/ids.js';
import { audit } from '../support/auditor.js';
import { expectConsoleAgrees } from '../support/console.js';
import { StockDesk, WATCHING } from './stock-desk.js';

describe('kits', () => {
  let desk: StockDesk;
  beforeAll(async () => void (desk = await StockDesk.open()), 120_000);
  afterEach(() => audit(desk.app));
  afterAll(() => desk?.app.close());

  /** A kit of one towel and two soaps, and the items of both. */
  const kitOf = async (more: { minimumUseDays?: number } = {}) => {
    const [kit, towel, soap] = [await desk.item(), await desk.item(more), await desk.item(more)];
    const parts = [{ itemId: towel.id, units: 1 }, { itemId: soap.id, units: 2 }]; // prettier-ignore
    await desk.kits.defineKit(desk.keeper, kit.id, { parts });
    return { kit, towel, soap };
  };
  const assemble = (kit: ItemDto, kits: number, more: Partial<AssembleKits> = {}) => {
    const input = convertStock.parse({
      kind: 'assemble', warehouseId: desk.warehouseId, kitItemId: kit.id, binId: desk.bin.id, kits, ...more,
    }) as AssembleKits; // prettier-ignore
    return desk.conversions.assemble(desk.keeper, input);
  };
  const unpack = (cellId: string, kits: number, more: Partial<UnpackKits> = {}) =>
    desk.conversions.unpack(desk.keeper, convertStock.parse({ kind: 'unpack', warehouseId: desk.warehouseId, cellId, kits, ...more }) as UnpackKits); // prettier-ignore

  it('are defined by their parts, versioned, never nested', async () => {
    const [kit, towel, soap] = [await desk.item(), await desk.item(), await desk.item()];
    const parts = [{ itemId: towel.id, units: 1 }];
    const defined = await expectConsoleAgrees(desk.app, WATCHING, () =>
      desk.kits.defineKit(desk.keeper, kit.id, { parts }),
    );
    expect(defined).toEqual({ itemId: kit.id, parts, version: 1 });
    const both = [...parts, { itemId: soap.id, units: 2 }];
    await desk.kits.defineKit(desk.keeper, kit.id, { version: 1, parts: both });
    const known = (await desk.kits.kits()).items.find(({ itemId }) => itemId === kit.id)!;
    expect([known.version, known.parts.length]).toEqual([2, 2]);
    for (const [itemId, input, code] of [
      [kit.id, { parts }, 'kit.stale'],
      [kit.id, { version: 1, parts }, 'kit.stale'],
      [soap.id, { version: 7, parts }, 'kit.nested'],
      [(await desk.item()).id, { version: 7, parts }, 'kit.stale'],
      [newId(), { parts }, 'item.not-found'],
      [kit.id, { version: 2, parts: [{ itemId: newId(), units: 1 }] }, 'item.not-found'],
      [kit.id, { version: 2, parts: [...parts, ...parts] }, 'kit.part-twice'],
      [kit.id, { version: 2, parts: [{ itemId: kit.id, units: 1 }] }, 'kit.nested'],
      [(await desk.item()).id, { parts: [{ itemId: kit.id, units: 1 }] }, 'kit.nested'],
      [towel.id, { parts: [{ itemId: soap.id, units: 1 }] }, 'kit.nested'],
    ] as const) {
      await expect(
        desk.kits.defineKit(desk.keeper, itemId, { ...input, parts: [...input.parts] }),
      ).rejects.toMatchObject({ code });
    }
    const officer = await desk.app.as('duty.331000');
    await expect(desk.kits.defineKit(officer, kit.id, { version: 2, parts })).rejects.toMatchObject({
      code: 'access.denied',
    });
  });

  it('take the first parts to expire, expire with the first of them, and remember every lot', async () => {
    const { kit, towel, soap } = await kitOf();
    await desk.stocked(towel.id, [{ units: 10 }]);
    const soaps = await desk.stocked(soap.id, [{ units: 20, expiresOn: '2028-01-01' }, { units: 5, expiresOn: '2027-01-01' }]); // prettier-ignore
    const made = await expectConsoleAgrees(desk.app, WATCHING, () => assemble(kit, 4));
    expect(made).toMatchObject({
      number: expect.stringMatching(/^331000-ZH-2026-\d{4}$/),
      kind: 'assemble',
      kits: 4,
      status: 'posted',
    });
    const [early, late] = [soaps.cells[1]!.lotId, soaps.cells[0]!.lotId];
    expect(made.lots.map(({ lotCode, kits, expiresOn, contains }) => [
      lotCode.slice(made.number.length), kits, expiresOn, contains.filter((part) => [early, late].includes(part.lotId)).map((part) => [part.lotId === early ? 'early' : 'late', part.units]),
    ])).toEqual([
      ['-1', 2, '2027-01-01', [['early', 2]]],
      ['-2', 1, '2027-01-01', [['early', 1], ['late', 1]]],
      ['-3', 1, '2028-01-01', [['late', 2]]],
    ]); // prettier-ignore
    expect(await desk.level(kit.id)).toMatchObject({ onHand: 4, available: 4 });
    expect(await desk.lying(soap.id)).toEqual([['L1', 'good', 17]]);
    expect(await desk.conversions.conversion(desk.keeper, made.id)).toEqual(made);
    const trace = await desk.lots.lot(desk.keeper, early);
    expect(trace.containedIn.map(({ lot, units }) => [lot.code, units]).sort()).toEqual([
      [made.lots[0]!.lotCode, 2], [made.lots[1]!.lotCode, 1],
    ]); // prettier-ignore
    const down = await desk.lots.lot(desk.keeper, made.lots[1]!.lotId);
    expect(down.contains.map(({ units }) => units).sort()).toEqual([1, 1, 1]);
  });

  it('are unpacked whole: every part back in its own lot, until none is left', async () => {
    const { kit, towel, soap } = await kitOf();
    await desk.stocked(towel.id, [{ units: 5, code: 'T1' }, { units: 5, code: 'T2' }]); // prettier-ignore
    await desk.stocked(soap.id, [{ units: 7, code: 'S1' }, { units: 13, code: 'S2' }]); // prettier-ignore
    const before = [await desk.lying(towel.id), await desk.lying(soap.id)];
    await assemble(kit, 10);
    expect([await desk.lying(towel.id), await desk.lying(soap.id)]).toEqual([[], []]);
    const [first, ...others] = await desk.cells(kit.id);
    const opened = await expectConsoleAgrees(desk.app, WATCHING, () =>
      unpack(first!.id, 1, { binId: desk.bins[1]!.id }),
    );
    expect(opened).toMatchObject({ kind: 'unpack', kits: 1, lots: [{ lotId: first!.lotId, kits: 1 }] });
    expect(opened.parts.reduce((sum, part) => sum + part.units, 0)).toBe(3);
    if (first!.onHandUnits > 1) await unpack(first!.id, first!.onHandUnits - 1);
    for (const cell of others) await unpack(cell.id, cell.onHandUnits);
    const after = [await desk.lying(towel.id), await desk.lying(soap.id)];
    const sums = (rows: [string, string, number][]) => {
      const found: Record<string, number> = {};
      for (const [lot, , units] of rows) found[lot] = (found[lot] ?? 0) + units;
      return found;
    };
    expect(after.map(sums)).toEqual(before.map(sums));
    expect(await desk.level(kit.id)).toMatchObject({ onHand: 0 });
    await expect(unpack(first!.id, 1)).rejects.toMatchObject({ code: 'stock.insufficient' });
  });

  it('take the purpose of their parts, and never mix two', async () => {
    const { kit, towel, soap } = await kitOf();
    const towels = await desk.stocked(towel.id, [{ units: 10, fund: 'flood' }, { units: 10, code: 'free' }]); // prettier-ignore
    const soaps = await desk.stocked(soap.id, [{ units: 20, fund: 'flood' }, { units: 20, code: 'q', fund: 'quake' }, { units: 20, code: 'free' }]); // prettier-ignore
    const part = (cell: { id: string }, units: number) => ({ cellId: cell.id, units });
    const named = (t: number, s: number) => ({ parts: [part(towels.cells[t]!, 1), part(soaps.cells[s]!, 2)] });
    expect((await assemble(kit, 1, named(0, 0))).lots[0]).toMatchObject({ fund: 'flood' });
    expect((await assemble(kit, 1, named(1, 2))).lots[0]).toMatchObject({ fund: null });
    await expect(assemble(kit, 1, named(0, 1))).rejects.toMatchObject({ code: 'kit.mixed-funds' });
    await expect(assemble(kit, 1, named(0, 2))).rejects.toMatchObject({ code: 'kit.mixed-funds' });
    await expect(assemble(kit, 1, { ...named(0, 0), fund: 'quake' })).rejects.toMatchObject({
      code: 'kit.mixed-funds',
    });
    await expect(assemble(kit, 1, { ...named(0, 2), fund: 'no such fund' })).rejects.toMatchObject({ code: 'fund.not-found' }); // prettier-ignore
    const bound = await assemble(kit, 1, { ...named(0, 2), fund: 'flood' });
    expect(bound.lots[0]).toMatchObject({ fund: 'flood', contains: [{ fund: 'flood' }, { fund: null }] });
    const cell = (await desk.cells(kit.id)).find(({ lotId }) => lotId === bound.lots[0]!.lotId)!;
    const opened = await unpack(cell.id, 1);
    expect(opened.parts.map(({ fund, units }) => [fund, units]).sort()).toEqual([['flood', 1], [null, 2]].sort()); // prettier-ignore
    const free = await assemble(kit, 2);
    expect(free.lots[0]!.contains.every(({ fund }) => fund === null)).toBe(true);
    const forFlood = await assemble(kit, 12, { fund: 'flood' });
    expect(forFlood.parts.filter(({ itemId }) => itemId === towel.id).map(({ fund, units }) => [fund, units])).toEqual([['flood', 9], [null, 3]]); // prettier-ignore
  });

  it('say who gave their parts', async () => {
    const { kit, towel, soap } = await kitOf();
    await desk.stocked(towel.id, [{ units: 2, donor: '某企业' }]);
    await desk.stocked(soap.id, [{ units: 4, donor: '某基金会' }]);
    const made = await assemble(kit, 2);
    expect(made.lots[0]!.source).toBe('donation');
    const trace = await desk.lots.lot(desk.keeper, made.lots[0]!.lotId);
    expect(trace.contains.flatMap(({ donors }) => donors).sort()).toEqual(['某企业', '某基金会'].sort());
  });

  it('are refused when a part is missing, promised, too old, held or of nobody, and change nothing', async () => {
    const { kit, towel, soap } = await kitOf({ minimumUseDays: 30 });
    const towels = await desk.stocked(towel.id, [{ units: 10, expiresOn: '2028-01-01' }]);
    await expect(assemble(kit, 1)).rejects.toMatchObject({ code: 'stock.insufficient' });
    const soaps = await desk.stocked(soap.id, [{ units: 10, expiresOn: '2026-08-01' }]);
    await expect(assemble(kit, 1)).rejects.toMatchObject({ code: 'stock.lot-expired' });
    const parts = [{ cellId: towels.cells[0]!.id, units: 1 }, { cellId: soaps.cells[0]!.id, units: 2 }]; // prettier-ignore
    await expect(assemble(kit, 1, { parts })).rejects.toMatchObject({ code: 'stock.lot-expired' });
    const fresh = await desk.stocked(soap.id, [{ units: 10, expiresOn: '2028-06-01', code: 'F' }]);
    await desk.promise(soap.id, 9);
    await expect(assemble(kit, 1)).rejects.toMatchObject({
      code: 'stock.insufficient',
      params: { available: 1, requested: 2 },
    });
    const named = (units: number) => ({ parts: [parts[0]!, { cellId: fresh.cells[0]!.id, units }] });
    await expect(assemble(kit, 1, named(2))).rejects.toMatchObject({ code: 'stock.insufficient' });
    await expect(assemble(kit, 1, named(1))).rejects.toMatchObject({ code: 'kit.parts-differ' });
    await desk.lots.change(desk.keeper, fresh.cells[0]!.lotId, 'hold', { reason: '待查' });
    await expect(assemble(kit, 1, named(1))).rejects.toMatchObject({ code: 'stock.lot-held' });
    await expect(assemble(kit, 1, { parts: [{ cellId: newId(), units: 1 }] })).rejects.toMatchObject({
      code: 'stock-cell.not-found',
    });
    await expect(assemble(kit, 1, { binId: newId() })).rejects.toMatchObject({ code: 'bin.not-found' });
    await expect(assemble(towel, 1)).rejects.toMatchObject({ code: 'kit.not-found' });
    await expect(unpack(towels.cells[0]!.id, 1)).rejects.toMatchObject({ code: 'kit.parts-unknown' });
    await expect(unpack(newId(), 1)).rejects.toMatchObject({ code: 'stock-cell.not-found' });
    expect(await desk.lying(towel.id)).toEqual([['L1', 'good', 10]]);
    const stranger = await desk.app.as('keeper.WH-330100-1');
    const input = convertStock.parse({ kind: 'unpack', warehouseId: desk.warehouseId, cellId: towels.cells[0]!.id, kits: 1 }) as UnpackKits; // prettier-ignore
    await expect(desk.conversions.unpack(stranger, input)).rejects.toMatchObject({ code: 'warehouse.not-found' });
    const officer = await desk.app.as('duty.331000');
    await expect(desk.conversions.unpack(officer, input)).rejects.toMatchObject({ code: 'access.denied' });
  });

  it('S1: eight assemblies at once of the last parts make no more kits than there are parts', async () => {
    const { kit, towel, soap } = await kitOf();
    await desk.stocked(towel.id, [{ units: 20 }]);
    await desk.stocked(soap.id, [{ units: 10 }]);
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => assemble(kit, 2)));
    const won = tries.filter(({ status }) => status === 'fulfilled').length;
    const codes = tries.flatMap((one) => (one.status === 'rejected' ? [(one.reason as { code: string }).code] : []));
    expect([won, ...new Set(codes)]).toEqual([2, 'stock.insufficient']);
    expect(await desk.level(kit.id)).toMatchObject({ onHand: 4 });
    const [cell] = await desk.cells(kit.id);
    const opened = await Promise.allSettled(Array.from({ length: 6 }, () => unpack(cell!.id, 1)));
    expect(opened.filter(({ status }) => status === 'fulfilled')).toHaveLength(cell!.onHandUnits);
  });

  const RUNS = Number(process.env.KIT_RUNS ?? 4);
  it('S7: whatever is assembled and unpacked, every lot is conserved and every kit is whole', async () => {
    const act = fc.record({ assemble: fc.boolean(), kits: fc.integer({ min: 1, max: 6 }), pick: fc.nat(20) });
    const lots = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(
        lots,
        lots,
        fc.array(act, { minLength: 4, maxLength: 12 }),
        async (towelLots, soapLots, acts) => {
          const { kit, towel, soap } = await kitOf();
          await desk.stocked(towel.id, towelLots.map((units, n) => ({ units, code: `T${n}` }))); // prettier-ignore
          await desk.stocked(soap.id, soapLots.map((units, n) => ({ units: 2 * units, code: `S${n}` }))); // prettier-ignore
          const free = [towelLots, soapLots].map((each) => each.reduce((sum, units) => sum + units, 0));
          let open = 0;
          for (const { assemble: making, kits, pick } of acts) {
            const cells = await desk.cells(kit.id);
            if (making) {
              const can = Math.min(...free) - open >= kits;
              const ending = await assemble(kit, kits).then(() => 'done', (error: { code: string }) => error.code); // prettier-ignore
              expect(ending).toBe(can ? 'done' : 'stock.insufficient');
              if (can) open += kits;
            } else if (cells.length > 0) {
              const cell = cells[pick % cells.length]!;
              const some = Math.min(kits, cell.onHandUnits);
              await unpack(cell.id, some);
              open -= some;
            }
          }
          expect((await desk.cells(kit.id)).reduce((sum, cell) => sum + cell.onHandUnits, 0)).toBe(open);
          for (const cell of await desk.cells(kit.id)) await unpack(cell.id, cell.onHandUnits);
          const lying = (item: ItemDto) =>
            desk.lying(item.id).then((rows) => rows.map(([lot, , units]) => `${lot}:${units}`));
          expect(await lying(towel)).toEqual(towelLots.map((units, n) => `T${n}:${units}`));
          expect(await lying(soap)).toEqual(soapLots.map((units, n) => `S${n}:${2 * units}`));
          await audit(desk.app);
        },
      ),
      { numRuns: RUNS },
    );
  }, 300_000);
});
