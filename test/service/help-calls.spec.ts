import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { AlarmsService } from '../../src/alarms/index.js';
import { acknowledgeAlarms, noteAlarms } from '../../src/alarms/alarms.dto.js';
import { HandoverService, HelpCallsService, RaiseHelpService } from '../../src/dispatch/index.js';
import type { AssignmentDto } from '../../src/dispatch/dispatch.dto.js';
import {
  addToHelpCall,
  callForHelpFrom,
  type HelpCallDto,
  MOST_WORDS,
} from '../../src/dispatch/help-calls/help-call.dto.js';
import type { IncidentDto } from '../../src/incidents/index.js';
import { expectConsoleAgrees, TestConsole } from '../support/console.js';
import { type Desk, MissionWorld } from './mission-world.js';

const TEAM = 'T-331082-WR-1';
const WATCHERS = ['duty.331000', 'duty.331082', `leader.${TEAM}`];
const MIN = 60_000;
const HERE = { lon: 121.2, lat: 28.9, accuracyM: 12 };
const refused = (code: string, params: object = {}) => expect.objectContaining({ code, params: expect.objectContaining(params) }); // prettier-ignore

describe('a call for help', () => {
  let world: MissionWorld;
  let calls: HelpCallsService;
  let county: Desk, city: Desk, hangzhou: Desk, leader: Desk, stranger: Desk;
  let incident: IncidentDto;
  let assignment: AssignmentDto;
  let token: string;

  beforeAll(async () => {
    world = await MissionWorld.open();
    calls = world.app.get(HelpCallsService);
    [county, city, hangzhou] = [await world.app.as('duty.331082'), await world.app.as('duty.331000'), await world.app.as('duty.330100')]; // prettier-ignore
    [leader, stranger] = [await world.app.as(`leader.${TEAM}`), await world.app.as('leader.T-331082-SR-1')];
    [incident, assignment, token] = await sent(`${TEAM}-A`);
  }, 120_000);
  afterAll(() => world?.close());
  afterEach(async () => {
    expect(await world.faults()).toEqual([]);
    // H4, H3: nothing that stands lies in an incident that was ended while it stood, and nothing ended without a person.
    expect(await world.app.query(`select id from help_call where state = 'ended' and (taken_up_by is null or ended_by is null)`)).toEqual([]); // prettier-ignore
  });

  const agreeing = <T>(command: () => Promise<T>) => expectConsoleAgrees(world.app, WATCHERS, command);
  const now = () => world.app.clock.now();
  const minutesAgo = (min: number) => new Date(now().getTime() - min * MIN).toISOString();
  /** An incident with a unit that has said yes, and the link of its leader. */
  async function sent(unit: string, more: object = {}): Promise<[IncidentDto, AssignmentDto, string]> {
    const about = await world.verified(county, more);
    const before = world.outbox().length;
    const mission = await world.send(county, about.id, { units: [unit] });
    await world.delivery.deliverDue();
    const link = world.outbox().slice(before).find(({ channel }) => channel === 'link')?.token; // prettier-ignore
    const accepted = await world.assignments.takeStep(county, mission.assignments[0]!.id, 'accept', {});
    return [about, accepted, link ?? ''];
  }
  const press = (more: object = {}, link = token) => world.byLink('POST', `${link}/help-calls`, { id: randomUUID(), ...more }); // prettier-ignore
  const signedIn = (desk: Desk, more: object = {}) =>
    world.app.get(RaiseHelpService).raise(desk, callForHelpFrom.parse({ id: randomUUID(), assignmentId: assignment.id, ...more })); // prettier-ignore
  const open = async () => (await calls.helpCalls(county, { open: true, before: null, limit: 50 })) as HelpCallDto[];
  const takeUp = (desk: Desk, id: string) => calls.takeUp(desk, id, {});
  const end = (desk: Desk, id: string, more: object = {}) => calls.end(desk, id, { outcome: 'safe', reason: '已电话确认', ...more }); // prettier-ignore
  const settleAll = async () => {
    for (const { id, state } of await open()) {
      if (state === 'raised') await takeUp(county, id);
      await end(county, id);
    }
  };

  it('comes from the link of the alert, though it has been answered with, and stands in the incident', async () => {
    const body = { id: randomUUID(), words: '腿被压住', position: HERE, occurredAt: minutesAgo(2) };
    const { status, body: call } = await agreeing(() => press(body));
    expect(status).toBe(201);
    expect(call).toMatchObject({
      id: body.id, state: 'raised', incidentId: incident.id, assignmentId: assignment.id, byName: leader.name, byRole: 'leader', channel: 'link',
      presses: 1, occurredAt: body.occurredAt, receivedAt: now().toISOString(), position: { ...HERE, at: body.occurredAt }, exercise: false,
      words: [{ words: '腿被压住' }], takenUpBy: null, deskIds: [incident.leadSocietyId],
    }); // prettier-ignore
    expect((await open()).map(({ id }) => id)).toEqual([body.id]);
    expect((await calls.helpCalls(hangzhou, { before: null, limit: 50 })).length).toBe(0);
    const told = await world.app.query<{ kind: string; who: string }>(`select kind, actor_name as who from journal where subject_id = $1`, [body.id]); // prettier-ignore
    expect(told).toEqual([{ kind: 'help-call.raised', who: leader.name }]);
  });

  it('calls the duty desks by every channel, whether or not a console is open', async () => {
    const [call] = await open();
    const [run] = await world.app.query<{ message: string; channels: string[]; kind: string; done: string | null; roles: string }>(
      `select message, channels, kind, done_reason as done, steps #>> '{0,role}' as roles from alert
       where id = (select call_alert_id from help_call where id = $1)`, [call!.id]); // prettier-ignore
    expect(run).toMatchObject({
      kind: 'duty-call',
      channels: ['in-app', 'link', 'sms', 'mail'],
      done: null,
      roles: 'duty',
    });
    expect(run!.message).toContain(leader.name);
    // The desk's own link calls nobody for help.
    const before = world.outbox().length;
    await world.delivery.deliverDue();
    const link = world.outbox().slice(before).find(({ channel }) => channel === 'link')!.token; // prettier-ignore
    expect(await press({}, link)).toMatchObject({ status: 403, body: { code: 'help-call.not-of-unit' } });
    expect((await world.byLink('GET', `${link}/help-calls`)).body).toEqual({ mayCall: false, calls: [] });
  });

  it('is the same call when the same press comes again, and another content under its id is refused to others', async () => {
    const id = randomUUID();
    const again = await agreeing(() => Promise.all([press({ id }), press({ id }), press({ id })]));
    expect(again.map(({ status }) => status)).toEqual([201, 201, 201]);
    const [call, ...more] = await open();
    expect(more).toEqual([]);
    expect(new Set(again.map(({ body }) => body.id))).toEqual(new Set([call!.id]));
    expect(call).toMatchObject({ presses: 2 }); // pressed again while nobody had it: the same call, told once more
    expect(await signedIn(leader, { id })).toMatchObject({ id: call!.id, presses: 2 });
    const [, , other] = await sent('T-331082-SR-1-A');
    expect(await press({ id: call!.id }, other)).toMatchObject({ status: 409, body: { code: 'idempotency.mismatch' } });
  });

  it('takes words and places after the press, the newest place counting by its own moment', async () => {
    const [call] = await open();
    const path = `${token}/help-calls/${call!.id}/words`;
    const word = { id: randomUUID(), words: '在河东岸' };
    await agreeing(() => world.byLink('POST', path, word));
    await world.byLink('POST', path, word); // said once
    const moved = { lon: 121.3, lat: 28.95 };
    await world.byLink('POST', path, { id: randomUUID(), position: moved });
    await world.byLink('POST', path, { id: randomUUID(), position: HERE, occurredAt: minutesAgo(30) }); // kept by the phone, older
    const [held] = await open();
    expect(held).toMatchObject({ position: { ...moved, accuracyM: null }, words: [{ words: '腿被压住' }, { words: '在河东岸' }] }); // prettier-ignore
    expect(await world.byLink('POST', path, { id: randomUUID() })).toMatchObject({ status: 400 });
  });

  it('can neither be acknowledged nor put aside: only who takes it up silences it', async () => {
    const [call] = await open();
    const alarms = world.app.get(AlarmsService);
    const note = { source: `${call!.id}/help-call`, since: call!.receivedAt, code: 'help-call', societyId: call!.deskIds[0], incidentId: incident.id }; // prettier-ignore
    const { alarms: raised } = await alarms.noteAlarms(county, noteAlarms.parse({ raised: [note] }));
    expect(raised[0]).toMatchObject({ severity: 'I', acknowledgedAt: null });
    await expect(alarms.acknowledgeAlarms(county, acknowledgeAlarms.parse({ alarms: [note] }))).rejects.toEqual(refused('alarm.not-silenced')); // prettier-ignore
    await expect(alarms.snoozeAlarm(county, raised[0]!.id, { minutes: 5, reason: '等' })).rejects.toEqual(refused('alarm.not-silenced')); // prettier-ignore
  });

  it('is taken up by one of two officers who do so at once, and the desks are called no further', async () => {
    const [call] = await open();
    await expect(end(county, call!.id)).rejects.toEqual(refused('help-call.step-not-allowed', { status: 'raised' }));
    const tries = await agreeing(() => Promise.allSettled([takeUp(county, call!.id), takeUp(city, call!.id)]));
    expect(tries.filter(({ status }) => status === 'fulfilled').length).toBe(1);
    const lost = tries.find((one): one is PromiseRejectedResult => one.status === 'rejected')!;
    const [held] = await open();
    expect(held).toMatchObject({ state: 'taken-up', takenUpAt: now().toISOString() });
    expect([county.name, city.name]).toContain(held!.takenUpBy);
    expect(lost.reason).toEqual(refused('help-call.step-not-allowed', { status: 'taken-up', by: held!.takenUpBy }));
    const [run] = await world.app.query<{ done: string }>(`select done_reason as done from alert where id = (select call_alert_id from help_call where id = $1)`, [call!.id]); // prettier-ignore
    expect(run!.done).toBe('stood-down');
  });

  it('rings anew when it is pressed after somebody took it up, and shows its person both', async () => {
    const [held] = await open();
    await agreeing(() => press({ words: '水涨上来了' }));
    const both = await open();
    expect(both.map(({ state }) => state).sort()).toEqual(['raised', 'taken-up']);
    const { body } = await world.byLink('GET', `${token}/help-calls`);
    expect(body).toMatchObject({ mayCall: true, calls: expect.arrayContaining([expect.objectContaining({ id: held!.id, state: 'taken-up' })]) }); // prettier-ignore
  });

  it('keeps its incident open, and is on the list of who hands the desk over', async () => {
    const { version } = await world.incidents.incident(county, incident.id);
    for (const step of ['close', 'dismiss'] as const)
      await expect(world.endings[step](county, incident.id, { version, reason: '完' })).rejects.toEqual(refused('incident.help-open', { calls: 2 })); // prettier-ignore
    const { items } = await world.app.get(HandoverService).matters(county, incident.leadSocietyId);
    const listed = items.filter(({ kind }) => kind === 'help-call');
    expect(listed.map(({ params }) => params.help).sort()).toEqual(['raised', 'taken-up']);
    expect(items[0]!.kind).toBe('help-call');
  });

  it('belongs to nobody who does not see it, is of another unit, or has no duty there', async () => {
    const [call] = await open();
    await expect(takeUp(hangzhou, call!.id)).rejects.toEqual(refused('help-call.not-found'));
    await expect(takeUp(leader, call!.id)).rejects.toEqual(refused('access.denied'));
    await expect(signedIn(stranger)).rejects.toEqual(refused('assignment.not-found'));
    await expect(signedIn(county)).rejects.toEqual(refused('access.denied')); // the desk is not out
    const [, , other] = await sent('T-331082-SR-1-B');
    const word = { id: randomUUID(), words: '别人的' };
    expect(await world.byLink('POST', `${other}/help-calls/${call!.id}/words`, word)).toMatchObject({ status: 404 });
    expect(await world.byLink('GET', 'x'.repeat(43) + '/help-calls')).toMatchObject({ status: 404, body: { code: 'link.not-found' } }); // prettier-ignore
  });

  it('ends with an outcome and a reason, by a person, and leaves the console', async () => {
    await settleAll();
    expect(await open()).toEqual([]);
    const ended = await calls.helpCalls(county, { incidentId: incident.id, open: false, before: null, limit: 50 });
    expect(ended.every(({ outcome, reason, endedBy }) => outcome === 'safe' && reason === '已电话确认' && endedBy === county.name)).toBe(true); // prettier-ignore
    await expect(takeUp(county, ended[0]!.id)).rejects.toEqual(refused('help-call.step-not-allowed', { status: 'ended' })); // prettier-ignore
    await expect(end(county, ended[0]!.id)).rejects.toEqual(refused('help-call.step-not-allowed'));
    expect(await calls.helpCalls(county, { incidentId: incident.id, open: true, before: null, limit: 50 })).toEqual([]);
  });

  it('comes from the signed-in page too, and is seen by a console of the desk at once', async () => {
    const desk = await TestConsole.open(world.app, 'duty.331000');
    const call = await agreeing(() => signedIn(leader, { words: '快' }));
    expect(call).toMatchObject({ channel: 'in-app', byName: leader.name, byRole: 'leader' });
    const { data } = await desk.nextChange('help-call.raised', ({ subjectId }) => subjectId === call.id);
    expect(data).toMatchObject({ state: 'raised' });
    desk.close();
    await settleAll();
  });

  it('stays when the unit is closed, and a phone that was without network is heard after that', async () => {
    const call = await signedIn(leader);
    const pressedAt = now().toISOString();
    world.app.clock.forward(10 * MIN);
    for (const step of ['depart', 'arrive', 'release', 'return', 'close'] as const)
      await world.assignments.takeStep(county, assignment.id, step, {});
    expect((await open()).map(({ id }) => id)).toEqual([call.id]);
    await settleAll();
    world.app.clock.forward(5 * MIN);
    expect(await press()).toMatchObject({ status: 409, body: { code: 'help-call.not-out' } });
    expect(await world.byLink('GET', `${token}/help-calls`)).toMatchObject({ body: { mayCall: false } });
    const late = await agreeing(() => press({ occurredAt: pressedAt }));
    expect(late).toMatchObject({ status: 201, body: { state: 'raised', occurredAt: pressedAt, receivedAt: now().toISOString() } }); // prettier-ignore
    await settleAll();
  });

  it('of an exercise is marked, and its messages go to the outbox of exercises', async () => {
    const [, , link] = await sent(`${TEAM}-A`, { exercise: true });
    expect(link).toBe(''); // no provider has it
    const [drill] = await world.app.query<{ id: string }>(`select id from assignment where active and team_id = $1 order by id desc limit 1`, [assignment.teamId]); // prettier-ignore
    const call = await signedIn(leader, { assignmentId: drill!.id });
    expect(call.exercise).toBe(true);
    const before = world.outbox().length;
    await world.delivery.deliverDue();
    expect(world.outbox().length).toBe(before);
    await settleAll();
  });

  it('is refused with what is wrong when it makes no sense', async () => {
    for (const bad of [
      { id: 'x' },
      { words: '字'.repeat(401) },
      { position: { lon: 500, lat: 0 } },
      { position: { lon: 1 } },
      { occurredAt: 'gestern' },
    ])
      // prettier-ignore
      expect(await press(bad)).toMatchObject({ status: 400, body: { code: 'request.invalid' } });
    expect(await world.byLink('POST', `${token}/help-calls`, {})).toMatchObject({ status: 400 });
  });

  it('takes so many words and no more, and a flood of them waits', async () => {
    const [, , link] = await sent('T-331082-SR-1-C');
    const id = String((await press({}, link)).body.id);
    const raising = world.app.get(RaiseHelpService);
    const say = () => raising.addByLink(link, id, addToHelpCall.parse({ id: randomUUID(), words: '喂' }));
    for (let said = 1; said < MOST_WORDS; said += 1) await say();
    await expect(say()).rejects.toEqual(refused('help-call.too-many-words', { most: MOST_WORDS }));
    const path = `${link}/help-calls/${id}/words`;
    const asked = await Promise.all(Array.from({ length: 40 }, () => world.byLink('POST', path, { id: randomUUID(), words: '喂' }))); // prettier-ignore
    expect(asked.filter(({ status, body }) => status === 429 && body.code === 'rate.limited').length).toBeGreaterThanOrEqual(10); // prettier-ignore
    await settleAll();
  });
});
