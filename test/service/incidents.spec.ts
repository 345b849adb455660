import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemActor, teamKey } from '../../src/access/index.js';
import { inTransaction } from '../../src/database/index.js';
import {
  endIncident, IncidentsService, lockIncident, noteIncidentProgress, openIncidentRows, shareIncident,
  type IncidentDto,
} from '../../src/incidents/index.js'; // prettier-ignore
import { reportIncident, setNeeds } from '../../src/incidents/incidents.dto.js';
import { startApp, type TestApp } from '../support/app.js';
import { expectConsoleAgrees } from '../support/console.js';

type Desk = Awaited<ReturnType<TestApp['as']>>;
type Four = [Desk, Desk, Desk, Desk];
const DESKS = ['duty.330000', 'duty.331000', 'duty.331082', 'duty.330100'];
const LINHAI = { lon: 121.14, lat: 28.862 };

describe('incidents', () => {
  let app: TestApp;
  let incidents: IncidentsService;
  let province: Desk;
  let city: Desk;
  let county: Desk;
  let hangzhou: Desk;
  beforeAll(async () => {
    app = await startApp();
    incidents = app.get(IncidentsService);
    [province, city, county, hangzhou] = (await Promise.all(DESKS.map((desk) => app.as(desk)))) as Four;
  }, 120_000);
  afterAll(() => app?.close());

  const agreeing = <T>(command: () => Promise<T>) => expectConsoleAgrees(app, DESKS, command);
  const report = (desk: Desk, more: object = {}) =>
    incidents.reportIncident(
      desk,
      reportIncident.parse({ kind: 'flood', location: LINHAI, placeText: '临海古城', ...more }),
    );
  const societyId = async (adcode: string) =>
    (await app.query<{ id: string }>(`select id from society where adcode = $1`, [adcode]))[0]!.id;
  const needs = (version: number, more: object) => setNeeds.parse({ version, ...more });
  const tell = (step: 'responding' | 'on-scene', incidentId: string) =>
    inTransaction(app.db, (tx) =>
      noteIncidentProgress(tx, incidentId, { step, at: app.clock.now(), actor: systemActor('test') }),
    );
  const end = (desk: Desk, step: 'close' | 'dismiss', { id, version }: IncidentDto, reason?: string) =>
    inTransaction(app.db, (tx) =>
      endIncident(tx, { id, step, input: { version, reason }, actor: desk, now: app.clock.now() }),
    );
  const itemIds = async (...codes: string[]) => {
    const rows = await app.query<{ id: string; code: string }>(`select id, code from item where code = any($1)`, [
      codes,
    ]);
    return codes.map((code) => rows.find((row) => row.code === code)!.id);
  };

  it('puts a report under the nearest county and the lead of whoever took it, with one number series a county', async () => {
    const first = await agreeing(() => report(county, { severity: 'III' }));
    const second = await agreeing(() => report(province));
    const linhai = await societyId('331082');
    expect(first).toMatchObject({
      status: 'reported',
      title: '临海古城',
      societyId: linhai,
      leadSocietyId: linhai,
      version: 1,
    });
    expect([second.societyId, second.leadSocietyId]).toEqual([linhai, await societyId('330000')]);
    const [a, b] = [first, second].map(({ number }) => /^2026-331082-(\d{4})$/.exec(number)![1]);
    expect(Number(b)).toBe(Number(a) + 1);
  });

  it('turns no call away: a place elsewhere is told to its own county, and led by who took the call', async () => {
    const taken = await agreeing(() => report(hangzhou));
    expect([taken.societyId, taken.leadSocietyId]).toEqual([await societyId('331082'), await societyId('330100')]);
    expect((await incidents.incident(county, taken.id)).id).toBe(taken.id);
    const led = await agreeing(async () =>
      incidents.takeLead(county, taken.id, { version: 1, societyId: await societyId('331082'), reason: '本地接手' }),
    );
    expect(led).toMatchObject({ leadSocietyId: await societyId('331082'), version: 2 });
    expect((await incidents.incident(hangzhou, taken.id)).version).toBe(2);
    await expect(incidents.verifyIncident(hangzhou, taken.id, { version: 2 })).rejects.toMatchObject({
      code: 'access.denied',
    });
  });

  it('refuses a named society that is not below the officer, and one that does not exist', async () => {
    const named = async (adcode: string) => report(county, { societyId: await societyId(adcode) });
    await expect(named('330100')).rejects.toMatchObject({ code: 'access.denied', status: 403 });
    await expect(named('331000')).rejects.toMatchObject({ code: 'access.denied' });
    const nowhere = report(county, { societyId: '00000000-0000-7000-8000-000000000000' });
    await expect(nowhere).rejects.toMatchObject({ code: 'society.not-found' });
    await expect(report(county, { occurredAt: '2027-01-01T00:00:00Z' })).rejects.toMatchObject({
      code: 'request.invalid',
    });
    expect((await report(county, { kind: 'event-standby', occurredAt: '2026-10-01T00:00:00Z' })).occurredAt).toMatch(
      /^2026-10/,
    );
  });

  it('moves a point of a phone map by half a kilometre and keeps what the phone said', async () => {
    const { location, rawLocation } = await report(county, { location: { ...LINHAI, datum: 'GCJ02' } });
    expect(rawLocation).toEqual({ ...LINHAI, datum: 'GCJ02' });
    expect(location.lon).toBeLessThan(LINHAI.lon - 0.003);
    expect(location.lat).toBeGreaterThan(LINHAI.lat + 0.001);
  });

  it('hides an incident from societies beside it, and lets those above act on it', async () => {
    const { id, version } = await report(county);
    await expect(incidents.incident(hangzhou, id)).rejects.toMatchObject({ code: 'incident.not-found', status: 404 });
    await expect(incidents.verifyIncident(hangzhou, id, { version })).rejects.toMatchObject({
      code: 'incident.not-found',
    });
    const auditor = await app.as('auditor.330000');
    await expect(incidents.verifyIncident(auditor, id, { version })).rejects.toMatchObject({ code: 'access.denied' });
    expect((await agreeing(() => incidents.verifyIncident(city, id, { version }))).verifiedAt).toBe(
      app.clock.now().toISOString(),
    );
  });

  it('goes from report to closing, partly by what the teams do, and once more after reopening', async () => {
    const lead = await app.as('lead.330000');
    const { id } = await report(county);
    await agreeing(() => incidents.verifyIncident(county, id, { version: 1 }));
    await agreeing(() => tell('responding', id));
    const firstResponse = app.clock.now().toISOString();
    app.clock.forward(60_000);
    await tell('responding', id);
    await agreeing(() => tell('on-scene', id));
    await tell('responding', id);
    const onScene = await incidents.incident(county, id);
    expect(onScene).toMatchObject({ status: 'on-scene', respondingAt: firstResponse, version: 4 });
    await agreeing(() => incidents.stabiliseIncident(county, id, { version: 4 }));
    const winding = await agreeing(() => incidents.demobiliseIncident(county, id, { version: 5 }));
    const closed = await agreeing(() => end(county, 'close', winding));
    expect(closed).toMatchObject({ status: 'closed', version: 7 });
    await expect(incidents.setNeeds(county, id, needs(7, {}))).rejects.toMatchObject({
      code: 'incident.step-not-allowed',
    });
    await expect(incidents.reopenIncident(county, id, { version: 7, reason: 'x' })).rejects.toMatchObject({
      code: 'access.denied',
    });
    await expect(incidents.reopenIncident(lead, id, { version: 7 })).rejects.toMatchObject({
      code: 'incident.reason-required',
    });
    const again = await agreeing(() => incidents.reopenIncident(lead, id, { version: 7, reason: '又有来电' }));
    expect(again).toMatchObject({
      status: 'verified',
      statusReason: '又有来电',
      closedAt: closed.closedAt,
      respondingAt: firstResponse,
    });
  });

  it('does not count a team as responding to what nobody has verified', async () => {
    const { id } = await report(county);
    await tell('on-scene', id);
    expect((await incidents.incident(county, id)).version).toBe(1);
  });

  it('merges the second call into the first and keeps both', async () => {
    const first = await report(county);
    const second = await report(county);
    const input = { version: 1, intoId: first.id };
    const now = app.clock.now();
    const merge = () =>
      inTransaction(app.db, (tx) => endIncident(tx, { id: second.id, step: 'merge', input, actor: county, now }));
    expect(await agreeing(merge)).toMatchObject({ status: 'merged', mergedIntoId: first.id });
    expect(await incidents.incident(county, first.id)).toMatchObject({ absorbedIds: [second.id], version: 2 });
    await expect(merge()).rejects.toMatchObject({ code: 'incident.stale' });
    const unfounded = await agreeing(async () => end(county, 'dismiss', await report(county), '误报'));
    expect(unfounded).toMatchObject({ status: 'dismissed', statusReason: '误报' });
  });

  it('lets the city take the lead, and the county not take it back', async () => {
    const { id } = await report(county);
    const [linhai, taizhou, hangzhouId] = await Promise.all(['331082', '331000', '330100'].map(societyId));
    const take = (desk: Desk, version: number, to: string) =>
      incidents.takeLead(desk, id, { version, societyId: to, reason: '统一指挥', commander: '示范' });
    expect(await agreeing(() => take(city, 1, taizhou!))).toMatchObject({ leadSocietyId: taizhou, commander: '示范' });
    await expect(take(county, 2, linhai!)).rejects.toMatchObject({ code: 'access.denied' });
    await expect(take(city, 1, linhai!)).rejects.toMatchObject({ code: 'incident.stale', params: { version: 2 } });
    await expect(take(province, 2, hangzhouId!)).rejects.toMatchObject({ code: 'incident.lead-outside' });
    expect(await agreeing(() => take(city, 2, linhai!))).toMatchObject({ leadSocietyId: linhai });
  });

  it('shows an incident to the leader of a team that was sent there, from that moment', async () => {
    const leader = await app.as('leader.T-331082-WR-1');
    const { id } = await report(county);
    await expect(incidents.incident(leader, id)).rejects.toMatchObject({ code: 'incident.not-found' });
    const team = leader.grants[0]!.teamId!;
    const share = () =>
      inTransaction(app.db, (tx) => shareIncident(tx, id, { keys: [teamKey(team)], actor: systemActor('test') }));
    await expectConsoleAgrees(app, ['leader.T-331082-WR-1', 'duty.331082'], share);
    await share();
    expect((await incidents.incident(leader, id)).version).toBe(2);
    expect((await app.read((tx) => openIncidentRows(tx, leader.keys))).map((row) => row.id)).toContain(id);
    await expect(incidents.verifyIncident(leader, id, { version: 2 })).rejects.toMatchObject({ code: 'access.denied' });
  });

  it('replaces the list of needs and keeps the ids of those that stay', async () => {
    const { id } = await report(county);
    const [packs, water] = await itemIds('FK01', 'WF01');
    const list = {
      capabilities: [{ speciality: 'water', headcount: 16, priority: 1 }],
      items: [{ itemId: packs, units: 750, priority: 1 }],
    };
    const first = await agreeing(() => incidents.setNeeds(county, id, needs(1, list)));
    const changed = {
      items: [
        { itemId: packs, units: 900, priority: 2, neededBy: '2026-07-21T12:00:00+08:00' },
        { itemId: water, units: 60, priority: 1 },
      ],
    };
    const second = await agreeing(() => incidents.setNeeds(county, id, needs(2, changed)));
    expect(second.needs.capabilities).toEqual([]);
    expect(second.needs.items[1]).toEqual({
      id: first.needs.items[0]!.id,
      itemId: packs,
      units: 900,
      priority: 2,
      neededBy: '2026-07-21T04:00:00.000Z',
    });
    expect(await incidents.incident(county, id)).toEqual(second);
    expect((await inTransaction(app.db, (tx) => lockIncident(tx, id)))!.needs).toEqual(second.needs);
    const twice = { items: [{ itemId: packs, units: 1, priority: 1 }, { itemId: packs, units: 1, priority: 1 }] }; // prettier-ignore
    await expect(incidents.setNeeds(county, id, needs(3, twice))).rejects.toMatchObject({
      code: 'incident.need-repeated',
    });
  });

  it('refuses a need for goods that the catalogue does not have, where the catalogue stands beside it', async () => {
    await app.query(`alter table incident_need drop constraint if exists incident_need_item`);
    await app.query(
      `alter table incident_need add constraint incident_need_item foreign key (item_id) references item`,
    );
    const { id } = await report(county);
    const unknown = needs(1, { items: [{ itemId: id, units: 1, priority: 1 }] });
    await expect(incidents.setNeeds(county, id, unknown)).rejects.toMatchObject({
      code: 'item.not-found',
      params: { id },
    });
  });

  it('lets one of two officers set the needs who saw the same version', async () => {
    const { id } = await report(county);
    const ask = (desk: Desk, headcount: number) =>
      incidents.setNeeds(desk, id, needs(1, { capabilities: [{ speciality: 'relief', headcount, priority: 1 }] }));
    const outcome = await agreeing(() => Promise.allSettled([ask(county, 1), ask(city, 2), ask(province, 3)]));
    expect(outcome.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    const refused = outcome.flatMap((one) =>
      one.status === 'rejected' ? [(one.reason as { code: string }).code] : [],
    );
    expect(refused).toEqual(['incident.stale', 'incident.stale']);
    expect((await incidents.incident(county, id)).version).toBe(2);
  });

  it('gives every one of 20 reports at once its own number, without a gap', async () => {
    const taken = await Promise.all(
      Array.from({ length: 20 }, () => report(city, { location: { lon: 121.228, lat: 28.139 } })),
    );
    const numbers = taken.map(({ number }) => Number(number.slice(-4))).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
  });
});
