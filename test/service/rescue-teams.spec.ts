import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DutyService, RosterService, TeamsService, teamRows, unitRows } from '../../src/rescue-teams/index.js';
import { enrolMember, formUnit, registerTeam, teamsQuery } from '../../src/rescue-teams/rescue-teams.dto.js';
import { startApp, type TestApp } from '../support/app.js';
import { expectConsoleAgrees } from '../support/console.js';

type Desk = Awaited<ReturnType<TestApp['as']>>;
type Four = [Desk, Desk, Desk, Desk];
const DESKS = ['duty.330000', 'duty.331000', 'duty.331082', 'leader.T-331082-WR-1'];

describe('rescue teams', () => {
  let app: TestApp;
  let teams: TeamsService;
  let roster: RosterService;
  let province: Desk;
  let city: Desk;
  let county: Desk;
  let leader: Desk;
  let water: { id: string; units: string[] };
  beforeAll(async () => {
    app = await startApp();
    [teams, roster] = [app.get(TeamsService), app.get(RosterService)];
    [province, city, county, leader] = (await Promise.all(DESKS.map((desk) => app.as(desk)))) as Four;
    water = await teamOf('T-331082-WR-1');
  }, 120_000);
  afterAll(() => app?.close());

  const agreeing = <T>(command: () => Promise<T>) => expectConsoleAgrees(app, DESKS, command);
  const teamOf = async (code: string) => {
    const rows = await app.query<{ team: string; unit: string }>(
      `select t.id as team, u.id as unit from team t join team_unit u on u.team_id = t.id where t.code = $1 order by u.code`, [code]); // prettier-ignore
    return { id: rows[0]!.team, units: rows.map((row) => row.unit) };
  };
  const societyId = async (adcode: string) =>
    (await app.query<{ id: string }>(`select id from society where adcode = $1`, [adcode]))[0]!.id;
  const shown = async (id: string) =>
    (await app.read((tx) => unitRows(tx, province.keys))).find((row) => row.id === id)!;
  const newTeam = async (code: string, base = { lon: 121.1, lat: 28.8 }) =>
    teams.registerTeam(county, registerTeam.parse({
      code, name: '临海示范队', nameEn: 'Linhai demo', speciality: 'mountain', societyId: await societyId('331082'), departureTargetMin: 30, base,
    })); // prettier-ignore
  const member = (more: object = {}) => enrolMember.parse({ name: '示范队员', phone: '13900001111', ...more });
  const certificate = { kind: 'first-aid', number: 'X1', validUntil: '2027-07-21' };

  it('shows every team and unit of the demonstration to the province, none of them not ready', async () => {
    const units = await app.read((tx) => unitRows(tx, province.keys));
    expect([units.length, (await app.read((tx) => teamRows(tx, province.keys))).length]).toEqual([192, 96]);
    const states = units.map((row) => row.state);
    expect([
      states.filter((state) => state === 'stood-down').length,
      states.filter((state) => state === 'available').length,
    ]).toEqual([5, 187]);
    const wanted = await app.query<{ id: string; n: number }>(
      `select m.unit_id as id, count(*) filter (where m.insured_until is null or m.insured_until < '2026-07-21') as n from team_member m
       where m.unit_id is not null group by 1`,
    );
    for (const { id, n } of wanted) {
      const reason = units.find((row) => row.id === id)!.reasons.find(({ code }) => code === 'insurance-missing');
      expect(reason?.params.count ?? 0).toBe(n);
    }
  });

  it('lets a county see the teams of its city and province above it, and not those beside it', async () => {
    const rows = await app.read((tx) => teamRows(tx, county.keys));
    const codes = rows.map((row) => row.code.slice(2, 8));
    expect(new Set(codes)).toEqual(new Set(['331082', '331000', ...codes.filter((code) => code === '330000')]));
    const beside = await teamOf('T-331081-WR-1');
    await expect(roster.team(county, beside.id)).rejects.toMatchObject({ code: 'team.not-found', status: 404 });
  });

  it('registers a team that becomes ready as people and papers arrive, and tells every step of it', async () => {
    const team = await agreeing(() => newTeam('T-331082-MT-1'));
    const form = formUnit.parse({
      code: 'T-331082-MT-1-A',
      name: '第一分队',
      capabilities: ['mountain', 'mountain'],
      headcount: 4,
    });
    const formed = await agreeing(() => teams.formUnit(county, team.id, form));
    expect(formed).toMatchObject({
      state: 'not-ready',
      capabilities: ['mountain'],
      version: 1,
      position: { lon: 121.1, lat: 28.8 },
    });
    expect(formed.reasons.map(({ code }) => code)).toEqual(['no-leader', 'no-deputy', 'too-few-certified']);
    const enrol = (more: object) =>
      agreeing(() =>
        teams.enrolMember(county, team.id, member({ unitId: formed.id, credentials: [certificate], ...more })),
      );
    await enrol({ position: 'leader', insuredUntil: '2027-01-01' });
    expect(await shown(formed.id)).toMatchObject({ state: 'available', stateSince: app.clock.now().toISOString() });
    await enrol({ position: 'deputy', credentials: [] });
    const reasons = (await shown(formed.id)).reasons.map(({ code, params }) => [code, params.effect, params.count]);
    expect(reasons).toEqual([['too-few-certified', 'limits', 1], ['insurance-missing', 'limits', 1]]); // prettier-ignore
    const again = teams.enrolMember(county, team.id, member({ position: 'leader' }));
    await expect(again).rejects.toMatchObject({ code: 'member.exists', status: 409 });
    await agreeing(() =>
      teams.addEquipment(county, team.id, {
        unitId: formed.id,
        kind: 'rope-set',
        name: '绳索',
        quantity: 4,
        inspectionDueOn: '2026-07-01',
        status: 'in-repair',
      }),
    );
    expect((await shown(formed.id)).reasons.map(({ code }) => code).slice(2)).toEqual([
      'equipment-inspection-overdue',
      'equipment-in-repair',
    ]);
    expect((await roster.equipment(county, team.id, { limit: 10 })).items).toHaveLength(1);
    expect(await roster.team(county, team.id)).toMatchObject({
      members: 2,
      leaderName: '示范队员',
      units: [{ id: formed.id }],
    });
  });

  it("refuses a second team or unit of one code, a unit of another team, and work outside the officer's societies", async () => {
    await expect(newTeam('T-331082-WR-1')).rejects.toMatchObject({ code: 'team.exists', status: 409 });
    const form = formUnit.parse({ code: 'T-331082-WR-1-A', name: '分队', capabilities: ['water'], headcount: 4 });
    await expect(teams.formUnit(county, water.id, form)).rejects.toMatchObject({ code: 'team-unit.exists' });
    const foreign = (await teamOf('T-331081-WR-1')).units[0];
    await expect(teams.enrolMember(county, water.id, member({ unitId: foreign }))).rejects.toMatchObject({
      code: 'team-unit.not-found',
    });
    const above = await teamOf('T-331000-RL-1');
    await expect(teams.enrolMember(county, above.id, member())).rejects.toMatchObject({
      code: 'access.denied',
      status: 403,
    });
    await expect(teams.enrolMember(leader, water.id, member())).rejects.toMatchObject({ code: 'access.denied' });
    await expect(app.get(DutyService).standDown(county, above.id, {})).rejects.toMatchObject({ code: 'access.denied' });
  });

  it('moves a team with its units to a new base, against the version that was seen', async () => {
    const team = await newTeam('T-331082-MT-2');
    const form = formUnit.parse({
      code: 'T-331082-MT-2-A',
      name: '第一分队',
      capabilities: ['mountain'],
      headcount: 4,
    });
    const { id } = await teams.formUnit(county, team.id, form);
    const amend = (version: number) =>
      teams.amendTeam(county, team.id, { version, name: '新名', base: { lon: 121.2, lat: 28.7, datum: 'WGS84' } });
    expect(await agreeing(() => amend(1))).toMatchObject({ name: '新名', base: { lon: 121.2, lat: 28.7 }, version: 2 });
    expect(await shown(id)).toMatchObject({
      teamName: '新名',
      base: { lon: 121.2, lat: 28.7 },
      position: { lon: 121.2, lat: 28.7 },
    });
    await expect(amend(1)).rejects.toMatchObject({ code: 'team.stale', status: 409, params: { version: 2 } });
  });

  it("shows telephone numbers to duty, administration and the team's own leader, and keeps them out of the record", async () => {
    const phoneOf = async (desk: Desk) => (await roster.members(desk, water.id, { limit: 3 })).items[2]!.phone;
    const [{ phone }] = (await app.query<{ phone: string }>(
      `select phone from team_member where team_id = $1 and position = 'member' order by id limit 1`, [water.id])) as [{ phone: string }]; // prettier-ignore
    const [other, auditor, admin, besideLeader] = await Promise.all(
      ['leader.T-331081-WR-1', 'auditor.330000', 'admin.330000', 'duty.331081'].map((account) => app.as(account)),
    );
    for (const desk of [county, city, province, leader, admin!]) expect(await phoneOf(desk)).toBe(phone);
    expect(await phoneOf(auditor!)).toBe(`${phone.slice(0, 3)}****${phone.slice(-2)}`);
    for (const desk of [other!, besideLeader!])
      await expect(phoneOf(desk)).rejects.toMatchObject({ code: 'team.not-found' });
    const cityTeam = await teamOf('T-331000-RL-1');
    expect((await roster.members(county, cityTeam.id, { limit: 1 })).items[0]!.phone).toContain('****');
    await agreeing(() => teams.enrolMember(county, water.id, member({ phone: '13987654321' })));
    const told = await app.query(`select 1 from journal where body like '%13987654321%'`);
    expect(told).toEqual([]);
  });

  it('pages through members and equipment without repeating or leaving out', async () => {
    const all = await roster.members(county, water.id, { limit: 500 });
    expect(all.items.slice(0, 2).map((one) => one.position)).toEqual(['leader', 'deputy']);
    const paged: string[] = [];
    for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
      const page = await roster.members(county, water.id, { limit: 7, cursor });
      paged.push(...page.items.map((one) => one.id));
      cursor = page.nextCursor ?? undefined;
    }
    expect(paged).toEqual(all.items.map((one) => one.id));
    const kit = await roster.equipment(county, water.id, { limit: 500 });
    const first = await roster.equipment(county, water.id, { limit: 2 });
    const rest = await roster.equipment(county, water.id, { limit: 500, cursor: first.nextCursor! });
    expect([...first.items, ...rest.items]).toEqual(kit.items);
  });

  it('finds the nearest teams that can go, by real distance', async () => {
    const list = async (query: object) => await roster.teams(city, teamsQuery.parse(query));
    const { items } = await list({ near: '121.14,28.862', speciality: 'water', available: 'true' });
    expect(items[0]!.code).toBe('T-331082-WR-1');
    const distances = items.map((team) => team.distanceM!);
    expect(distances).toEqual([...distances].sort((a, b) => a - b));
    const [{ m }] = (await app.query<{ m: number }>(
      `select min(st_distance(location, st_setsrid(st_makepoint(121.14, 28.862), 4326)::geography)) as m from team_unit where team_id = $1`, [water.id])) as [{ m: number }]; // prettier-ignore
    expect(distances[0]).toBe(Math.round(m));
    const first = await list({ near: '121.14,28.862', limit: '3' });
    const second = await list({ near: '121.14,28.862', limit: '3', cursor: first.nextCursor! });
    const six = await list({ near: '121.14,28.862', limit: '6' });
    expect([...first.items, ...second.items].map((team) => team.id)).toEqual(six.items.map((team) => team.id));
    expect(
      (await list({ societyId: await societyId('331082') })).items.every((team) => team.code.startsWith('T-331082')),
    ).toBe(true);
    await expect(list({ societyId: water.id })).rejects.toMatchObject({ code: 'society.not-found' });
  });
});
