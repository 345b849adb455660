import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type AlertDto, alertsQuery } from '../../src/alerts/alerts.dto.js';
import { AlertsService } from '../../src/alerts/alerts.service.js';
import { openAlertRows } from '../../src/alerts/index.js';
import { HAND_OVER_LEASE_MS } from '../../src/alerts/run.rules.js';
import type { AssignmentDto } from '../../src/dispatch/dispatch.dto.js';
import type { IncidentDto } from '../../src/incidents/index.js';
import { expectConsoleAgrees } from '../support/console.js';
import { ANSWER_S, type Desk, MissionWorld } from './mission-world.js';

const TEAM = 'T-331082-SR-1';

describe('an alert at its last step (D18)', () => {
  let world: MissionWorld;
  let county: Desk;
  let incident: IncidentDto;
  let assignment: AssignmentDto;

  beforeAll(async () => {
    world = await MissionWorld.open();
    county = await world.app.as('duty.331082');
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
  afterEach(async () => expect(await world.faults()).toEqual([]));

  const alert = async (): Promise<AlertDto> => {
    const query = alertsQuery.parse({ incidentId: incident.id });
    const rows = await world.app.get(AlertsService).alerts(county, query, { before: null, limit: 50 });
    return rows.find(({ kind, assignmentId }) => kind === 'deploy' && assignmentId === assignment.id)!;
  };
  const timeIsUp = () => world.app.clock.forward(ANSWER_S * 1000);
  const moveOn = () => expectConsoleAgrees(world.app, ['duty.331082'], () => world.escalation.moveOnOverdueAlerts());
  const messagesSince = async (work: () => Promise<unknown>) => {
    const before = world.outbox().length;
    await work();
    return world.outbox().slice(before);
  };

  it('does not give up over messages that have not left, and waits for them once', async () => {
    for (let n = 0; n < 3; n++) {
      timeIsUp();
      expect(await moveOn()).toBe(1);
    }
    const waiting = await alert();
    expect(waiting).toMatchObject({ step: 3, doneReason: null });
    expect(Date.parse(waiting.nextDueAt!) - world.app.clock.now().getTime()).toBe(ANSWER_S * 1000);
    expect((await messagesSince(() => world.delivery.deliverDue())).length).toBeGreaterThan(0);
    expect((await alert()).deliveries.map(({ stage }) => stage)).not.toContain('planned');
    timeIsUp();
    expect(await moveOn()).toBe(1);
    expect(await alert()).toMatchObject({ step: 3, doneReason: 'exhausted' });
  });

  it('does not give up over a message that a process died with, and hands it over again first', async () => {
    await world.delivery.deliverDue();
    timeIsUp();
    expect(await moveOn()).toBe(1);
    await world.delivery.deliverDue();
    timeIsUp();
    expect(await moveOn()).toBe(1);
    const taken = await world.delivery.claim(); // and the process dies
    expect(taken!.outgoing.length).toBeGreaterThan(0);
    const claimedUntil = world.app.clock.now().getTime() + HAND_OVER_LEASE_MS;
    await world.app.query(`update alert set next_due_at = $2 where id = $1`, [(await alert()).id, world.app.clock.now()]); // prettier-ignore
    expect(await moveOn()).toBe(1);
    const waiting = await alert();
    expect(waiting).toMatchObject({ step: 3, doneReason: null });
    expect(Date.parse(waiting.nextDueAt!)).toBe(claimedUntil + ANSWER_S * 1000);
    world.app.clock.forward(HAND_OVER_LEASE_MS);
    const again = await messagesSince(() => world.delivery.deliverDue());
    expect(again.map(({ channel: way }) => way).sort()).toEqual(taken!.outgoing.map(({ channel: way }) => way).sort());
    world.app.clock.forward(ANSWER_S * 1000 + 1);
    expect(await moveOn()).toBe(1);
    expect(await alert()).toMatchObject({ step: 3, doneReason: 'exhausted' });
  });

  it('gives up all the same when nothing leaves for another time', async () => {
    for (let n = 0; n < 4; n++) {
      timeIsUp();
      expect(await moveOn()).toBe(1);
    }
    const run = await alert();
    expect(run).toMatchObject({ step: 3, doneReason: 'exhausted' });
    expect(run.deliveries.every(({ stage }) => stage === 'expired')).toBe(true);
  });
});
