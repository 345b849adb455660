import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '../../src/access/index.js';
import { newId } from '../../src/shared/ids.js';
import { audit } from '../support/auditor.js';
import { expectConsoleAgrees } from '../support/console.js';
import { CITY, COUNTY, NEIGHBOUR, PROVINCE, RequestWorld } from './request-world.js';

const WATCHING = [`duty.${PROVINCE}`, `duty.${CITY}`, `duty.${COUNTY}`, `keeper.WH-${CITY}-1`];
const why = { reason: '库存不足' };

describe('a request that climbs levels', () => {
  let world: RequestWorld;
  let county: Actor;
  let city: Actor;
  let province: Actor;
  let neighbour: Actor;
  beforeAll(async () => {
    world = await RequestWorld.open();
    county = await world.desk(COUNTY);
    city = await world.desk(CITY);
    province = await world.desk(PROVINCE);
    neighbour = await world.desk(NEIGHBOUR);
  }, 120_000);
  afterEach(() => audit(world.app));
  afterAll(() => world?.app.close());
  const agreeing = <T>(command: () => Promise<T>) => expectConsoleAgrees(world.app, WATCHING, command);
  const at = (adcode: string) => ({ societyId: world.id(adcode), ...why });

  it('is filled in part by each level, sideways too, and keeps its whole history', async () => {
    const itemId = await world.item({ [CITY]: 30, [PROVINCE]: 200, [NEIGHBOUR]: 50 });
    const asked = await agreeing(() => world.ask(county, [{ itemId, units: 100 }]));
    expect(asked).toMatchObject({
      status: 'open', origin: 'below', version: 1, requestedBy: county.name,
      lines: [{ requestedUnits: 100, committedUnits: 0, state: 'open' }],
      desks: [{ societyId: world.id(CITY), how: 'addressed', fromSocietyId: world.id(COUNTY), outcome: null }],
      signatures: [{ role: 'requested', name: county.name }],
    }); // prettier-ignore
    expect(asked.number).toMatch(/^331082-XQ-2026-\d{4}$/);
    await expect(world.requests.request(neighbour, asked.id)).rejects.toMatchObject({ code: 'stock-request.not-found' }); // prettier-ignore

    const first = await agreeing(() => world.give(city, asked, CITY, 30));
    expect(first).toMatchObject({ status: 'open', lines: [{ committedUnits: 30, reservedUnits: 30, state: 'part-filled' }] }); // prettier-ignore
    expect(await world.level(CITY, itemId)).toEqual({ onHand: 30, reserved: 30, available: 0 });

    const aside = await agreeing(() =>
      world.answers.askPartner(city, asked.id, { ...at(CITY), partnerId: world.id(NEIGHBOUR) }),
    );
    expect(aside.desks.map(({ how, outcome }) => [how, outcome])).toEqual([['addressed', null], ['sideways', null]]); // prettier-ignore
    expect((await world.give(neighbour, asked, NEIGHBOUR, 20)).lines[0]).toMatchObject({ committedUnits: 50 });

    const up = await agreeing(() => world.answers.passUp(city, asked.id, { ...at(CITY), version: 4 }));
    expect(up.lines[0]!.state).toBe('passed-up');
    expect(up.desks.at(-1)).toMatchObject({ societyId: world.id(PROVINCE), how: 'passed-up', fromSocietyId: world.id(CITY), reason: why.reason }); // prettier-ignore
    const filled = await agreeing(() => world.give(province, asked, PROVINCE, 50));
    expect(filled).toMatchObject({ status: 'answered', lines: [{ committedUnits: 100, state: 'filled' }] });
    expect(filled.commitments.map(({ societyId, units }) => [societyId, units])).toEqual([
      [world.id(CITY), 30], [world.id(NEIGHBOUR), 20], [world.id(PROVINCE), 50],
    ]); // prettier-ignore
    for (const desk of [county, city, province, neighbour])
      expect(await world.requests.request(desk, asked.id)).toEqual(filled);
    expect(filled.version).toBe(6);
  });

  it('lists what is asked by the own side and what lies at the own desk', async () => {
    const itemId = await world.item({ [CITY]: 5 });
    const asked = await world.ask(county, [{ itemId, units: 7 }]);
    const listed = async (actor: Actor, side: 'own' | 'to-answer') => {
      const { items } = await world.requests.requests(actor, { side, limit: 200 });
      return items.find(({ id }) => id === asked.id);
    };
    await world.give(city, asked, CITY, 5);
    expect(await listed(county, 'own')).toMatchObject({ lineCount: 1, requestedUnits: 7, committedUnits: 5, receivedUnits: 0, openSocietyIds: [world.id(CITY)] }); // prettier-ignore
    expect(await listed(county, 'to-answer')).toBeUndefined();
    expect(await listed(city, 'to-answer')).toMatchObject({ id: asked.id });
    expect(await listed(city, 'own')).toBeUndefined();
    await world.answers.declineRequest(city, asked.id, at(CITY));
    expect(await listed(city, 'to-answer')).toBeUndefined();
    const page = await world.requests.requests(county, { limit: 1 });
    const rest = await world.requests.requests(county, { limit: 1, cursor: page.nextCursor! });
    expect(rest.items[0]!.receivedAt <= page.items[0]!.receivedAt && rest.items[0]!.id !== page.items[0]!.id).toBe(true); // prettier-ignore
  });

  it('comes from above without being asked', async () => {
    const itemId = await world.item({ [PROVINCE]: 40 });
    const origin = { origin: 'above', askedSocietyId: world.id(PROVINCE) };
    const pushed = await agreeing(() => world.ask(province, [{ itemId, units: 40 }], origin));
    expect(pushed).toMatchObject({ origin: 'above', desks: [{ how: 'above', societyId: world.id(PROVINCE) }] });
    expect(await agreeing(() => world.give(province, pushed, PROVINCE, 40))).toMatchObject({ status: 'answered' });
    await expect(world.ask(county, [{ itemId, units: 1 }], origin)).rejects.toMatchObject({ code: 'access.denied' });
    const below = { origin: 'above', askedSocietyId: world.id(NEIGHBOUR) };
    await expect(world.ask(neighbour, [{ itemId, units: 1 }], below)).rejects.toMatchObject({ code: 'stock-request.not-below' }); // prettier-ignore
  });

  it('lets nobody promise for a society that is not his own', async () => {
    const itemId = await world.item({ [CITY]: 30, [COUNTY]: 30, [NEIGHBOUR]: 30 });
    const asked = await world.ask(county, [{ itemId, units: 10 }]);
    for (const [actor, adcode, code] of [
      [province, CITY, 'access.denied'], // duty above is not the city's duty
      [county, CITY, 'access.denied'],
      [city, COUNTY, 'access.denied'],
      [neighbour, NEIGHBOUR, 'stock-request.not-found'], // not asked: does not even see it
    ] as const)
      await expect(world.give(actor, asked, adcode, 1)).rejects.toMatchObject({ code });
    await expect(world.give(city, asked, NEIGHBOUR, 1)).rejects.toMatchObject({ code: 'warehouse.not-found' });
    await expect(world.answers.passUp(province, asked.id, at(CITY))).rejects.toMatchObject({ code: 'access.denied' });
    await expect(world.give(county, asked, COUNTY, 1)).rejects.toMatchObject({ code: 'stock-request.not-asked' });
    const told = await world.give(city, asked, CITY, 4);
    const { id } = told.commitments[0]!;
    await expect(world.answers.takeBackCommitment(county, asked.id, id, why)).rejects.toMatchObject({ code: 'access.denied' }); // prettier-ignore
    expect(await world.level(CITY, itemId)).toMatchObject({ reserved: 4 });
  });

  it('frees what is not yet shipped when it is withdrawn, or taken back by the giver', async () => {
    const itemId = await world.item({ [CITY]: 30 });
    const asked = await world.ask(county, [{ itemId, units: 10 }, { itemId, units: 5 }]); // prettier-ignore
    const { commitments } = await world.give(city, asked, CITY, 10);
    await world.give(city, asked, CITY, 5, 1);
    const back = await agreeing(() =>
      world.answers.takeBackCommitment(city, asked.id, commitments[0]!.id, { ...why, version: 3 }),
    );
    expect(back.lines.map(({ state, reservedUnits }) => [state, reservedUnits])).toEqual([['open', 0], ['filled', 5]]); // prettier-ignore
    expect(back.commitments.find(({ id }) => id === commitments[0]!.id)).toMatchObject({ pendingUnits: 0 });
    await expect(world.answers.takeBackCommitment(city, asked.id, commitments[0]!.id, why)).rejects.toMatchObject({ code: 'reservation.closed' }); // prettier-ignore
    await expect(world.answers.takeBackCommitment(city, asked.id, newId(), why)).rejects.toMatchObject({ code: 'stock-commitment.not-found' }); // prettier-ignore

    const lineIds = [asked.lines[1]!.id];
    const part = await agreeing(() => world.requests.withdrawRequest(county, asked.id, { ...why, lineIds }));
    expect(part).toMatchObject({
      status: 'open',
      lines: [{ state: 'open' }, { state: 'withdrawn', reservedUnits: 0 }],
    });
    expect(await world.level(CITY, itemId)).toEqual({ onHand: 30, reserved: 0, available: 30 });
    const all = await agreeing(() => world.requests.withdrawRequest(county, asked.id, why));
    expect(all).toMatchObject({ status: 'withdrawn', reason: why.reason });
    for (const late of [
      () => world.give(city, asked, CITY, 1),
      () => world.answers.passUp(city, asked.id, at(CITY)),
      () => world.requests.closeRequest(county, asked.id, why),
      () => world.requests.withdrawRequest(county, asked.id, { ...why, lineIds }),
    ])
      await expect(late()).rejects.toMatchObject({ code: 'stock-request.step-not-allowed' });
  });

  it('is closed only when nothing of it is reserved any more', async () => {
    const itemId = await world.item({ [CITY]: 3 });
    const asked = await world.ask(county, [{ itemId, units: 10 }]);
    const { commitments } = await world.give(city, asked, CITY, 3);
    await expect(world.requests.closeRequest(county, asked.id, why)).rejects.toMatchObject({ code: 'stock-request.still-underway', status: 409 }); // prettier-ignore
    await world.answers.takeBackCommitment(city, asked.id, commitments[0]!.id, why);
    expect(await agreeing(() => world.requests.closeRequest(county, asked.id, why))).toMatchObject({ status: 'closed', lines: [{ state: 'closed' }] }); // prettier-ignore
  });

  it('refuses what cannot be', async () => {
    const itemId = await world.item({ [CITY]: 3 });
    const line = [{ itemId, units: 2 }];
    const asked = await world.ask(county, line);
    const own = { warehouseId: world.store(COUNTY) };
    const keeper = await world.keeper(COUNTY);
    await expect(world.ask(keeper, line, own)).resolves.toMatchObject(own);
    for (const [ask, code] of [
      [() => world.give(city, asked, CITY, 3), 'stock-request.over-committed'],
      [() => world.ask(neighbour, line), 'access.denied'],
      [() => world.ask(keeper, line), 'access.denied'],
      [() => world.ask(county, line, { warehouseId: world.store(CITY) }), 'stock-request.foreign-warehouse'],
      [() => world.ask(county, line, { askedSocietyId: world.id(COUNTY) }), 'stock-request.asks-itself'],
      [() => world.ask(county, line, { askedSocietyId: newId() }), 'society.not-found'],
      [() => world.ask(county, line, { incidentId: newId() }), 'incident.not-found'],
      [() => world.ask(county, [{ itemId: newId(), units: 1 }]), 'item.not-found'],
      [() => world.ask(province, line, { societyId: world.id(PROVINCE) }), 'stock-request.no-level-above'],
      [() => world.requests.request(county, newId()), 'stock-request.not-found'],
      [() => world.answers.passUp(city, asked.id, { ...at(CITY), version: 7 }), 'stock-request.stale'],
      [() => world.requests.withdrawRequest(county, asked.id, { ...why, version: 7 }), 'stock-request.stale'],
      [() => world.answers.askPartner(city, asked.id, { ...at(CITY), partnerId: world.id(COUNTY) }), 'stock-request.asks-itself'],
      [() => world.answers.askPartner(city, asked.id, { ...at(CITY), partnerId: newId() }), 'society.not-found'],
      [() => world.answers.askPartner(county, asked.id, { ...at(COUNTY), partnerId: world.id(CITY) }), 'stock-request.asked-already'],
    ] as [() => Promise<unknown>, string][]) await expect(ask()).rejects.toMatchObject({ code }); // prettier-ignore
    await world.answers.passUp(city, asked.id, at(CITY));
    await expect(world.answers.declineRequest(city, asked.id, at(CITY))).rejects.toMatchObject({ code: 'stock-request.step-not-allowed' }); // prettier-ignore
    await expect(world.answers.passUp(province, asked.id, at(PROVINCE))).rejects.toMatchObject({ code: 'stock-request.no-level-above' }); // prettier-ignore
    await world.give(city, asked, CITY, 1); // who passed the rest on may still find something
  });

  it('races: the same stock is not promised twice, and a line not more than it asks', async () => {
    const itemId = await world.item({ [CITY]: 10, [PROVINCE]: 100 });
    const asks = await Promise.all(Array.from({ length: 4 }, () => world.ask(county, [{ itemId, units: 5 }])));
    const codes = async (gifts: Promise<unknown>[]) => {
      const all = await Promise.allSettled(gifts);
      return all.map((one) => (one.status === 'fulfilled' ? 'given' : (one.reason as { code: string }).code)).sort();
    };
    const all = await codes(asks.flatMap((asked) => Array.from({ length: 5 }, () => world.give(city, asked, CITY, 1))));
    expect(all).toEqual([...Array(10).fill('given'), ...Array(10).fill('stock.insufficient')]);
    expect(await world.level(CITY, itemId)).toEqual({ onHand: 10, reserved: 10, available: 0 });

    const origin = { origin: 'above', askedSocietyId: world.id(PROVINCE) };
    const one = await world.ask(province, [{ itemId, units: 6 }], origin);
    const many = await codes(Array.from({ length: 12 }, () => world.give(province, one, PROVINCE, 1)));
    expect(many.filter((code) => code === 'given')).toHaveLength(6);
    const refused = ['stock-request.over-committed', 'stock-request.step-not-allowed'];
    expect(many.filter((code) => code !== 'given' && !refused.includes(code))).toEqual([]);
    const told = await world.requests.request(county, one.id);
    expect(told.lines[0]).toMatchObject({ committedUnits: 6, reservedUnits: 6, state: 'filled' });
  });

  it('is kept once however often it is told, and refuses other content under the same id', async () => {
    const itemId = await world.item({ [CITY]: 9 });
    const { token } = await world.app.as(`duty.${COUNTY}`);
    const id = newId();
    const body = {
      id,
      societyId: world.id(COUNTY),
      neededBy: '2026-07-22T00:00:00Z',
      place: '古城',
      lines: [{ itemId, units: 3 }],
    };
    const post = async (content: object) => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
      const response = await fetch(`${world.app.url}/api/v1/stock/requests`, {
        method: 'POST',
        headers,
        body: JSON.stringify(content),
      });
      return [response.status, (await response.json()) as { number?: string; code?: string }] as const;
    };
    const [first, again] = [await post(body), await post(body)];
    expect([first[0], again[0], again[1].number]).toEqual([201, 201, first[1].number]);
    expect((await post({ ...body, place: '别处' }))[1].code).toBe('idempotency.mismatch');
  });
});
