import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { CheckInService, ParService, ParSweepService, TurnedBackService } from '../../src/dispatch/index.js';
import { checkIn, type RollDto } from '../../src/dispatch/accountability/roll.dto.js';
import type { AssignmentDto } from '../../src/dispatch/dispatch.dto.js';
import type { IncidentDto } from '../../src/incidents/index.js';
import { expectConsoleAgrees } from '../support/console.js';
import { type Desk, MissionWorld } from './mission-world.js';

const TEAM = 'T-331082-WR-1';
const MIN = 60_000;

describe('people who are out when things go otherwise', () => {
  let world: MissionWorld;
  let county: Desk;
  let leader: Desk;
  let lead: Desk;
  let incident: IncidentDto;
  let a: AssignmentDto;

  beforeAll(async () => {
    world = await MissionWorld.open();
    county = await world.app.as('duty.331082');
    leader = await world.app.as(`leader.${TEAM}`);
    lead = await world.app.as('lead.330000');
    incident = await world.verified(county);
  }, 120_000);
  afterAll(() => world?.close());
  afterEach(async () => expect(await world.faults()).toEqual([]));

  const checkIns = () => world.app.get(CheckInService);
  const sweep = () => world.app.get(ParSweepService).askDueUnits();
  const at = (minutes: number) => new Date(world.app.clock.now().getTime() + minutes * MIN).toISOString();
  const step = async (name: Parameters<typeof world.assignments.takeStep>[2], input: object = {}, desk = leader) =>
    void (a = await world.assignments.takeStep(desk, a.id, name, input));
  const look = (): Promise<RollDto> => checkIns().roll(county, a.id);
  const send = async (unit: string) => {
    [a] = (await world.send(county, incident.id, { units: [unit] })).assignments as [AssignmentDto];
    await step('accept');
  };
  const close = async () => {
    const { version } = await world.incidents.incident(county, incident.id);
    return world.endings.close(county, incident.id, { version });
  };

  it('marks stamps that are out of order, and keeps the people with the unit (invariant 5)', async () => {
    await send(`${TEAM}-A`);
    await step('depart', { occurredAt: at(-3) });
    expect(a).toMatchObject({ status: 'departed', orderDoubtful: true });
    await step('arrive');
    const { counts, par } = await look();
    expect(counts).toMatchObject({ total: 8, onScene: 8, unaccounted: 8 });
    expect(par).toMatchObject({ state: 'due-later', cycle: 1 });
  });

  it('does not let a unit wait for an hour because of a clock that was turned back', async () => {
    const back = world.app.get(TurnedBackService);
    await back.look();
    world.app.clock.forward(60 * MIN); // who asks has not followed: an hour ahead of who looks
    await sweep();
    world.app.clock.forward(-60 * MIN);
    await back.look();
    const { par, people } = await look();
    expect(par!.state).toBe('asked');
    expect(Date.parse(par!.nextAt!) - world.app.clock.now().getTime()).toBe(120_000);
    world.app.clock.forward(60 * MIN);
    await world.app.get(ParService).answer(leader, a.id, { present: people.map(({ id }) => id) });
    world.app.clock.forward(-60 * MIN);
    await back.look();
    expect(Date.parse((await look()).par!.nextAt!) - world.app.clock.now().getTime()).toBe(20 * MIN);
    world.app.clock.forward(60 * MIN);
  });

  it('asks a unit once after a long standstill, and goes on step by step', async () => {
    world.app.clock.forward(7 * 60 * MIN);
    const seen: (string | null)[] = [];
    for (let n = 0; n < 6; n++) {
      await Promise.all([sweep(), sweep(), sweep()]);
      seen.push((await look()).par!.state + (await look()).par!.asked);
      world.app.clock.forward(MIN);
    }
    expect(seen).toEqual(['asked1', 'asked2', 'asked2', 'missed2', 'missed2', 'missed2']);
    const calls = await world.app.query(`select 1 from alert where kind = 'duty-call' and assignment_id = $1`, [a.id]);
    expect(calls).toHaveLength(1);
  });

  it('refuses an answer from the future, of a stranger, and of a unit that is not at the scene', async () => {
    const par = world.app.get(ParService);
    const { people } = await look();
    const present = people.map(({ id }) => id);
    await expect(par.answer(leader, a.id, { present, occurredAt: at(10) })).rejects.toMatchObject({ code: 'fact.in-future' }); // prettier-ignore
    await expect(par.answer(leader, a.id, { present: [a.id] })).rejects.toMatchObject({
      code: 'roll-person.not-found',
    });
    await expect(par.answer(county, a.id, { present })).rejects.toMatchObject({ errors: [{ pointer: '/channel' }] });
    await expect(par.hold(leader, a.id, { untilAt: at(30), reason: '下井' })).rejects.toMatchObject({ code: 'par.step-not-allowed' }); // prettier-ignore
    await par.answer(leader, a.id, { present });
    await step('release');
    await expect(par.answer(leader, a.id, { present })).rejects.toMatchObject({ code: 'par.step-not-allowed', params: { status: 'released' } }); // prettier-ignore
    expect(await world.app.query(`select 1 from alert where assignment_id = $1 and done_reason is null`, [a.id])).toEqual([]); // prettier-ignore
  });

  it('brings nobody home by another number, and all of them by the right one', async () => {
    await step('return');
    await step('close', { headcount: 7 });
    expect((await look()).counts).toMatchObject({ back: 0, returning: 8, unaccounted: 8 });
    const stabilised = await world.incidents.stabiliseIncident(county, incident.id, {
      version: (await world.incidents.incident(county, incident.id)).version,
    });
    expect(stabilised.status).toBe('stabilised');
    await expect(close()).rejects.toMatchObject({ code: 'incident.people-out', params: { people: 8 } });
    const { people } = await look();
    const marks = people.map(({ id }) => ({ personId: id, mark: 'present' as const }));
    const both = await Promise.all([
      expectConsoleAgrees(world.app, ['duty.331082', `leader.${TEAM}`], () =>
        checkIns().checkIn(leader, a.id, checkIn.parse({ stage: 'home', people: marks })),
      ),
      checkIns().checkIn(
        county,
        a.id,
        checkIn.parse({ stage: 'home', people: marks, channel: 'radio', words: '全员到家' }),
      ),
    ]);
    expect(both.map(({ counts }) => counts.back)).toEqual([8, 8]);
    expect(await look()).toMatchObject({ open: false, counts: { unaccounted: 0 } });
  });

  it('keeps people open who were called back on the road, until they are home', async () => {
    await send(`${TEAM}-B`);
    await step('depart');
    await step('withdraw', { reason: '水退了' }, county);
    const roll = await look();
    expect(a).toMatchObject({ status: 'withdrawn', active: false });
    expect(roll).toMatchObject({ open: true, counts: { out: roll.people.length } });
    await expect(close()).rejects.toMatchObject({ code: 'incident.people-out' });
    const marks = roll.people.map(({ id }) => ({ personId: id, mark: 'present' as const }));
    await checkIns().checkIn(leader, a.id, checkIn.parse({ stage: 'home', people: marks }));
    expect(await look()).toMatchObject({ open: false });
  });

  it('counts those without a name, and takes the word of who answers for them', async () => {
    await send(`${TEAM}-B`);
    const names = (await look()).people.length;
    await step('assemble', { headcount: names + 2 });
    await step('depart');
    expect(await look()).toMatchObject({ unnamed: 2, counts: { out: names, unaccounted: names + 2 } });
    await step('arrive');
    await step('release');
    await step('return');
    await step('close', { headcount: names });
    await expect(close()).rejects.toMatchObject({ params: { people: names + 2 } });
    const words = '两名群众顺车，到村口下车';
    await expect(checkIns().settle(county, a.id, { people: [], unnamed: { words } })).rejects.toMatchObject({ code: 'access.denied' }); // prettier-ignore
    const { people } = await checkIns().settle(lead, a.id, { people: [], unnamed: { words } });
    await expect(checkIns().settle(lead, a.id, { people: [], unnamed: { words } })).rejects.toMatchObject({ code: 'roll.nobody-unnamed' }); // prettier-ignore
    const marks = people.map(({ id }) => ({ personId: id, mark: 'present' as const }));
    const home = checkIn.parse({ stage: 'home', people: marks });
    await checkIns().checkIn(leader, a.id, home);
    const twice = { stage: 'home' as const, people: [marks[0]!, marks[0]!] };
    await expect(checkIns().checkIn(leader, a.id, checkIn.parse(twice))).rejects.toMatchObject({ code: 'roll-person.named-twice' }); // prettier-ignore
    const [settled] = (await checkIns().facts(lead, a.id, { before: null, limit: 2 })).slice(-1);
    expect(settled).toMatchObject({ kind: 'settled', words, heads: 2, byName: lead.name });
  });

  it('lets either the check-in or the end of the incident come first, never both', async () => {
    const { people } = await look();
    const lost = checkIn.parse({ stage: 'home', people: [{ personId: people[0]!.id, mark: 'missing' }] });
    const [ended, marked] = await Promise.allSettled([close(), checkIns().checkIn(leader, a.id, lost)]);
    expect([ended.status, marked.status].sort()).toEqual(['fulfilled', 'rejected']);
    const open = await world.app.query(`select 1 from assignment_roll where incident_id = $1 and open`, [incident.id]);
    const { status } = await world.incidents.incident(county, incident.id);
    expect(status === 'closed').toBe(open.length === 0);
  });

  it('follows facts of long ago that are told one after the other, and asks a unit at once', async () => {
    incident = await world.verified(county);
    [a] = (await world.send(county, incident.id, { units: [`${TEAM}-B`] })).assignments as [AssignmentDto];
    const then = (hours: number) => ({ occurredAt: at(hours * 60 - 60_000) });
    await step('accept', then(1));
    await step('assemble', { ...then(2), headcount: 8 });
    await step('depart', then(3));
    await step('arrive', { ...then(4), headcount: 8 });
    expect(await sweep()).toBe(1);
    expect((await look()).par).toMatchObject({ state: 'asked', asked: 1 });
    for (const [n, name] of (['release', 'return', 'close'] as const).entries()) await step(name, then(5 + n));
    expect(await look()).toMatchObject({ open: false, counts: { back: 8, unaccounted: 0 } });
    incident = await world.incidents.incident(county, incident.id);
    await world.incidents.stabiliseIncident(county, incident.id, { version: incident.version, ...then(9) });
    expect(await close()).toMatchObject({ status: 'closed' });
  });

  it('answers over HTTP, in both languages', async () => {
    const call = async (path: string, language: string, method = 'GET', body?: object) => {
      const response = await fetch(`${world.app.url}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${leader.token}`, 'content-type': 'application/json', 'accept-language': language },
        ...(body ? { body: JSON.stringify(body) } : {}),
      }); // prettier-ignore
      return { status: response.status, body: (await response.json()) as { title?: string; items?: object[] } };
    };
    const rolls = await call(`/rolls?teamId=${a.teamId}&limit=2`, 'zh-CN');
    expect(rolls).toMatchObject({ status: 200, body: { items: [{ id: a.id }, {}] } });
    expect((await call(`/assignments/${a.id}/roll/facts`, 'en')).body.items!.length).toBeGreaterThan(5);
    expect(await call(`/incidents/${incident.id}/par`, 'en')).toMatchObject({ body: { own: false } });
    const empty = await call(`/assignments/${a.id}/roll/check-ins`, 'en', 'POST', { stage: 'home' });
    expect(empty.status).toBe(400);
    const settle = await call(`/assignments/${a.id}/roll/settle`, 'en', 'POST', {
      people: [],
      unnamed: { words: 'x' },
    });
    expect(settle.status).toBe(403);
  });
});
