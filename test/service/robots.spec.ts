import { renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Actor } from '../../src/access/index.js';
import { ChannelStateService } from '../../src/alerts/index.js';
import { RobotDeliveryService } from '../../src/alerts/robots/robot-delivery.service.js';
import { RobotSealing } from '../../src/alerts/robots/robot-sealing.service.js';
import { RobotsService } from '../../src/alerts/robots/robots.service.js';
import type { AddRobot, RobotDto, RobotKind } from '../../src/alerts/robots/robots.dto.js';
import type { AssignmentDto } from '../../src/dispatch/dispatch.dto.js';
import { json, ProviderServer } from '../support/provider-server.js';
import { ANSWER_S, type Desk, MissionWorld } from './mission-world.js';

const KEY = 'key-of-the-group-0042';
const SECRET = 'SEC-nobody-reads-this';
const PATHS: Record<RobotKind, string> = {
  dingtalk: `/robot/send?access_token=${KEY}`,
  wecom: `/cgi-bin/webhook/send?key=${KEY}`,
  feishu: `/open-apis/bot/v2/hook/${KEY}`,
};

describe('robots in groups', () => {
  let world: MissionWorld;
  let provider: ProviderServer;
  let county: Desk, admin: Desk, foreign: Desk;
  let societyId: string;

  beforeAll(async () => {
    provider = await ProviderServer.open((_, response) => json(response, 200, { errcode: 0, code: 0 }));
    world = await MissionWorld.open({ ROBOT_LOOPBACK: '1' });
    [county, admin, foreign] = (await Promise.all(['duty.331082', 'admin.330000', 'duty.330100'].map((account) => world.app.as(account)))) as [Desk, Desk, Desk]; // prettier-ignore
    societyId = await world.id('society', '331082');
  }, 300_000);
  afterAll(async () => {
    await world?.close();
    await provider?.close();
  });
  beforeEach(async () => {
    provider.answer = (_, response) => json(response, 200, { errcode: 0, code: 0 });
    await settleAll();
    for (const robot of (await robots().robots(admin, { limit: 50 })).items)
      await robots().removeRobot(admin, robot.id, { version: robot.version });
    provider.asked.length = 0;
  });

  const robots = () => world.app.get(RobotsService);
  const telling = () => world.app.get(RobotDeliveryService);
  const add = (kind: RobotKind, more: Partial<AddRobot> = {}): Promise<RobotDto> =>
    robots().addRobot(admin, { societyId, kind, name: `${kind} 应急群`, webhook: `${provider.url}${PATHS[kind]}`, severity: 'IV', ...more }); // prettier-ignore
  const wordsOf = ({ body }: { body: Record<string, unknown> }) => ((body.text ?? body.content) as { content?: string; text?: string }).content ?? (body.content as { text: string }).text; // prettier-ignore
  const words = () => provider.asked.map(wordsOf);
  const state = async (id: string) => (await robots().robots(admin, { limit: 50 })).items.find((robot) => robot.id === id)!; // prettier-ignore
  const stages = (id: string) => world.app.query<{ stage: string; n: number }>(`select stage, count(*)::int as n from robot_notice where robot_id = $1 group by stage order by stage`, [id]); // prettier-ignore
  const open: AssignmentDto[] = [];
  const alerted = async (more: object = {}, unit = 'T-331082-SR-1-A') => {
    world.app.clock.forward(60_000);
    const incident = await world.verified(county, more);
    const [assignment] = (await world.send(county, incident.id, { units: [unit] })).assignments as [AssignmentDto];
    open.push(assignment);
    return { incident, assignment };
  };
  /** What the last test left running comes to its end, and is told to nobody any more. */
  const settleAll = async () => {
    for (const { id } of open.splice(0)) {
      const held = await world.assignments.assignment(county, id);
      if (['alerted', 'accepted'].includes(held.status)) await world.assignments.takeStep(county, id, 'withdraw', { reason: '测试结束' }); // prettier-ignore
    }
    for (let n = 0; n < 8; n++) {
      world.app.clock.forward(ANSWER_S * 1000);
      await world.escalation.moveOnOverdueAlerts();
      await telling().tellDue();
    }
  };

  it('tell a group who is called, who is waited for and what was answered, each once and with no link', async () => {
    const kinds: RobotKind[] = ['dingtalk', 'wecom', 'feishu'];
    const added = await Promise.all(kinds.map((kind) => add(kind, kind === 'wecom' ? {} : { secret: SECRET })));
    const { assignment } = await alerted({ title: '灵江洪水', placeText: '临海古城' });
    await Promise.all([telling().tellDue(), telling().tellDue()]);
    expect(provider.asked).toHaveLength(3);
    const leader = (await world.app.query<{ name: string }>(`select person_name as name from alert_delivery d join alert a on a.id = d.alert_id where a.assignment_id = $1`, [assignment.id]))[0]!.name; // prettier-ignore
    for (const said of words()) {
      expect(said).toMatch(/【红十字应急】III级 通知出动：灵江洪水（临海古城）；分队：.*T-331082-SR-1-A；等待答复：/);
      expect(said).toContain(`等待答复：${leader}`);
      expect(said).not.toMatch(/https?:|#\/a\//);
    }
    const ding = provider.asked.find(({ path }) => path.startsWith('/robot/send'))!;
    const { searchParams } = new URL(`http://x${ding.path}`);
    expect(searchParams.get('sign')).toBe(createHmac('sha256', SECRET).update(`${searchParams.get('timestamp')}\n${SECRET}`).digest('base64')); // prettier-ignore
    const fei = provider.asked.find(({ path }) => path.startsWith('/open-apis'))!;
    expect(fei.body.sign).toBe(createHmac('sha256', `${String(fei.body.timestamp)}\n${SECRET}`).digest('base64'));

    provider.asked.length = 0;
    world.app.clock.forward(ANSWER_S * 1000);
    await world.escalation.moveOnOverdueAlerts();
    await telling().tellDue();
    expect(words()).toHaveLength(3);
    expect(words()[0]).toContain('转呼下一级');
    expect(words()[0]).not.toContain(`等待答复：${leader}`);
    const [run] = await world.app.query<{ id: string }>(`select id from alert where assignment_id = $1 and kind = 'deploy'`, [assignment.id]); // prettier-ignore
    await world.answers.answer(county, run!.id, { answer: 'accept', onBehalfOf: '电话' });
    provider.asked.length = 0;
    await telling().tellDue();
    expect(words()[0]).toMatch(/已有答复：灵江洪水.*答复：能出动/);
    expect(await world.app.query(`select 1 from alert_delivery where channel not in ('in-app','link','sms','mail')`)).toEqual([]); // prettier-ignore
    expect(await state(added[0]!.id)).toMatchObject({ lastFailure: null, waiting: 0, sent: 3, failed: 0 });
  });

  it('hear from their severity upwards, of what their desk sees', async () => {
    const [grave, all] = [await add('dingtalk', { severity: 'II' }), await add('wecom')];
    const other = await add('feishu', { societyId: await world.id('society', '330100') });
    const paused = await add('dingtalk', { name: '停用的群' });
    await robots().changeRobot(admin, paused.id, { version: 1, paused: true });
    await alerted({ severity: 'III' });
    await telling().tellDue();
    expect(await Promise.all([grave, all, other, paused].map(async ({ id }) => (await stages(id)).length))).toEqual([0, 1, 0, 0]); // prettier-ignore
    await alerted({ severity: 'I' }, 'T-331082-SR-1-B');
    await telling().tellDue();
    expect(await Promise.all([grave, all, other, paused].map(async ({ id }) => (await state(id)).sent))).toEqual([1, 2, 0, 0]); // prettier-ignore
  });

  it('tells no group of an exercise', async () => {
    await add('dingtalk');
    await alerted({ exercise: true });
    await telling().tellDue();
    expect(provider.asked).toEqual([]);
    expect(await world.app.query(`select 1 from robot_notice n join alert a on a.id = n.alert_id where a.exercise`)).toEqual([]); // prettier-ignore
  });

  it('merges what is over twenty a minute and loses none', async () => {
    const { id } = await add('wecom');
    const { assignment } = await alerted();
    await telling().tellDue();
    provider.asked.length = 0;
    const [run] = await world.app.query<{ id: string }>(`select id from alert where assignment_id = $1`, [assignment.id]); // prettier-ignore
    // Forty runs more of the same, as a night of floods would raise them.
    await world.app.query(
      `insert into robot_notice (id, robot_id, alert_id, alert_version, words, at, stage, due_at, stage_at)
       select gen_random_uuid(), $1, $2, 1000 + n, '第' || n || '条', $3::timestamptz + n * interval '1 millisecond', 'waiting', $3, $3 from generate_series(1, 40) n`,
      [id, run!.id, world.app.clock.now()],
    );
    world.app.clock.forward(1000);
    await telling().tellDue();
    expect(provider.asked).toHaveLength(9); // one of ten was said before
    expect(words().slice(0, 8)).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((n) => `第${n}条`));
    expect(words()[8]).toBe('第9条\n第10条\n第11条\n第12条\n第13条\n……另有 27 条通知，请看调度台');
    expect(await stages(id)).toEqual([{ stage: 'sent', n: 41 }]);
    const [merged] = await world.app.query(`select told_with from robot_notice where robot_id = $1 and alert_version = 1040`, [id]); // prettier-ignore
    expect(merged).toEqual({ told_with: 32 });
    await expect(robots().tryRobot(admin, id)).rejects.toMatchObject({ code: 'rate.limited' });
    world.app.clock.forward(6000);
    expect(await robots().tryRobot(admin, id)).toEqual({ sent: true, failure: null });
  });

  it('try again what a provider did not take, three times, and say so', async () => {
    const { id } = await add('dingtalk');
    await alerted();
    let hangUps = 2;
    provider.answer = (_, response) => (hangUps-- > 0 ? void response.destroy() : json(response, 200, { errcode: 300_001, errmsg: 'token is not exist' })); // prettier-ignore
    for (const afterMs of [0, 5000, 20_000, 60_000]) {
      world.app.clock.forward(afterMs);
      await telling().tellDue();
    }
    expect(provider.asked).toHaveLength(3);
    expect(await stages(id)).toEqual([{ stage: 'failed', n: 1 }]);
    expect(await state(id)).toMatchObject({ failed: 1, waiting: 0 });
    provider.answer = (_, response) => json(response, 200, { errcode: 130_101 });
    expect(await robots().tryRobot(admin, id)).toEqual({ sent: false, failure: 'E130101' });
    expect((await state(id)).lastFailure).toBe('E130101');
  });

  it('are silent for a minute when their provider hears no more of them, and then tell what waited; paused they tell nothing', async () => {
    const { id } = await add('wecom');
    provider.answer = (_, response) => json(response, 200, { errcode: 45_009 });
    await alerted();
    await alerted({}, 'T-331082-SR-1-B');
    for (const afterMs of [0, 5000, 20_000, 30_000]) {
      world.app.clock.forward(afterMs);
      await telling().tellDue();
    }
    expect(provider.asked).toHaveLength(1);
    expect(await stages(id)).toEqual([{ stage: 'waiting', n: 2 }]);
    expect(await state(id)).toMatchObject({ lastFailure: 'E45009', waiting: 2 });
    provider.answer = (_, response) => json(response, 200, { errcode: 0 });
    world.app.clock.forward(5000);
    await telling().tellDue();
    expect(await stages(id)).toEqual([{ stage: 'sent', n: 2 }]);
    await alerted({}, 'T-331082-WR-1-A');
    provider.asked.length = 0;
    await robots().changeRobot(admin, id, { version: 1, paused: true });
    await telling().tellDue();
    expect(provider.asked).toEqual([]);
    expect(await stages(id)).toEqual([
      { stage: 'failed', n: 1 },
      { stage: 'sent', n: 2 },
    ]);
  });

  it('hold up neither the chain nor each other when one is silent', async () => {
    const silent = await add('dingtalk');
    const other = await add('wecom');
    const hanging: (() => void)[] = [];
    provider.answer = ({ path }, response) =>
      path.startsWith('/robot/send') ? void hanging.push(() => json(response, 200, { errcode: 0 })) : json(response, 200, { errcode: 0 }); // prettier-ignore
    await alerted();
    const round = telling().tellDue();
    while (!(await stages(other.id)).some(({ stage }) => stage === 'sent')) await sleep(20);
    expect(await world.delivery.deliverDue()).toBe(2);
    world.app.clock.forward(ANSWER_S * 1000);
    expect(await world.escalation.moveOnOverdueAlerts()).toBe(1);
    expect(await stages(silent.id)).toContainEqual({ stage: 'handed', n: 1 });
    hanging.forEach((answer) => answer());
    await round;
    expect(await stages(silent.id)).toContainEqual({ stage: 'sent', n: 1 });
  });

  describe('what opens it', () => {
    const lost = async () => (await world.app.get(ChannelStateService).state()).robots.keyLost;
    const keyFile = () => join(world.folder, 'keys', 'robots.key');
    const held = async (id: string) => (await world.app.query<{ webhook: string; secret: string | null; version: number }>(`select webhook, secret, version from group_robot where id = $1`, [id]))[0]!; // prettier-ignore

    it('lies sealed in the database, with a key that nobody else may read, and opens for its messages', async () => {
      const { id, hint, signed } = await add('dingtalk', { secret: SECRET });
      const { webhook, secret } = await held(id);
      for (const text of [webhook, secret!]) expect(text).toMatch(/^sealed:v1:[0-9a-f]{16}:[\w-]*:[\w-]{40,}$/);
      expect([hint, signed]).toEqual([KEY.slice(-4), true]);
      expect(statSync(keyFile()).mode & 0o777).toBe(0o600);
      expect(await robots().tryRobot(admin, id)).toEqual({ sent: true, failure: null });
      expect(provider.asked[0]!.path).toContain(`access_token=${KEY}`);
      expect(provider.asked[0]!.path).toContain('sign=');
    });

    it('is sealed at the start where it was kept in the clear before, and nothing that is seen changes', async () => {
      const { id } = await add('feishu', { secret: SECRET });
      const before = await state(id);
      await world.app.query(`update group_robot set webhook = $2, secret = $3 where id = $1`, [id, `${provider.url}${PATHS.feishu}`, SECRET]); // prettier-ignore
      await world.app.get(RobotSealing).onApplicationBootstrap();
      expect(await state(id)).toEqual(before);
      const { webhook, secret, version } = await held(id);
      expect([webhook, secret].filter((text) => !text!.startsWith('sealed:v1:'))).toEqual([]);
      expect(version).toBe(before.version);
      expect(await robots().tryRobot(admin, id)).toEqual({ sent: true, failure: null });
      expect(await world.app.get(RobotSealing).sealAll()).toBe(0);
    });

    it('is lost with its key, which is said and stops nothing, until the key is back or the address is entered again', async () => {
      const [one, two] = [await add('dingtalk', { secret: SECRET }), await add('wecom')];
      renameSync(keyFile(), `${keyFile()}.away`);
      await world.app.get(RobotSealing).onApplicationBootstrap();
      expect(await robots().tryRobot(admin, one.id)).toEqual({ sent: false, failure: 'EKEYLOST' });
      expect([(await state(one.id)).keyLost, (await state(two.id)).hint]).toEqual([true, two.hint]);
      expect(provider.asked).toEqual([]);
      expect(await lost()).toBe(2);
      await robots().changeRobot(admin, one.id, { version: 1, name: '还没有密钥' });
      await robots().changeRobot(admin, one.id, { version: 2, webhook: `${provider.url}${PATHS.dingtalk}` });
      expect([(await state(one.id)).keyLost, (await state(two.id)).keyLost]).toEqual([false, true]);
      expect(await lost()).toBe(1);
      expect(await robots().tryRobot(admin, one.id)).toEqual({ sent: true, failure: null });
      renameSync(`${keyFile()}.away`, keyFile());
      expect([(await state(one.id)).keyLost, (await state(two.id)).keyLost]).toEqual([true, false]);
      expect(await robots().tryRobot(admin, two.id)).toEqual({ sent: true, failure: null });
    });
  });

  it('keeps its address and secret to itself: not in an answer, not in the record, not in a kept answer', async () => {
    const keyed = { ...admin, command: { key: 'one-robot', fingerprint: Buffer.alloc(32) } } as Actor;
    const added = await robots().addRobot(keyed, { societyId, kind: 'dingtalk', name: '应急群', webhook: `${provider.url}${PATHS.dingtalk}`, secret: SECRET, severity: 'IV' }); // prettier-ignore
    const changed = await robots().changeRobot(admin, added.id, { version: 1, name: '新名' });
    expect(changed).toMatchObject({ name: '新名', signed: true, hint: KEY.slice(-4), version: 2 });
    // Another address is another group: the old secret does not go with it.
    expect(await robots().changeRobot(admin, added.id, { version: 2, webhook: `${provider.url}${PATHS.dingtalk}9` })).toMatchObject({ signed: false }); // prettier-ignore
    await world.app.settled();
    const told = JSON.stringify([added, changed, await robots().robots(admin, { limit: 50 })]);
    for (const kept of [KEY, SECRET, provider.url]) {
      expect(told).not.toContain(kept);
      for (const table of ['journal', 'command_answer'])
        expect(await world.app.query(`select 1 from ${table} t where strpos(t::text, $1) > 0`, [kept])).toEqual([]);
    }
    await robots().removeRobot(admin, added.id, { version: 3 });
    expect(await world.app.query(`select 1 from group_robot t where id = $2 and strpos(t::text, $1) > 0`, [KEY, added.id])).toEqual([]); // prettier-ignore
    const kinds = await world.app.query<{ kind: string }>(`select kind from journal where subject = 'robot' and subject_id = $1 order by seq`, [added.id]); // prettier-ignore
    expect(kinds.map(({ kind }) => kind)).toEqual(['robot.added', 'robot.changed', 'robot.changed', 'robot.removed']);
  });

  it('are kept by administrators of the society, and only so many', async () => {
    await expect(robots().addRobot(county, { societyId, kind: 'wecom', name: '群', webhook: provider.url + PATHS.wecom, severity: 'IV' })).rejects.toMatchObject({ code: 'access.denied' }); // prettier-ignore
    await expect(add('wecom', { secret: SECRET })).rejects.toMatchObject({ code: 'robot.secret' });
    await expect(add('wecom', { webhook: 'https://evil.test/cgi-bin/webhook/send?key=12345678' })).rejects.toMatchObject({ code: 'robot.webhook' }); // prettier-ignore
    const { id } = await add('wecom');
    await expect(robots().changeRobot(foreign, id, { version: 1, paused: true })).rejects.toMatchObject({ code: 'robot.not-found' }); // prettier-ignore
    await expect(robots().changeRobot(admin, id, { version: 7, paused: true })).rejects.toMatchObject({ code: 'robot.stale' }); // prettier-ignore
    const more = await Promise.allSettled(Array.from({ length: 12 }, () => add('wecom')));
    expect(more.filter(({ status }) => status === 'fulfilled')).toHaveLength(9);
    const response = await fetch(`${world.app.url}/api/v1/robots`, { headers: { authorization: `Bearer ${county.token}` } }); // prettier-ignore
    expect(response.status).toBe(403);
  });
});
