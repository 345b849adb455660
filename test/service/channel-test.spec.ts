import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AlertChannel, type OutgoingAlert } from '../../src/alerts/index.js';
import { ChannelTestService, TestDeliveryService } from '../../src/dispatch/index.js';
import { expectConsoleAgrees } from '../support/console.js';
import { type Desk, MissionWorld } from './mission-world.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const DESKS = ['duty.330000', 'duty.331082'];
const refused = (code: string) => expect.objectContaining({ code });

describe('the silent test of channels', () => {
  let world: MissionWorld;
  let tests: ChannelTestService;
  let delivery: TestDeliveryService;
  let county: Desk, leader: Desk;
  let societyId: string;
  const sent: OutgoingAlert[] = [];
  const broken = new Set<string>();
  const [silent, asked] = [new Set<string>(), [] as OutgoingAlert[]];

  beforeAll(async () => {
    world = await MissionWorld.open();
    [tests, delivery] = [world.app.get(ChannelTestService), world.app.get(TestDeliveryService)];
    [county, leader] = [await world.app.as('duty.331082'), await world.app.as('leader.T-331082-WR-1')];
    societyId = await world.id('society', '331082');
    world.app.nest.get(AlertChannel).send = async (message) => {
      if (broken.has(message.to)) throw Object.assign(new Error('no such number'), { code: 'EBADNUM' });
      if (silent.has(message.to)) return new Promise(() => void asked.push(message));
      sent.push(message);
      return 'handed';
    };
  }, 120_000);
  afterAll(() => world?.close());

  const agreeing = <T>(command: () => Promise<T>) => expectConsoleAgrees(world.app, DESKS, command);
  const deliverAll = async () => {
    for (let n = 0; n < 200 && (await world.app.query(`select 1 from channel_test_message where due_at <= $1 limit 1`, [world.app.clock.now()])).length > 0; n++) await delivery.deliverDue(); // prettier-ignore
  };
  const confirm = (message: OutgoingAlert) => tests.confirm(/#\/t\/([\w-]+)/.exec(message.link)![1]!);
  const warned = async (): Promise<number> => {
    const [row] = await world.app.query<{ n: number }>(`select count(*)::int as n from team_member where unreachable_since is not null`); // prettier-ignore
    return row!.n;
  };
  const deputy = () => world.app.query<{ id: string; name: string; phone: string }>(`select m.id, m.name, m.phone from team_member m join team t on t.id = m.team_id where t.code = 'T-331082-WR-1' and m.position = 'deputy'`); // prettier-ignore
  let testId: string;

  it('starts once, asks nothing, raises no alert and rings no console', async () => {
    const [{ before }] = (await world.app.query<{ before: number }>(`select count(*)::int as before from alert`)) as [{ before: number }]; // prettier-ignore
    const starts = await agreeing(() => Promise.allSettled([1, 2, 3].map(() => tests.startTest(county, { societyId }))));
    expect(starts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const one of starts) if (one.status === 'rejected') expect(one.reason).toEqual(refused('channel-test.exists'));
    testId = starts.flatMap((one) => (one.status === 'fulfilled' ? [one.value.id] : []))[0]!;
    expect([await delivery.deliverDue(), sent.length]).toEqual([0, 0]); // begun at night: nobody is woken
    world.app.clock.forward(7 * HOUR_MS);
    const [held] = await deputy();
    broken.add(held!.phone);
    await Promise.all([delivery.deliverDue(), delivery.deliverDue()]);
    await deliverAll();
    expect(sent.length).toBeGreaterThan(20);
    expect(new Set(sent.map(({ deliveryId }) => deliveryId)).size).toBe(sent.length);
    expect(new Set(sent.map(({ kind }) => kind))).toEqual(new Set(['channel-test']));
    expect(await world.app.query(`select count(*)::int as before from alert`)).toEqual([{ before }]);
    expect(await world.app.query(`select 1 from alert_answer`)).toEqual([]);
    await expect(tests.startTest(await world.app.as('duty.330100'), { societyId })).rejects.toEqual(refused('society.not-found'));
  }); // prettier-ignore

  it('says for each person and channel how far it came', async () => {
    const [one] = sent.filter(({ channel }) => channel === 'link');
    expect(await confirm(one!)).toEqual({ personName: one!.personName, confirmed: true });
    expect(await confirm(one!)).toEqual({ personName: one!.personName, confirmed: true });
    expect(await tests.noteSeen(leader)).toEqual({ seen: 1 });
    expect(await tests.noteSeen(leader)).toEqual({ seen: 0 });
    await expect(tests.confirm('nobody')).rejects.toEqual(refused('channel-test-link.not-found'));
    for (let n = 0; n < 3; n++) {
      world.app.clock.forward(11 * 60_000);
      await deliverAll();
    }
    const { people, counts } = await tests.test(county, testId);
    const of = (name: string) => people.find((person) => person.name === name)!;
    expect(of(one!.personName)).toMatchObject({ reach: 'reached', channels: expect.arrayContaining([expect.objectContaining({ channel: 'link', stage: 'confirmed' })]) }); // prettier-ignore
    expect(of(leader.name).channels).toContainEqual(expect.objectContaining({ channel: 'in-app', stage: 'receipt' }));
    const [held] = await deputy();
    expect(of(held!.name).channels.filter(({ channel }) => channel !== 'in-app')).toEqual([
      expect.objectContaining({ stage: 'failed', attempts: 3, failure: 'EBADNUM' }),
      expect.objectContaining({ stage: 'failed', attempts: 3, failure: 'EBADNUM' }),
    ]);
    expect(counts.reached).toBeGreaterThanOrEqual(2);
    expect(counts.reached + counts.unconfirmed + counts.failed).toBe(people.length);
  });

  it('ends after a day and warns in readiness of whom nothing reached, until something does', async () => {
    expect(await warned()).toBe(0);
    world.app.clock.forward(DAY_MS);
    const ticks = await agreeing(() => Promise.all([tests.tick(), tests.tick()]));
    expect(ticks[0]!.closed + ticks[1]!.closed).toBe(1);
    const { people, closedAt } = await tests.test(county, testId);
    expect(closedAt).not.toBeNull();
    const silent = people.filter(({ memberId, reach }) => memberId !== null && reach !== 'reached').length;
    expect(await warned()).toBe(silent);
    const units = await world.app.query<{ reasons: unknown }>(`select body::jsonb -> 'reasons' as reasons from journal where kind = 'team.reach-tested' and subject = 'team-unit'`); // prettier-ignore
    expect(JSON.stringify(units)).toContain('not-reachable');
    const late = sent.find((message) => message.channel === 'link' && message.personName !== sent[0]!.personName && people.some(({ name, reach, memberId }) => name === message.personName && memberId && reach !== 'reached'))!; // prettier-ignore
    await agreeing(() => confirm(late));
    expect(await warned()).toBe(silent - 1);
  });

  it('comes again by itself after a week, in daytime, and only where it was begun', async () => {
    expect(await tests.tick()).toEqual({ closed: 0, started: 0 });
    world.app.clock.forward(6 * DAY_MS + 17 * HOUR_MS); // 03:00 and some: night
    const atHour = () => new Date(world.app.clock.now().getTime() + 8 * HOUR_MS).getUTCHours();
    expect(atHour()).toBeLessThan(9);
    expect(await tests.tick()).toEqual({ closed: 0, started: 0 });
    world.app.clock.forward(8 * HOUR_MS);
    const ticks = await agreeing(() => Promise.all([tests.tick(), tests.tick()]));
    expect(ticks[0]!.started + ticks[1]!.started).toBe(1);
    expect((await tests.tests(county, { societyId, limit: 10 })).items.map(({ startedBy }) => startedBy)).toEqual([
      'dispatch.channel-test',
      county.name,
    ]);
  });

  it('hands over in testing hours only, and what the night kept in the morning', async () => {
    const before = sent.length;
    world.app.clock.forward(6 * HOUR_MS); // an outage until the evening
    expect(await delivery.deliverDue()).toBe(0);
    expect(sent).toHaveLength(before);
    world.app.clock.forward(16 * HOUR_MS);
    expect(await delivery.deliverDue()).toBeGreaterThan(0);
  });

  it('waits for no provider that does not answer, and asks it three times at most', async () => {
    const [held] = await deputy();
    broken.delete(held!.phone);
    silent.add(held!.phone);
    const rows = () =>
      world.app.query<{ stage: string; attempts: number }>(`select stage, attempts, due_at from channel_test_message where phone = $1 and channel <> 'in-app' and test_id = (select id from channel_test where closed_at is null) order by channel`, [held!.phone]); // prettier-ignore
    const refusedBefore = (await rows()).map(({ attempts }) => attempts); // by a provider that was broken then
    const waiting: Promise<number>[] = [];
    for (const until = Date.now() + 60_000; Date.now() < until;) {
      for (let batch = 0; batch < 12; batch++) waiting.push(delivery.deliverDue());
      await sleep(1000);
      world.app.clock.forward(61_000); // nobody noted a result: the lease is over
      if ((await rows()).every(({ stage }) => stage === 'failed')) break;
    }
    await Promise.all(waiting);
    expect(await rows()).toEqual([1, 2].map(() => ({ stage: 'failed', attempts: 3, due_at: null })));
    const of = (channel: string) => asked.filter((message) => message.channel === channel).length;
    expect([of('link'), of('sms')]).toEqual(refusedBefore.map((attempts) => 3 - attempts));
  }, 120_000);
});
