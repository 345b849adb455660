import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AlertChannel, type OutgoingAlert } from '../../src/alerts/index.js';
import { ContactService } from '../../src/alerts/contact/contact.service.js';
import type { ContactSettingDto, SetContact, Way } from '../../src/alerts/contact/contact.dto.js';
import { AnswerService, AudienceService, ChannelTestService, TestDeliveryService } from '../../src/dispatch/index.js';
import { expectConsoleAgrees } from '../support/console.js';
import { ANSWER_S, type Desk, MissionWorld } from './mission-world.js';

const TEAM = 'T-331082-WR-1';
const HOUR_MS = 3_600_000;
const refused = (code: string) => expect.objectContaining({ code });

describe('how a person wants to be told', () => {
  let world: MissionWorld;
  let contact: ContactService;
  let county: Desk, leader: Desk, admin: Desk;
  let phone: string;
  const sent: OutgoingAlert[] = [];
  const broken = new Set<string>();

  beforeAll(async () => {
    world = await MissionWorld.open();
    contact = world.app.get(ContactService);
    [county, leader, admin] = [await world.app.as('duty.331082'), await world.app.as(`leader.${TEAM}`), await world.app.as('admin.330000')]; // prettier-ignore
    [{ phone }] = (await world.app.query(`select m.phone from team_member m where m.user_id = $1`, [leader.userId])) as [{ phone: string }]; // prettier-ignore
    const channel = world.app.nest.get(AlertChannel);
    channel.carries = () => true;
    channel.send = async (message) => {
      if (broken.has(message.to)) throw Object.assign(new Error('no such number'), { code: 'EBADNUM' });
      sent.push(message);
      return 'handed';
    };
  }, 120_000);
  afterAll(() => world?.close());

  const say = async (said: Partial<Omit<SetContact, 'version'>>): Promise<ContactSettingDto> => {
    const { ways, waitS, quiet, version } = await contact.own(leader);
    return contact.set(leader, { ways: ways as Way[], waitS, quiet, ...said, version });
  };
  const mailOf = (email: string | null) => world.app.query(`update team_member set email = $2 where user_id = $1`, [leader.userId, email]); // prettier-ignore
  const alerted = async () => {
    const incident = await world.verified(county);
    const [assignment] = (await world.send(county, incident.id, { units: [`${TEAM}-A`] })).assignments;
    return assignment!;
  };
  const over = async (id: string) => {
    await world.assignments.takeStep(county, id, 'withdraw', { reason: '测试结束' });
    await world.delivery.deliverDue();
  };
  const rows = (assignmentId: string) =>
    world.app.query<{ channel: string; attempt: number; stage: string; failure: string | null }>(
      `select d.channel, d.attempt, d.stage, d.failure from alert_delivery d join alert a on a.id = d.alert_id
       where a.assignment_id = $1 and a.kind = 'deploy' and d.user_id = $2 order by d.channel, d.attempt`,
      [assignmentId, leader.userId],
    );
  const toLeader = () =>
    sent
      .filter(({ to, kind }) => kind !== 'stand-down' && [phone, 'wang@station.test'].includes(to))
      .map(({ channel }) => channel);

  it('is said by himself, seen by the desk above, and by nobody else', async () => {
    expect(await contact.own(leader)).toEqual({ userId: leader.userId, ways: ['in-app', 'sms', 'mail'], waitS: 0, quiet: null, version: 0 }); // prettier-ignore
    const quiet = { from: '22:00', to: '07:00' };
    const said = await expectConsoleAgrees(world.app, ['duty.330000', 'duty.331082'], () => say({ ways: ['sms', 'mail', 'in-app'], waitS: 20, quiet })); // prettier-ignore
    expect(said).toEqual({ userId: leader.userId, ways: ['sms', 'mail', 'in-app'], waitS: 20, quiet, version: 1 });
    expect(await contact.own(leader)).toEqual(said);
    for (const desk of [county, admin]) expect(await contact.ofUser(desk, leader.userId)).toEqual(said);
    await expect(contact.ofUser(await world.app.as('duty.330100'), leader.userId)).rejects.toEqual(
      refused('user.not-found'),
    );
    await expect(contact.ofUser(leader, leader.userId)).rejects.toEqual(refused('user.not-found'));
    const [told] = await world.app.query<{ scope: string[]; actor: string }>(`select scope, actor_name as actor from journal where kind = 'contact.set'`); // prettier-ignore
    expect([told!.actor, told!.scope.includes(`user:${leader.userId}`)]).toEqual([leader.name, true]);
  });

  it('is not written over by a form that is older', async () => {
    const { ways, version } = await contact.own(leader);
    const form = { ways: ways as Way[], waitS: 30, quiet: null, version };
    const both = await Promise.allSettled([contact.set(leader, form), contact.set(leader, { ...form, waitS: 40 })]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    for (const one of both) if (one.status === 'rejected') expect(one.reason).toEqual(refused('contact.stale'));
  });

  it('tries the next way when its turn comes, and moves no deadline of the ladder (D19)', async () => {
    await mailOf('wang@station.test');
    await say({ ways: ['mail', 'sms', 'in-app'], waitS: 30, quiet: null });
    sent.length = 0;
    const { id } = await alerted();
    await world.delivery.deliverDue();
    expect(toLeader()).toEqual(['mail']);
    const [run] = await world.app.query<{ s: number }>(`select extract(epoch from next_due_at - raised_at)::int as s from alert where assignment_id = $1`, [id]); // prettier-ignore
    expect(run!.s).toBe(ANSWER_S);
    world.app.clock.forward(29_000);
    await world.delivery.deliverDue();
    expect(toLeader()).toEqual(['mail']);
    world.app.clock.forward(1000);
    await world.delivery.deliverDue();
    expect(toLeader().sort()).toEqual(['link', 'mail', 'sms']);
    expect(await rows(id)).toEqual(['in-app', 'link', 'mail', 'sms'].map((channel) => expect.objectContaining({ channel, attempt: 1, stage: channel === 'in-app' ? 'delivered' : 'handed' }))); // prettier-ignore
    expect(await world.faults()).toEqual([]);
    await over(id);
  });

  it('tries it at once where one failed, and leaves what is still to come when he has answered', async () => {
    await say({ ways: ['mail', 'sms', 'in-app'], waitS: 60 });
    broken.add('wang@station.test');
    sent.length = 0;
    const failing = await alerted();
    await world.delivery.deliverDue();
    await world.delivery.deliverDue();
    expect(toLeader().sort()).toEqual(['link', 'sms']);
    await over(failing.id);
    broken.clear();
    sent.length = 0;
    const { id } = await alerted();
    await world.delivery.deliverDue();
    await world.assignments.takeStep(leader, id, 'accept', {});
    world.app.clock.forward(61_000);
    await world.delivery.deliverDue();
    expect(toLeader()).toEqual(['mail']);
    expect((await rows(id)).filter(({ stage }) => stage === 'cancelled').map(({ channel }) => channel)).toEqual(['link', 'sms']); // prettier-ignore
    await over(id);
  });

  it('passes over a way without an address and says so; the one that is left comes at once', async () => {
    await mailOf(null);
    await say({ ways: ['mail', 'sms', 'in-app'], waitS: 60 });
    sent.length = 0;
    const { id } = await alerted();
    await world.delivery.deliverDue();
    expect(toLeader().sort()).toEqual(['link', 'sms']);
    expect(await rows(id)).toContainEqual({ channel: 'mail', attempt: 1, stage: 'cancelled', failure: 'no-address' });
    await over(id);
  });

  it('rings through quiet hours with an order and with its end, and tells nobody late (D20)', async () => {
    const china = () => new Date(world.app.clock.now().getTime() + 8 * HOUR_MS).getUTCHours();
    const hour = (n: number) => `${String((n + 24) % 24).padStart(2, '0')}:00`;
    await say({ ways: ['sms', 'in-app', 'mail'], waitS: 0, quiet: { from: hour(china() - 1), to: hour(china() + 5) } });
    sent.length = 0;
    const units = [await world.id('team_unit', `${TEAM}-A`)];
    const audience = world.app.get(AudienceService);
    const [before] = (await audience.audience(county, units)).units;
    expect(before!.people[0]).toMatchObject({
      role: 'leader', name: leader.name, turnS: 0, quiet: { from: hour(china() - 1), to: hour(china() + 5) }, inQuiet: true,
      ways: [{ way: 'sms', afterS: 0, lacks: null }, { way: 'in-app', afterS: 0, lacks: null }, { way: 'mail' }],
    }); // prettier-ignore
    expect(before!.people[1]).toMatchObject({ role: 'deputy', turnS: ANSWER_S, quiet: null, inQuiet: false });
    const { id, incidentId } = await alerted();
    await world.delivery.deliverDue();
    expect(toLeader().sort()).toEqual(['link', 'sms']);
    const funnel = await world.app.get(AnswerService).funnel(county, incidentId);
    const rang = funnel.people.filter(({ channels }) => channels.some(({ throughQuiet }) => throughQuiet));
    expect(rang.map(({ personName }) => personName)).toEqual([leader.name]);
    expect(rang[0]!.channels.map(({ throughQuiet, handedAt }) => throughQuiet === (handedAt !== null))).not.toContain(false); // prettier-ignore
    await say({ quiet: null });
    expect(await world.app.get(AnswerService).funnel(county, incidentId)).toEqual(funnel); // as it was when it rang
    expect((await audience.audience(county, units)).units[0]!.people[0]).toMatchObject({ quiet: null, inQuiet: false });
    await over(id);
    expect(sent.filter(({ to, kind }) => to === phone && kind === 'stand-down')).toHaveLength(2);
    const [late] = await world.app.query<{ n: number }>(
      `select count(*)::int as n from alert_delivery d join alert a on a.id = d.alert_id where a.assignment_id = $1 and d.late_s > 0`,
      [id],
    );
    expect(late!.n).toBe(0);
  });

  it('is shown before an order to who may send the team, and to nobody else', async () => {
    const audience = world.app.get(AudienceService);
    const units = [await world.id('team_unit', `${TEAM}-A`)];
    await expect(audience.audience(await world.app.as('duty.330100'), units)).rejects.toEqual(refused('team-unit.not-found')); // prettier-ignore
    await expect(audience.audience(leader, units)).rejects.toEqual(refused('access.denied'));
    expect((await audience.audience(county, [...units, ...units])).units).toHaveLength(2);
  });

  it('keeps the silent test until the quiet hours are over, and loses none', async () => {
    const [tests, delivery] = [world.app.get(ChannelTestService), world.app.get(TestDeliveryService)];
    const chinaMs = () => (world.app.clock.now().getTime() + 8 * HOUR_MS) % (24 * HOUR_MS);
    world.app.clock.forward((10 * HOUR_MS - chinaMs() + 24 * HOUR_MS) % (24 * HOUR_MS)); // 10:00
    await say({ quiet: { from: '08:00', to: '20:00' } });
    sent.length = 0;
    const { id } = await tests.startTest(county, { societyId: await world.id('society', '331082') });
    const drain = async () => {
      while ((await delivery.deliverDue()) > 0);
    };
    await drain();
    expect(sent.length).toBeGreaterThan(10);
    expect(toLeader()).toEqual([]);
    const waits = async () => {
      const { people } = await tests.test(county, id);
      return people
        .find(({ userId }) => userId === leader.userId)!
        .channels.flatMap(({ waitsUntil }) => waitsUntil ?? []);
    };
    const until = await waits();
    expect(until).toHaveLength(2);
    expect(Date.parse(until[0]!)).toBe(world.app.clock.now().getTime() - (world.app.clock.now().getTime() % 60_000) + 10 * HOUR_MS); // prettier-ignore
    world.app.clock.forward(10 * HOUR_MS - 120_000);
    await drain();
    expect(toLeader()).toEqual([]);
    world.app.clock.forward(120_000);
    await drain();
    expect(toLeader().sort()).toEqual(['link', 'sms']);
    expect(await waits()).toEqual([]);
  });
});
