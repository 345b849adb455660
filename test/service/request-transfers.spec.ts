import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '../../src/access/index.js';
import { InquiryService } from '../../src/relief-stock/moving/inquiry.service.js';
import { RequestTransferService } from '../../src/relief-stock/moving/request-transfer.service.js';
import { dispatchGoods, type TransferDto } from '../../src/relief-stock/moving/transfer.dto.js';
import type { TransferStepName } from '../../src/relief-stock/moving/transfer.rules.js';
import { TransferService } from '../../src/relief-stock/moving/transfer.service.js';
import { TransportService } from '../../src/relief-stock/moving/transport.service.js';
import type { RequestDto } from '../../src/relief-stock/requests/requests.dto.js';
import { newId } from '../../src/shared/ids.js';
import { audit } from '../support/auditor.js';
import { expectConsoleAgrees } from '../support/console.js';
import { CITY, COUNTY, NEIGHBOUR, PROVINCE, RequestWorld } from './request-world.js';

const WATCHING = [`duty.${PROVINCE}`, `duty.${COUNTY}`, `keeper.WH-${CITY}-1`];
const why = { reason: '库存不足' };
/** Who takes a step: of the giving society, or the keeper of the county. */
const WHO: Record<TransferStepName, 'duty' | 'keeper' | 'receiver'> = {
  order: 'duty', pick: 'keeper', load: 'keeper', depart: 'keeper', arrive: 'receiver', receive: 'receiver', close: 'duty', cancel: 'duty',
  return: 'keeper', lose: 'duty',
}; // prettier-ignore
const INPUT: Partial<Record<TransferStepName, object>> = {
  load: { vehicle: '浙J12345' }, receive: { lots: [] }, cancel: { reason: '车坏了' }, return: { reason: '道路中断' }, lose: { reason: '翻车' },
}; // prettier-ignore
const THERE: TransferStepName[] = ['pick', 'load', 'depart', 'arrive', 'receive'];

