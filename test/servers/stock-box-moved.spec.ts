import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inTransaction } from '../../src/database/index.js';
import { BoxService } from '../../src/relief-stock/index.js';
import { packBox } from '../../src/relief-stock/boxes/box.dto.js';
import { audit } from '../support/auditor.js';
import { CITY, MovingWorld } from '../service/moving-world.js';

describe('a box that is taken elsewhere while somebody is about to act on it', () => {
  let world: MovingWorld;
  beforeAll(async () => {
    world = await MovingWorld.open();
  }, 240_000);
  afterAll(() => world?.close());

  const waiting = async () => {
    const sql = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%stock_box%'`;
    while ((await world.app.query(sql)).length === 0);
  };

  it('is not opened by who had the keys of the place that it left', async () => {
    const { app, city } = world;
    const keeper = await world.as(`keeper.${CITY}`);
    const [here, there] = await app.query<{ id: string }>(`select id from stock_place where kind = 'bin' and warehouse_id = $1 order by code`, [city.id]); // prettier-ignore
    const item = await world.itemWith([{ units: 10, binId: here!.id }]);
    const [cell] = await world.cells(item.id, city);
    const contents = [{ contentId: cell!.id, units: 10 }];
    const box = await app
      .get(BoxService)
      .pack(keeper, packBox.parse({ warehouseId: city.id, binId: here!.id, contents }));
    const opening = await inTransaction(app.db, async (tx) => {
      await tx.query(`select 1 from stock_box where id = $1 for update`, [box.id]);
      const opened = app
        .get(BoxService)
        .break(keeper, box.id, {})
        .catch((error: unknown) => error);
      await waiting();
      await tx.query(`update stock_box set bin_id = $2 where id = $1`, [box.id, there!.id]);
      return { opened };
    });
    expect(await opening.opened).toMatchObject({ code: 'stock-box.stale' });
    expect(await app.query(`select status from stock_box where id = $1`, [box.id])).toEqual([{ status: 'packed' }]);
    await app.query(`update stock_box set bin_id = $2 where id = $1`, [box.id, here!.id]);
    await audit(app);
  });
});
