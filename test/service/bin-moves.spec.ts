import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/shared/ids.js';
import { audit } from '../support/auditor.js';
import { CITY, COUNTY, MovingWorld } from './moving-world.js';

describe('goods that change their bin', () => {
  let world: MovingWorld;
  beforeAll(async () => void (world = await MovingWorld.open()), 120_000);
  afterEach(() => audit(world.app));
  afterAll(() => world?.close());

  const contents = async (itemId: string) => world.cells(itemId);
  const binCalled = async (code: string, warehouseId = world.city.id) =>
    (await world.app.query<{ id: string }>(`select id from stock_place where kind = 'bin' and code = $1 and warehouse_id = $2`, [code, warehouseId]))[0]!.id; // prettier-ignore
  const move = async (
    lines: { contentId: string; toBinId: string; units: number }[],
    account = `keeper.${CITY}`,
    over = {},
  ) => world.binMoves.moveBins(await world.as(account), { warehouseId: world.city.id, note: '', lines, ...over });

  it('lie in the other bin at once, whose and what they were', async () => {
    const item = await world.itemWith([{ units: 10, fund: '救灾款', expiresOn: '2027-01-01' }]);
    const [lying] = await contents(item.id);
    expect(lying).toMatchObject({
      binCode: 'A-01',
      onHandUnits: 10,
      reservedUnits: 0,
      fund: '救灾款',
      condition: 'good',
    });
    const line = { contentId: lying!.id, toBinId: await binCalled('C-01'), units: 4 };
    const moved = await world.watching(() => move([line]));
    expect(moved).toMatchObject({
      number: '331000-YW-2026-0001',
      lines: [{ fromBin: 'A-01', toBin: 'C-01', units: 4, lotCode: 'L1' }],
    });
    const now = await contents(item.id);
    expect(now.map(({ binCode, onHandUnits, fund }) => [binCode, onHandUnits, fund])).toEqual([['A-01', 6, '救灾款'], ['C-01', 4, '救灾款']]); // prettier-ignore
    expect(await world.levelOf(item.id)).toEqual([10, 0, 10, 0]);
    const keeper = await world.as(`keeper.${CITY}`);
    expect(await world.binMoves.binMove(keeper, moved.id)).toEqual(moved);
    expect((await world.binMoves.binMoves(keeper, { limit: 10 })).items[0]).toEqual(moved);
    await expect(world.binMoves.binMove(await world.as('duty.330100'), moved.id)).rejects.toMatchObject({
      code: 'bin-move.not-found',
    });
  });

  it('only when nobody has been promised them, and only by the keeper of the house', async () => {
    const item = await world.itemWith([{ units: 10 }]);
    const ordered = await world.transferAt('ordered', [{ itemId: item.id, units: 7 }]);
    const [lying] = await contents(item.id);
    expect(lying).toMatchObject({ onHandUnits: 10, reservedUnits: 7 });
    const bin = await binCalled('B-01');
    const line = { contentId: lying!.id, toBinId: bin, units: 4 };
    await expect(move([line])).rejects.toMatchObject({
      code: 'stock.insufficient',
      params: { available: 3, requested: 4 },
    });
    const twice = [{ ...line, units: 2 }, { ...line, units: 2 }]; // prettier-ignore
    await expect(move(twice)).rejects.toMatchObject({ code: 'stock.insufficient' });
    await expect(move([{ ...line, toBinId: lying!.binId }])).rejects.toMatchObject({
      code: 'bin-move.same-bin',
      params: { line: 1 },
    });
    await expect(move([{ ...line, contentId: newId() }])).rejects.toMatchObject({ code: 'cell.not-found' });
    const foreign = await binCalled('A-01', world.county.id);
    await expect(move([{ ...line, toBinId: foreign }])).rejects.toMatchObject({ code: 'bin.not-found' });
    await expect(move([line], 'duty.331000')).rejects.toMatchObject({ code: 'access.denied' });
    await expect(move([line], `keeper.${COUNTY}`)).rejects.toMatchObject({ code: 'warehouse.not-found' });
    const once = await move([{ ...line, units: 3 }]);
    await expect(move([{ ...line, units: 3 }], undefined, { id: once.id })).rejects.toMatchObject({
      code: 'idempotency.mismatch',
    });
    await world.take(ordered, ['cancel']);
  });

  it('once: two keepers move the same goods, one of them finds nothing', async () => {
    const item = await world.itemWith([{ units: 10 }]);
    const [lying] = await contents(item.id);
    const bin = await binCalled('B-01');
    const race = await Promise.allSettled(
      [1, 2, 3].map(() => move([{ contentId: lying!.id, toBinId: bin, units: 6 }])),
    );
    expect(race.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});
