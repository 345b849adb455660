import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { signatureOf } from '../../src/alerts/providers/signature.rules.js';
import { CALL_AFTER_S } from '../../src/alerts/contact/contact.rules.js';
import { AudienceService, ReplyService } from '../../src/dispatch/index.js';
import type { AssignmentDto } from '../../src/dispatch/dispatch.dto.js';
import type { IncidentDto } from '../../src/incidents/index.js';
import { expectConsoleAgrees } from '../support/console.js';
import { json, ProviderServer } from '../support/provider-server.js';
import { ANSWER_S, type Desk, MissionWorld } from './mission-world.js';

const TEAM = 'T-331082-SR-1';
const OURS = 'what-we-show-the-caller';
const THEIRS = 'what-the-caller-shows-us';
const TEXTS = 'what-the-texts-show-us-';

describe('telephone calls', () => {
  let world: MissionWorld;
  let gateway: ProviderServer;
  let county: Desk, admin: Desk;
  let incident: IncidentDto;
  let assignment: AssignmentDto;

  beforeAll(async () => {
    gateway = await ProviderServer.open((_, response) => json(response, 200, { status: 'accepted' }));
    world = await MissionWorld.open({
      VOICE_GATEWAY_URL: `${gateway.url}/call`, VOICE_GATEWAY_SECRET: OURS, VOICE_CALLBACK_SECRET: THEIRS, SMS_CALLBACK_SECRET: TEXTS,
    }); // prettier-ignore
    [county, admin] = [await world.app.as('duty.331082'), await world.app.as('admin.330000')];
  }, 300_000);
  afterAll(async () => {
    await world?.close();
    await gateway?.close();
  });

  beforeEach(async () => {
    gateway.asked.length = 0;
    world.app.clock.forward(1000);
    incident = await world.verified(county);
    [assignment] = (await world.send(county, incident.id, { units: [`${TEAM}-A`] })).assignments as [AssignmentDto];
  });
  afterEach(async () => {
    expect(await world.faults()).toEqual([]);
    const held = await world.assignments.assignment(county, assignment.id);
    if (['alerted', 'accepted'].includes(held.status))
      await world.assignments.takeStep(county, held.id, 'withdraw', { reason: '测试结束' });
    world.app.clock.forward(ANSWER_S * 1000);
    while ((await world.escalation.moveOnOverdueAlerts()) > 0) world.app.clock.forward(ANSWER_S * 1000);
    await world.delivery.deliverDue();
  });

  const agreeing = <T>(command: () => Promise<T>) => expectConsoleAgrees(world.app, ['duty.331082'], command);
  const waitS = Math.min(CALL_AFTER_S, ANSWER_S / 2);
  const calls = () =>
    world.app.query<{ id: string; attempt: number; stage: string; failure: string | null; phone: string }>(
      `select d.id, d.attempt, d.stage, d.failure, d.phone from alert_delivery d join alert a on a.id = d.alert_id
       where a.assignment_id = $1 and a.kind = 'deploy' and d.channel = 'voice' and d.step = 1 order by d.attempt`, [assignment.id],
    ); // prettier-ignore
  const called = async () => (await calls()).map(({ attempt, stage, failure }) => [attempt, stage, failure]);
  const ring = async () => {
    await world.delivery.deliverDue();
    world.app.clock.forward(waitS * 1000);
    await agreeing(() => world.delivery.deliverDue());
    return (await calls()).at(-1)!.id;
  };
  const post = async (receipts: object[], secret = THEIRS) => {
    const text = JSON.stringify({ receipts });
    const at = Math.floor(world.app.clock.now().getTime() / 1000);
    const headers = { 'content-type': 'application/json', 'chiyuan-timestamp': String(at), 'chiyuan-signature': signatureOf(secret, at, text) }; // prettier-ignore
    const response = await fetch(`${world.app.url}/api/v1/providers/voice/receipts`, { method: 'POST', headers, body: text }); // prettier-ignore
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const told = (reference: string, status: string, more: object = {}) => post([{ reference, status, ...more }]);
  const takeInbox = () => agreeing(() => world.app.get(ReplyService).takeInbox());
  const replies = () => world.app.query<{ state: string; channel: string; why: string | null; words: string }>(
    `select r.state, r.channel, r.why, r.words from alert_reply r join alert a on a.id = r.alert_id where a.assignment_id = $1 order by r.id`,
    [assignment.id],
  ); // prettier-ignore
  const status = async () => (await world.assignments.assignment(county, assignment.id)).status;

  it('come a minute after the text message, read the order aloud and say which keys answer', async () => {
    await world.delivery.deliverDue();
    expect(gateway.asked).toEqual([]);
    expect(await called()).toEqual([[1, 'planned', null]]);
    world.app.clock.forward(waitS * 1000);
    await agreeing(() => world.delivery.deliverDue());
    const [row] = await calls();
    expect(gateway.asked).toHaveLength(1);
    expect(gateway.asked[0]!.body).toMatchObject({ reference: row!.id, to: row!.phone, keys: { 1: 'accept', 2: 'decline' }, purpose: 'alert', exercise: false, receiptUrl: 'https://desk.test/api/v1/providers/voice/receipts' }); // prettier-ignore
    expect(gateway.asked[0]!.body.text).toMatch(/^这里是红十字应急调度。.*能出动请按1，不能出动请按2。$/);
    expect(gateway.asked[0]!.body.text).not.toMatch(/http/);
    expect(gateway.asked[0]!.headers['chiyuan-signature']).toBe(signatureOf(OURS, gateway.asked[0]!.headers['chiyuan-timestamp'] as string, gateway.asked[0]!.text)); // prettier-ignore
    expect(await called()).toEqual([[1, 'handed', null]]);
  });

  it('are named before the order is given', async () => {
    const unit = `(select id from team_unit where code = '${TEAM}-A')`;
    const [{ id }] = (await world.app.query<{ id: string }>(`select ${unit} as id`)) as [{ id: string }];
    const { units } = await world.app.get(AudienceService).audience(county, [id]);
    expect(units[0]!.people.map(({ callAfterS }) => callAfterS)).toEqual([waitS, waitS]);
  });

  it('ring nobody who has answered the text message', async () => {
    await world.delivery.deliverDue();
    const { id } = (await world.app.query<{ id: string }>(`select id from alert where assignment_id = $1`, [assignment.id]))[0]!; // prettier-ignore
    await world.answers.answer(county, id, { answer: 'accept', onBehalfOf: '队长' });
    world.app.clock.forward(waitS * 1000);
    await world.delivery.deliverDue();
    expect(gateway.asked).toEqual([]);
    expect(await called()).toEqual([[1, 'cancelled', null]]);
  });

  it.each([['1', 'accepted', 'accept'], ['2', 'declined', 'decline']] as const)('take key %s as an answer, once, in the name of who was called', async (pressed, become, answer) => {
    const id = await ring();
    expect(await told(id, 'answered')).toEqual({ status: 200, body: { moved: 1, unknown: 0 } });
    expect(await called()).toEqual([[1, 'delivered', null]]);
    await takeInbox();
    expect(await status()).toBe('alerted'); // whoever took the call has said nothing yet
    for (let n = 0; n < 2; n++) await told(id, 'answered', { pressed });
    expect(await called()).toEqual([[1, 'opened', null]]);
    await takeInbox();
    expect(await status()).toBe(become);
    const answers = await world.app.query(
      `select n.answer, n.channel, n.words from alert_answer n join alert a on a.id = n.alert_id where a.assignment_id = $1`, [assignment.id],
    ); // prettier-ignore
    expect(answers).toEqual([{ answer, channel: 'voice', words: expect.stringContaining(`按键 ${pressed}`) }]);
    expect((await replies()).map(({ state, channel }) => [state, channel])).toEqual([['taken', 'voice']]);
  }); // prettier-ignore

  it('ring again where nobody took it or the line was busy, three times in all, and not where the number is wrong', async () => {
    const first = await ring();
    await agreeing(() => told(first, 'no-answer'));
    expect(await called()).toEqual([[1, 'failed', 'receipt no-answer'], [2, 'planned', null]]); // prettier-ignore
    expect((await told(first, 'no-answer')).body).toEqual({ moved: 0, unknown: 0 });
    world.app.clock.forward(30_000);
    await world.delivery.deliverDue();
    await told((await calls()).at(-1)!.id, 'busy');
    world.app.clock.forward(30_000);
    await world.delivery.deliverDue();
    await told((await calls()).at(-1)!.id, 'no-answer');
    expect((await called()).map(([attempt, stage]) => [attempt, stage])).toEqual([[1, 'failed'], [2, 'failed'], [3, 'failed']]); // prettier-ignore
  });

  it('do not ring again at a number that the network cannot reach', async () => {
    await told(await ring(), 'failed', { reason: 'NO SUCH NUMBER' });
    expect(await called()).toEqual([[1, 'failed', 'receipt NO SUCH NUMBER']]);
  });

  it('leave a key that was pressed after the end to a person', async () => {
    const id = await ring();
    await world.assignments.takeStep(county, assignment.id, 'withdraw', { reason: '另派' });
    await told(id, 'answered', { pressed: '1' });
    await takeInbox();
    expect(await replies()).toEqual([{ state: 'late', channel: 'voice', why: 'late', words: '电话按键 1：能出动' }]);
    expect(await status()).toBe('withdrawn');
  });

  it('believe who makes them alone, and no receipt of what never rang', async () => {
    const [planned] = await calls();
    expect((await told(planned!.id, 'answered', { pressed: '1' })).body).toEqual({ moved: 0, unknown: 0 });
    expect((await post([{ reference: planned!.id, status: 'answered' }], TEXTS)).status).toBe(401);
    const text = (await world.app.query<{ id: string }>(
      `select d.id from alert_delivery d join alert a on a.id = d.alert_id where a.assignment_id = $1 and d.channel = 'sms'`, [assignment.id],
    ))[0]!; // prettier-ignore
    await world.delivery.deliverDue();
    expect((await told(text.id, 'answered', { pressed: '1' })).body).toEqual({ moved: 0, unknown: 0 });
    expect((await told(planned!.id, 'answered', { pressed: '3' })).status).toBe(400);
    await takeInbox();
    expect(await status()).toBe('alerted');
    expect(await replies()).toEqual([]);
  });

  it('are shown to administrators without what opens them, and can be tried', async () => {
    const ask = async (desk: Desk, method: string, path = '') => {
      const response = await fetch(`${world.app.url}/api/v1/providers/voice${path}`, { method, headers: { authorization: `Bearer ${desk.token}` } }); // prettier-ignore
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    };
    const seen = await ask(admin, 'GET');
    expect(seen.body).toMatchObject({ set: true, auth: 'hmac', asked: false, callbacks: true, receiptUrl: 'https://desk.test/api/v1/providers/voice/receipts' }); // prettier-ignore
    expect(JSON.stringify(seen.body)).not.toMatch(new RegExp(`${OURS}|${THEIRS}`));
    await world.app.query(`update app_user set phone = null where id = $1`, [admin.userId]);
    expect((await ask(admin, 'POST', '/trial')).body.code).toBe('provider.no-phone');
    await world.app.query(`update app_user set phone = '13800138000' where id = $1`, [admin.userId]);
    expect((await ask(admin, 'POST', '/trial')).body).toEqual({ stage: 'handed', failure: null });
    expect(gateway.asked.at(-1)!.body).toMatchObject({ to: '13800138000', keys: {}, purpose: 'test', text: expect.stringContaining('测试') }); // prettier-ignore
  });
});
