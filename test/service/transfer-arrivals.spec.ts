import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { TransferDto } from '../../src/relief-stock/moving/transfer.dto.js';
import { newId } from '../../src/shared/ids.js';
import { audit } from '../support/auditor.js';
import { CITY, COUNTY, HOUR, MovingWorld } from './moving-world.js';

describe('how a transfer ends', () => {
  let world: MovingWorld;
  beforeAll(async () => void (world = await MovingWorld.open()), 120_000);
  afterEach(() => audit(world.app));
  afterAll(() => world?.close());

  const lotsOf = async (transfer: TransferDto) =>
    (await world.transfers.transfer(await world.as(`keeper.${COUNTY}`), transfer.id)).goods.flatMap(({ lots }) => lots);
  const told = (rows: { reason: string; from: string; to: string; units: number; toOwner: string }[]) =>
    rows.filter(({ reason }) => reason !== 'ship').map(({ reason, from, to, units, toOwner }) => `${reason} ${units}: ${from} → ${to} ${toOwner}`).sort(); // prettier-ignore
  /** 100 units sent, of which 80 came whole, 10 damaged into a bin, 10 not at all. */
  const differing = async (missingUnits = 10) => {
    const item = await world.itemWith([{ units: 100 }]);
    const arrived = await world.transferAt('arrived', [{ itemId: item.id, units: 100 }]);
    const [lot] = await lotsOf(arrived);
    const count = {
      id: lot!.id,
      acceptedUnits: 90 - missingUnits,
      damagedUnits: 10,
      missingUnits,
      damagedTo: 'bin' as const,
      reason: '雨淋，少一托',
    };
    const received = await world.watching(() => world.receive(arrived, { lots: [count] }));
    return { item, received, lot: lot! };
  };
  const inquiryOf = async (transfer: TransferDto, account = 'duty.331000') =>
    world.inquiries.inquiry(await world.as(account), transfer.inquiryId!);

  it('with differences: damaged goods lie in the receiver’s bin as damaged, missing ones in an inquiry; the sender reads why', async () => {
    const { item, received } = await differing();
    expect(received).toMatchObject({
      status: 'received-with-differences', acceptedUnits: 80, damagedUnits: 10, missingUnits: 10, inquiryStatus: 'open',
    }); // prettier-ignore
    expect(told(await world.movements(received.number))).toEqual([
      'damage 10: transit good → transit damaged 331000',
      'handover 10: transit damaged → transit damaged 331082',
      'handover 80: transit good → transit good 331082',
      'missing 10: transit good → inquiry good 331000',
      'transfer 10: transit damaged → bin damaged 331082',
      'transfer 80: transit good → bin good 331082',
    ]);
    expect(await world.levelOf(item.id, world.county)).toEqual([90, 0, 80, 10]);
    const seen = await world.transfers.transfer(await world.as(`keeper.${CITY}`), received.id);
    expect(seen.goods[0]!.lots[0]).toMatchObject({
      acceptedUnits: 80,
      damagedUnits: 10,
      missingUnits: 10,
      putInBin: 'A-01',
      damagedTo: 'bin',
      reason: '雨淋，少一托',
    });
    const inquiry = await inquiryOf(received);
    expect(inquiry).toMatchObject({ number: `${received.number}-C`, status: 'open', missingUnits: 10, foundUnits: 0 });
    expect(inquiry.goods).toMatchObject([{ itemId: item.id, lotCode: 'L1', missingUnits: 10, reason: '雨淋，少一托' }]);
    const close = world.take(received, ['close']);
    await expect(close).rejects.toMatchObject({ code: 'transfer.inquiry-open', status: 422 });
  });

  it('explained: found at the sender’s and at the receiver’s, bit by bit, until nothing is left', async () => {
    const { item, received, lot } = await differing();
    const id = received.inquiryId!;
    const county = await world.as(`keeper.${COUNTY}`);
    const found = (units: number, at: 'sender' | 'receiver') => ({
      reason: '找到',
      goods: [{ id: lot.id, units, at }],
    });
    await expect(world.inquiries.explain(county, id, found(3, 'sender'))).rejects.toMatchObject({
      code: 'access.denied',
    });
    await expect(world.inquiries.explain(county, id, found(11, 'receiver'))).rejects.toMatchObject({
      code: 'inquiry.too-many',
      params: { missing: 10, told: 11 },
    });
    const nowhere = { reason: '找到', goods: [{ id: lot.id, units: 1, at: 'receiver' as const, binId: newId() }] };
    await expect(world.inquiries.explain(county, id, nowhere)).rejects.toMatchObject({ code: 'bin.not-found' });
    const some = await world.watching(() => world.inquiries.explain(county, id, found(4, 'receiver')));
    expect(some).toMatchObject({ status: 'open', foundUnits: 4 });
    await audit(world.app);
    await expect(world.inquiries.explain(county, id, { ...found(1, 'receiver'), version: 1 })).rejects.toMatchObject({
      code: 'inquiry.stale',
    });
    const city = await world.as(`keeper.${CITY}`);
    const all = await world.watching(() => world.inquiries.explain(city, id, found(6, 'sender')));
    expect(all).toMatchObject({ status: 'explained', foundUnits: 10, lostUnits: 0 });
    expect(await world.levelOf(item.id)).toEqual([6, 0, 6, 0]);
    expect(await world.levelOf(item.id, world.county)).toEqual([94, 0, 84, 10]);
    expect(told(await world.movements(all.number))).toEqual([
      'found 4: inquiry good → transit good 331000', 'found 6: inquiry good → bin good 331000',
      'handover 4: transit good → transit good 331082', 'transfer 4: transit good → bin good 331082',
    ]); // prettier-ignore
    await expect(world.inquiries.explain(city, id, found(1, 'sender'))).rejects.toMatchObject({
      code: 'inquiry.step-not-allowed',
    });
    expect(await world.take(received, ['close'])).toMatchObject({ status: 'closed', inquiryStatus: 'explained' });
  });

  it('written off by two people: who proposes does not approve, and what is found meanwhile is not lost', async () => {
    const { received, lot } = await differing();
    const id = received.inquiryId!;
    const county = await world.as(`keeper.${COUNTY}`);
    const lead = await world.as('lead.330000');
    const both = await world.personWith(['keeper', 'checker']);
    await expect(world.inquiries.approveWriteOff(lead, id, {})).rejects.toMatchObject({
      code: 'inquiry.step-not-allowed',
    });
    await expect(
      world.inquiries.proposeWriteOff(await world.as('duty.331000'), id, { reason: '找不到' }),
    ).rejects.toMatchObject({ code: 'access.denied' });
    await world.watching(() => world.inquiries.proposeWriteOff(both, id, { reason: '找不到' }));
    await expect(world.inquiries.approveWriteOff(both, id, {})).rejects.toMatchObject({
      code: 'duty.separation',
      status: 422,
    });
    await expect(world.inquiries.approveWriteOff(county, id, {})).rejects.toMatchObject({ code: 'access.denied' });
    expect(await world.watching(() => world.inquiries.rejectWriteOff(lead, id, { reason: '再找' }))).toMatchObject({
      status: 'open',
      proposedBy: null,
    });
    await world.inquiries.proposeWriteOff(county, id, { reason: '确实没有' });
    const found = { reason: '找到一箱', goods: [{ id: lot.id, units: 3, at: 'receiver' as const }] };
    expect(await world.inquiries.explain(county, id, found)).toMatchObject({ status: 'open', proposedBy: null });
    await world.inquiries.proposeWriteOff(county, id, { reason: '其余没有' });
    const ended = await world.watching(() => world.inquiries.approveWriteOff(lead, id, {}));
    expect(ended).toMatchObject({ status: 'written-off', foundUnits: 3, lostUnits: 7, approvedBy: lead.name });
    expect(told(await world.movements(ended.number))).toContain('loss 7: inquiry good → loss good 331000');
    const { items } = await world.inquiries.inquiries(county, { open: true, warehouseId: world.county.id, limit: 100 });
    expect(items.map((one) => one.id)).not.toContain(id);
    await world.take(received, ['close']);
    await expect(world.inquiries.inquiry(await world.as('duty.330100'), id)).rejects.toMatchObject({
      code: 'inquiry.not-found',
    });
  });

  it('with what is broken beyond use gone to disposal, in the sender’s book', async () => {
    const item = await world.itemWith([{ units: 5 }]);
    const arrived = await world.transferAt('arrived', [{ itemId: item.id, units: 5 }]);
    const [lot] = await lotsOf(arrived);
    const count = {
      id: lot!.id,
      acceptedUnits: 0,
      damagedUnits: 5,
      missingUnits: 0,
      damagedTo: 'disposal' as const,
      reason: '浸水',
    };
    await world.watching(() => world.receive(arrived, { lots: [count] }));
    expect(told(await world.movements(arrived.number))).toEqual(['damage 5: transit good → disposal damaged 331000']);
    const [seen] = await lotsOf(arrived);
    expect(seen).toMatchObject({ putInBin: null, damagedTo: 'disposal' });
  });

  it('into the bins that the receiver names; a bin of another house is refused', async () => {
    const item = await world.itemWith([{ units: 9, expiresOn: '2027-01-01' }, { units: 1 }]); // prettier-ignore
    const arrived = await world.transferAt('arrived', [{ itemId: item.id, units: 10 }]);
    const bins = await world.app.query<{ id: string; code: string; mine: boolean }>(
      `select id, code, warehouse_id = $1 as mine from stock_place where kind = 'bin' and warehouse_id in ($1, $2)`,
      [world.county.id, world.city.id],
    );
    const bin = (code: string, mine = true) => bins.find((one) => one.code === code && one.mine === mine)!.id;
    await expect(world.receive(arrived, { binId: bin('A-01', false) })).rejects.toMatchObject({
      code: 'bin.not-found',
    });
    const [first] = await lotsOf(arrived);
    const whole = {
      id: first!.id,
      acceptedUnits: 9,
      damagedUnits: 0,
      missingUnits: 0,
      damagedTo: 'bin' as const,
      binId: bin('C-01'),
    };
    await world.receive(arrived, { binId: bin('B-01'), lots: [whole] });
    expect((await lotsOf(arrived)).map(({ lotCode, putInBin }) => [lotCode, putInBin])).toEqual([['L1', 'C-01'], ['L2', 'B-01']]); // prettier-ignore
  });

  it('with one count: the same told again is refused as a step, a wrong sum as a count', async () => {
    const item = await world.itemWith([{ units: 5 }]);
    const arrived = await world.transferAt('arrived', [{ itemId: item.id, units: 5 }]);
    const [lot] = await lotsOf(arrived);
    const wrong = { id: lot!.id, acceptedUnits: 6, damagedUnits: 0, missingUnits: 0, damagedTo: 'bin' as const };
    await expect(world.receive(arrived, { lots: [wrong] })).rejects.toMatchObject({
      code: 'stock.delivery-differs',
      params: { shipped: 5, counted: 6 },
    });
    await world.receive(arrived, {});
    await expect(world.receive(arrived, {})).rejects.toMatchObject({ code: 'transfer.step-not-allowed' });
  });

  it('turned back: every lot lies in its bin again, still the sender’s', async () => {
    const item = await world.itemWith([{ units: 7, expiresOn: '2027-01-01' }, { units: 7 }]); // prettier-ignore
    const departed = await world.transferAt('departed', [{ itemId: item.id, units: 10 }]);
    const back = await world.watching(() => world.take(departed, ['return']));
    expect(back).toMatchObject({ status: 'returned', reason: '测试', inquiryId: null });
    expect(await world.levelOf(item.id)).toEqual([14, 0, 14, 0]);
    expect(told(await world.movements(back.number))).toEqual(['return 3: transit good → bin good 331000', 'return 7: transit good → bin good 331000']); // prettier-ignore
  });

  it('lost on the way: all of it stands in an inquiry, and comes back out of it when it turns up', async () => {
    const item = await world.itemWith([{ units: 10 }]);
    const departed = await world.transferAt('departed', [{ itemId: item.id, units: 10 }]);
    const gone = await world.watching(() => world.take(departed, ['lose']));
    expect(gone).toMatchObject({ status: 'lost', missingUnits: 10, inquiryStatus: 'open' });
    const { goods } = await inquiryOf(gone);
    const found = { reason: '改道后送达', goods: [{ id: goods[0]!.id, units: 10, at: 'receiver' as const }] };
    await world.watching(async () =>
      world.inquiries.explain(await world.as(`keeper.${COUNTY}`), gone.inquiryId!, found),
    );
    expect(await world.levelOf(item.id, world.county)).toEqual([10, 0, 10, 0]);
  });

  it('is not received before it was sent', async () => {
    const item = await world.itemWith([{ units: 5 }]);
    const arrived = await world.transferAt('arrived', [{ itemId: item.id, units: 5 }]);
    const before = new Date(world.app.clock.now().getTime() - HOUR).toISOString();
    await expect(world.receive(arrived, { occurredAt: before })).rejects.toMatchObject({ code: 'stock.not-yet-there' });
    const ahead = new Date(world.app.clock.now().getTime() + HOUR).toISOString();
    await expect(world.receive(arrived, { occurredAt: ahead })).rejects.toMatchObject({
      code: 'stock.occurred-in-future',
    });
  });

  it('lets two people explain and write off at once without finding a unit twice', async () => {
    const { received, lot } = await differing();
    const id = received.inquiryId!;
    const county = await world.as(`keeper.${COUNTY}`);
    const found = { reason: '找到', goods: [{ id: lot.id, units: 6, at: 'receiver' as const }] };
    const twice = await Promise.allSettled([1, 2].map(() => world.inquiries.explain(county, id, found)));
    expect(twice.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await world.inquiries.proposeWriteOff(county, id, { reason: '其余没有' });
    const rest = { reason: '找到', goods: [{ id: lot.id, units: 4, at: 'receiver' as const }] };
    const lead = await world.as('lead.330000');
    const race = await Promise.allSettled([
      world.inquiries.approveWriteOff(lead, id, {}),
      world.inquiries.explain(county, id, rest),
    ]);
    expect(race.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});
