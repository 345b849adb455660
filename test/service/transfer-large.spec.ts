import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TransferDto } from '../../src/relief-stock/moving/transfer.dto.js';
import type { TransferStepName } from '../../src/relief-stock/moving/transfer.rules.js';
import { newId } from '../../src/shared/ids.js';
import { LIMITS } from '../../src/shared/fields.dto.js';
import { audit } from '../support/auditor.js';
import { statementsOf } from '../support/statements.js';
import { CITY, COUNTY, MovingWorld } from './moving-world.js';

const EVERY = 20;
const STEPS: TransferStepName[] = ['order', 'pick', 'load', 'depart', 'arrive', 'receive'];

describe(`a transfer of ${LIMITS.documentLines} lines`, () => {
  let world: MovingWorld;
  let items: string[];
  beforeAll(async () => {
    world = await MovingWorld.open();
    items = await catalogueOf(world, LIMITS.documentLines);
    for (let n = 0; n < items.length; n += LIMITS.list) {
      const lines = items.slice(n, n + LIMITS.list).map((itemId) => ({ itemId, lotCode: 'L', units: 10 }));
      await world.receiveGoods({ warehouseId: world.city.id, lines });
    }
  }, 240_000);
  afterAll(() => world?.close());

  /** Drafts, takes every step with a count that differs here and there, opens it; answers statements and milliseconds of each. */
  const run = async (lines: number) => {
    const told = new Map<string, { statements: number; ms: number }>();
    const measured = async <T>(name: string, command: () => Promise<T>): Promise<T> => {
      const { result, statements, ms } = await statementsOf(world.app, command);
      told.set(name, { statements, ms });
      return result;
    };
    for (const account of ['duty.331000', `keeper.${CITY}`, `keeper.${COUNTY}`]) await world.as(account);
    const goods = items.slice(0, lines).map((itemId) => ({ itemId, units: 3 }));
    let transfer: TransferDto = await measured('draft', () => world.draft(goods));
    for (const step of STEPS) {
      const lots = step === 'receive' ? await countsOf(world, transfer) : [];
      transfer = await measured(step, () => world.take(transfer, [step], { receive: { lots } }));
    }
    const opened = await measured('open', async () =>
      world.transfers.transfer(await world.as(`keeper.${CITY}`), transfer.id),
    );
    expect(opened.goods).toHaveLength(lines);
    const differing = Math.ceil(lines / EVERY);
    expect(opened).toMatchObject({ units: 3 * lines, damagedUnits: differing, missingUnits: differing });
    return told;
  };

  it('posts and opens with as many statements as one of two lines', async () => {
    const few = await run(2);
    const many = await run(LIMITS.documentLines);
    const table = [...many].map(
      ([name, { statements, ms }]) => `${name}: ${statements} statements, ${Math.round(ms)} ms`,
    );
    process.stdout.write(`  ${LIMITS.documentLines} lines: ${table.join('; ')}\n`);
    for (const [name, { statements }] of many) expect([name, statements]).toEqual([name, few.get(name)!.statements]);
    await audit(world.app);
  }, 240_000);

  it('is refused when longer', async () => {
    const { draftTransfer } = await import('../../src/relief-stock/moving/transfer.dto.js');
    const goods = Array.from({ length: LIMITS.documentLines + 1 }, () => ({ itemId: newId(), units: 1 }));
    const input = { fromWarehouseId: newId(), toWarehouseId: newId(), plannedArrivalAt: '2026-07-22T00:00:00Z' };
    expect(draftTransfer.safeParse({ ...input, goods }).success).toBe(false);
    expect(draftTransfer.safeParse({ ...input, goods: goods.slice(1) }).success).toBe(true);
  });
});

/** Of every twentieth lot one unit is whole, one damaged, one missing; the others came whole and are not told. */
async function countsOf(world: MovingWorld, transfer: TransferDto) {
  const { goods } = await world.transfers.transfer(await world.as(`keeper.${CITY}`), transfer.id);
  const differing = goods.filter((_, n) => n % EVERY === 0).flatMap(({ lots }) => lots);
  return differing.map(({ id }) => ({
    id, acceptedUnits: 1, damagedUnits: 1, missingUnits: 1, damagedTo: 'bin' as const, reason: '测试',
  })); // prettier-ignore
}

/** Items straight into the catalogue: making 2,000 by command is not what is measured. */
async function catalogueOf(world: MovingWorld, count: number): Promise<string[]> {
  const rows = await world.app.query<{ id: string }>(
    `insert into item (id, code, name, name_en, gb_class, unit, weight_g, volume_cm3)
     select gen_random_uuid(), 'Z' || lpad(n::text, 5, '0'), '测试物资', 'test', 1, '件', 100, 100 from generate_series(1, $1::int) n
     returning id`,
    [count],
  );
  return rows.map(({ id }) => id);
}