describe('transfers that answer a request', () => {
  let world: RequestWorld;
  const people = new Map<string, Promise<Actor>>();
  let county: Actor;
  beforeAll(async () => {
    world = await RequestWorld.open();
    county = await as(`duty.${COUNTY}`);
  }, 120_000);
  afterEach(() => audit(world.app));
  afterAll(() => world?.app.close());

  const as = (account: string) => {
    const held = people.get(account) ?? world.app.as(account);
    people.set(account, held);
    return held;
  };
  const duty = (adcode: string) => as(`duty.${adcode}`);
  const agreeing = <T>(command: () => Promise<T>) => expectConsoleAgrees(world.app, WATCHING, command);
  const give = async (request: RequestDto, adcode: string, units: number) => world.give(await duty(adcode), request, adcode, units); // prettier-ignore
  const send = async (request: { id: string }, adcode: string, more: object = {}, actor?: Actor) =>
    world.app
      .get(RequestTransferService)
      .dispatchGoods(
        actor ?? (await duty(adcode)),
        request.id,
        dispatchGoods.parse({ warehouseId: world.store(adcode), toWarehouseId: world.store(COUNTY), ...more }),
      );
  const take = async (transfer: TransferDto, adcode: string, steps: TransferStepName[], inputs: Partial<Record<TransferStepName, object>> = {}) => {
    const [transfers, transport] = [world.app.get(TransferService), world.app.get(TransportService)];
    const who = { duty: `duty.${adcode}`, keeper: `keeper.WH-${adcode}-1`, receiver: `keeper.WH-${COUNTY}-1` };
    let now = transfer;
    for (const step of steps) {
      const service = (step in Object.getPrototypeOf(transfers) ? transfers : transport) as unknown as Record<TransferStepName, (actor: Actor, id: string, input: object) => Promise<TransferDto>>;
      now = await service[step](await as(who[WHO[step]]), transfer.id, { ...INPUT[step], ...inputs[step] });
    }
    return now;
  }; // prettier-ignore
  const lineOf = async (request: { id: string }, line = 0) => {
    const told = await world.requests.request(county, request.id);
    const { requestedUnits: asked, committedUnits: committed, reservedUnits: reserved, inTransitUnits: moving, receivedUnits: received, state } = told.lines[line]!; // prettier-ignore
    return { status: told.status, state, five: [asked, committed, reserved, moving, received] };
  };
  /** The county asks; the city gives what it has and passes the rest up to the province, which gives it. */
  const answered = async (parts: { city: number; province: number }) => {
    const itemId = await world.item({ [CITY]: parts.city, [PROVINCE]: parts.province + 40 });
    const asked = await world.ask(county, [{ itemId, units: parts.city + parts.province }]);
    await give(asked, CITY, parts.city);
    await world.answers.passUp(await duty(CITY), asked.id, { societyId: world.id(CITY), ...why });
    await give(asked, PROVINCE, parts.province);
    return { itemId, asked };
  };
  const lotOf = async (transfer: TransferDto) =>
    (await world.app.get(TransferService).transfer(county, transfer.id)).goods[0]!.lots[0]!;

  it('county, city, province: 500 are asked for, 200 and 300 are sent and received, the line is filled', async () => {
    const { itemId, asked } = await answered({ city: 200, province: 300 });
    expect(await lineOf(asked)).toEqual({ status: 'answered', state: 'filled', five: [500, 500, 500, 0, 0] });
    const fromCity = await agreeing(() => send(asked, CITY));
    expect(fromCity).toMatchObject({
      status: 'ordered',
      units: 200,
      requests: [{ id: asked.id, number: asked.number }],
    });
    const fromProvince = await agreeing(() => send(asked, PROVINCE));
    expect(fromProvince).toMatchObject({ status: 'ordered', units: 300 });
    const told = await world.requests.request(county, asked.id);
    expect(told.consignments.map(({ number, units }) => [number, units]).sort()).toEqual(
      [
        [fromCity.number, 200],
        [fromProvince.number, 300],
      ].sort(),
    );
    expect(told.commitments.map(({ pendingUnits }) => pendingUnits)).toEqual([0, 0]);
    await expect(send(asked, CITY)).rejects.toMatchObject({ code: 'stock-request.nothing-promised' });

    await agreeing(() => take(fromCity, CITY, ['pick', 'load', 'depart']));
    expect(await lineOf(asked)).toMatchObject({ state: 'filled', five: [500, 500, 300, 200, 0] });
    await agreeing(() => take(fromCity, CITY, ['arrive', 'receive']));
    expect(await lineOf(asked)).toMatchObject({ state: 'filled', five: [500, 500, 300, 0, 200] });
    await agreeing(() => take(fromProvince, PROVINCE, THERE));
    expect(await lineOf(asked)).toEqual({ status: 'answered', state: 'filled', five: [500, 500, 0, 0, 500] });
    expect(await world.level(COUNTY, itemId)).toEqual({ onHand: 500, reserved: 0, available: 500 });
    expect(await world.requests.closeRequest(county, asked.id, why)).toMatchObject({ status: 'closed' });
  });

  it('asks again for what came damaged, and counts what was missing once it turns up', async () => {
    const { asked } = await answered({ city: 200, province: 300 });
    const fromCity = await send(asked, CITY);
    await take(fromCity, CITY, ['pick', 'load', 'depart', 'arrive']);
    const lots = [{ id: (await lotOf(fromCity)).id, acceptedUnits: 180, damagedUnits: 20, missingUnits: 0, damagedTo: 'bin', reason: '雨淋' }];
    await agreeing(() => take(fromCity, CITY, ['receive'], { receive: { lots } }));
    expect(await lineOf(asked)).toEqual({ status: 'open', state: 'passed-up', five: [500, 480, 300, 0, 180] });
    await give(asked, PROVINCE, 20);
    expect(await lineOf(asked)).toEqual({ status: 'answered', state: 'filled', five: [500, 500, 320, 0, 180] });

    const fromProvince = await send(asked, PROVINCE);
    expect(fromProvince).toMatchObject({ units: 320 });
    await take(fromProvince, PROVINCE, ['pick', 'load', 'depart', 'arrive']);
    const lot = await lotOf(fromProvince);
    const short = [{ id: lot.id, acceptedUnits: 310, damagedUnits: 0, missingUnits: 10, damagedTo: 'bin', reason: '少一托' }];
    const received = await take(fromProvince, PROVINCE, ['receive'], { receive: { lots: short } });
    expect(await lineOf(asked)).toMatchObject({ state: 'passed-up', five: [500, 490, 0, 0, 490] });
    const found = { reason: '车厢角落', goods: [{ id: lot.id, units: 10, at: 'receiver' as const }] };
    await agreeing(async () => world.app.get(InquiryService).explain(await as(`keeper.WH-${COUNTY}-1`), received.inquiryId!, found));
    expect(await lineOf(asked)).toEqual({ status: 'answered', state: 'filled', five: [500, 500, 0, 0, 500] });
  }); // prettier-ignore

  it('called off: the goods are promised again as before, and can be sent again, in part', async () => {
    const { itemId, asked } = await answered({ city: 60, province: 40 });
    const first = await send(asked, CITY);
    await agreeing(() => take(first, CITY, ['pick', 'cancel']));
    expect(await lineOf(asked)).toMatchObject({ state: 'filled', five: [100, 100, 100, 0, 0] });
    const told = await world.requests.request(county, asked.id);
    expect(told.commitments.map(({ pendingUnits }) => pendingUnits)).toEqual([60, 40]);
    expect(told.consignments).toEqual([]);
    const lineId = asked.lines[0]!.id;
    const part = await send(asked, CITY, { lines: [{ lineId, units: 25 }] });
    await expect(send(asked, CITY, { lines: [{ lineId, units: 36 }] })).rejects.toMatchObject({
      code: 'stock-request.not-promised', params: { available: 35, units: 36 },
    }); // prettier-ignore
    await expect(send(asked, CITY, { lines: [{ lineId: newId() }] })).rejects.toMatchObject({ code: 'request.invalid' }); // prettier-ignore
    // Withdrawn meanwhile: what the called off transfer held is free for others.
    await world.requests.withdrawRequest(county, asked.id, why);
    expect(await world.level(CITY, itemId)).toMatchObject({ reserved: 25 });
    await agreeing(() => take(part, CITY, ['cancel']));
    expect(await world.level(CITY, itemId)).toEqual({ onHand: 60, reserved: 0, available: 60 });
  });

  it('turned back or lost on the way: asked for again', async () => {
    const { asked } = await answered({ city: 10, province: 5 });
    await agreeing(async () => take(await send(asked, CITY), CITY, ['pick', 'load', 'depart', 'return']));
    expect(await lineOf(asked)).toMatchObject({ status: 'open', five: [15, 5, 5, 0, 0] });
    await agreeing(async () => take(await send(asked, PROVINCE), PROVINCE, ['pick', 'load', 'depart', 'lose']));
    expect(await lineOf(asked)).toMatchObject({ status: 'open', five: [15, 0, 0, 0, 0] });
  });

  it('a line of an ordinary transfer may name the line that it answers, beside others that answer none', async () => {
    const itemId = await world.item({ [CITY]: 50 });
    const other = await world.item({ [CITY]: 50 });
    const asked = await world.ask(county, [{ itemId, units: 30 }]);
    await give(asked, CITY, 20);
    const city = await duty(CITY);
    const requestLineId = asked.lines[0]!.id;
    const draft = (goods: object[], to = COUNTY) =>
      world.app.get(TransferService).draftTransfer(city, {
        fromWarehouseId: world.store(CITY), toWarehouseId: world.store(to), keepsOwner: false, note: '',
        plannedArrivalAt: asked.neededBy, goods: goods as never,
      }); // prettier-ignore
    for (const [goods, code] of [
      [[{ itemId: other, units: 1, requestLineId }], 'transfer.request-other-item'],
      [
        [
          { itemId, units: 1, requestLineId },
          { itemId, units: 1 },
        ],
        'transfer.request-item-twice',
      ],
      [[{ itemId, units: 1, requestLineId, fund: '本级财政' }], 'fund.not-found'],
      [[{ itemId, units: 1, requestLineId: newId() }], 'stock-request.not-found'],
    ] as const)
      await expect(draft([...goods])).rejects.toMatchObject({ code });
    await expect(draft([{ itemId, units: 1, requestLineId }], '331081')).rejects.toMatchObject({ code: 'transfer.request-elsewhere' }); // prettier-ignore
    const tooMuch = await draft([{ itemId, units: 21, requestLineId }]);
    await expect(take(tooMuch, CITY, ['order'])).rejects.toMatchObject({ code: 'stock-request.not-promised' });
    const both = await draft([{ itemId, units: 20, requestLineId }, { itemId: other, units: 7 }]); // prettier-ignore
    await agreeing(() => take(both, CITY, ['order', ...THERE]));
    expect(await lineOf(asked)).toMatchObject({ state: 'part-filled', five: [30, 20, 0, 0, 20] });
    expect(await world.level(COUNTY, other)).toMatchObject({ onHand: 7 });
  });

  it('is prepared by a keeper and ordered by the duty side; strangers and other societies send nothing', async () => {
    const { asked } = await answered({ city: 8, province: 2 });
    const keeper = await as(`keeper.WH-${CITY}-1`);
    await expect(send(asked, CITY, {}, keeper)).rejects.toMatchObject({ code: 'access.denied' });
    const draft = await agreeing(() => send(asked, CITY, { order: false }, keeper));
    expect(draft).toMatchObject({ status: 'draft', units: 8, draftedBy: keeper.name });
    await take(draft, CITY, ['order', ...THERE]);
    expect(await lineOf(asked)).toMatchObject({ five: [10, 10, 2, 0, 8] });
    await expect(send(asked, CITY, {}, county)).rejects.toMatchObject({ code: 'access.denied' });
    await expect(send(asked, NEIGHBOUR)).rejects.toMatchObject({ code: 'stock-request.not-found' });
    await expect(send(asked, PROVINCE, { version: 1 })).rejects.toMatchObject({ code: 'stock-request.stale' });
  });

  it('a partner who does not see the county’s warehouses sends there all the same', async () => {
    const itemId = await world.item({ [NEIGHBOUR]: 9 });
    const asked = await world.ask(county, [{ itemId, units: 9 }], { askedSocietyId: world.id(NEIGHBOUR), warehouseId: world.store(COUNTY) }); // prettier-ignore
    await give(asked, NEIGHBOUR, 9);
    const sent = await agreeing(() => send(asked, NEIGHBOUR, { toWarehouseId: undefined }));
    expect(sent.to.id).toBe(world.store(COUNTY));
    await take(sent, NEIGHBOUR, THERE);
    expect(await lineOf(asked)).toMatchObject({ five: [9, 9, 0, 0, 9] });
  });

  it('races: two transfers of one promise carry it once', async () => {
    const { asked } = await answered({ city: 12, province: 1 });
    const ends = await Promise.allSettled([1, 2, 3].map(() => send(asked, CITY)));
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const end of ends)
      if (end.status === 'rejected') expect(end.reason).toMatchObject({ code: 'stock-request.nothing-promised' });
    expect(await lineOf(asked)).toMatchObject({ five: [13, 13, 13, 0, 0] });
  });
});
