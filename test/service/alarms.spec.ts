import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AlarmHealthService, AlarmsService, AlarmWatchService } from '../../src/alarms/index.js';
import { type AlarmDto, type AlarmNote, alarmHealthQuery, alarmNote, noteAlarms } from '../../src/alarms/alarms.dto.js';
import type { IncidentDto } from '../../src/incidents/index.js';
import { SnapshotService } from '../../src/live/snapshot.service.js';
import { expectConsoleAgrees, TestConsole } from '../support/console.js';
import { type Desk, MissionWorld } from './mission-world.js';

const MINUTE_MS = 60_000;
const DESKS = ['duty.330000', 'duty.331000', 'duty.331082', 'duty.330100'];
const refused = (code: string, params: object = {}) => expect.objectContaining({ code, params: expect.objectContaining(params) }); // prettier-ignore

describe('alarms of the consoles', () => {
  let world: MissionWorld;
  let alarms: AlarmsService;
  let watch: AlarmWatchService;
  let county: Desk, city: Desk, province: Desk, hangzhou: Desk;
  let societyId: string;

  beforeAll(async () => {
    world = await MissionWorld.open();
    [alarms, watch] = [world.app.get(AlarmsService), world.app.get(AlarmWatchService)];
    societyId = await world.id('society', '331082');
    [county, city] = [await world.app.as('duty.331082'), await world.app.as('duty.331000')];
    [province, hangzhou] = [await world.app.as('duty.330000'), await world.app.as('duty.330100')];
  }, 120_000);
  afterAll(() => world?.close());

  const agreeing = <T>(command: () => Promise<T>) => expectConsoleAgrees(world.app, DESKS, command);
  const forward = (ms: number) => world.app.clock.forward(ms);
  const incident = (severity = 'II', more: object = {}) => world.verified(county, { societyId, severity, ...more });
  const of = (about: IncidentDto, more: object = {}): AlarmNote =>
    alarmNote.parse({
      source: `${about.id}/nobody`,
      since: about.reportedAt,
      code: 'nobody',
      societyId,
      incidentId: about.id,
      ...more,
    });
  const note = (desk: Desk, body: object) => alarms.noteAlarms(desk, noteAlarms.parse(body));
  const raise = async (desk: Desk, ...notes: AlarmNote[]): Promise<AlarmDto> =>
    (await note(desk, { raised: notes })).alarms[0]!;
  const acknowledge = async (desk: Desk, ...notes: AlarmNote[]) => (await alarms.acknowledgeAlarms(desk, { alarms: notes })).alarms; // prettier-ignore
  const shown = async (desk: Desk, id: string): Promise<AlarmDto | undefined> => (await world.app.get(SnapshotService).snapshot(desk)).alarms.find((row) => row.id === id); // prettier-ignore
  const told = (id: string) => world.app.query<{ kind: string; by: string }>(`select kind, actor_name as by from journal where subject_id = $1 order by id`, [id]); // prettier-ignore

  it('are one row, whichever consoles show them and however often', async () => {
    const about = await incident();
    const rows = await agreeing(() => Promise.all([county, city, province, county].map((desk) => raise(desk, of(about), of(about))))); // prettier-ignore
    expect(new Set(rows.map(({ id }) => id)).size).toBe(1);
    expect(rows[0]).toMatchObject({ severity: 'II', code: 'nobody', raises: 1, level: 0, acknowledgedAt: null });
    expect((await told(rows[0]!.id)).map(({ kind }) => kind)).toEqual(['alarm.raised']);
    expect(await shown(hangzhou, rows[0]!.id)).toBeUndefined();
  });

  it('stop on every console of the desk when one acknowledges, and who did it stays', async () => {
    const about = await incident();
    const { id } = await raise(county, of(about));
    const other = await TestConsole.open(world.app, 'duty.331082');
    await agreeing(() => acknowledge(county, of(about)));
    const change = await other.nextChange('alarm.acknowledged', ({ subjectId }) => subjectId === id);
    expect(change.data).toMatchObject({ acknowledgedBy: county.name });
    other.close();
    await acknowledge(city, of(about));
    expect(await shown(county, id)).toMatchObject({ acknowledgedBy: county.name, version: 2 });
  });

  it('can be acknowledged before any console noted them, several at once, all or none', async () => {
    const [one, two] = [await incident(), await incident('III')];
    expect((await acknowledge(county, of(one), of(two))).map(({ acknowledgedBy }) => acknowledgedBy)).toEqual([county.name, county.name]); // prettier-ignore
    const three = await incident();
    const foreign = of(three, { societyId: await world.id('society', '330100') });
    await expect(acknowledge(county, of(three), foreign)).rejects.toEqual(refused('society.not-found'));
    expect((await world.app.query(`select 1 from alarm where incident_id = $1`, [three.id])).length).toBe(0);
  });

  it('belong to nobody who does not see the desk or the incident, or has no duty there', async () => {
    const about = await incident();
    const { id } = await raise(county, of(about));
    await expect(raise(hangzhou, of(about))).rejects.toEqual(refused('society.not-found'));
    await expect(raise(hangzhou, of(about, { societyId: await world.id('society', '330100') }))).rejects.toEqual(refused('incident.not-found')); // prettier-ignore
    await expect(alarms.snoozeAlarm(hangzhou, id, { minutes: 5, reason: '试' })).rejects.toEqual(refused('alarm.not-found')); // prettier-ignore
    await expect(alarms.wakeAlarm(hangzhou, id)).rejects.toEqual(refused('alarm.not-found'));
    const auditor = await world.app.as('auditor.330000');
    await expect(raise(auditor, of(about))).rejects.toEqual(refused('access.denied'));
    await expect(alarms.snoozeAlarm(auditor, id, { minutes: 5, reason: '试' })).rejects.toEqual(
      refused('access.denied'),
    );
    await note(hangzhou, { gone: [id] });
    expect(await shown(county, id)).toBeDefined();
  });

  it('put aside stay visible with reason and end, and ring again at the end (C-17)', async () => {
    const about = await incident();
    const { id } = await raise(county, of(about));
    await expect(alarms.snoozeAlarm(county, id, { minutes: 31, reason: '已电话核实' })).rejects.toEqual(refused('alarm.snooze-too-long', { most: 30 })); // prettier-ignore
    const aside = await agreeing(() => alarms.snoozeAlarm(county, id, { minutes: 30, reason: '已电话核实' }));
    expect(await shown(city, id)).toEqual(aside);
    expect(aside).toMatchObject({ snoozedBy: county.name, snoozeReason: '已电话核实', acknowledgedAt: null });
    expect(Date.parse(aside.snoozedUntil!) - Date.parse(aside.snoozedAt!)).toBe(30 * MINUTE_MS);
    await expect(alarms.snoozeAlarm(city, id, { minutes: 5, reason: '再等' })).rejects.toEqual(refused('alarm.step-not-allowed', { status: 'snoozed' })); // prettier-ignore
    for (let minutes = 0; minutes < 30; minutes += 5) {
      forward(5 * MINUTE_MS - 1);
      await note(county, { standing: [id] });
      await watch.look();
      expect(await shown(county, id)).toMatchObject({ snoozedBy: county.name, level: 0 });
    }
    forward(10);
    await agreeing(() => watch.look());
    expect(await shown(county, id)).toMatchObject({ snoozedUntil: null, snoozeReason: null, acknowledgedAt: null });
    expect((await told(id)).at(-1)).toEqual({ kind: 'alarm.snooze-ended', by: 'alarms.watch' });
    await alarms.snoozeAlarm(county, id, { minutes: 5, reason: '再等' });
    await agreeing(() => alarms.wakeAlarm(city, id));
    expect(await shown(county, id)).toMatchObject({ snoozedUntil: null });
    await expect(alarms.wakeAlarm(county, id)).rejects.toEqual(refused('alarm.step-not-allowed', { step: 'wake' }));
  });

  it('of a lower grade may lie longer', async () => {
    const about = await incident('III');
    const { id } = await raise(county, of(about));
    const aside = await alarms.snoozeAlarm(county, id, { minutes: 480, reason: '等天亮' });
    expect(Date.parse(aside.snoozedUntil!) - Date.parse(aside.snoozedAt!)).toBe(480 * MINUTE_MS);
  });

  it('count what comes back within a minute and keep its answer; later it is another alarm (C-17)', async () => {
    const about = await incident();
    const { id } = await raise(county, of(about));
    await acknowledge(county, of(about));
    await agreeing(() => note(county, { gone: [id, id] }));
    expect(await shown(county, id)).toBeUndefined();
    forward(MINUTE_MS);
    const again = await agreeing(() => raise(county, of(about)));
    expect(again).toMatchObject({ id, raises: 2, acknowledgedBy: county.name, clearedAt: null });
    await note(county, { gone: [id] });
    forward(MINUTE_MS + 1);
    const later = await raise(county, of(about));
    expect(later.id).not.toBe(id);
    expect(later).toMatchObject({ raises: 1, acknowledgedAt: null });
  });

  it('keep their answer when no console has shown them for a while', async () => {
    const about = await incident();
    const { id } = await raise(county, of(about));
    await acknowledge(county, of(about));
    forward(10 * MINUTE_MS + 1);
    await agreeing(() => watch.look());
    expect(await shown(county, id)).toBeUndefined();
    forward(8 * 60 * MINUTE_MS);
    expect(await agreeing(() => raise(county, of(about)))).toMatchObject({
      id,
      raises: 1,
      acknowledgedBy: county.name,
    });
  });

  it('that are grave and unanswered go on to the desks above, one after another, once each (C-20)', async () => {
    const about = await incident('I');
    const { id } = await raise(county, of(about));
    const step = async () => {
      forward(30_000);
      await note(county, { standing: [id] });
      forward(30_000);
      await agreeing(() => Promise.all([watch.look(), watch.look()]));
      return (await shown(county, id))!.level;
    };
    expect([await step(), await step(), await step()]).toEqual([1, 2, 2]);
    const hops = (await told(id)).filter(({ kind }) => kind.startsWith('alarm.passed-on'));
    expect(hops).toEqual(Array(2).fill({ kind: 'alarm.passed-on-unanswered', by: 'alarms.watch' }));
    await acknowledge(province, of(about));
    expect(await shown(county, id)).toMatchObject({ acknowledgedBy: province.name, level: 2 });
  });

  it('that are answered stay; those of a desk at which nobody sits go on, whatever their grade', async () => {
    const [answered, small, unmanned] = [await incident('I'), await incident('IV'), await incident('IV')];
    const [one, two, three] = [await raise(county, of(answered)), await raise(county, of(small)), await raise(city, of(unmanned))]; // prettier-ignore
    await acknowledge(county, of(answered));
    forward(MINUTE_MS);
    await note(county, { standing: [one.id, two.id] });
    await watch.look();
    const levels = await Promise.all([one, two, three].map(async ({ id }) => (await shown(county, id))!.level));
    expect(levels).toEqual([0, 0, 1]);
    expect((await told(three.id)).at(-1)!.kind).toBe('alarm.passed-on-unmanned');
  });

  it('are reported by desk and span, exercises left out', async () => {
    const from = world.app.clock.now().toISOString();
    const [real, second, exercise] = [await incident('I'), await incident('III'), await incident('I', { exercise: true })]; // prettier-ignore
    for (const about of [real, second, exercise]) await raise(county, of(about));
    forward(90_000);
    await acknowledge(county, of(real));
    forward(60 * MINUTE_MS);
    const to = world.app.clock.now().toISOString();
    const health = (desk: Desk, society = societyId) => world.app.get(AlarmHealthService).health(desk, alarmHealthQuery.parse({ societyId: society, from, to })); // prettier-ignore
    expect(await health(county)).toMatchObject({
      raised: 2, operatorHours: 1.025, operatorHoursBy: 'span', answered: 1, unanswered: 1, acknowledgeP50S: 90, floodShare: 0, chattering: 0,
      bySeverity: [{ raised: 1, share: 0.5 }, { raised: 0 }, { raised: 1 }, { raised: 0 }],
    }); // prettier-ignore
    expect((await health(city, await world.id('society', '331000'))).raised).toBe(0);
    await expect(health(hangzhou)).rejects.toEqual(refused('society.not-found'));
    expect(alarmHealthQuery.safeParse({ societyId, from: to, to: from }).success).toBe(false);
  });
});
