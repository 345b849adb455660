import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openAlertRows } from '../../src/alerts/index.js';
import { AlertsService } from '../../src/alerts/alerts.service.js';
import { type AlertDto, alertsQuery, type AnswerAlert } from '../../src/alerts/alerts.dto.js';
import { TurnedBackService } from '../../src/dispatch/index.js';
import type { AssignmentDto } from '../../src/dispatch/dispatch.dto.js';
import type { IncidentDto } from '../../src/incidents/index.js';
import { expectConsoleAgrees } from '../support/console.js';
import { ANSWER_S, type Desk, MissionWorld } from './mission-world.js';

const TEAM = 'T-331082-SR-1';
const WATCHERS = ['duty.330000', 'duty.331000', 'duty.331082', `leader.${TEAM}`];

describe('alerts', () => {
  let world: MissionWorld;
  let county: Desk;
  let leader: Desk;
  let deputy: Desk;
  let incident: IncidentDto;
  let assignment: AssignmentDto;

  beforeAll(async () => {
    world = await MissionWorld.open();
    [county, leader, deputy] = (await Promise.all(
      ['duty.331082', `leader.${TEAM}`, `deputy.${TEAM}`].map((account) => world.app.as(account)),
    )) as [Desk, Desk, Desk];
  }, 120_000);
  afterAll(() => world?.close());

  beforeEach(async () => {
    // What the last test left running comes to its own end.
    while ((await world.app.read((tx) => openAlertRows(tx, county.keys))).length > 0) {
      timeIsUp();
      await world.escalation.moveOnOverdueAlerts();
    }
    incident = await world.verified(county);
    [assignment] = (await world.send(county, incident.id, { units: [`${TEAM}-A`] })).assignments as [AssignmentDto];
  });
  afterEach(async () => {
    expect(await world.faults()).toEqual([]);
    const held = await world.assignments.assignment(county, assignment.id);
    const until = ['alerted', 'accepted', 'assembling', 'departed'];
    if (until.includes(held.status))
      await world.assignments.takeStep(county, held.id, 'withdraw', { reason: '测试结束' });
  });

  const agreeing = <T>(command: () => Promise<T>) => expectConsoleAgrees(world.app, WATCHERS, command);
  const alertsOf = async (desk = county) => {
    const query = alertsQuery.parse({ incidentId: incident.id });
    const rows = await world.app.get(AlertsService).alerts(desk, query, { before: null, limit: 50 });
    return rows.sort((a, b) => a.raisedAt.localeCompare(b.raisedAt) || (a.kind === 'deploy' ? -1 : 1));
  };
  const alert = async (): Promise<AlertDto> => (await alertsOf())[0]!;
  const now = async () => world.assignments.assignment(county, assignment.id);
  const timeIsUp = () => world.app.clock.forward(ANSWER_S * 1000);
  const moveOn = () => agreeing(() => world.escalation.moveOnOverdueAlerts());
  const answer = async (desk: Desk, said: AnswerAlert) => world.answers.answer(desk, (await alert()).id, said);
  const messagesSince = async (work: () => Promise<unknown>) => {
    const before = world.outbox().length;
    await work();
    return world.outbox().slice(before);
  };

  it('tells the leader in the app, by link and by text, and nobody else yet', async () => {
    const messages = await messagesSince(() => agreeing(() => world.delivery.deliverDue()));
    expect(messages.map((message) => message.channel).sort()).toEqual(['link', 'sms']);
    const { deliveries, step, steps, nextDueAt, waitingFor } = await alert();
    expect(deliveries.map((each) => [each.personRole, each.channel, each.stage])).toEqual([
      ['leader', 'in-app', 'delivered'],
      ['leader', 'link', 'handed'],
      ['leader', 'sms', 'handed'],
    ]);
    expect([step, steps, waitingFor]).toEqual([1, 3, leader.name]);
    expect(Date.parse(nextDueAt!) - world.app.clock.now().getTime()).toBe(ANSWER_S * 1000);
    expect(await messagesSince(() => world.delivery.deliverDue())).toEqual([]);
    const mine = await world.app.get(AlertsService).noteDisplayed(leader, (await alert()).id);
    expect(mine.deliveries[0]).toMatchObject({ channel: 'in-app', stage: 'displayed' });
  });

  it('climbs from leader to deputy to the duty desk, then gives the team up and calls the desk above', async () => {
    expect(await moveOn()).toBe(0);
    for (const [step, role] of [[2, 'deputy'], [3, 'duty']] as const) {
      timeIsUp();
      expect(await moveOn()).toBe(1);
      expect(await alert()).toMatchObject({ step, deliveries: expect.arrayContaining([expect.objectContaining({ personRole: role, step })]) });
    } // prettier-ignore
    await agreeing(() => world.delivery.deliverDue());
    timeIsUp();
    expect(await moveOn()).toBe(1);
    expect(await now()).toMatchObject({ status: 'no-answer', active: false });
    const [run, call] = await alertsOf();
    expect(run).toMatchObject({ doneReason: 'exhausted', nextDueAt: null });
    expect(run!.deliveries.map((each) => each.stage)).not.toContain('expired');
    const city = await world.app.as('duty.331000');
    expect(call).toMatchObject({ kind: 'duty-call', waitingFor: city.name, steps: 2, doneReason: null });
    expect(call!.deliveries.map((each) => [each.channel, each.userId])).toEqual([['in-app', city.userId]]);
    await agreeing(() => world.answers.answer(city, call!.id, { answer: 'accept' }));
    expect((await alertsOf())[1]).toMatchObject({ doneReason: 'answered' });
    await expect(answer(leader, { answer: 'accept' })).rejects.toMatchObject({ code: 'alert.closed', status: 409 });
  });

  it('skips a step with nobody to tell and says why', async () => {
    const people = await world.app.query<{ id: string; position: string }>(
      `select id, position from team_member where position <> 'member' and team_id = $1`,
      [assignment.teamId],
    );
    await world.app.query(`update team_member set position = 'member' where team_id = $1`, [assignment.teamId]);
    expect(people).toHaveLength(2);
    const units = { units: [`${TEAM}-B`] };
    await expect(world.send(county, incident.id, units)).rejects.toMatchObject({ code: 'team.not-ready', status: 422 });
    const more = { overrideReason: '队长已口头委托' };
    const [other] = (await world.send(county, incident.id, { ...units, more })).assignments as [AssignmentDto];
    expect(other.reason).toBe('队长已口头委托');
    const run = (await alertsOf()).find((each) => each.assignmentId === other.id)!;
    expect(run).toMatchObject({ step: 3, waitingFor: county.name });
    expect(run.skipped.map((each) => [each.step, each.reason.code])).toEqual([[1, 'step.nobody'], [2, 'step.nobody']]); // prettier-ignore
    await world.assignments.takeStep(county, other.id, 'withdraw', { reason: '测试结束' });
    for (const { id, position } of people)
      await world.app.query(`update team_member set position = $2 where id = $1`, [id, position]);
  });

  it('lets an officer enter what the team said on the phone, and only with whose words they are', async () => {
    await expect(answer(county, { answer: 'accept' })).rejects.toMatchObject({ code: 'request.invalid' });
    const stranger = await world.app.as('duty.331081');
    await expect(answer(stranger, { answer: 'accept' })).rejects.toMatchObject({ code: 'alert.not-found' });
    const said = { answer: 'delay' as const, minutes: 40, onBehalfOf: leader.name };
    const done = await agreeing(() => answer(county, said));
    expect(done).toMatchObject({ doneReason: 'answered', nextDueAt: null });
    expect(done.answers).toMatchObject([
      { byName: county.name, onBehalfOf: leader.name, channel: 'desk', minutes: 40 },
    ]);
    const etaAt = new Date(world.app.clock.now().getTime() + 40 * 60_000).toISOString();
    expect(await now()).toMatchObject({ status: 'accepted', etaAt });
    const [told] = (await world.answers.funnel(county, incident.id)).people;
    expect(told).toMatchObject({ personName: leader.name, answer: 'delay', open: false });
  });

  it('frees the unit at a no, keeps why, and hands nothing over after that', async () => {
    await agreeing(() => answer(deputy, { answer: 'decline', reason: '道路中断' }));
    expect(await now()).toMatchObject({ status: 'declined', reason: '道路中断', active: false });
    expect(await messagesSince(() => world.delivery.deliverDue())).toEqual([]);
    expect((await alert()).deliveries.every((each) => each.stage === 'cancelled')).toBe(true);
    timeIsUp();
    expect(await world.escalation.moveOnOverdueAlerts()).toBe(0);
    await expect(answer(leader, { answer: 'accept' })).rejects.toMatchObject({ code: 'alert.closed' });
  });

  it('counts the last answer until the team moves; later ones are kept and change nothing', async () => {
    await answer(leader, { answer: 'accept' });
    await agreeing(() => answer(leader, { answer: 'conditions', headcount: 5, reason: '缺绳索' }));
    expect(await now()).toMatchObject({ status: 'accepted', promisedHeadcount: 5, reason: '缺绳索' });
    await world.assignments.takeStep(leader, assignment.id, 'depart', {});
    await agreeing(() => answer(leader, { answer: 'decline', reason: '太晚' }));
    expect(await now()).toMatchObject({ status: 'departed', promisedHeadcount: 5 });
    expect((await alert()).answers).toHaveLength(3);
  });

  it('ends the run of an assignment that is answered by a step or withdrawn', async () => {
    await agreeing(() => world.assignments.takeStep(county, assignment.id, 'accept', { headcount: 6 }));
    expect(await alert()).toMatchObject({
      doneReason: 'answered',
      answers: [{ channel: 'desk', onBehalfOf: leader.name }],
    });
    await agreeing(() => world.assignments.takeStep(county, assignment.id, 'withdraw', { reason: '另派' }));
    expect(await now()).toMatchObject({ status: 'withdrawn', active: false });
    expect((await alert()).doneReason).toBe('answered');
    [assignment] = (await world.send(county, incident.id, { units: [`${TEAM}-A`] })).assignments as [AssignmentDto];
    await world.assignments.takeStep(county, assignment.id, 'withdraw', { reason: '另派' });
    expect((await alertsOf()).at(-1)).toMatchObject({ doneReason: 'withdrawn' });
  });

  it('tells those who were called out that they need not go, and nobody else', async () => {
    await world.delivery.deliverDue();
    await agreeing(() => world.assignments.takeStep(county, assignment.id, 'withdraw', { reason: '已获救' }));
    const messages = await messagesSince(() => agreeing(() => world.delivery.deliverDue()));
    expect(messages.map((message) => message.channel).sort()).toEqual(['link', 'sms']);
    expect(messages[0]!.text).toContain('不必出动');
    const [run, notice] = await alertsOf();
    expect(run).toMatchObject({ doneReason: 'withdrawn' });
    expect(notice).toMatchObject({ kind: 'stand-down', message: '已获救', waitingFor: leader.name, doneReason: null });
    timeIsUp();
    expect(await moveOn()).toBe(1);
    expect((await alertsOf()).map((each) => each.doneReason)).toEqual(['withdrawn', 'stood-down']);
  });

  it('tells who comes late by link that it is over, and still shows what it was', async () => {
    const [link, text] = await messagesSince(() => world.delivery.deliverDue());
    const yes = { id: '01980000-0000-7000-8000-000000000001', answer: 'accept' };
    expect((await world.byLink('POST', `${link!.token}/answers`, yes)).status).toBe(200);
    expect((await world.byLink('POST', `${link!.token}/answers`, yes)).status).toBe(200); // the same answer, sent again
    expect(await world.byLink('POST', `${text!.token}/answers`, { answer: 'decline', reason: '不去' })).toMatchObject({
      status: 409,
      body: { code: 'alert.closed' },
    });
    expect((await world.byLink('GET', text!.token)).body).toMatchObject({
      doneReason: 'answered',
      answered: { answer: 'accept' },
    });
    expect(await world.byLink('GET', 'nobody-made-this')).toMatchObject({
      status: 404,
      body: { code: 'link.not-found' },
    });
    expect(await world.byLink('POST', `${text!.token}/answers`, { answer: 'maybe' })).toMatchObject({ status: 400 });
  });

  it('notes once that a link was opened', async () => {
    const [link] = await messagesSince(() => world.delivery.deliverDue());
    const version = (await alert()).version;
    for (let n = 0; n < 3; n++) await world.byLink('POST', `${link!.token}/opened`, {});
    expect(await alert()).toMatchObject({ version: version + 1, deliveries: expect.arrayContaining([expect.objectContaining({ stage: 'opened' })]) });
  }); // prettier-ignore

  it('goes on waiting for as long as it would have when the clock of the database is turned back', async () => {
    const back = world.app.get(TurnedBackService);
    await world.delivery.deliverDue();
    expect(await back.look()).toBe(0);
    world.app.clock.forward(100_000);
    expect(await back.look()).toBe(0);
    world.app.clock.forward(-3_600_000);
    expect(await agreeing(() => back.look())).toBe(3_600_000);
    expect(await back.look()).toBe(0);
    expect(Date.parse((await alert()).nextDueAt!) - world.app.clock.now().getTime()).toBe((ANSWER_S - 100) * 1000);
    world.app.clock.forward((ANSWER_S - 100) * 1000);
    expect(await moveOn()).toBe(1);
    world.app.clock.forward(3_600_000);
    await back.look();
  });

  it('pulls in what is written by the time before after the clock was turned back', async () => {
    const back = world.app.get(TurnedBackService);
    await world.delivery.deliverDue();
    await back.look();
    world.app.clock.forward(3_600_000); // the writer has not followed: an hour ahead of who looks
    expect(await moveOn()).toBe(1);
    world.app.clock.forward(-3_600_000);
    expect(await agreeing(() => back.look())).toBe(0);
    const { step, nextDueAt, version } = await alert();
    expect([step, Date.parse(nextDueAt!) - world.app.clock.now().getTime()]).toEqual([2, ANSWER_S * 1000]);
    await back.look();
    expect((await alert()).version).toBe(version);
    world.app.clock.forward(6000);
    expect((await messagesSince(() => world.delivery.deliverDue())).length).toBeGreaterThan(0);
    world.app.clock.forward(3_600_000);
  });

  it('moves one step however many processes look at once', async () => {
    timeIsUp();
    const moved = await Promise.all(Array.from({ length: 5 }, () => world.escalation.moveOnOverdueAlerts()));
    expect(moved.reduce((sum, each) => sum + each, 0)).toBe(1);
    expect(await alert()).toMatchObject({ step: 2 });
  });

  it('lets an answer or the last deadline win, never both', async () => {
    for (let n = 0; n < 2; n++) {
      timeIsUp();
      await world.escalation.moveOnOverdueAlerts();
    }
    await world.delivery.deliverDue();
    timeIsUp();
    const id = (await alert()).id;
    const [said] = await Promise.allSettled([
      world.answers.answer(leader, id, { answer: 'accept' }),
      world.escalation.moveOnOverdueAlerts(),
    ]);
    const { status } = await now();
    expect(status).toBe(said.status === 'fulfilled' ? 'accepted' : 'no-answer');
    expect((await alert()).doneReason).toBe(said.status === 'fulfilled' ? 'answered' : 'exhausted');
  });
});
