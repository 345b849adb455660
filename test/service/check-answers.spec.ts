import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CheckInService, ParService, ParSweepService, ReplyService } from '../../src/dispatch/index.js';
import type { RollDto } from '../../src/dispatch/accountability/roll.dto.js';
import type { AssignmentDto } from '../../src/dispatch/dispatch.dto.js';
import type { IncidentDto } from '../../src/incidents/index.js';
import { newId } from '../../src/shared/ids.js';
import { expectConsoleAgrees } from '../support/console.js';
import { type Desk, MissionWorld } from './mission-world.js';

const TEAM = 'T-331082-WR-1';
const WATCHERS = ['duty.331082', `leader.${TEAM}`];
const MIN = 60_000;

describe('a check of people', () => {
  let world: MissionWorld;
  let county: Desk;
  let leader: Desk;
  let incident: IncidentDto;
  let assignment: AssignmentDto;
  let phone: string;

  beforeAll(async () => {
    world = await MissionWorld.open();
    [county, leader] = [await world.app.as('duty.331082'), await world.app.as(`leader.${TEAM}`)];
  }, 300_000);
  afterAll(() => world?.close());
  beforeEach(async () => {
    world.app.clock.forward(MIN);
    incident = await world.verified(county);
    [assignment] = (await world.send(county, incident.id, { units: [`${TEAM}-A`] })).assignments as [AssignmentDto];
    for (const step of ['accept', 'assemble', 'depart', 'arrive'] as const)
      assignment = await world.assignments.takeStep(leader, assignment.id, step, {});
    await world.delivery.deliverDue();
    world.app.clock.forward(20 * MIN);
    await sweep();
    await world.delivery.deliverDue();
    phone = world.outbox().at(-1)!.phone;
  });
  afterEach(async () => {
    expect(await world.faults()).toEqual([]);
    const roll = await look();
    if (roll.par) await world.app.get(ParService).answer(leader, assignment.id, { present: roll.people.map(({ id }) => id) });
    for (const step of ['release', 'return', 'close'] as const)
      assignment = await world.assignments.takeStep(leader, assignment.id, step, {});
    world.app.clock.forward(30 * MIN);
    while ((await world.escalation.moveOnOverdueAlerts()) > 0) world.app.clock.forward(30 * MIN);
  }); // prettier-ignore

  const sweep = () => world.app.get(ParSweepService).askDueUnits();
  const look = () => world.app.get(CheckInService).roll(county, assignment.id);
  const facts = async () => (await world.app.get(CheckInService).facts(county, assignment.id, { before: null, limit: 20 })).filter(({ kind }) => kind === 'par-answered'); // prettier-ignore
  const agreeing = <T>(command: () => Promise<T>) => expectConsoleAgrees(world.app, WATCHERS, command);
  const token = () => world.outbox().findLast(({ phone: to, channel }) => channel === 'link' && to === phone)!.token;
  const ago = (seconds: number) => new Date(world.app.clock.now().getTime() - seconds * 1000).toISOString();
  const text = (words: string, sentAt = world.app.clock.now()) => agreeing(() => world.app.get(ReplyService).receive({ providerId: newId(), phone, words, sentAt })); // prettier-ignore
  const calls = () => world.app.query<{ message: string }>(`select message from alert where kind = 'duty-call' and assignment_id = $1 and done_reason is null`, [assignment.id]); // prettier-ignore
  const rollOf = async (): Promise<RollDto> => (await world.byLink('GET', `${token()}/check`)).body.roll as RollDto;

  it('is shown by the link of its message without numbers, and answered by it, with both times, once', async () => {
    const roll = await rollOf();
    expect(roll.par!.state).toBe('asked');
    expect(roll.people.length).toBeGreaterThan(1);
    expect(roll.people.every((person) => person.phone === null)).toBe(true);
    const at = ago(20);
    const body = { present: roll.people.map(({ id }) => id), occurredAt: at, recordedAt: at };
    const answers = await agreeing(() => Promise.all([1, 2].map(() => world.byLink('POST', `${token()}/check`, body))));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const after = await look();
    expect(after.par).toMatchObject({ state: 'ok', accountedAt: at, lastAnswer: { channel: 'link', byName: roll.people[0]!.name } });
    expect(await facts()).toMatchObject([{ channel: 'link', occurredAt: at, late: false }]);
    expect((await facts())[0]!.receivedAt).not.toBe(at);
    expect(await calls()).toEqual([]);
  }); // prettier-ignore

  it('answered short by the link calls the desks with the names', async () => {
    const roll = await rollOf();
    const [lost, ...present] = roll.people.map(({ id }) => id);
    await agreeing(() => world.byLink('POST', `${token()}/check`, { present }));
    expect((await look()).par!.state).toBe('short');
    expect(await calls()).toEqual([{ message: expect.stringContaining(roll.people.find(({ id }) => id === lost)!.name) }]);
  }); // prettier-ignore

  it('answered late by the link stands beside the miss', async () => {
    world.app.clock.forward(MIN);
    await sweep();
    world.app.clock.forward(2 * MIN);
    await sweep();
    expect((await look()).par!.state).toBe('missed');
    expect(await calls()).toHaveLength(1);
    const roll = await rollOf();
    const at = ago(100);
    await agreeing(() => world.byLink('POST', `${token()}/check`, { present: roll.people.map(({ id }) => id), occurredAt: at })); // prettier-ignore
    expect((await look()).par).toMatchObject({ result: 'answered-late', accountedAt: at });
    expect(await calls()).toEqual([]);
  });

  it('takes no answer of a stranger to the unit, of somebody not on its roll, or from the future', async () => {
    const refused = async (path: string, body: object) => {
      const { status, body: problem } = await world.byLink('POST', path, body);
      return [status, problem.code];
    };
    expect(await refused('nobody/check', { present: [] })).toEqual([404, 'link.not-found']);
    expect(await refused(`${token()}/check`, { present: [newId()] })).toEqual([404, 'roll-person.not-found']);
    expect(await refused(`${token()}/check`, { present: [], occurredAt: ago(-3600) })).toEqual([422, 'fact.in-future']);
    expect(await refused(`${token()}/check`, { present: 'all' })).toEqual([400, 'request.invalid']);
    await world.app.query(`update alert_delivery set person_role = 'duty' where alert_id in (select ask_alert_id from assignment_roll where assignment_id = $1)`, [assignment.id]); // prettier-ignore
    expect(await refused(`${token()}/check`, { present: [] })).toEqual([403, 'par.not-of-unit']);
    expect(await facts()).toEqual([]);
  });

  it('is answered by a plain text that says all are well, with its words and both times', async () => {
    const { people } = await look();
    const sentAt = new Date(ago(10));
    expect(await text(`全员安全 ${people.length}人`, sentAt)).toMatchObject({ state: 'taken', why: null });
    expect((await look()).par).toMatchObject({ state: 'ok', accountedAt: sentAt.toISOString(), lastAnswer: { channel: 'sms', present: people.length } });
    expect(await facts()).toMatchObject([{ channel: 'sms', words: `全员安全 ${people.length}人` }]);
  }); // prettier-ignore

  it('calls the desks at a text that sounds like somebody lacking, marks nobody, and goes on waiting', async () => {
    expect(await text('少一个')).toMatchObject({ state: 'to-read', why: 'check-short' });
    expect(await calls()).toEqual([{ message: expect.stringContaining('少一个') }]);
    const roll = await look();
    expect(roll.par!.state).toBe('asked');
    expect(roll.counts.missing).toBe(0);
    expect(await facts()).toEqual([]);
  });

  it('leaves to a person what is not plain: more than the roll has, a doubt, words before it was asked', async () => {
    expect(await text('全员安全 99人')).toMatchObject({ state: 'to-read', why: 'check-differs' });
    expect(await text('收到')).toMatchObject({ state: 'to-read', why: 'check-unclear' });
    expect(await text('都在', new Date(ago(600)))).toMatchObject({ state: 'to-read', why: 'before-the-run' });
    expect((await look()).par!.state).toBe('asked');
    expect(await calls()).toEqual([]);
  });

  it('is answered by a text after the miss, beside it', async () => {
    world.app.clock.forward(MIN);
    await sweep();
    world.app.clock.forward(2 * MIN);
    await sweep();
    world.app.clock.forward(10 * MIN);
    while ((await world.escalation.moveOnOverdueAlerts()) > 0);
    expect(await text('都在')).toMatchObject({ state: 'taken' });
    expect((await look()).par).toMatchObject({ result: 'answered-late' });
  });
});
