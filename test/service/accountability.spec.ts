import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { CheckInService, ParService, ParSweepService } from '../../src/dispatch/index.js';
import { checkIn, type CheckIn, type Mark, type RollDto } from '../../src/dispatch/accountability/roll.dto.js';
import type { AssignmentDto } from '../../src/dispatch/dispatch.dto.js';
import type { IncidentDto } from '../../src/incidents/index.js';
import { expectConsoleAgrees } from '../support/console.js';
import { type Desk, MissionWorld } from './mission-world.js';

const TEAM = 'T-331082-WR-1';
const WATCHERS = ['duty.331000', 'duty.331082', `leader.${TEAM}`];
const MIN = 60_000;

describe('the people of a unit that goes out', () => {
  let world: MissionWorld;
  let county: Desk;
  let leader: Desk;
  let lead: Desk;
  let incident: IncidentDto;
  let assignment: AssignmentDto;
  let roll: RollDto;

  beforeAll(async () => {
    world = await MissionWorld.open();
    county = await world.app.as('duty.331082');
    leader = await world.app.as(`leader.${TEAM}`);
    lead = await world.app.as('lead.330000');
    incident = await world.verified(county);
    const mission = await world.send(county, incident.id, { units: [`${TEAM}-A`] });
    assignment = mission.assignments[0]!;
  }, 120_000);
  afterAll(() => world?.close());
  afterEach(async () => expect(await world.faults()).toEqual([]));

  const checkIns = () => world.app.get(CheckInService);
  const par = () => world.app.get(ParService);
  const sweep = () => world.app.get(ParSweepService);
  const agreeing = <T>(command: () => Promise<T>) => expectConsoleAgrees(world.app, WATCHERS, command);
  const step = (name: Parameters<typeof world.assignments.takeStep>[2], input: object = {}, desk = leader) =>
    agreeing(async () => void (assignment = await world.assignments.takeStep(desk, assignment.id, name, input)));
  const mark = (desk: Desk, stage: CheckIn['stage'], marks: Record<number, Mark | [Mark, CheckIn['people'][number]['outcome']]>, more: object = {}) =>
    agreeing(async () => {
      const people = Object.entries(marks).map(([n, said]) => {
        const [mark, outcome] = Array.isArray(said) ? said : [said];
        return { personId: roll.people[Number(n)]!.id, mark, outcome };
      });
      roll = await checkIns().checkIn(desk, assignment.id, checkIn.parse({ stage, people, ...more }));
    }); // prettier-ignore
  const look = async () => (roll = await checkIns().roll(county, assignment.id));
  const close = async () => {
    const { version } = await world.incidents.incident(county, incident.id);
    return world.endings.close(county, incident.id, { version });
  };
  const ids = (from = 0, to = roll.people.length) => roll.people.slice(from, to).map(({ id }) => id);
  const openAlerts = (kind: string) =>
    world.app.query<{ message: string; steps: { people: { name: string }[] }[] }>(
      `select message, steps from alert where kind = $1 and assignment_id = $2 and done_reason is null`,
      [kind, assignment.id],
    );

  it('are listed by name with the yes: the members of the unit, leader first', async () => {
    await expect(checkIns().roll(county, assignment.id)).rejects.toMatchObject({ code: 'roll.not-found' });
    await step('accept', { headcount: 7 });
    await look();
    expect(roll.people.slice(0, 2).map(({ position, state }) => [position, state])).toEqual([['leader', 'named'], ['deputy', 'named']]); // prettier-ignore
    expect(roll.counts).toMatchObject({ total: 8, coming: 8, unaccounted: 8 });
    expect(roll).toMatchObject({ open: true, par: null, teamName: assignment.teamName });
  });

  it('are chosen by the leader: who stays at home, and who comes along', async () => {
    await mark(leader, 'assembling', { 7: 'staying' });
    await mark(
      leader,
      'assembling',
      { 0: 'present', 1: 'present' },
      { add: [{ name: '临时向导', phone: '0576-1234567' }] },
    );
    expect(roll.counts).toMatchObject({ total: 9, coming: 5, staying: 1, out: 3, unaccounted: 8 });
    expect(roll).toMatchObject({ checkedStage: 'assembling', headsTold: 8 });
    expect(roll.people.at(-1)).toMatchObject({ name: '临时向导', position: 'guest', state: 'out', memberId: null });
    const again = { add: [{ memberId: roll.people[0]!.memberId }] };
    await expect(mark(leader, 'assembling', {}, again)).rejects.toMatchObject({ code: 'roll-person.exists' });
  });

  it('are told by the desk only with the channel and the words', async () => {
    await expect(mark(county, 'assembling', { 2: 'present' })).rejects.toMatchObject({
      errors: [{ pointer: '/channel' }],
    });
    await mark(county, 'assembling', { 2: 'present' }, { channel: 'phone', words: '队长来电：王已到' });
    const [fact] = await checkIns().facts(county, assignment.id, { before: null, limit: 10 });
    expect(fact).toMatchObject({ kind: 'check-in', channel: 'phone', words: '队长来电：王已到', byName: county.name, onBehalfOf: leader.name, entries: [{ state: 'out' }] }); // prettier-ignore
    const stranger = await world.app.as('duty.330100');
    await expect(checkIns().roll(stranger, assignment.id)).rejects.toMatchObject({ code: 'roll.not-found' });
  });

  it('go with the unit, and the clock starts at the scene', async () => {
    await step('assemble', { headcount: 8 });
    await step('depart');
    await look();
    expect(roll.counts).toMatchObject({ out: 8, coming: 0 });
    world.app.clock.forward(30 * MIN);
    await step('arrive');
    await look();
    expect(roll.counts).toMatchObject({ onScene: 8, staying: 1 });
    expect(roll.par).toMatchObject({ state: 'due-later', cycle: 1, asked: 0, intervalS: 1200 });
  });

  it('are asked for when the interval is over: the leader by his channels, and only once however often one looks', async () => {
    expect(await sweep().askDueUnits()).toBe(0);
    world.app.clock.forward(20 * MIN);
    const looks = await agreeing(() => Promise.all([1, 2, 3].map(() => sweep().askDueUnits())));
    expect(looks.reduce((sum, one) => sum + one, 0)).toBe(1);
    await look();
    expect(roll.par).toMatchObject({ state: 'asked', asked: 1, waitingFor: leader.name });
    const [asked, ...more] = await openAlerts('information');
    expect(more).toEqual([]);
    expect(asked!.message).toContain('8 人');
    expect(asked!.steps[0]!.people.map(({ name }) => name)).toEqual([leader.name]);
  });

  it('answer with everybody by name, and the question ends', async () => {
    world.app.clock.forward(MIN / 2);
    await agreeing(
      async () => (roll = await par().answer(leader, assignment.id, { present: [...ids(0, 7), roll.people[8]!.id] })),
    );
    expect(roll.par).toMatchObject({ state: 'ok', result: 'ok', lastAnswer: { present: 8, absent: [], channel: 'in-app', byName: leader.name } }); // prettier-ignore
    expect(await openAlerts('information')).toEqual([]);
  });

  it('are held back from asking during a known silence, with its reason, and asked at its end', async () => {
    const untilAt = new Date(world.app.clock.now().getTime() + 40 * MIN).toISOString();
    await expect(par().hold(leader, assignment.id, { untilAt: '2027-01-01T00:00:00Z', reason: '下井' })).rejects.toMatchObject({ code: 'par.hold-too-long' }); // prettier-ignore
    await agreeing(async () => (roll = await par().hold(leader, assignment.id, { untilAt, reason: '下井' })));
    expect(roll.par).toMatchObject({ state: 'excused', holdReason: '下井', nextAt: untilAt });
    world.app.clock.forward(39 * MIN);
    expect(await sweep().askDueUnits()).toBe(0);
    world.app.clock.forward(MIN);
    expect(await agreeing(() => sweep().askDueUnits())).toBe(1);
    expect((await look()).par).toMatchObject({ state: 'asked', cycle: 2, holdReason: null });
  });

  it('are asked again, missed, and given to the desks, the nearest first; never twice', async () => {
    world.app.clock.forward(MIN);
    expect(await agreeing(() => sweep().askDueUnits())).toBe(1);
    const [again] = await openAlerts('information');
    expect(again!.steps[0]!.people).toHaveLength(2);
    world.app.clock.forward(2 * MIN);
    expect(await agreeing(() => sweep().askDueUnits())).toBe(1);
    expect((await look()).par).toMatchObject({ state: 'missed', result: 'missed', asked: 2, nextAt: null });
    const [call, ...more] = await openAlerts('duty-call');
    expect(more).toEqual([]);
    expect(call!.steps.length).toBeGreaterThanOrEqual(2);
    expect(call!.steps[0]!.people.map(({ name }) => name)).toContain(county.name);
    world.app.clock.forward(60 * MIN);
    expect(await sweep().askDueUnits()).toBe(0);
    await agreeing(() => world.escalation.moveOnOverdueAlerts());
    expect((await openAlerts('duty-call')).length).toBe(1);
  });

  it('keep the miss beside an answer that was given in time and came late', async () => {
    const occurredAt = new Date(Date.parse(roll.par!.missedAt!) - MIN).toISOString();
    const present = [...ids(0, 6), roll.people[8]!.id];
    await agreeing(async () => (roll = await par().answer(county, assignment.id, { present, occurredAt, channel: 'radio', words: '少一人' }))); // prettier-ignore
    expect(roll.par).toMatchObject({ state: 'short', result: 'answered-late', lastAnswer: { late: true, absent: [ids()[6]], channel: 'radio', onBehalfOf: leader.name } }); // prettier-ignore
    expect(roll.par!.missedAt).not.toBeNull();
    expect(roll.counts).toMatchObject({ onScene: 7, missing: 1, staying: 1, unaccounted: 8 });
    const facts = await checkIns().facts(county, assignment.id, { before: null, limit: 3 });
    expect(facts.map(({ kind, late }) => [kind, late])).toEqual([['par-answered', true], ['par-missed', false], ['par-asked', false]]); // prettier-ignore
  });

  it('stay missing until somebody says what became of them, and may go to hospital', async () => {
    world.app.clock.forward(5 * MIN);
    expect((await openAlerts('duty-call')).length).toBe(1);
    await mark(leader, 'on-scene', { 5: ['left', 'hospital'] });
    expect((await openAlerts('duty-call')).length).toBe(1);
    expect(roll.people[5]).toMatchObject({ state: 'left', outcome: 'hospital' });
    expect(roll.counts).toMatchObject({ onScene: 6, missing: 1, elsewhere: 1, unaccounted: 7 });
    await expect(mark(leader, 'on-scene', { 4: 'left' })).rejects.toMatchObject({ code: 'request.invalid' });
  });

  it('are asked at another interval when the desk of the incident says so', async () => {
    expect(await par().setting(county, incident.id)).toMatchObject({ own: false, intervalS: 1200 });
    const set = await agreeing(() => par().set(county, incident.id, { intervalMin: 45, reason: '水位平稳' }));
    expect(set).toMatchObject({ own: true, intervalS: 2700, setBy: county.name });
    await look();
    expect(Date.parse(roll.par!.nextAt!) - Date.parse(roll.par!.accountedAt)).toBe(45 * MIN);
  });

  it('does not end an incident while anybody is not accounted for (invariant 6)', async () => {
    incident = await world.incidents.stabiliseIncident(county, incident.id, { version: (await world.incidents.incident(county, incident.id)).version }); // prettier-ignore
    await step('release');
    expect((await look()).par).toBeNull();
    await step('return');
    await step('close');
    await look();
    expect(roll.counts).toMatchObject({ back: 6, missing: 1, elsewhere: 1, staying: 1, unaccounted: 1 });
    expect(roll.open).toBe(true);
    const lost = roll.people[6]!;
    await expect(close()).rejects.toMatchObject({
      code: 'incident.people-out',
      status: 409,
      params: { people: 1, units: `${TEAM}-A 1: ${lost.name}` },
    });
    const said = { people: [{ personId: lost.id, outcome: 'handed-over' as const, words: '移交当地公安继续搜寻' }] };
    await expect(checkIns().settle(county, assignment.id, said)).rejects.toMatchObject({ code: 'access.denied' });
    await expect(checkIns().settle(leader, assignment.id, said)).rejects.toMatchObject({ code: 'access.denied' });
    roll = await agreeing(() => checkIns().settle(lead, assignment.id, said));
    expect(roll).toMatchObject({ open: false, counts: { unaccounted: 0, elsewhere: 2 } });
    expect(roll.people[6]).toMatchObject({ state: 'settled', outcome: 'handed-over', words: '移交当地公安继续搜寻', byName: lead.name }); // prettier-ignore
    expect(await openAlerts('duty-call')).toEqual([]);
    expect(await agreeing(close)).toMatchObject({ status: 'closed' });
    await expect(mark(leader, 'home', { 0: 'missing' })).rejects.toMatchObject({ code: 'roll.closed', status: 409 });
  });
});
