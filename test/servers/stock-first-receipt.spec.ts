import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemActor } from '../../src/access/index.js';
import { inTransaction, type Tx } from '../../src/database/index.js';
import { CatalogueService, ReceiptService, reserveSupplies } from '../../src/relief-stock/index.js';
import { newId } from '../../src/shared/ids.js';
import { startApp, type TestApp } from '../support/app.js';
import { audit } from '../support/auditor.js';

const TAIZHOU = 'WH-331000-1';
const DAY = 86_400_000;

describe('an item that comes to a warehouse for the first time', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  }, 120_000);
  afterAll(() => app?.close());

  /** Lets another client act between the locking of the levels and the locking of the cells. */
  const afterLevels = (tx: Tx, act: () => Promise<unknown>): Tx => ({
    afterCommit: (hint) => tx.afterCommit(hint),
    query: async <T>(sql: string, params?: unknown[]) => {
      const rows = await tx.query<T>(sql, params);
      if (sql.includes('for update of l')) await act();
      return rows;
    },
  });

  it('is not promised to an order that looked before it came: its days of use were not known', async () => {
    const keeper = await app.as(`keeper.${TAIZHOU}`);
    const item = await app.get(CatalogueService).addItem(keeper, {
      code: 'FIRST', name: '首次入库', nameEn: 'first', gbClass: 1, unit: '件', weightG: 1, volumeCm3: 1, minimumUseDays: 10,
    }); // prettier-ignore
    const [warehouse] = await app.query<{ id: string }>(`select id from warehouse where code = $1`, [TAIZHOU]);
    const now = app.clock.now();
    const expiresOn = new Date(now.getTime() + 12 * DAY).toISOString().slice(0, 10);
    const arriving = () =>
      app.get(ReceiptService).receiveGoods(keeper, {
        warehouseId: warehouse!.id, source: 'purchase', sourceName: '供应商', note: '',
        lines: [{ itemId: item.id, lotCode: 'L1', units: 12, expiresOn }],
      }); // prettier-ignore
    const ask = {
      lines: [{ orderLineId: newId(), itemId: item.id, warehouseId: warehouse!.id, units: 4 }],
      arrivalAt: new Date(now.getTime() + 5 * DAY), untilAt: null, now, actor: systemActor('test'),
    }; // prettier-ignore
    const promised = inTransaction(app.db, (tx) => reserveSupplies(afterLevels(tx, arriving), ask));
    await expect(promised).rejects.toMatchObject({ code: 'stock.insufficient' });
    const later = inTransaction(app.db, (tx) => reserveSupplies(tx, ask));
    await expect(later).rejects.toMatchObject({ code: 'stock.lot-expired' });
    expect(await app.query(`select 1 from reservation where order_line_id = $1`, [ask.lines[0]!.orderLineId])).toEqual(
      [],
    );
    await audit(app);
  });
});
