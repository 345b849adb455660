import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AlertChannel, openAlertRows, type OutgoingAlert } from '../../src/alerts/index.js';
import { AlertsService } from '../../src/alerts/alerts.service.js';
import { type AlertDto, alertsQuery } from '../../src/alerts/alerts.dto.js';
import type { AssignmentDto } from '../../src/dispatch/dispatch.dto.js';
import type { IncidentDto } from '../../src/incidents/index.js';
import { expectConsoleAgrees } from '../support/console.js';
import { ANSWER_S, type Desk, MissionWorld } from './mission-world.js';

const TEAM = 'T-331082-SR-1';
const WATCHERS = ['duty.330000', 'duty.331000', 'duty.331082', `leader.${TEAM}`];

describe('handing messages over', () => {
  let world: MissionWorld;
  let county: Desk;
  let incident: IncidentDto;
  let assignment: AssignmentDto;
  let channel: AlertChannel;
  let send: AlertChannel['send'];
  const sent: OutgoingAlert[] = [];

  beforeAll(async () => {
    world = await MissionWorld.open();
    county = await world.app.as('duty.331082');
    channel = world.app.nest.get(AlertChannel);
    send = channel.send;
  }, 120_000);
  afterAll(() => world?.close());

  beforeEach(async () => {
    sent.length = 0;
    incident = await world.verified(county);
    [assignment] = (await world.send(county, incident.id, { units: [`${TEAM}-A`] })).assignments as [AssignmentDto];
  });
  afterEach(async () => {
    channel.send = send;
    expect(await world.faults()).toEqual([]);
    await world.assignments.takeStep(county, assignment.id, 'withdraw', { reason: '测试结束' });
    while ((await world.app.read((tx) => openAlertRows(tx, county.keys))).length > 0) {
      world.app.clock.forward(ANSWER_S * 1000);
      await world.escalation.moveOnOverdueAlerts();
    }
  });

  const agreeing = <T>(command: () => Promise<T>) => expectConsoleAgrees(world.app, WATCHERS, command);
  const alert = async (): Promise<AlertDto> => {
    const query = alertsQuery.parse({ incidentId: incident.id });
    const rows = await world.app.get(AlertsService).alerts(county, query, { before: null, limit: 50 });
    return rows.find(({ assignmentId }) => assignmentId === assignment.id)!;
  };
  const messagesSince = async (work: () => Promise<unknown>) => {
    const before = world.outbox().length;
    await work();
    return world.outbox().slice(before);
  };
  const stages = async () =>
    (await alert()).deliveries.filter((each) => each.channel === 'sms').map((each) => [each.attempt, each.stage]);

  it('tries three times, then says so', async () => {
    channel.send = (message) => {
      sent.push(message);
      return Promise.reject(Object.assign(new Error('no route'), { code: 'ENETUNREACH' }));
    };
    await agreeing(() => world.delivery.deliverDue());
    expect(await stages()).toEqual([[1, 'failed'], [2, 'planned']]); // prettier-ignore
    expect(await world.delivery.deliverDue()).toBe(0);
    world.app.clock.forward(5000);
    await world.delivery.deliverDue();
    world.app.clock.forward(20_000);
    await agreeing(() => world.delivery.deliverDue());
    expect(await stages()).toEqual([[1, 'failed'], [2, 'failed'], [3, 'failed']]); // prettier-ignore
    expect((await alert()).deliveries.filter((each) => each.failure === 'ENETUNREACH')).toHaveLength(6);
    expect(new Set(sent.map((message) => message.link)).size).toBe(6);
  });

  it('hands over again what a process took and died with, and both links work', async () => {
    channel.send = async (message) => {
      sent.push(message);
      return 'handed';
    };
    const taken = await world.delivery.claim();
    expect(taken!.outgoing).toHaveLength(2);
    expect(await world.delivery.deliverDue()).toBe(0);
    world.app.clock.forward(30_000);
    expect(await agreeing(() => world.delivery.deliverDue())).toBe(2);
    expect(await stages()).toEqual([[1, 'failed'], [2, 'handed']]); // prettier-ignore
    for (const { link } of [...taken!.outgoing, ...sent])
      expect((await world.byLink('GET', link.split('/').at(-1)!)).status).toBe(200);
  });

  it('asks the provider what a dead process may have handed over, and sends only what it does not have', async () => {
    const taken = await world.delivery.claim(); // and the process dies after the first of two
    await channel.send(taken!.outgoing[0]!);
    world.app.clock.forward(6000);
    const messages = await messagesSince(() => agreeing(() => world.delivery.deliverDue()));
    expect(messages.map(({ channel: way }) => way)).toEqual([taken!.outgoing[1]!.channel]);
    expect(await stages()).toEqual([[1, 'failed'], [2, 'handed']]); // prettier-ignore
    const first = taken!.outgoing[0]!.link.split('/').at(-1)!;
    expect((await world.byLink('GET', first)).body).toMatchObject({ doneReason: null });
  });

  it('does not take from a living process what it is handing over, however long the provider needs', async () => {
    const answers: (() => void)[] = [];
    channel.send = (message) => {
      sent.push(message);
      return new Promise((resolve) => answers.push(() => resolve('handed')));
    };
    const slow = world.delivery.deliverDue();
    while (answers.length < 2) await new Promise((wake) => setImmediate(wake));
    world.app.clock.forward(60_000);
    expect(await world.delivery.deliverDue()).toBe(0);
    for (const answer of answers) answer();
    expect(await slow).toBe(2);
    expect(await stages()).toEqual([[1, 'handed']]);
    expect(sent).toHaveLength(2);
  });

  it('takes each message once when several processes deliver at the same time', async () => {
    channel.send = async (message) => {
      sent.push(message);
      return 'delivered';
    };
    const other = (await world.send(county, incident.id, { units: [`${TEAM}-B`] })).assignments[0]!;
    const counts = await Promise.all(Array.from({ length: 5 }, () => world.delivery.deliverDue()));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(4);
    expect(new Set(sent.map((message) => message.deliveryId)).size).toBe(4);
    expect(await stages()).toEqual([[1, 'delivered']]);
    await world.assignments.takeStep(county, other.id, 'withdraw', { reason: '测试结束' });
  });
});
