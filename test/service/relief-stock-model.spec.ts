import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CatalogueService } from '../../src/relief-stock/index.js';
import { startApp, type TestApp } from '../support/app.js';
import { audit } from '../support/auditor.js';
import { endings, expectSameStock, ledgerCommands, openingStock, type Real } from '../support/stock-commands.js';
import { ITEMS, type Model, newModel } from '../support/stock-model.js';

const WAREHOUSES = ['WH-331000-1', 'WH-331082-1'];
/** A longer run sets LEDGER_RUNS. Sequences are up to 40 commands long, 20 on average. */
const RUNS = Number(process.env.LEDGER_RUNS ?? 30);
const COMMANDS = 40;
/** What must have happened at least once for the run to mean anything. */
const ENDINGS = [
  'reserve done', 'reserve stock.insufficient', 'reserve stock.lot-expired', 'release done', 'release reservation.closed', 'keep done',
  'keep reservation.closed', 'ship done', 'ship again done', 'ship again reservation.closed', 'deliver done', 'deliver again done',
  'deliver again idempotency.mismatch', 'expire some', 'expire none',
]; // prettier-ignore

describe('the stock ledger against a plain model', () => {
  let app: TestApp;
  let runs = 0;
  beforeAll(async () => void (app = await startApp()), 120_000);
  afterAll(() => app?.close());

  /** Two warehouses and two items nobody else touches. */
  async function freshWorld(): Promise<Real> {
    const run = ++runs;
    const keepers = await Promise.all(WAREHOUSES.map((code) => app.as(`keeper.${code}`)));
    const warehouses = await app.query<{ id: string; code: string }>(
      `select id, code from warehouse where code = any($1) order by array_position($1, code)`,
      [WAREHOUSES],
    );
    const items = await Promise.all(
      ITEMS.map(({ minimumUseDays }, n) =>
        app.get(CatalogueService).addItem(keepers[0]!, {
          code: `M${run}-${n}`, name: '模型物资', nameEn: 'model', gbClass: 1, unit: '件', weightG: 1, volumeCm3: 1, minimumUseDays,
        }),
      ),
    ); // prettier-ignore
    return { app, keepers, warehouses, items };
  }

  /** Where the units of a run ended outside the warehouses. */
  async function expectSameOutside(model: Model, real: Real): Promise<void> {
    const rows = await app.query<{ kind: 'recipient' | 'disposal' | 'inquiry' | 'transit'; units: number }>(
      `select kind, sum(on_hand)::bigint as units from stock_cell where item_id = any($1) and kind in ('recipient', 'disposal', 'inquiry', 'transit')
       group by kind`,
      [real.items.map((item) => item.id)],
    );
    const units = (kind: string) => rows.find((row) => row.kind === kind)?.units ?? 0;
    const { received, damaged, missing } = model.outside;
    expect([units('recipient'), units('disposal'), units('inquiry')]).toEqual([received, damaged, missing]);
    const travelling = model.orders.filter((order) => order.state === 'posted').flatMap((order) => order.lines);
    expect(units('transit')).toBe(travelling.reduce((sum, line) => sum + line.units, 0));
  }

  it(`S1-S6: agrees with it after every one of up to ${COMMANDS} random commands`, async () => {
    await fc.assert(
      fc.asyncProperty(ledgerCommands(COMMANDS), async (commands) => {
        const world = { model: newModel(), real: await freshWorld() };
        for (const command of openingStock()) await command.run(world.model, world.real);
        await fc.asyncModelRun(() => world, commands);
        await expectSameStock(world.model, world.real);
        await expectSameOutside(world.model, world.real);
      }),
      { numRuns: RUNS, verbose: 1 },
    );
    await audit(app);
    expect(ENDINGS.filter((ending) => !endings.has(ending))).toEqual([]);
  }, 600_000);
});
