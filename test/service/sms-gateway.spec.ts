import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { signatureOf } from '../../src/alerts/providers/signature.rules.js';
import { ChannelTestService, ReplyService, TestDeliveryService } from '../../src/dispatch/index.js';
import type { AssignmentDto } from '../../src/dispatch/dispatch.dto.js';
import type { IncidentDto } from '../../src/incidents/index.js';
import { newId } from '../../src/shared/ids.js';
import { expectConsoleAgrees } from '../support/console.js';
import { json, ProviderServer } from '../support/provider-server.js';
import { ANSWER_S, type Desk, MissionWorld } from './mission-world.js';

const TEAM = 'T-331082-SR-1';
const OURS = 'what-we-show-the-gateway';
const THEIRS = 'what-the-gateway-shows-us';

describe('the gateway of text messages', () => {
  let world: MissionWorld;
  let gateway: ProviderServer;
  let county: Desk, admin: Desk;
  let incident: IncidentDto;
  let assignment: AssignmentDto;

  beforeAll(async () => {
    gateway = await ProviderServer.open((_, response) => json(response, 200, { status: 'accepted' }));
    world = await MissionWorld.open({
      SMS_GATEWAY_URL: `${gateway.url}/send`, SMS_GATEWAY_SECRET: OURS, SMS_STATUS_URL: `${gateway.url}/status`, SMS_CALLBACK_SECRET: THEIRS,
    }); // prettier-ignore
    [county, admin] = [await world.app.as('duty.331082'), await world.app.as('admin.330000')];
  }, 300_000);
  afterAll(async () => {
    await world?.close();
    await gateway?.close();
  });

  beforeEach(async () => {
    gateway.answer = (_, response) => json(response, 200, { status: 'accepted' });
    gateway.asked.length = 0;
    world.app.clock.forward(1000);
    incident = await world.verified(county);
    [assignment] = (await world.send(county, incident.id, { units: [`${TEAM}-A`] })).assignments as [AssignmentDto];
  });
  afterEach(async () => {
    gateway.answer = (_, response) => json(response, 200, { status: 'accepted' });
    expect(await world.faults()).toEqual([]);
    const held = await world.assignments.assignment(county, assignment.id);
    if (['alerted', 'accepted'].includes(held.status))
      await world.assignments.takeStep(county, held.id, 'withdraw', { reason: '测试结束' });
    world.app.clock.forward(ANSWER_S * 1000);
    while ((await world.escalation.moveOnOverdueAlerts()) > 0) world.app.clock.forward(ANSWER_S * 1000);
    await world.delivery.deliverDue();
  });

  const agreeing = <T>(command: () => Promise<T>) => expectConsoleAgrees(world.app, ['duty.331082'], command);
  const sent = () => gateway.asked.filter(({ path }) => path === '/send');
  const rows = () =>
    world.app.query<{ id: string; channel: string; attempt: number; stage: string; failure: string | null; phone: string }>(
      `select d.id, d.channel, d.attempt, d.stage, d.failure, d.phone from alert_delivery d join alert a on a.id = d.alert_id
       where a.assignment_id = $1 and a.kind = 'deploy' order by d.channel, d.attempt`, [assignment.id],
    ); // prettier-ignore
  const texts = async () => (await rows()).filter(({ channel }) => channel === 'sms').map(({ attempt, stage, failure }) => [attempt, stage, failure]); // prettier-ignore
  const lastId = async () => (await rows()).findLast(({ channel }) => channel === 'sms')!.id;
  const nowS = () => Math.floor(world.app.clock.now().getTime() / 1000);
  const post = async (path: string, body: unknown, more: { secret?: string; atS?: number; headers?: object } = {}) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const at = more.atS ?? nowS();
    const headers = { 'content-type': 'application/json', 'chiyuan-timestamp': String(at), 'chiyuan-signature': signatureOf(more.secret ?? THEIRS, at, text), ...more.headers }; // prettier-ignore
    const response = await fetch(`${world.app.url}/api/v1/providers/sms/${path}`, { method: 'POST', headers, body: text }); // prettier-ignore
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const receipt = (reference: string, status: string, reason?: string) => post('receipts', { receipts: [{ reference, status, ...(reason ? { reason } : {}) }] }); // prettier-ignore

  it('gets each message once, signed, under the id of its delivery, and no second one for the link', async () => {
    expect(await agreeing(() => world.delivery.deliverDue())).toBe(1);
    const [asked] = sent();
    expect(sent()).toHaveLength(1);
    const id = await lastId();
    const { phone } = (await rows()).find((row) => row.id === id)!;
    expect(asked!.body).toMatchObject({ reference: id, earlier: [], to: phone, purpose: 'alert', exercise: false, receiptUrl: 'https://desk.test/api/v1/providers/sms/receipts' }); // prettier-ignore
    expect(asked!.body.text).toMatch(/【红十字应急】.*https:\/\/desk\.test\/phone\.html#\/a\/[\w-]{43}/);
    expect(asked!.headers['chiyuan-signature']).toBe(signatureOf(OURS, asked!.headers['chiyuan-timestamp'] as string, asked!.text)); // prettier-ignore
    expect((await rows()).map(({ channel, stage, failure }) => [channel, stage, failure])).toEqual([
      ['in-app', 'delivered', null],
      ['link', 'cancelled', 'sent-by-sms'],
      ['sms', 'handed', null],
    ]);
    expect(world.outbox()).toEqual([]);
  });

  it('is not asked again for what it refuses, and again for what it cannot take now', async () => {
    gateway.answer = (_, response) => json(response, 422, { error: 'no such number' });
    await world.delivery.deliverDue();
    expect(await texts()).toEqual([[1, 'failed', 'EHTTP422']]);
    world.app.clock.forward(60_000);
    expect(await world.delivery.deliverDue()).toBe(0);
  });

  it('is told of attempts that may have left, and is asked what it has before it is sent one again', async () => {
    const answers = [503, 200];
    gateway.answer = ({ path }, response) => {
      if (path === '/status') return json(response, 200, { messages: [] });
      if (answers[0] === 503) return void (answers.shift(), json(response, 503, {}));
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>not a gateway</html>');
    };
    await world.delivery.deliverDue();
    world.app.clock.forward(5000);
    await world.delivery.deliverDue();
    expect(await texts()).toEqual([[1, 'failed', 'EHTTP503'], [2, 'failed', 'EGARBLED'], [3, 'planned', null]]); // prettier-ignore
    const attempts = (await rows()).filter(({ channel }) => channel === 'sms').map(({ id }) => id);
    expect(sent()[1]!.body.earlier).toEqual([attempts[0]]);
    gateway.answer = ({ path }, response) =>
      json(response, 200, path === '/status' ? { messages: [{ reference: attempts[1], status: 'delivered' }] } : {});
    world.app.clock.forward(20_000);
    await world.delivery.deliverDue();
    expect(gateway.asked.at(-1)!.body).toEqual({ references: attempts.slice(0, 2) });
    expect(sent()).toHaveLength(2);
    expect((await texts())[2]).toEqual([3, 'delivered', null]);
  });

  it('is sent a message again when it does not say what it has, and when it hangs up', async () => {
    gateway.answer = ({ path }, response) => (path === '/status' ? void response.writeHead(500).end('{') : void response.destroy()); // prettier-ignore
    await world.delivery.deliverDue();
    world.app.clock.forward(5000);
    gateway.answer = ({ path }, response) => (path === '/status' ? void response.destroy() : json(response, 202, { status: 'accepted' })); // prettier-ignore
    await world.delivery.deliverDue();
    expect((await texts()).map(([attempt, stage]) => [attempt, stage])).toEqual([[1, 'failed'], [2, 'handed']]); // prettier-ignore
  });

  it('is asked what it has after an answer that is none, too', async () => {
    gateway.answer = (_, response) => void response.socket!.end('taken, thanks\r\n\r\n');
    await world.delivery.deliverDue();
    const [[, , failure]] = (await texts()) as [[number, string, string]];
    expect(failure).toMatch(/^HPE_/);
    world.app.clock.forward(5000);
    const [first] = (await rows()).filter(({ channel }) => channel === 'sms');
    gateway.answer = ({ path }, response) =>
      json(response, 200, path === '/status' ? { messages: [{ reference: first!.id, status: 'accepted' }] } : {});
    await world.delivery.deliverDue();
    expect(gateway.asked.at(-1)!.body).toEqual({ references: [first!.id] });
    expect(sent()).toHaveLength(1);
  });

  it('moves the funnel forward only, once, and by whoever can sign', async () => {
    await world.delivery.deliverDue();
    const id = await lastId();
    expect(await agreeing(() => receipt(id, 'delivered'))).toEqual({ status: 200, body: { moved: 1, unknown: 0 } });
    expect(await texts()).toEqual([[1, 'delivered', null]]);
    expect((await receipt(id, 'delivered')).body).toEqual({ moved: 0, unknown: 0 });
    expect((await receipt(id, 'failed', 'late')).body).toEqual({ moved: 0, unknown: 0 });
    expect((await receipt(newId(), 'delivered')).body).toEqual({ moved: 0, unknown: 1 });
    const inApp = (await rows()).find(({ channel }) => channel === 'in-app')!.id;
    const linked = (await rows()).find(({ channel }) => channel === 'link')!.id;
    for (const other of [inApp, linked]) expect((await receipt(other, 'failed')).body).toEqual({ moved: 0, unknown: 0 });
    expect(await texts()).toEqual([[1, 'delivered', null]]);
  }); // prettier-ignore

  it('says that a message failed on its way; nothing is tried again for it, and the ladder goes on', async () => {
    const planned = await lastId();
    expect((await receipt(planned, 'delivered')).body).toEqual({ moved: 0, unknown: 0 }); // it never left
    await world.delivery.deliverDue();
    const told = await Promise.all([1, 2, 3].map(() => receipt(planned, 'failed', 'UNDELIV')));
    expect(told.map(({ body }) => body.moved).sort()).toEqual([0, 0, 1]);
    world.app.clock.forward(60_000);
    expect(await world.delivery.deliverDue()).toBe(0);
    expect(await texts()).toEqual([[1, 'failed', 'receipt UNDELIV']]);
    world.app.clock.forward(ANSWER_S * 1000);
    expect(await world.escalation.moveOnOverdueAlerts()).toBe(1);
  });

  it('is refused when it does not sign, signs another body, or not now', async () => {
    await world.delivery.deliverDue();
    const body = { receipts: [{ reference: await lastId(), status: 'delivered' }] };
    const refused = async (asked: ReturnType<typeof post>) => {
      const { status, body: problem } = await asked;
      return [status, problem.code];
    };
    expect(await refused(post('receipts', body, { secret: OURS }))).toEqual([401, 'provider.unknown']);
    expect(await refused(post('replies', { replies: [] }, { secret: OURS }))).toEqual([401, 'provider.unknown']);
    expect(await refused(post('receipts', body, { headers: { 'chiyuan-signature': '' } }))).toEqual([401, 'provider.unknown']); // prettier-ignore
    const other = { 'chiyuan-signature': signatureOf(THEIRS, nowS(), '{}') };
    expect(await refused(post('receipts', body, { headers: other }))).toEqual([401, 'provider.unknown']);
    for (const atS of [nowS() - 301, nowS() + 301]) expect(await refused(post('receipts', body, { atS }))).toEqual([401, 'provider.out-of-time']); // prettier-ignore
    expect(await refused(post('receipts', { receipts: [] }))).toEqual([400, 'request.invalid']);
    expect(await refused(post('receipts', `{"receipts":[],"x":"${'x'.repeat(70_000)}"}`))).toEqual([413, 'upload.too-large']); // prettier-ignore
    expect(await texts()).toEqual([[1, 'handed', null]]);
    for (let n = 0; n < 40; n++) await post('receipts', body, { secret: OURS });
    expect(await refused(post('receipts', body, { secret: OURS }))).toEqual([429, 'rate.limited']);
    expect((await post('receipts', body)).body).toEqual({ moved: 1, unknown: 0 }); // strangers do not keep it out
  });

  it('brings words, which are kept before they are acknowledged and taken once', async () => {
    await world.delivery.deliverDue();
    const { phone } = (await rows()).find(({ channel }) => channel === 'sms')!;
    world.app.clock.forward(1000);
    const said = (id: string, from: string, text: string) => ({ id, from, text, sentAt: world.app.clock.now().toISOString() }); // prettier-ignore
    const replies = [said('in-1', phone, '收到，出发\u0007'), said('in-2', '13700009999', '你们是谁'), said('in-3', phone, ' \n')];
    expect(await post('replies', { replies })).toEqual({ status: 200, body: { kept: 2 } });
    expect((await post('replies', { replies })).body).toEqual({ kept: 0 });
    await Promise.all([1, 2].map(() => world.app.get(ReplyService).takeInbox()));
    const kept = await world.app.query(`select provider_id, words, state, why from alert_reply order by provider_id`);
    expect(kept).toEqual([
      { provider_id: 'in-1', words: '收到，出发', state: 'taken', why: null },
      { provider_id: 'in-2', words: '你们是谁', state: 'to-read', why: 'unknown-sender' },
    ]);
    expect((await world.assignments.assignment(county, assignment.id)).status).toBe('accepted');
    expect(await world.app.query(`select 1 from inbound_sms where taken_at is null`)).toEqual([]);
  }); // prettier-ignore

  it('never hears of an exercise', async () => {
    await world.delivery.deliverDue();
    gateway.asked.length = 0;
    const drill = await world.verified(county, { exercise: true });
    const [played] = (await world.send(county, drill.id, { units: [`${TEAM}-B`] })).assignments as [AssignmentDto];
    expect(await world.delivery.deliverDue()).toBe(2); // link and text, both to the outbox of drills
    await world.assignments.takeStep(county, played.id, 'withdraw', { reason: '演练结束' });
    await world.delivery.deliverDue();
    expect(gateway.asked).toEqual([]);
  });

  it('is tried out by an administrator with a message to their own telephone, not without end', async () => {
    const ask = async (desk: Desk, method: string, path = '') => {
      const response = await fetch(`${world.app.url}/api/v1/providers/sms${path}`, { method, headers: { authorization: `Bearer ${desk.token}` } }); // prettier-ignore
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    };
    await world.app.query(`update app_user set phone = null where id = $1`, [admin.userId]);
    expect((await ask(admin, 'POST', '/trial')).body.code).toBe('provider.no-phone');
    await world.app.query(`update app_user set phone = '13800138000' where id = $1`, [admin.userId]);
    expect((await ask(admin, 'POST', '/trial')).body).toEqual({ stage: 'handed', failure: null });
    expect(gateway.asked.at(-1)!.body).toMatchObject({ to: '13800138000', purpose: 'test' });
    gateway.answer = (_, response) => json(response, 401, {});
    expect((await ask(admin, 'POST', '/trial')).body).toEqual({ stage: 'failed', failure: 'EHTTP401' });
    expect((await ask(admin, 'POST', '/trial')).status).toBe(429);
    expect((await ask(county, 'POST', '/trial')).status).toBe(403);
    const { body } = await ask(admin, 'GET');
    expect(body).toMatchObject({ set: true, host: new URL(gateway.url).host, auth: 'hmac', asked: true, callbacks: true, ownPhone: true, replyUrl: 'https://desk.test/api/v1/providers/sms/replies' }); // prettier-ignore
    expect(JSON.stringify(body)).not.toMatch(new RegExp(`${OURS}|${THEIRS}|/send`));
  });

  it('takes one message a person in the weekly test, too', async () => {
    await world.delivery.deliverDue();
    const societyId = await world.id('society', '331082');
    world.app.clock.forward((26 - new Date(world.app.clock.now().getTime() + 8 * 3_600_000).getUTCHours() + 8) * 3_600_000); // prettier-ignore
    const { id } = await world.app.get(ChannelTestService).startTest(county, { societyId });
    const channels = await world.app.query(`select distinct channel from channel_test_message where test_id = $1 order by channel`, [id]); // prettier-ignore
    expect(channels).toEqual([{ channel: 'in-app' }, { channel: 'sms' }]);
    gateway.asked.length = 0;
    await world.app.get(TestDeliveryService).deliverDue();
    expect(gateway.asked.length).toBeGreaterThan(0);
    expect(gateway.asked.every(({ body }) => body.purpose === 'test')).toBe(true);
  });
});
