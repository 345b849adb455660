import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CheckInService } from '../../src/dispatch/index.js';
import { LINKED_STEPS, type AssignmentDto, type LinkedStep } from '../../src/dispatch/dispatch.dto.js';
import type { IncidentDto } from '../../src/incidents/index.js';
import { newId } from '../../src/shared/ids.js';
import { expectConsoleAgrees } from '../support/console.js';
import { ANSWER_S, type Desk, MissionWorld } from './mission-world.js';

const TEAM = 'T-331082-WR-1';
const WATCHERS = ['duty.331082', `leader.${TEAM}`];

describe('the next step of a unit by the link of its alert', () => {
  let world: MissionWorld;
  let county: Desk;
  let leader: Desk;
  let incident: IncidentDto;
  let assignment: AssignmentDto;
  let token: string;

  beforeAll(async () => {
    world = await MissionWorld.open();
    [county, leader] = [await world.app.as('duty.331082'), await world.app.as(`leader.${TEAM}`)];
  }, 300_000);
  afterAll(() => world?.close());
  beforeEach(async () => {
    world.app.clock.forward(60_000);
    incident = await world.verified(county);
    [assignment] = (await world.send(county, incident.id, { units: [`${TEAM}-A`] })).assignments as [AssignmentDto];
    token = await newest();
  });
  afterEach(async () => {
    expect(await world.faults()).toEqual([]);
    const { status } = await now();
    if (['alerted', 'accepted', 'assembling', 'departed'].includes(status))
      await world.assignments.takeStep(county, assignment.id, 'withdraw', { reason: '测试结束' });
    for (const step of ['release', 'return', 'close'] as const)
      if (['on-scene', 'working', 'resting', 'released', 'returning'].includes((await now()).status))
        await world.assignments.takeStep(leader, assignment.id, step, {}).catch(() => undefined);
  });

  const agreeing = <T>(command: () => Promise<T>) => expectConsoleAgrees(world.app, WATCHERS, command);
  const now = () => world.assignments.assignment(county, assignment.id);
  const newest = async () => {
    await world.delivery.deliverDue();
    return world.outbox().findLast(({ channel }) => channel === 'link')!.token;
  };
  const answer = (said: object = { answer: 'accept' }, link = token) => world.byLink('POST', `${link}/answers`, said);
  const say = (step: LinkedStep['step'], more: object = {}, link = token) =>
    agreeing(() => world.byLink('POST', `${link}/progress`, { step, ...more }));
  const refusedAs = async (answering: Promise<{ status: number; body: Record<string, unknown> }>) => {
    const { status, body } = await answering;
    return [status, body.code];
  };
  const unit = async (link = token) => (await world.byLink('GET', `${link}/progress`)).body.unit;
  const facts = () => world.app.get(CheckInService).facts(county, assignment.id, { before: null, limit: 50 });

  it('goes from the yes to the base without a session, in the name of who said yes, as told by link', async () => {
    expect(await unit()).toMatchObject({ status: 'alerted', mayStep: false, named: true, headcount: assignment.headcount });
    await answer();
    expect(await unit()).toMatchObject({ status: 'accepted', mayStep: true, named: true });
    const status = { assemble: 'assembling', depart: 'departed', arrive: 'on-scene', work: 'working', rest: 'resting', resume: 'working', release: 'released', return: 'returning', close: 'closed' };
    for (const step of LINKED_STEPS) {
      world.app.clock.forward(1000);
      const at = new Date(world.app.clock.now().getTime() - 500).toISOString();
      const { status: code, body } = await say(step, { id: newId(), occurredAt: at, recordedAt: at });
      expect([code, body.unit]).toMatchObject([200, { status: status[step], statusSince: at, mayStep: step !== 'close' }]);
    }
    expect(await now()).toMatchObject({ status: 'closed', active: false, orderDoubtful: false });
    const told = (await facts()).filter(({ kind, stage }) => kind === 'step' && LINKED_STEPS.includes(stage as 'work'));
    expect(told.map(({ channel, byName }) => [channel, byName])).toEqual(LINKED_STEPS.map(() => ['link', leader.name]));
    const record = await world.app.query(`select distinct actor_name from journal where subject = 'assignment' and subject_id = $1 and kind in ('team.departed', 'team.arrived', 'team.closed')`, [assignment.id]);
    expect(record).toEqual([{ actor_name: leader.name }]);
  }); // prettier-ignore

  it('is taken once, however often the phone says it, and not for other content', async () => {
    await answer();
    const id = newId();
    const both = await agreeing(() => Promise.all([1, 2].map(() => world.byLink('POST', `${token}/progress`, { id, step: 'depart' })))); // prettier-ignore
    expect(both.map(({ status, body }) => [status, (body.unit as { status: string }).status])).toEqual([[200, 'departed'], [200, 'departed']]); // prettier-ignore
    await say('arrive');
    expect((await say('depart', { id })).body).toEqual(both[0]!.body);
    expect(await refusedAs(say('work', { id }))).toEqual([409, 'idempotency.mismatch']);
    expect((await facts()).filter(({ stage }) => stage === 'depart')).toHaveLength(1);
    expect((await now()).status).toBe('on-scene');
  });

  it('takes no step before the yes, out of turn, after a no, or once the assignment is over', async () => {
    expect(await refusedAs(say('depart'))).toEqual([409, 'assignment.step-not-allowed']);
    await answer();
    expect(await refusedAs(say('arrive'))).toEqual([409, 'assignment.step-not-allowed']);
    await world.assignments.takeStep(county, assignment.id, 'withdraw', { reason: '另有安排' });
    expect(await refusedAs(say('depart'))).toEqual([409, 'assignment.step-not-allowed']);
    expect(await unit()).toMatchObject({ status: 'withdrawn', active: false, mayStep: false });
    [assignment] = (await world.send(county, incident.id, { units: [`${TEAM}-A`] })).assignments as [AssignmentDto];
    // The link of the run before is of an assignment that is over; it moves nothing of the new one.
    expect(await refusedAs(say('depart'))).toEqual([409, 'assignment.step-not-allowed']);
    token = await newest();
    await answer({ answer: 'decline', reason: '人在外地' });
    expect(await refusedAs(say('depart'))).toEqual([409, 'assignment.step-not-allowed']);
    expect(await unit()).toMatchObject({ status: 'declined', mayStep: false });
  });

  it('takes none of a stranger, of a desk, of who did not say yes, of what is not a step, or from the future', async () => {
    expect(await refusedAs(say('depart', {}, 'nobody'))).toEqual([404, 'link.not-found']);
    expect(await refusedAs(world.byLink('GET', 'nobody/progress'))).toEqual([404, 'link.not-found']);
    world.app.clock.forward(ANSWER_S * 1000);
    await world.escalation.moveOnOverdueAlerts();
    const deputy = await newest();
    await answer({ answer: 'accept' }, deputy);
    expect(await refusedAs(say('depart'))).toEqual([403, 'assignment.not-yours']);
    expect(await unit()).toMatchObject({ status: 'accepted', mayStep: false });
    expect(await unit(deputy)).toMatchObject({ mayStep: true });
    const ahead = new Date(world.app.clock.now().getTime() + 3600_000).toISOString();
    expect(await refusedAs(say('depart', { occurredAt: ahead }, deputy))).toEqual([422, 'fact.in-future']);
    for (const step of ['withdraw', 'accept', 'decline'])
      expect(await refusedAs(say(step as 'work', { reason: '不' }, deputy))).toEqual([400, 'request.invalid']);
    await world.app.query(`update alert_delivery set person_role = 'duty' where alert_id in (select id from alert where assignment_id = $1)`, [assignment.id]); // prettier-ignore
    expect(await refusedAs(say('depart', {}, deputy))).toEqual([403, 'assignment.not-yours']);
    expect(await unit(deputy)).toBeNull();
    expect((await now()).status).toBe('accepted');
  });

  it('lets the leader go on by link where a desk has entered his yes', async () => {
    await world.assignments.takeStep(county, assignment.id, 'accept', {});
    expect((await say('depart')).status).toBe(200);
  });

  it('says in the message and on its page what happened and how many are wanted', async () => {
    const text = world.outbox().findLast(({ channel }) => channel === 'link')!.text;
    expect(text).toContain(`，需${assignment.headcount}人，`);
    expect(text).toContain('洪涝：临海古城');
    expect((await world.byLink('GET', token)).body).toMatchObject({ incidentKind: 'flood', headcount: assignment.headcount }); // prettier-ignore
  });
});
