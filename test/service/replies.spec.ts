import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ReplyDeskService, ReplyService } from '../../src/dispatch/index.js';
import type { AssignmentDto } from '../../src/dispatch/dispatch.dto.js';
import type { IncidentDto } from '../../src/incidents/index.js';
import type { AlertDto } from '../../src/alerts/alerts.dto.js';
import type { ReplyDto } from '../../src/alerts/replies.dto.js';
import { AlertsService } from '../../src/alerts/alerts.service.js';
import { expectConsoleAgrees } from '../support/console.js';
import { ANSWER_S, type Desk, MissionWorld } from './mission-world.js';

const TEAM = 'T-331082-SR-1';
const WATCHERS = ['duty.331082', `leader.${TEAM}`];

describe('free-text replies', () => {
  let world: MissionWorld;
  let county: Desk;
  let leader: Desk;
  let incident: IncidentDto;
  let assignment: AssignmentDto;
  let phone: string;
  let numbers = 0;

  beforeAll(async () => {
    world = await MissionWorld.open();
    [county, leader] = (await Promise.all(
      ['duty.331082', `leader.${TEAM}`].map((account) => world.app.as(account)),
    )) as [Desk, Desk];
  }, 120_000);
  afterAll(() => world?.close());

  beforeEach(async () => {
    world.app.clock.forward(60_000);
    incident = await world.verified(county);
    [assignment] = (await world.send(county, incident.id, { units: [`${TEAM}-A`] })).assignments as [AssignmentDto];
    const [row] = await world.app.query<{ phone: string }>(
      `select phone from alert_delivery where alert_id = $1 and channel = 'sms'`,
      [(await alert()).id],
    );
    phone = row!.phone;
  });
  afterEach(async () => {
    expect(await world.faults()).toEqual([]);
    const held = await now();
    if (['alerted', 'accepted', 'departed'].includes(held.status))
      await world.assignments.takeStep(county, held.id, 'withdraw', { reason: '测试结束' });
    for (const reply of await waiting()) await desk().setReplyAside(county, reply.id, { reason: '测试结束' });
    // Notices that it was called off come to their end, so that the number belongs to one run again.
    world.app.clock.forward(ANSWER_S * 1000);
    while ((await world.escalation.moveOnOverdueAlerts()) > 0) world.app.clock.forward(ANSWER_S * 1000);
  });

  const desk = () => world.app.get(ReplyDeskService);
  const now = () => world.assignments.assignment(county, assignment.id);
  const agreeing = <T>(command: () => Promise<T>) => expectConsoleAgrees(world.app, WATCHERS, command);
  const alert = async (): Promise<AlertDto> => {
    const page = { before: null, limit: 50 };
    const rows = await world.app.get(AlertsService).alerts(county, { incidentId: incident.id, limit: 50 }, page);
    return rows.find((row) => row.kind === 'deploy' && row.assignmentId === assignment.id)!;
  };
  const waiting = (of: Desk = county) => desk().replies(of, { waiting: true, limit: 50 }, { before: null, limit: 50 });
  const says = (words: string, more: { from?: string; providerId?: string; sentAt?: Date } = {}): Promise<ReplyDto> =>
    world.app.get(ReplyService).receive({
      providerId: more.providerId ?? `m-${++numbers}`, phone: more.from ?? phone, words, sentAt: more.sentAt ?? world.app.clock.now(),
    }); // prettier-ignore

  it('takes a plain yes with delay and people for the answer, and keeps the raw words', async () => {
    const reply = await agreeing(() => says('好的收到，3人40分钟到'));
    expect(reply).toMatchObject({
      state: 'taken',
      why: null,
      personName: leader.name,
      personRole: 'leader',
      alertId: (await alert()).id,
    });
    expect(await now()).toMatchObject({ status: 'accepted', promisedHeadcount: 3 });
    expect(Date.parse((await now()).etaAt!) - world.app.clock.now().getTime()).toBe(40 * 60_000);
    expect((await alert()).answers).toMatchObject([
      {
        answer: 'delay',
        minutes: 40,
        headcount: 3,
        channel: 'sms',
        byName: leader.name,
        words: '好的收到，3人40分钟到',
      },
    ]);
    expect((await alert()).doneReason).toBe('answered');
    expect(await waiting()).toEqual([]);
  });

  it('takes a plain no for the answer, with the words as the reason', async () => {
    await agreeing(() => says('在外地，来不了'));
    expect(await now()).toMatchObject({ status: 'declined', active: false, reason: '在外地，来不了' });
  });

  it('knows the person by the number however it is written, and a message by the number of the provider', async () => {
    const spaced = `+86 ${phone.slice(0, 3)} ${phone.slice(3, 7)}-${phone.slice(7)}`;
    const first = await says('能去', { from: spaced, providerId: 'same' });
    expect(first.state).toBe('taken');
    const again = await Promise.all([1, 2, 3].map(() => says('去不了', { providerId: 'same' })));
    expect(again.map((reply) => [reply.id, reply.words])).toEqual([1, 2, 3].map(() => [first.id, '能去']));
    expect((await alert()).answers).toHaveLength(1);
  });

  it('takes a message that is offered by several processes at once a single time', async () => {
    const all = await Promise.all(Array.from({ length: 5 }, () => says('马上出发', { providerId: 'raced' })));
    expect(new Set(all.map((reply) => reply.id)).size).toBe(1);
    expect((await alert()).answers).toHaveLength(1);
  });

  it.each([
    ['收到', 'unclear'],
    ['能去，但是要派车', 'not-plain'],
    ['伊拉去勿来', 'unclear'],
    ['别人去不了我也去', 'not-plain'],
  ])('leaves "%s" to a person and goes on calling', async (words, why) => {
    const reply = await agreeing(() => says(words));
    expect(reply).toMatchObject({ state: 'to-read', why, words, personName: leader.name, answerId: null });
    expect(await now()).toMatchObject({ status: 'alerted' });
    expect((await alert()).doneReason).toBeNull();
    expect(await waiting()).toMatchObject([{ id: reply.id }]);
  });

  it('lets a person say what unclear words mean, once, at the time at which they were sent', async () => {
    const reply = await says('收到，等我统计一下人数再回你');
    world.app.clock.forward(30_000);
    const read = await agreeing(() =>
      desk().readReply(county, reply.id, { answer: 'accept', headcount: 5, version: reply.version }),
    );
    expect(read).toMatchObject({ state: 'read', decidedBy: county.name, why: reply.why });
    expect(await now()).toMatchObject({ status: 'accepted', promisedHeadcount: 5 });
    expect((await alert()).answers).toMatchObject([
      {
        id: read.answerId,
        channel: 'desk',
        byName: county.name,
        onBehalfOf: leader.name,
        words: reply.words,
        occurredAt: reply.occurredAt,
      },
    ]);
    const twice = desk().readReply(county, reply.id, { answer: 'decline', reason: '不' });
    await expect(twice).rejects.toMatchObject({ code: 'reply.step-not-allowed', status: 409 });
    expect(await now()).toMatchObject({ status: 'accepted' });
  });

  it('lets one of two officers decide about the same words', async () => {
    const reply = await says('看情况');
    const tried = await Promise.allSettled([
      desk().readReply(county, reply.id, { answer: 'accept' }),
      desk().readReply(county, reply.id, { answer: 'decline', reason: '不来' }),
      desk().setReplyAside(county, reply.id, { reason: '已电话问过' }),
    ]);
    expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('keeps words that come after the run, changes nothing, and shows them', async () => {
    await says('能去');
    const late = await agreeing(() => says('家里有事，去不了了'));
    expect(late).toMatchObject({ state: 'late', why: 'late', personName: leader.name });
    expect(await now()).toMatchObject({ status: 'accepted' });
    expect((await waiting()).map((reply) => reply.words)).toEqual(['家里有事，去不了了']);
    // The officer takes them for what they are while the team has not moved.
    await agreeing(() => desk().readReply(county, late.id, { answer: 'decline', reason: '家里有事' }));
    expect(await now()).toMatchObject({ status: 'declined' });
    const afterEnd = await says('能去');
    await expect(desk().readReply(county, afterEnd.id, { answer: 'accept' })).rejects.toMatchObject({
      code: 'alert.closed',
    });
    expect(await waiting()).toMatchObject([{ id: afterEnd.id, state: 'late' }]);
  });

  it('keeps what an unknown number says for the desks that wait, and lets one say whose it is', async () => {
    const reply = await agreeing(() => says('我们两小时后到', { from: '13900000099' }));
    expect(reply).toMatchObject({
      state: 'to-read',
      why: 'unknown-sender',
      alertId: null,
      personName: null,
      phone: '13900000099',
    });
    const province = await world.app.as('duty.330000');
    expect(await waiting(province)).toMatchObject([{ id: reply.id }]);
    expect(await waiting(await world.app.as('duty.330400'))).toEqual([]);
    expect(await waiting(leader)).toEqual([]);
    await expect(desk().readReply(county, reply.id, { answer: 'accept' })).rejects.toMatchObject({
      code: 'request.invalid',
    });
    const alertId = (await alert()).id;
    await expect(desk().readReply(county, reply.id, { answer: 'accept', alertId })).rejects.toMatchObject({
      code: 'request.invalid',
    });
    const said = { answer: 'delay' as const, minutes: 120, alertId, onBehalfOf: leader.name };
    expect(await agreeing(() => desk().readReply(county, reply.id, said))).toMatchObject({
      state: 'read',
      alertId,
      teamName: assignment.teamName,
    });
    expect(await now()).toMatchObject({ status: 'accepted' });
  });

  it('knows the deputy before his turn has come', async () => {
    const [row] = await world.app.query<{ phone: string }>(
      `select phone from team_member where team_id = $1 and position = 'deputy'`,
      [assignment.teamId],
    );
    expect(await says('能去', { from: row!.phone })).toMatchObject({ state: 'taken', personRole: 'deputy' });
    expect(await now()).toMatchObject({ status: 'accepted' });
  });

  it('asks a person when the number was told of two runs, and when the words are older than the run', async () => {
    const [other] = (await world.send(county, incident.id, { units: [`${TEAM}-B`] })).assignments as [AssignmentDto];
    expect(await says('能去')).toMatchObject({
      state: 'to-read',
      why: 'several-runs',
      alertId: null,
      personName: leader.name,
    });
    await world.assignments.takeStep(county, other.id, 'accept', {});
    const sentAt = new Date(world.app.clock.now().getTime() - 3_600_000);
    expect(await says('去不了', { sentAt })).toMatchObject({ state: 'to-read', why: 'before-the-run' });
    expect(await now()).toMatchObject({ status: 'alerted' });
    await world.assignments.takeStep(county, other.id, 'withdraw', { reason: '测试结束' });
  });

  it('does not take the words of the desk itself for those of the team', async () => {
    for (let n = 0; n < 2; n++) {
      world.app.clock.forward(ANSWER_S * 1000);
      await world.escalation.moveOnOverdueAlerts();
    }
    const [officer] = await world.app.query<{ phone: string | null }>(
      `select phone from app_user where account = 'duty.331082'`,
    );
    expect(await says('能去', { from: officer!.phone! })).toMatchObject({ state: 'to-read', why: 'not-the-team' });
    expect(await says('能去')).toMatchObject({ state: 'taken' }); // the leader, whom the first step told
  });

  it('takes what an officer types in word for word, and leaves the unclear to be read', async () => {
    const alertId = (await alert()).id;
    const enter = (words: string) =>
      agreeing(() => desk().enterReply(county, alertId, { words, channel: 'phone', onBehalfOf: leader.name }));
    expect(await enter('要看孩子有没有人带')).toMatchObject({
      state: 'to-read',
      why: 'unclear',
      enteredBy: county.name,
      channel: 'phone',
    });
    expect(await enter('两小时后到')).toMatchObject({ state: 'taken', why: null });
    expect((await alert()).answers).toMatchObject([
      { answer: 'delay', minutes: 120, channel: 'desk', onBehalfOf: leader.name, words: '两小时后到' },
    ]);
    const stranger = await world.app.as('duty.331081');
    const foreign = desk().enterReply(stranger, alertId, { words: '去不了', channel: 'phone', onBehalfOf: 'x' });
    await expect(foreign).rejects.toMatchObject({ code: 'alert.not-found' });
    await expect(
      desk().enterReply(leader, alertId, { words: '去不了', channel: 'phone', onBehalfOf: 'x' }),
    ).rejects.toMatchObject({ code: 'access.denied' });
  });

  it('reads its inbox on from where it was, past lines that are no messages, and a half line later', async () => {
    const file = join(world.folder, 'inbox', 'sms.log');
    mkdirSync(join(world.folder, 'inbox'), { recursive: true });
    const at = world.app.clock.now().toISOString();
    const take = () => world.app.get(ReplyService).takeInbox();
    appendFileSync(file, `nonsense\nin-1\t${at}\t${phone}\t再说吧\nin-2\t${at}\t${phone}\t能`);
    await take();
    expect((await waiting()).map((reply) => reply.words)).toEqual(['再说吧']);
    appendFileSync(file, `去\n`);
    await Promise.all([take(), take()]);
    await take();
    expect(await now()).toMatchObject({ status: 'accepted' });
    expect((await alert()).answers).toHaveLength(1);
  });
});
