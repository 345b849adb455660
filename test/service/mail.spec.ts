import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AccountsService } from '../../src/access/index.js';
import { ChannelStateService } from '../../src/alerts/index.js';
import { AnswerService, ChannelTestService, TestDeliveryService } from '../../src/dispatch/index.js';
import type { AssignmentDto } from '../../src/dispatch/dispatch.dto.js';
import type { IncidentDto } from '../../src/incidents/index.js';
import { RosterService, TeamsService } from '../../src/rescue-teams/index.js';
import { listQuery } from '../../src/rescue-teams/rescue-teams.dto.js';
import { expectConsoleAgrees } from '../support/console.js';
import { MailServer } from '../support/mail-server.js';
import { ANSWER_S, type Desk, MissionWorld } from './mission-world.js';

const TEAM = 'T-331082-SR-1';
const ADDRESS = 'li.dui@station.test';

describe('mail as a channel of alerts', () => {
  let world: MissionWorld;
  let server: MailServer;
  let county: Desk, admin: Desk;
  let incident: IncidentDto;
  let assignment: AssignmentDto;
  let leader: { id: string; teamId: string; version: number };

  beforeAll(async () => {
    server = await MailServer.open();
    world = await MissionWorld.open({
      SMTP_URL: `smtp://127.0.0.1:${server.port}`,
      MAIL_FROM: 'dispatch@redcross.test',
    });
    [county, admin] = [await world.app.as('duty.331082'), await world.app.as('admin.330000')];
    [leader] = (await world.app.query(
      `select m.id, m.team_id as "teamId", m.version from team_member m join team t on t.id = m.team_id where t.code = $1 and m.position = 'leader'`, [TEAM],
    )) as [typeof leader]; // prettier-ignore
    await world.app.get(TeamsService).changeMemberEmail(county, { teamId: leader.teamId, memberId: leader.id, email: ADDRESS, version: leader.version }); // prettier-ignore
  }, 300_000);
  afterAll(async () => {
    await world?.close();
    await server?.close();
  });
  beforeEach(async () => {
    server.be();
    server.got.length = 0;
    world.app.clock.forward(1000);
    incident = await world.verified(county);
    [assignment] = (await world.send(county, incident.id, { units: [`${TEAM}-A`] })).assignments as [AssignmentDto];
  });
  afterEach(async () => {
    server.be();
    expect(await world.faults()).toEqual([]);
    const held = await world.assignments.assignment(county, assignment.id);
    if (['alerted', 'accepted'].includes(held.status))
      await world.assignments.takeStep(county, held.id, 'withdraw', { reason: '测试结束' });
    world.app.clock.forward(ANSWER_S * 1000);
    while ((await world.escalation.moveOnOverdueAlerts()) > 0) world.app.clock.forward(ANSWER_S * 1000);
    await world.delivery.deliverDue();
  });

  const mails = () =>
    world.app.query<{ id: string; attempt: number; stage: string; failure: string | null }>(
      `select d.id, d.attempt, d.stage, d.failure from alert_delivery d join alert a on a.id = d.alert_id
       where a.assignment_id = $1 and a.kind = 'deploy' and d.channel = 'mail' order by d.attempt`, [assignment.id],
    ); // prettier-ignore
  const states = async () => (await mails()).map(({ attempt, stage, failure }) => [attempt, stage, failure]);
  const linkIn = (text: string) => /#\/a\/([\w-]{43})/.exec(plain(text))![1]!;
  const plain = (text: string) => {
    const [head, ...rest] = text.split('\r\n\r\n');
    const body = rest.join('\r\n\r\n');
    return /base64/i.test(head!) ? Buffer.from(body, 'base64').toString('utf8') : body.replace(/=\r\n/g, '').replaceAll('=3D', '='); // prettier-ignore
  };
  const idsOf = () => server.got.map(({ text }) => /^Message-ID: <([^@]+)@/im.exec(text)![1]);

  it('reaches who has an address beside the other channels, and its link is an answer', async () => {
    await expectConsoleAgrees(world.app, ['duty.331082'], () => world.delivery.deliverDue());
    expect(server.got.map(({ to }) => to)).toEqual([ADDRESS]);
    expect(await states()).toEqual([[1, 'handed', null]]);
    await world.answers.answerByLink(linkIn(server.got[0]!.text), { answer: 'accept' });
    expect((await world.assignments.assignment(county, assignment.id)).status).toBe('accepted');
    const { people } = await world.app.get(AnswerService).funnel(county, incident.id);
    expect(people[0]!.channels.map(({ channel }) => channel)).toEqual(['in-app', 'link', 'mail', 'sms']);
  });

  const health = async () => (await world.app.get(ChannelStateService).state()).mail;

  it('goes again after a fault of the moment, as the same mail where it may have left, three times in all', async () => {
    server.be({ taken: 'cut' }); // it has the mail, and nobody knows
    await world.delivery.deliverDue();
    server.be({ to: '451 come again' });
    world.app.clock.forward(5000);
    await world.delivery.deliverDue();
    server.be();
    world.app.clock.forward(20_000);
    expect(await health()).toMatchObject({ set: true, lastFailure: 'ESMTP451' });
    await world.delivery.deliverDue();
    expect(await states()).toEqual([[1, 'failed', 'ECONNRESET'], [2, 'failed', 'ESMTP451'], [3, 'handed', null]]); // prettier-ignore
    expect(await health()).toEqual({ set: true, lastAt: world.app.clock.now().toISOString(), lastFailure: null });
    const [first] = await mails();
    expect(idsOf()).toEqual([first!.id, first!.id]);
    for (const { text } of server.got) expect((await world.byLink('GET', linkIn(text))).status).toBe(200); // both links open
  });

  it('is not tried again once it is refused; the ladder goes on without it', async () => {
    server.be({ to: '550 no such user' });
    await world.delivery.deliverDue();
    world.app.clock.forward(60_000);
    await world.delivery.deliverDue();
    expect(await states()).toEqual([[1, 'failed', 'ESMTP550']]);
    world.app.clock.forward(ANSWER_S * 1000);
    expect(await world.escalation.moveOnOverdueAlerts()).toBe(1);
  });

  it('never leaves for an exercise: it lies in the outbox of drills', async () => {
    await world.delivery.deliverDue();
    server.got.length = 0;
    const drill = await world.verified(county, { exercise: true });
    const [played] = (await world.send(county, drill.id, { units: [`${TEAM}-B`] })).assignments as [AssignmentDto];
    expect(await world.delivery.deliverDue()).toBe(3);
    expect(server.got).toEqual([]);
    expect(readFileSync(join(world.folder, 'outbox', 'drill.log'), 'utf8')).toContain(`\tmail\t${ADDRESS}\t【演练】`);
    await world.assignments.takeStep(county, played.id, 'withdraw', { reason: '演练结束' });
    await world.delivery.deliverDue();
  });

  it('hides an address as it hides a telephone, in lists and in the record', async () => {
    const roster = world.app.get(RosterService);
    const seen = async (desk: Desk) => (await roster.members(desk, leader.teamId, listQuery.parse({}))).items.find(({ id }) => id === leader.id)!.email; // prettier-ignore
    expect(await seen(county)).toBe(ADDRESS);
    expect(await seen(await world.app.as('auditor.330000'))).toBe('l***@station.test');
    const lines = await world.app.query<{ data: string }>(
      `select body as data from journal where subject = 'team-member' and body like '%station.test%'`,
    );
    expect(lines.length).toBeGreaterThan(0);
    for (const { data } of lines) expect(data).not.toContain(ADDRESS);
  });

  it('is kept in order: an address must be one, a change on old facts is refused, and who may not cannot', async () => {
    const post = async (desk: Desk, path: string, body: object) => {
      const response = await fetch(`${world.app.url}/api/v1/${path}`, { method: 'POST', headers: { authorization: `Bearer ${desk.token}`, 'content-type': 'application/json' }, body: JSON.stringify(body) }); // prettier-ignore
      return { status: response.status, body: (await response.json()) as { code?: string; email?: string | null } };
    };
    const member = `teams/${leader.teamId}/members/${leader.id}/email`;
    expect(await post(county, member, { email: 'not an address', version: 1 })).toMatchObject({ status: 400, body: { code: 'request.invalid' } });
    expect(await post(county, member, { email: null, version: leader.version })).toMatchObject({ status: 409, body: { code: 'member.stale' } });
    const stranger = `teams/${leader.teamId}/members/${county.userId}/email`;
    expect(await post(county, stranger, { email: null, version: 1 })).toMatchObject({ status: 404, body: { code: 'member.not-found' } });
    expect((await post(await world.app.as('auditor.330000'), member, { email: null, version: 2 })).status).toBe(403);
    expect((await post(county, `users/${county.userId}/email`, { email: null })).status).toBe(403);
    expect(await post(admin, `users/${county.userId}/email`, { email: 'duty@station.test' })).toMatchObject({ status: 200, body: { email: 'duty@station.test' } }); // prettier-ignore
    expect((await world.app.get(AccountsService).changeEmail(admin, county.userId, null)).email).toBeNull();
  }); // prettier-ignore

  it('is tried out by an administrator with a mail to their own address, not without end', async () => {
    const ask = async (desk: Desk, method: string, path = '') => {
      const response = await fetch(`${world.app.url}/api/v1/providers/mail${path}`, { method, headers: { authorization: `Bearer ${desk.token}` } }); // prettier-ignore
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    };
    expect((await ask(admin, 'POST', '/trial')).body.code).toBe('provider.no-email');
    await world.app.get(AccountsService).changeEmail(admin, admin.userId, 'admin@station.test');
    expect((await ask(admin, 'POST', '/trial')).body).toEqual({ stage: 'handed', failure: null });
    expect(server.got.at(-1)).toMatchObject({ to: 'admin@station.test' });
    server.be({ from: '535 sign in' });
    expect((await ask(admin, 'POST', '/trial')).body).toEqual({ stage: 'failed', failure: 'ESMTP535' });
    expect((await ask(admin, 'POST', '/trial')).status).toBe(429);
    expect((await ask(county, 'POST', '/trial')).status).toBe(403);
    expect((await ask(admin, 'GET')).body).toMatchObject({ set: true, host: `127.0.0.1:${server.port}`, tls: false, signsIn: false, from: 'dispatch@redcross.test', ownEmail: true }); // prettier-ignore
  });

  it('is a channel of the weekly test, confirmed by its link', async () => {
    await world.delivery.deliverDue();
    server.got.length = 0;
    const societyId = await world.id('society', '331082');
    world.app.clock.forward((26 - new Date(world.app.clock.now().getTime() + 8 * 3_600_000).getUTCHours() + 8) * 3_600_000); // prettier-ignore
    const tests = world.app.get(ChannelTestService);
    const { id } = await tests.startTest(county, { societyId });
    while ((await world.app.get(TestDeliveryService).deliverDue()) > 0);
    expect(server.got.map(({ to }) => to)).toEqual([ADDRESS]);
    await tests.confirm(/#\/t\/([\w-]+)/.exec(plain(server.got[0]!.text))![1]!);
    const { people } = await tests.test(county, id);
    const told = people.find(({ memberId }) => memberId === leader.id)!;
    expect(told.channels.find(({ channel }) => channel === 'mail')).toMatchObject({ stage: 'confirmed' });
    expect(told.reach).toBe('reached');
  });
});

describe('without a mail server', () => {
  it('no mail is sent, and the funnel says so', async () => {
    const world = await MissionWorld.open();
    const county = await world.app.as('duty.331082');
    await world.app.query(`update team_member set email = $1 where position = 'leader' and team_id = (select id from team where code = $2)`, [ADDRESS, TEAM]); // prettier-ignore
    const incident = await world.verified(county);
    await world.send(county, incident.id, { units: [`${TEAM}-A`] });
    await world.delivery.deliverDue();
    expect(await world.app.query(`select stage, failure from alert_delivery where channel = 'mail'`)).toEqual([{ stage: 'cancelled', failure: 'no-mail-server' }]); // prettier-ignore
    expect(world.outbox().some((line) => line.phone === ADDRESS)).toBe(false);
    const { mail } = await world.app.get(ChannelStateService).state();
    expect(mail).toEqual({ set: false, lastAt: null, lastFailure: null });
    await world.close();
  }, 300_000);
});
