import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import request from 'supertest';
import { BoxService, CatalogueService, StockDesk } from '../../src/relief-stock/index.js';
import { type BoxDto, packBox, type PackBox } from '../../src/relief-stock/boxes/box.dto.js';
import { hasCheckDigit } from '../../src/relief-stock/codes/barcode.rules.js';
import { wordsOf } from '../../src/relief-stock/paper/words.js';
import { newId } from '../../src/shared/ids.js';
import { audit } from '../support/auditor.js';
import { expectConsoleAgrees } from '../support/console.js';
import { COUNTY, MovingWorld, CITY, WATCHING } from './moving-world.js';

describe('boxes and pallets', () => {
  let world: MovingWorld;
  let boxes: BoxService;
  let keeper: Awaited<ReturnType<MovingWorld['as']>>;
  let bins: { id: string; code: string }[];
  beforeAll(async () => {
    world = await MovingWorld.open();
    boxes = world.app.get(BoxService);
    keeper = await world.as(`keeper.${CITY}`);
    bins = await world.app.query(`select id, code from stock_place where kind = 'bin' and warehouse_id = $1 order by code`, [world.city.id]); // prettier-ignore
  }, 240_000);
  afterEach(() => audit(world.app));
  afterAll(() => world?.close());

  const contents = (itemId: string, warehouse = world.city) => world.cells(itemId, warehouse);
  const pack = (over: Partial<PackBox>): Promise<BoxDto> =>
    boxes.pack(keeper, packBox.parse({ warehouseId: world.city.id, binId: bins[0]!.id, ...over }));
  const stocked = async (units: number) => {
    const item = await world.itemWith([{ units, binId: bins[0]!.id }]);
    const [cell] = await contents(item.id);
    return { item, cell: cell! };
  };
  const scan = async (text: string, as = keeper) =>
    (await request(world.app.url).post('/api/v1/stock/scans').set('Authorization', `Bearer ${as.token}`).send({ text })).body; // prettier-ignore

  it('say what lies in them: one scan of the number or of the QR code fills every form, and the balance is nobody else’s', async () => {
    const { item, cell } = await stocked(50);
    const box = await world.watching(() => pack({ contents: [{ contentId: cell.id, units: 20 }] }));
    expect(hasCheckDigit(box.sscc)).toBe(true);
    expect(box).toMatchObject({ status: 'packed', binCode: bins[0]!.code, contents: [{ itemId: item.id, lotCode: 'L1', units: 20 }] }); // prettier-ignore
    expect(await world.levelOf(item.id)).toEqual([50, 0, 50, 0]);
    for (const text of [
      `(00)${box.sscc}`,
      `]C100${box.sscc}`,
      world.app.get(StockDesk).addressOf({ kind: 'box', id: box.id }),
    ]) {
      const { found, box: seen } = await scan(text);
      expect([found[0].kind, found[0].id, seen.contents[0].units]).toEqual(['box', box.id, 20]);
    }
    expect((await boxes.lines(keeper, box.id, 'goods')).items).toEqual([{ itemId: item.id, units: 20 }]);
    expect(await scan('(00)006141411234567890')).toMatchObject({ found: [], box: null, notices: [{ code: 'scan.box-unknown', blocks: false }] }); // prettier-ignore
    await expect(boxes.box(await world.as('duty.330900'), box.id)).rejects.toMatchObject({ code: 'stock-box.not-found' }); // prettier-ignore
  });

  it('take loose units only, under a number that is used once', async () => {
    const { cell } = await stocked(50);
    const box = await pack({ contents: [{ contentId: cell.id, units: 30 }] });
    await expect(pack({ contents: [{ contentId: cell.id, units: 21 }] })).rejects.toMatchObject({ code: 'box.not-loose', params: { available: 20 } }); // prettier-ignore
    await expect(pack({ sscc: box.sscc, contents: [{ contentId: cell.id, units: 1 }] })).rejects.toMatchObject({ code: 'stock-box.exists', status: 409 }); // prettier-ignore
    await expect(pack({ sscc: '006141411234567891', contents: [{ contentId: cell.id, units: 1 }] })).rejects.toMatchObject({ code: 'scan.check-digit' }); // prettier-ignore
    await expect(pack({ contents: [{ contentId: newId(), units: 1 }] })).rejects.toMatchObject({ code: 'cell.not-found' }); // prettier-ignore
    const racing = await Promise.allSettled([1, 2, 3, 4].map(() => pack({ contents: [{ contentId: cell.id, units: 10 }] }))); // prettier-ignore
    expect(racing.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
  });

  it('move as a whole, pallets with all that stands on them, by one bin move', async () => {
    const { item, cell } = await stocked(60);
    const [one, two] = [await pack({ contents: [{ contentId: cell.id, units: 10 }] }), await pack({ contents: [{ contentId: cell.id, units: 20 }] })]; // prettier-ignore
    const pallet = await pack({ kind: 'pallet', boxIds: [one.id, two.id], contents: [{ contentId: cell.id, units: 5 }] }); // prettier-ignore
    expect(pallet.contents.reduce((sum, { units }) => sum + units, 0)).toBe(35);
    const moved = await expectConsoleAgrees(world.app, WATCHING, () => boxes.move(keeper, pallet.id, { toBinId: bins[1]!.id, note: '' })); // prettier-ignore
    expect(moved).toMatchObject({ binCode: bins[1]!.code, boxIds: expect.arrayContaining([one.id, two.id]) });
    expect((await contents(item.id)).map(({ binId, onHandUnits }) => [binId, onHandUnits])).toEqual([[bins[0]!.id, 25], [bins[1]!.id, 35]]); // prettier-ignore
    await boxes.move(keeper, two.id, { toBinId: bins[0]!.id, note: '' });
    const left = await boxes.box(keeper, pallet.id);
    expect(left.boxIds).toEqual([one.id]);
    expect((await boxes.box(keeper, two.id)).parentId).toBeNull();
    const opened = await boxes.break(keeper, pallet.id, { version: left.version });
    expect(opened.status).toBe('broken');
    expect((await boxes.box(keeper, one.id)).status).toBe('packed');
    await expect(boxes.move(keeper, pallet.id, { toBinId: bins[0]!.id, note: '' })).rejects.toMatchObject({ code: 'box.step-not-allowed', status: 409 }); // prettier-ignore
  });

  it('leave with the goods: loose units go first, then the box that was packed first, under the paper that took them', async () => {
    const { item, cell } = await stocked(50);
    const [first, second] = [await pack({ contents: [{ contentId: cell.id, units: 20 }] }), await pack({ contents: [{ contentId: cell.id, units: 20 }] })]; // prettier-ignore
    await world.transferAt('departed', [{ itemId: item.id, units: 10 }]);
    expect((await boxes.box(keeper, first.id)).status).toBe('packed');
    const transfer = await world.transferAt('departed', [{ itemId: item.id, units: 5 }]);
    expect(await boxes.box(keeper, first.id)).toMatchObject({ status: 'left', leftWith: transfer.number });
    expect((await boxes.box(keeper, second.id)).status).toBe('packed');
  });

  it('go as a whole with a transfer, fill the receipt of the other side, and stand there once its book has the goods', async () => {
    const { item, cell } = await stocked(40);
    const box = await pack({ contents: [{ contentId: cell.id, units: 15 }] });
    const transfer = await world.transferAt('loaded', [{ itemId: item.id, units: 15 }]);
    await boxes.send(keeper, box.id, { document: transfer.number });
    await world.take(transfer, ['depart', 'arrive']);
    const other = await world.as(`keeper.${COUNTY}`);
    expect((await scan(`(00)${box.sscc}`, other)).box.contents).toMatchObject([{ itemId: item.id, units: 15 }]);
    const [bin] = await world.app.query<{ id: string }>(`select id from stock_place where kind = 'bin' and warehouse_id = $1 order by code limit 1`, [world.county.id]); // prettier-ignore
    const here = { warehouseId: world.county.id, binId: bin!.id };
    await expect(boxes.place(other, box.id, here)).rejects.toMatchObject({ code: 'box.not-there' });
    await world.transport.receive(other, transfer.id, { lots: [], binId: bin!.id });
    const placed = await boxes.place(other, box.id, here);
    expect(placed).toMatchObject({ status: 'packed', warehouseId: world.county.id, contents: [{ units: 15 }] });
    expect(placed.contents[0]!.contentId).not.toBe(cell.id);
    await expect(boxes.break(keeper, box.id, {})).rejects.toMatchObject({ code: 'stock-box.not-found' });
  });

  it('are never a second book: whatever happens to the goods, no more lies in boxes than on the shelf', async () => {
    const acts = fc.array(fc.tuple(fc.constantFrom('pack', 'move', 'break', 'send', 'out', 'bin-move'), fc.nat(30), fc.nat(9)), { minLength: 4, maxLength: 14 }); // prettier-ignore
    await fc.assert(
      fc.asyncProperty(acts, async (steps) => {
        const { item } = await stocked(40);
        const made: string[] = [];
        const any = (n: number) => made[n % Math.max(1, made.length)] ?? newId();
        for (const [act, units, n] of steps) {
          const cells = await contents(item.id);
          const cell = cells[n % Math.max(1, cells.length)];
          if (!cell) break;
          const goods = { contentId: cell.id, units: units + 1 };
          const doing: Record<typeof act, () => Promise<unknown>> = {
            pack: async () => made.push((await pack({ binId: cell.binId, contents: [goods] })).id),
            move: () => boxes.move(keeper, any(n), { toBinId: bins[n % 2]!.id, note: '' }),
            break: () => boxes.break(keeper, any(n), {}),
            send: () => boxes.send(keeper, any(n), { document: '测试' }),
            out: () => world.transferAt('departed', [{ itemId: item.id, units: units + 1 }]),
            'bin-move': () => world.binMoves.moveBins(keeper, { warehouseId: world.city.id, note: '', lines: [{ ...goods, toBinId: bins[(n + 1) % 2]!.id }] }),
          }; // prettier-ignore
          await doing[act]().catch((error: { code?: string }) => expect(error.code).toMatch(/^(box|stock-box|stock|bin-move)\./)); // prettier-ignore
        }
        await audit(world.app);
      }),
      { numRuns: 6 },
    );
  }, 240_000);

  it('have labels with their number in bars', async () => {
    const { cell } = await stocked(10);
    const box = await pack({ contents: [{ contentId: cell.id, units: 4 }] });
    const [label] = await world.app.read((tx) =>
      world.app.get(StockDesk).labels.get('box')!(tx, { actor: keeper, ids: [box.id], words: wordsOf('zh-CN') }),
    );
    expect(label).toMatchObject({ title: '物资箱', sscc: box.sscc, code: { kind: 'box', id: box.id } });
    expect(label!.lines.at(-1)!.value).toContain('测试物资 4件');
  });
});

describe('the codes under which others know an item', () => {
  let world: MovingWorld;
  beforeAll(async () => void (world = await MovingWorld.open()), 240_000);
  afterAll(() => world?.close());

  it('are named once somebody has looked them up, are scanned like our own, and agree with the class', async () => {
    const keeper = await world.as(`keeper.${CITY}`);
    const item = await world.itemWith([{ units: 1 }]);
    const catalogue = world.app.get(CatalogueService);
    const named = await catalogue.nameCodes(keeper, item.id, {
      version: item.version,
      gbCode: '1010203',
      eicCode: 'HSHEBLAN01',
    });
    expect(named).toMatchObject({ gbCode: '1010203', eicCode: 'HSHEBLAN01', version: item.version + 1 });
    for (const text of ['1010203', 'HSHEBLAN01', item.code]) {
      const { body } = await request(world.app.url).post('/api/v1/stock/scans').set('Authorization', `Bearer ${keeper.token}`).send({ text }); // prettier-ignore
      expect(body.found[0]).toMatchObject({ kind: 'item', id: item.id });
    }
    const wrong = catalogue.nameCodes(keeper, item.id, { version: named.version, gbCode: '2010203', eicCode: null });
    await expect(wrong).rejects.toMatchObject({ code: 'item.gb-code-class', status: 422 });
    const late = catalogue.nameCodes(keeper, item.id, { version: item.version, gbCode: null, eicCode: null });
    await expect(late).rejects.toMatchObject({ code: 'item.stale', status: 409 });
  });
});
