import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ChainAuditService } from '../../src/dispatch/index.js';
import type { AssignmentDto } from '../../src/dispatch/dispatch.dto.js';
import type { IncidentDto } from '../../src/incidents/index.js';
import { openAlertRows } from '../../src/alerts/index.js';
import { expectConsoleAgrees } from '../support/console.js';
import { ANSWER_S, type Desk, MissionWorld } from './mission-world.js';

const TEAM = 'T-331082-SR-1';
const TOKEN = 'sixteen-or-more-signs';

describe('the auditor of the alert chain', () => {
  let world: MissionWorld;
  let county: Desk;
  let incident: IncidentDto;
  let assignment: AssignmentDto;

  // The jobs of this application do not run (ROLE web): what a test does not call is a worker that has stopped.
  beforeAll(async () => {
    world = await MissionWorld.open({ METRICS_TOKEN: TOKEN });
    county = await world.app.as('duty.331082');
  }, 120_000);
  afterAll(() => world?.close());

  beforeEach(async () => {
    incident = await world.verified(county);
    [assignment] = (await world.send(county, incident.id, { units: [`${TEAM}-A`] })).assignments as [AssignmentDto];
  });
  afterEach(async () => {
    const held = await world.assignments.assignment(county, assignment.id);
    if (held.active) await world.assignments.takeStep(county, held.id, 'withdraw', { reason: '测试结束' });
    while ((await world.app.read((tx) => openAlertRows(tx, county.keys))).length > 0) {
      await world.delivery.deliverDue();
      world.app.clock.forward(ANSWER_S * 1000);
      await world.escalation.moveOnOverdueAlerts();
    }
    const { version } = await world.incidents.incident(county, incident.id);
    await world.endings.dismiss(county, incident.id, { reason: '测试结束', version });
    await audit();
    expect(await open()).toEqual([]);
  });

  const auditor = () => world.app.get(ChainAuditService);
  const audit = () => auditor().audit();
  const open = async (of: Desk = county) =>
    (await auditor().faults(of, { open: true, limit: 50 }, { before: null, limit: 50 })).filter(
      (fault) => fault.incidentId === incident.id,
    );
  const kinds = async () => (await open()).map((fault) => fault.kind).sort();
  const agreeing = <T>(command: () => Promise<T>) => expectConsoleAgrees(world.app, ['duty.331082'], command);

  it('finds nothing while the chain moves in time', async () => {
    await world.delivery.deliverDue();
    world.app.clock.forward(ANSWER_S * 1000 + 25_000);
    await audit();
    expect(await kinds()).toEqual([]);
  });

  it('names the step late when the worker has stopped, once, and says it is over when the worker is back', async () => {
    await world.delivery.deliverDue();
    world.app.clock.forward((ANSWER_S + 31) * 1000);
    const looked = await agreeing(() => audit());
    expect(looked!.begun).toMatchObject([
      { kind: 'step-late', step: 1, assignmentId: assignment.id, teamName: assignment.teamName, closedAt: null },
    ]);
    const since = Date.parse(looked!.begun[0]!.since);
    expect(world.app.clock.now().getTime() - since).toBe(31_000);
    for (let n = 0; n < 3; n++) expect(await audit()).toEqual({ begun: [], over: [] });
    await world.escalation.moveOnOverdueAlerts();
    await world.delivery.deliverDue();
    const after = await agreeing(() => audit());
    expect(after).toMatchObject({
      begun: [],
      over: [{ id: looked!.begun[0]!.id, kind: 'step-late', closedAt: world.app.clock.now().toISOString() }],
    });
    expect(await kinds()).toEqual([]);
  });

  it('names messages that nobody hands over, also those that were taken and never noted', async () => {
    world.app.clock.forward(31_000);
    await audit();
    expect(await open()).toMatchObject([{ kind: 'delivery-late', step: 1 }]);
    await world.delivery.claim(); // and the process dies
    await audit();
    expect(await kinds()).toEqual([]);
    world.app.clock.forward(61_000);
    await audit();
    expect(await kinds()).toEqual(['delivery-late']);
    await world.delivery.deliverDue();
    await audit();
    expect(await kinds()).toEqual([]);
  });

  it('names once what came late while nobody could look, and when it is over', async () => {
    world.app.clock.forward(31_000);
    await world.delivery.deliverDue();
    world.app.clock.forward((ANSWER_S + 31) * 1000);
    await world.escalation.moveOnOverdueAlerts();
    await world.delivery.deliverDue();
    const { begun } = (await agreeing(() => audit()))!;
    expect(begun.map(({ kind, step }) => [kind, step]).sort()).toEqual([['delivery-late', 1], ['step-late', 1]]); // prettier-ignore
    const { over } = (await audit())!;
    expect(over).toHaveLength(2);
    expect(await audit()).toEqual({ begun: [], over: [] });
  });

  it('names every silence of a stopped chain, whatever step it stopped at', async () => {
    for (let step = 1; step <= 3; step++) {
      await world.delivery.deliverDue();
      world.app.clock.forward((ANSWER_S + 31) * 1000);
      await audit();
      expect(await open()).toMatchObject([{ kind: 'step-late', step }]);
      await world.escalation.moveOnOverdueAlerts();
    }
    // The last step gave the team up and called the desk above; now nobody there answers either.
    for (let n = 0; n < 2; n++) {
      await world.delivery.deliverDue();
      world.app.clock.forward(ANSWER_S * 1000);
      await world.escalation.moveOnOverdueAlerts();
    }
    await audit();
    expect(await open()).toMatchObject([{ kind: 'call-unanswered', who: expect.any(String) }]);
    world.app.clock.forward(1000);
    [assignment] = (await world.send(county, incident.id, { units: [`${TEAM}-B`] })).assignments as [AssignmentDto];
    await audit();
    expect(await kinds()).toEqual([]);
  });

  it('names what a fault in the engine would leave: a call never made, an assignment without a run, a step without messages', async () => {
    const broken = (sql: string, id: string) => world.app.query(sql, [id]);
    const [run] = await world.app.query<{ id: string }>(`select id from alert where assignment_id = $1`, [
      assignment.id,
    ]);
    await broken(`delete from alert_delivery where alert_id = $1`, run!.id);
    world.app.clock.forward(31_000);
    await audit();
    expect(await kinds()).toEqual(['step-untold']);
    const at = world.app.clock.now();
    await world.app.query(
      `update alert set next_due_at = null, done_reason = 'exhausted', done_at = $2 where id = $1`,
      [run!.id, at],
    );
    await audit();
    expect(await kinds()).toEqual(['assignment-silent', 'tier-untold']);
    await broken(`update alert set done_reason = 'withdrawn' where id = $1`, run!.id);
  });

  it('looks once at a time, however many do, and tells each cause once', async () => {
    world.app.clock.forward(31_000);
    const looked = await Promise.all([1, 2, 3, 4].map(() => audit()));
    expect(looked.flatMap((one) => one?.begun ?? []).filter((fault) => fault.incidentId === incident.id)).toHaveLength(
      1,
    );
  });

  it('shows the desks of the incident, not the team, and not other counties', async () => {
    world.app.clock.forward(31_000);
    await audit();
    const others = await Promise.all(
      ['duty.330000', 'duty.331081', `leader.${TEAM}`].map((account) => world.app.as(account)),
    );
    expect((await Promise.all(others.map((actor) => open(actor)))).map((faults) => faults.length)).toEqual([1, 0, 0]);
  });

  it('is watched itself: the desk, the readiness and the metrics say when it last looked', async () => {
    await audit();
    expect(await auditor().state()).toEqual({ lastAuditedAt: world.app.clock.now().toISOString(), silent: false });
    world.app.clock.forward(36_000);
    expect(await auditor().state()).toMatchObject({ silent: true });
    const ready = (await (await fetch(`${world.app.url}/api/health/ready`)).json()) as object;
    expect(ready).toMatchObject({ auditor: 'silent', status: 'ok' }); // a web process: it serves the desk all the same
    const metrics = async () =>
      (await fetch(`${world.app.url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } })).text();
    expect(await metrics()).toContain('chiyuan_chain_faults_open{kind="delivery-late"} 0');
    await audit();
    expect(await metrics()).toContain('chiyuan_chain_faults_open{kind="delivery-late"} 1');
    expect(await metrics()).toContain(
      `chiyuan_chain_audited_timestamp_seconds ${world.app.clock.now().getTime() / 1000}`,
    );
  });
});
