import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '../../src/access/index.js';
import type { Point } from '../../src/shared/fields.dto.js';
import { distanceM } from '../../src/shared/geo.js';
import { roadMin, SPEED_KM_H } from '../../src/shared/travel.rules.js';
import { TransferService } from '../../src/relief-stock/index.js';
import { AdviceService } from '../../src/suggestions/structure/advice.service.js';
import { ScenarioService } from '../../src/suggestions/structure/scenario.service.js';
import { StructureFactsReader } from '../../src/suggestions/structure/structure-facts.js';
import { StructureSolveService } from '../../src/suggestions/structure/structure-solve.service.js';
import { StructureThread } from '../../src/suggestions/structure/structure-thread.js';
import { addScenario, askAdvice, type AdviceDetailDto } from '../../src/suggestions/structure/structure.dto.js';
import { startApp, type TestApp } from '../support/app.js';

const refused = (code: string) => expect.objectContaining({ code });

describe('where stock should lie', () => {
  let app: TestApp;
  let province: Actor, city: Actor, county: Actor;
  const ids: Record<string, string> = {};
  let answered: AdviceDetailDto;

  beforeAll(async () => {
    app = await startApp({ ROLE: 'web' });
    const rows = await app.query<{ id: string; adcode: string }>(`select id, adcode from society`);
    for (const { id, adcode } of rows) ids[adcode] = id;
    [province, city, county] = [await app.as('duty.330000'), await app.as('duty.331000'), await app.as('duty.331082')];
  }, 120_000);
  afterAll(() => app?.close());

  const advice = () => app.get(AdviceService);
  const scenarios = () => app.get(ScenarioService);
  const solver = () => app.get(StructureSolveService);
  const question = (adcode: string, more: object = {}) => askAdvice.parse({ societyId: ids[adcode], ...more });
  const answer = async (actor: Actor, adcode: string, more: object = {}): Promise<AdviceDetailDto> => {
    const { id } = await advice().ask(actor, question(adcode, more));
    await solver().solve(id);
    return advice().advice(actor, id);
  };
  const free = async (): Promise<Map<string, number>> => {
    const rows = await app.query<{ key: string; units: number }>(
      `select c.warehouse_id || ' ' || c.item_id as key, sum(c.on_hand - c.reserved)::int as units from stock_cell c join lot on lot.id = c.lot_id
       where c.kind = 'bin' and c.condition = 'good' and lot.state = 'good' group by 1`,
    );
    return new Map(rows.map(({ key, units }) => [key, units]));
  };

  it('is answered for the whole province, within what was asked', async () => {
    answered = await answer(province, '330000', { tonneKm: 3000, moves: 12 });
    expect(answered).toMatchObject({ status: 'ready', failure: null, requestedBy: expect.any(String) });
    const { moves, items, counties, scenarios: told, late } = answered.result!;
    expect(late).toEqual([]);
    expect(told).toHaveLength(15);
    expect(counties.length).toBeGreaterThan(30);
    expect(moves.length).toBeGreaterThan(0);
    expect(moves.length).toBeLessThanOrEqual(12);
    expect(moves.reduce((sum, { tonneKm }) => sum + tonneKm, 0)).toBeLessThanOrEqual(3000);
    for (const { before, after, bound } of items) {
      expect(after.worstMissing).toBeLessThanOrEqual(before.worstMissing + 1e-9);
      expect(bound!.expectedMin).toBeLessThanOrEqual(after.expectedMin + 0.1);
    }
    const better = items.filter(({ itemId }) => moves.some((move) => move.itemId === itemId));
    for (const { before, after } of better) expect(after.expectedMin < before.expectedMin || after.worstMissing < before.worstMissing).toBe(true); // prettier-ignore
    const stock = await free();
    for (const { fromId, itemId, units } of moves)
      expect(stock.get(`${fromId} ${itemId}`)).toBeGreaterThanOrEqual(units);
  }, 300_000);

  it('is one question of a society at a time, and is found by who looks again', async () => {
    const asked = await advice().ask(city, question('331000'));
    await expect(advice().ask(city, question('331000'))).rejects.toEqual(refused('structure-advice.at-work'));
    await solver().solve(asked.id);
    await solver().solve(asked.id);
    const seen = await advice().advice(city, asked.id);
    expect(seen).toMatchObject({ status: 'ready', version: 3 });
    const mine = new Set((await app.query<{ id: string }>(`select w.id from warehouse w join society o on o.id = w.society_id where starts_with(o.path, '/330000/331000/')`)).map(({ id }) => id)); // prettier-ignore
    for (const { fromId, toId } of seen.result!.moves) expect([mine.has(fromId), mine.has(toId)]).toEqual([true, true]);
    const page = await advice().advices(city, { societyId: ids['331000'], limit: 10 });
    expect(page.items.map(({ id, moves }) => [id, moves])).toEqual([[asked.id, seen.result!.moves.length]]);
    expect(page.items[0]).not.toHaveProperty('result');
    const [giver] = await app.query<{ code: string }>(`select code from warehouse where id = $1`, [
      seen.result!.moves[0]!.fromId,
    ]);
    const giving = await app.as(`keeper.${giver!.code}`);
    expect((await advice().advices(giving, { limit: 10 })).items.map(({ id }) => id)).toContain(asked.id);
    const kinds = await app.query<{ kind: string }>(`select kind from journal where subject_id = $1 order by id`, [
      asked.id,
    ]);
    expect(kinds.map(({ kind }) => kind)).toEqual([
      'structure-advice.asked',
      'structure-advice.started',
      'structure-advice.answered',
    ]);
  }, 300_000);

  it('becomes a draft of a transfer by one press, once, and never more than was advised', async () => {
    const take = (input: object) =>
      advice().takeMove(province, answered.id, { version: answered.version, move: 0, ...input });
    const [move] = answered.result!.moves;
    await expect(take({ units: move!.units + 1 })).rejects.toEqual(refused('structure-move.too-many'));
    await expect(take({ move: 99 })).rejects.toEqual(refused('structure-move.not-found'));
    const taken = await take({});
    expect(taken.taken).toMatchObject([{ move: 0, by: expect.any(String) }]);
    const transfer = await app.get(TransferService).transfer(province, taken.taken[0]!.transferId);
    expect(transfer).toMatchObject({ status: 'draft', from: { id: move!.fromId }, to: { id: move!.toId }, goods: [{ itemId: move!.itemId, units: move!.units }] }); // prettier-ignore
    await expect(take({})).rejects.toEqual(refused('structure-advice.stale'));
    await expect(take({ version: taken.version })).rejects.toEqual(refused('structure-move.taken'));
    const others = advice().takeMove(county, answered.id, { version: taken.version, move: 1 });
    await expect(others).rejects.toMatchObject({
      code: expect.stringMatching(/^(access\.denied|warehouse\.not-found)$/),
    });
    const [drafts] = await app.query<{ n: number }>(`select count(*)::int as n from stock_transfer where id = $1`, [
      taken.taken[0]!.transferId,
    ]);
    expect(drafts!.n).toBe(1);
  });

  it('takes only one of many presses', async () => {
    const { version, taken } = await advice().advice(province, answered.id);
    const before = await app.query<{ n: number }>(`select count(*)::int as n from stock_transfer`);
    const presses = await Promise.allSettled(
      Array.from({ length: 6 }, () => advice().takeMove(province, answered.id, { version, move: taken.length })),
    );
    expect(presses.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const now = await app.query<{ n: number }>(`select count(*)::int as n from stock_transfer`);
    expect(now[0]!.n).toBe(before[0]!.n + 1);
  });

  it('is made for scenarios of one’s own, which only the own society changes', async () => {
    const own = {
      name: '椒江内涝',
      kind: 'flood',
      month: 7,
      perYear: 1,
      source: '推定',
      counties: [{ societyId: ids['331002'], people: 300 }],
    };
    const added = await scenarios().addScenario(city, addScenario.parse({ societyId: ids['331000'], ...own }));
    const { items } = await scenarios().scenarios(city, ids['331000']!);
    expect(items).toHaveLength(16);
    expect(items[0]).toMatchObject({ id: added.id, perYear: 1 });
    expect((await scenarios().scenarios(province, ids['330000']!)).items).toHaveLength(15);
    const { id: _, societyId: __, changedBy: ___, changedAt: ____, version, ...content } = added;
    const off = await scenarios().changeScenario(city, added.id, { ...content, switchedOn: false, version });
    expect(off).toMatchObject({ switchedOn: false, version: 2 });
    await expect(scenarios().changeScenario(city, added.id, { ...content, version })).rejects.toEqual(
      refused('structure-scenario.stale'),
    );
    const theirs = items.find(({ societyId }) => societyId === ids['330000'])!;
    await expect(scenarios().changeScenario(city, theirs.id, { ...content, version: 1 })).rejects.toEqual(
      refused('access.denied'),
    );
    const elsewhere = addScenario.parse({
      societyId: ids['331000'],
      ...own,
      counties: [{ societyId: ids['330381'], people: 1 }],
    });
    await expect(scenarios().addScenario(city, elsewhere)).rejects.toEqual(
      refused('structure-scenario.county-elsewhere'),
    );
    const twice = addScenario.parse({ societyId: ids['331000'], ...own, counties: [...own.counties, ...own.counties] });
    await expect(scenarios().addScenario(city, twice)).rejects.toEqual(refused('structure-scenario.county-twice'));
    await expect(scenarios().addScenario(county, addScenario.parse({ societyId: ids['331000'], ...own }))).rejects.toEqual(refused('access.denied')); // prettier-ignore
  });

  it('counts what closed incidents asked for, and no exercise', async () => {
    const [item] = await app.query<{ id: string }>(`select id from item where code = 'SH07'`);
    const incident = async (exercise: boolean) => {
      const id = (await app.query<{ id: string }>(`select gen_random_uuid() as id`))[0]!.id;
      await app.query(
        `insert into incident (id, number, kind, severity, status, title, lon, lat, raw_location, place_text, society_id, lead_society_id,
           occurred_at, reported_at, scope, whole_scope, exercise, status_since)
         select $1::uuid, $1::uuid::text, 'flood', 'III', 'closed', '过去的洪水', lon, lat, '{}', '示范', id, id, now(), now(), '{test}', '{test}', $2, now()
         from society where adcode = '331082'`,
        [id, exercise],
      );
      await app.query(
        `insert into incident_need (id, incident_id, item_id, units, priority) values (gen_random_uuid(), $1, $2, 40, 1)`,
        [id, item!.id],
      );
      return id;
    };
    const [real] = [await incident(false), await incident(true)];
    const { result } = await answer(county, '331082');
    expect(result!.scenarios.filter(({ past }) => past)).toMatchObject([
      { id: real, name: '过去的洪水', perYear: 0.2 },
    ]);
  });

  it('says why there is no answer', async () => {
    const partner = await app.query<{ id: string }>(`select id from society where adcode = '330402'`);
    const asked = await advice().ask(province, askAdvice.parse({ societyId: partner[0]!.id }));
    await solver().solve(asked.id);
    expect(await advice().advice(province, asked.id)).toMatchObject({
      status: 'failed',
      failure: 'no-scenario',
      result: null,
    });
  });

  it('is taken up again when its process died, and given up after three tries', async () => {
    const hourAgo = () => new Date(app.clock.now().getTime() - 3_600_000);
    const { id } = await advice().ask(province, question('330100'));
    const lose = () => app.query(`update structure_advice set status = 'solving', status_since = $2, attempts = attempts + 1 where id = $1`, [id, hourAgo()]); // prettier-ignore
    await lose();
    app.get(StructureThread).timeLimitMs = 0;
    await solver().sweep();
    const seen = await advice().advice(province, id);
    expect(seen).toMatchObject({ status: 'ready' });
    expect(seen.result!.late.length).toBeGreaterThan(0);
    expect(seen.result!.moves).toEqual([]);
    const { id: hopeless } = await advice().ask(province, question('330100'));
    await app.query(`update structure_advice set status = 'solving', status_since = $2, attempts = 3 where id = $1`, [hopeless, hourAgo()]); // prettier-ignore
    await solver().sweep();
    expect(await advice().advice(province, hopeless)).toMatchObject({ status: 'failed', failure: 'interrupted' });
  }, 120_000);

  it('reckons with ferries and bridges as they run for years, not with what is closed tonight', async () => {
    const facts = () => app.get(StructureFactsReader).gather(ids['330000']!, question('330000'));
    const usual = await facts();
    const store = usual.stores.findIndex(({ societyId }) => societyId === ids['330100']);
    const island = usual.named.findIndex(({ counties }) =>
      counties.some(({ societyId }) => societyId === ids['330921']),
    );
    const demand = usual.scenarios[island]!.demands.find(({ societyId }) => societyId === ids['330921'])!;
    const [place] = await app.query<Point>(`select lon, lat from warehouse where id = $1`, [usual.stores[store]!.id]);
    const straightM = distanceM(place!, usual.societies.get(ids['330921']!)!);
    expect(demand.roadMin[store]).toBeGreaterThan(roadMin(straightM, SPEED_KM_H.typhoon));
    const closed = await app.query(
      `update crossing set suspended_from = '2020-01-01', suspended_reason = '大风' returning 1`,
    );
    expect(closed.length).toBeGreaterThan(20);
    expect((await facts()).scenarios).toEqual(usual.scenarios);
    await app.query(`delete from crossing`);
    expect(
      (await facts()).scenarios[island]!.demands.find(({ societyId }) => societyId === ids['330921'])!.roadMin[store],
    ).toBe(-1);
  }, 120_000);
});
