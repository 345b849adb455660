import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '../../src/access/index.js';
import { TransferService } from '../../src/relief-stock/index.js';
import { draftTransfer } from '../../src/relief-stock/moving/transfer.dto.js';
import { newId } from '../../src/shared/ids.js';
import {
  ROTATION_LIMITS,
  type RotationDto,
  rotationQuery,
} from '../../src/suggestions/structure/rotation/rotation.dto.js';
import { RotationController } from '../../src/suggestions/structure/rotation/rotation.controller.js';
import { sampleRotation } from '../../src/suggestions/structure/rotation/rotation.samples.js';
import { RotationThread } from '../../src/suggestions/structure/rotation/rotation-thread.js';
import { RotationService } from '../../src/suggestions/structure/rotation/rotation.service.js';
import { startApp, type TestApp } from '../support/app.js';
import { SuggestionDesk } from './suggestion-desk.js';

const refused = (code: string) => expect.objectContaining({ code });

describe('rotation of lots that will expire', () => {
  let app: TestApp;
  let desk: SuggestionDesk;
  let city: Actor, county: Actor;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    app = await startApp({ ROLE: 'web' });
    desk = new SuggestionDesk(app);
    const rows = await app.query<{ id: string; adcode: string }>(`select id, adcode from society`);
    for (const { id, adcode } of rows) ids[adcode] = id;
    [city, county] = [await app.as('duty.331000'), await app.as('duty.331082')];
  }, 240_000);
  afterAll(() => app?.close());

  const look = (actor: Actor, adcode: string, more: object = {}): Promise<RotationDto> =>
    app.get(RotationService).rotation(actor, rotationQuery.parse({ societyId: ids[adcode], ...more }));
  const movesOf = ({ lots }: RotationDto) =>
    lots.flatMap((lot) => lot.steps.flatMap((step) => (step.kind === 'move' ? [{ lot, step }] : [])));
  /** Lots of the item in stores of the city, so that each case starts from what it says. */
  const inCity = `select w.id from warehouse w join society o on o.id = w.society_id where starts_with(o.path, '/330000/331000/')`;
  const clear = (): Promise<unknown> =>
    app.query(
      `update lot set expires_on = null where id in (select lot_id from stock_cell where warehouse_id in (${inCity}))`,
    );
  /** The fullest cell of an item in a store of the city, with a lot of its own, which expires in so many days from now. */
  const expiring = async (itemId: string, days: number) => {
    const [cell] = await app.query<{ lotId: string; storeId: string; units: number }>(
      `select c.lot_id as "lotId", c.warehouse_id as "storeId", (c.on_hand - c.reserved)::int as units from stock_cell c join lot on lot.id = c.lot_id
       where c.kind = 'bin' and c.item_id = $1 and c.warehouse_id in (${inCity}) and c.fund is null and c.condition = 'good' and lot.state = 'good'
       order by c.on_hand - c.reserved desc, c.id limit 1`,
      [itemId],
    );
    const on = new Date(app.clock.now().getTime() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);
    await app.query(`update lot set expires_on = $2 where id = $1`, [cell!.lotId, on]);
    await app.query(`update stock_level set minimum_units = 0 where item_id = $1`, [itemId]);
    return { ...cell!, on };
  }; // prettier-ignore

  it('proposes for a city only what is there, with the reckoning, and answers the same when asked again', async () => {
    const found = await look(city, '331000');
    expect(found.answer).toBe('plan');
    const free = new Map((await app.query<{ key: string; units: number }>(
      `select warehouse_id || ' ' || lot_id as key, sum(on_hand - reserved)::int as units from stock_cell where kind = 'bin' and condition = 'good' group by 1`,
    )).map(({ key, units }) => [key, units])); // prettier-ignore
    for (const { lotId, storeId, units, unusedUnits, leftUnits, savedUnits, steps, reason } of found.lots) {
      expect(units).toBeLessThanOrEqual(free.get(`${storeId} ${lotId}`)!);
      const sent = steps.reduce(
        (sum, step) => sum + (step.kind === 'move' || step.kind === 'need' ? step.units : 0),
        0,
      );
      expect(sent).toBeLessThanOrEqual(units);
      expect(savedUnits).toBe(unusedUnits - leftUnits);
      expect(reason !== null).toBe(leftUnits > 0);
    }
    const { expiringBefore, expiring: after, bound } = found.goals;
    expect(after).toBe(found.lots.reduce((sum, { leftUnits }) => sum + leftUnits, 0));
    expect([bound <= after, after <= expiringBefore]).toEqual([true, true]);
    expect(JSON.stringify(await look(city, '331000'))).toBe(JSON.stringify(found));
    await expect(look(county, '330000')).rejects.toEqual(refused('access.denied'));
  }, 240_000);

  it('gives a lot first to the incident that lacks it, and says what remains', async () => {
    await clear();
    const item = await desk.item('SH07');
    const { lotId, storeId, units, on } = await expiring(item, 20);
    const before = (await look(city, '331000', { withinKm: 300 })).lots.find((lot) => lot.lotId === lotId)!;
    expect(before).toMatchObject({ storeId, units, expiresOn: on });
    expect(before.leftUnits).toBeGreaterThan(20);
    const incident = await desk.flood(city, {
      capabilities: [],
      items: [{ itemId: item, units: 20, priority: 1 }],
    });
    const found = await look(city, '331000', { withinKm: 300 });
    const mine = found.lots.find((lot) => lot.lotId === lotId)!;
    expect(mine.steps).toContainEqual(expect.objectContaining({ kind: 'need', needId: incident.id, units: 20 }));
    expect(mine.leftUnits).toBe(before.leftUnits - 20);
    expect(found.needs).toMatchObject([{ id: incident.id, kind: 'incident' }]);
    expect(mine.steps.at(-1)).toMatchObject({ kind: 'write-off', on, units: mine.leftUnits });
  }, 240_000);

  it('is drafted with the lot named, then counts as gone, and the order promises that lot', async () => {
    await clear();
    const item = await desk.item('SH07');
    const { lotId, storeId } = await expiring(item, 120);
    const all = { withinKm: 300, keepPercent: 100, minTripYuan: 0 };
    const found = await look(city, '331000', all);
    expect(found.goals.savedUnits).toBe(found.goals.possibleUnits);
    expect(found.trips.flatMap(({ goods }) => goods)).toHaveLength(found.goals.moves);
    const { lot, step } = movesOf(found).find((one) => one.lot.lotId === lotId)!;
    expect([lot.storeId, lot.itemId]).toEqual([storeId, item]);
    expect(step.use).toMatchObject({ source: 'scenarios', units: expect.any(Number) });
    const transfers = app.get(TransferService);
    const goods = [{ itemId: item, units: step.units, lotId }];
    const plannedArrivalAt = new Date(app.clock.now().getTime() + 7 * 86_400_000).toISOString();
    const draft = draftTransfer.parse({ fromWarehouseId: storeId, toWarehouseId: step.toId, plannedArrivalAt, goods });
    const [other] = await app.query<{ id: string }>(`select id from lot where item_id <> $1 limit 1`, [item]);
    const stray = { ...draft, goods: [{ ...goods[0]!, lotId: other!.id }] };
    await expect(transfers.draftTransfer(city, stray)).rejects.toEqual(refused('lot.not-found'));
    const greedy = await transfers.draftTransfer(city, { ...draft, goods: [{ ...goods[0]!, units: 9_000_000 }] });
    await expect(transfers.order(city, greedy.id, { version: greedy.version })).rejects.toMatchObject({
      code: 'stock.lot-short', params: { lot: lot.lotCode, requested: 9_000_000 },
    }); // prettier-ignore
    await transfers.cancel(city, greedy.id, { version: greedy.version, reason: '数量写错' });
    const made = await transfers.draftTransfer(city, draft);
    const again = await look(city, '331000', all);
    expect(again.drafted).toMatchObject([{ transferId: made.id, fromId: storeId, toId: step.toId, units: step.units }]);
    const rest = again.lots.find((one) => one.lotId === lotId && one.arrivesOn === null);
    expect(rest?.units ?? 0).toBe(lot.units - step.units);
    expect(again.goals.expiring).toBe(found.goals.expiring);
    await transfers.order(city, made.id, { version: made.version });
    const { goods: ordered } = await transfers.transfer(city, made.id);
    expect(ordered).toMatchObject([{ lotId, lots: [{ lotId, units: step.units }] }]);
  }, 240_000);

  it('says why there is nothing to rotate', async () => {
    await clear();
    expect(await look(city, '331000')).toMatchObject({ answer: 'no-lots', lots: [], expired: [] });
    const { lotId, units } = await expiring(await desk.item('SH07'), -3);
    const gone = await look(city, '331000');
    expect(gone).toMatchObject({ answer: 'all-expired', lots: [], expired: [{ lotId, units }] });
    await app.query(`update lot set expires_on = null where id = $1`, [lotId]);
    const [bare] = await app.query<{ adcode: string }>(
      `select adcode from society o where o.path like '/330000/%' and not exists (select 1 from warehouse w join society x on x.id = w.society_id
         where starts_with(x.path, o.path) and w.mode = 'physical') order by adcode limit 1`,
    );
    if (bare) expect(await look(await app.as('duty.330000'), bare.adcode)).toMatchObject({ answer: 'no-store' });
  }, 240_000);

  it('says of one store alone that there is nowhere to go', async () => {
    const [one] = await app.query<{ adcode: string; storeId: string }>(
      `select o.adcode, min(w.id::text) as "storeId" from society o join warehouse w on w.society_id = o.id
       where exists (select 1 from stock_cell c where c.warehouse_id = w.id and c.kind = 'bin' and c.on_hand > c.reserved)
         and (select count(*) from warehouse x join society y on y.id = x.society_id where starts_with(y.path, o.path) and x.mode = 'physical') = 1
       group by o.id order by o.adcode limit 1`,
    ); // prettier-ignore
    await app.query(
      `update lot set expires_on = ($2::timestamptz + interval '60 days')::date where id in (select lot_id from stock_cell
         where warehouse_id = $1 and kind = 'bin' and condition = 'good')`,
      [one!.storeId, app.clock.now()],
    );
    await app.query(`update item set minimum_use_days = 0`);
    const { answer, lots } = await look(await app.as('duty.330000'), one!.adcode);
    if (answer === 'all-used') return;
    expect(new Set(lots.map(({ reason }) => reason?.code))).toEqual(new Set(['one-store']));
    for (const { steps } of lots) expect(['return', 'hand-over']).toContain(steps[0]!.kind);
  }, 240_000);

  it('lets nobody ask without end, and few wait for the one thread: each look is dear and keeps others waiting', async () => {
    const controller = app.get(RotationController);
    const ask = () => controller.rotation(city, rotationQuery.parse({ societyId: newId() }));
    for (let n = 0; n < ROTATION_LIMITS.askedPerMinute; n++) await expect(ask()).rejects.toEqual(refused('society.not-found'));
    await expect(ask()).rejects.toEqual(refused('rate.limited'));

    const thread = new RotationThread();
    const problems = Array.from({ length: ROTATION_LIMITS.waiting + 2 }, (_, seed) => sampleRotation(seed + 1));
    const answers = await Promise.allSettled(problems.map((problem) => thread.plan(problem)));
    expect(answers.map((one) => (one.status === 'fulfilled' ? one.value.faults : one.reason.code))).toEqual([
      ...Array.from({ length: ROTATION_LIMITS.waiting }, () => []), 'busy', 'busy',
    ]);
    expect(await thread.plan(problems.at(-1)!)).toMatchObject({ faults: [] });
  }, 240_000); // prettier-ignore
});
