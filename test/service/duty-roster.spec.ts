import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessService } from '../../src/access/index.js';
import { addShift, makeRoster, rosterQuery } from '../../src/duty/duty.dto.js';
import { DutyRosterService, RosterWatchService } from '../../src/duty/index.js';
import { expectConsoleAgrees } from '../support/console.js';
import { type Desk, MissionWorld } from './mission-world.js';

const HOUR_MS = 3_600_000;
const DESKS = ['duty.330000', 'duty.331000', 'duty.330100'];
const UNIT = 'T-331082-WR-1-A';
const refused = (code: string) => expect.objectContaining({ code });

describe('the roster of a duty desk', () => {
  let world: MissionWorld;
  let rosters: DutyRosterService;
  let watch: RosterWatchService;
  let city: Desk, second: Desk, third: Desk, hangzhou: Desk;
  let societyId: string;

  beforeAll(async () => {
    world = await MissionWorld.open();
    [rosters, watch] = [world.app.get(DutyRosterService), world.app.get(RosterWatchService)];
    societyId = await world.id('society', '331000');
    [city, hangzhou] = [await world.app.as('duty.331000'), await world.app.as('duty.330100')];
    [second, third] = [await colleague('duty2.331000'), await colleague('duty3.331000')];
  }, 120_000);
  afterAll(() => world?.close());

  /** One officer more at the city's desk. */
  async function colleague(account: string): Promise<Desk> {
    const admin = await world.app.as('admin.330000');
    const access = world.app.get(AccessService);
    const user = await access.createUser(admin, { account, name: account, societyId, password: 'chiyuan-demo' });
    await access.grantRole(admin, user.id, { role: 'dutyOfficer', societyId });
    return world.app.as(account);
  }
  const at = (hours: number) => new Date(world.app.clock.now().getTime() + hours * HOUR_MS).toISOString();
  const agreeing = <T>(command: () => Promise<T>) => expectConsoleAgrees(world.app, DESKS, command);
  const put = (userId: string, from: number, to: number, more: object = {}) =>
    rosters.addShift(city, addShift.parse({ societyId, userId, startsAt: at(from), endsAt: at(to), ...more }));
  const read = (more: object = {}) => rosters.roster(city, rosterQuery.parse({ societyId, days: 3, ...more }));
  const clear = async () => {
    for (const { id, version } of (await read({ from: at(-240), days: 90 })).shifts)
      await rosters.cancelShift(city, id, { version, reason: '清空' }).catch(() => undefined);
  };
  const openNotices = () =>
    world.app.query<{ figures: Record<string, unknown>; toNames: string[] }>(
      `select figures, to_names as "toNames" from duty_notice where kind = 'roster-gap' and closed_at is null`,
    );

  it('is nothing to complain about while there is none', async () => {
    expect(await read()).toMatchObject({ kept: false, shifts: [], gaps: [], onDuty: [] });
    expect(await watch.lookAhead()).toBe(0);
    expect((await read()).people.map(({ name }) => name)).toEqual([city.name, 'duty2.331000', 'duty3.331000']);
  });

  it('is made in rotation without a gap, and told to whoever sees the desk', async () => {
    const userIds = [city.userId, second.userId, third.userId];
    const asked = makeRoster.parse({ societyId, from: '2026-07-20', days: 7, shiftHours: 8, userIds });
    const { shifts } = await agreeing(() => rosters.makeRoster(city, asked));
    expect(shifts).toHaveLength(21);
    expect(await read()).toMatchObject({ kept: true, gaps: [], doubles: [] });
    expect((await read()).onDuty.map(({ name }) => name)).toEqual(['duty3.331000']); // 03:00 is the night shift
    await expect(rosters.makeRoster(city, asked)).rejects.toEqual(refused('duty-shift.double-booked'));
    await expect(rosters.roster(hangzhou, rosterQuery.parse({ societyId }))).rejects.toEqual(refused('society.not-found'));
    await expect(rosters.makeRoster(hangzhou, asked)).rejects.toEqual(refused('society.not-found'));
    await clear();
  }); // prettier-ignore

  it('takes only people of the desk', async () => {
    await expect(put(hangzhou.userId, 1, 9)).rejects.toEqual(refused('duty-shift.not-of-desk'));
    await expect(put(city.userId, 9, 1)).rejects.toEqual(refused('duty-shift.span'));
    await expect(put(city.userId, 0, 8, { role: 'dutyLead' })).rejects.toEqual(refused('duty-shift.not-of-desk'));
  });

  it('shows its gaps and who sits at two places, and says so 72 hours ahead, once, until it is mended', async () => {
    await put(city.userId, -2, 20);
    const late = await put(second.userId, 24, 80);
    expect((await read()).gaps).toEqual([{ role: 'dutyOfficer', from: at(20), to: at(24) }]);
    const look = () => Promise.all([watch.lookAhead(), watch.lookAhead(), watch.lookAhead()]);
    await agreeing(look);
    await look();
    expect(await openNotices()).toEqual([
      { figures: { gaps: 1, from: at(20), to: at(24) }, toNames: expect.arrayContaining([city.name, second.name]) },
    ]);
    const disable = (off: boolean) => world.app.query(`update app_user set disabled_at = case when $2 then now() end where id = $1`, [second.userId, off]); // prettier-ignore
    const told = async () => (await openNotices())[0]!.toNames.includes(second.name);
    await disable(true);
    await agreeing(look);
    expect(await told()).toBe(false);
    await disable(false);
    await agreeing(look);
    expect(await told()).toBe(true);
    const mended = await agreeing(() => rosters.changeShift(city, late.id, { version: 1, startsAt: at(18), reason: '提前到岗' }));
    await agreeing(() => watch.lookAhead());
    expect(await openNotices()).toEqual([]);
    await agreeing(() => rosters.cancelShift(city, mended.id, { version: 2, reason: '病假' }));
    expect((await read()).gaps).toEqual([{ role: 'dutyOfficer', from: at(20), to: at(72) }]);
    await clear();
  }); // prettier-ignore

  it('counts nobody who has lost the role or the account', async () => {
    await put(third.userId, -1, 70);
    await put(third.userId, 70, 100);
    expect((await read()).gaps).toEqual([]);
    await world.app.query(`update app_user set disabled_at = now() where id = $1`, [third.userId]);
    expect(await read()).toMatchObject({ gaps: [{ role: 'dutyOfficer' }], shifts: [{ able: false }, { able: false }] });
    expect((await rosters.onDuty(city, societyId)).shifts).toEqual([]);
    await world.app.query(`update app_user set disabled_at = null where id = $1`, [third.userId]);
    await clear();
  });

  it('swaps both or neither, and once when two officers swap at the same moment', async () => {
    const [one, other] = [await put(city.userId, 1, 9), await put(second.userId, 9, 17)];
    const swap = () =>
      rosters.swapShifts(city, one.id, { version: 1, withId: other.id, withVersion: 1, reason: '家中有事' });
    const outcomes = await agreeing(() => Promise.allSettled(Array.from({ length: 8 }, swap)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toEqual(refused('duty-shift.stale')); // prettier-ignore
    const { shifts } = await read();
    expect(shifts.map(({ userId, reason, version }) => [userId, reason, version])).toEqual([
      [second.userId, '家中有事', 2],
      [city.userId, '家中有事', 2],
    ]);
    const far = await put(third.userId, 15, 23);
    const twice = await put(city.userId, 17, 20);
    await expect(
      rosters.swapShifts(city, shifts[0]!.id, { version: 2, withId: shifts[0]!.id, withVersion: 2, reason: 'x' }),
    ).rejects.toEqual(refused('duty-shift.not-alike'));
    await expect(
      rosters.swapShifts(city, shifts[0]!.id, { version: 2, withId: far.id, withVersion: 1, reason: 'x' }),
    ).resolves.toBeDefined();
    await rosters.cancelShift(city, twice.id, { version: 1, reason: 'x' });
    await clear();
  });

  it('refuses a swap that would seat somebody twice, and leaves both as they were', async () => {
    const [one, other] = [await put(city.userId, 1, 9), await put(second.userId, 9, 17)];
    await put(city.userId, 12, 20, { role: 'dutyOfficer' });
    await expect(
      rosters.swapShifts(city, one.id, { version: 1, withId: other.id, withVersion: 1, reason: 'x' }),
    ).rejects.toEqual(refused('duty-shift.double-booked'));
    expect((await read()).shifts.map(({ userId }) => userId)).toEqual([city.userId, second.userId, city.userId]);
    await clear();
  });

  describe('says who is called', () => {
    const stepsFor = async (code: string): Promise<string[][]> => {
      const incident = await world.verified(city, { societyId });
      const mission = await world.send(city, incident.id, { units: [code] });
      const [alert] = await world.app.query<{ steps: { role: string; people: { name: string }[] }[] }>(
        `select steps from alert where assignment_id = $1`,
        [mission.assignments[0]!.id],
      );
      await world.assignments.takeStep(city, mission.assignments[0]!.id, 'withdraw', { reason: '测试' });
      return alert!.steps.filter(({ role }) => role === 'duty').map(({ people }) => people.map(({ name }) => name));
    };
    const everybody = () => [city.name, 'duty2.331000', 'duty3.331000'];

    it('everybody at the desk without a roster', async () => {
      expect(await stepsFor(UNIT)).toEqual([everybody()]);
    });

    it('who is on duty first, and then everybody, so that nobody is lost', async () => {
      await put(second.userId, -1, 7);
      expect(await stepsFor(UNIT)).toEqual([['duty2.331000'], everybody()]);
      await clear();
    });

    it('everybody in a gap of the roster, and when who is on duty cannot be reached any more', async () => {
      await put(second.userId, 7, 15);
      expect(await stepsFor(UNIT)).toEqual([everybody()]);
      await put(third.userId, -1, 7);
      await world.app.query(`update app_user set disabled_at = now() where id = $1`, [third.userId]);
      expect(await stepsFor(UNIT)).toEqual([[city.name, 'duty2.331000']]);
      await world.app.query(`update app_user set disabled_at = null where id = $1`, [third.userId]);
      await clear();
    });

    it('after a whole shift of silence: the desk above, whoever is on duty there first', async () => {
      const incident = await world.verified(city, { societyId });
      await put(second.userId, -1, 7);
      const mission = await world.send(city, incident.id, { units: [UNIT] });
      for (let step = 0; step < 6; step++) {
        world.app.clock.forward(301_000);
        await world.escalation.moveOnOverdueAlerts();
      }
      const [call] = await world.app.query<{ names: string[] }>(
        `select array(select jsonb_path_query(steps, '$[*].people[*].name') #>> '{}') as names from alert where kind = 'duty-call' and assignment_id = $1`,
        [mission.assignments[0]!.id],
      );
      expect(call!.names).toEqual(expect.arrayContaining([(await world.app.as('duty.330000')).name]));
      expect(await world.faults()).toEqual([]);
    });
  });
});
