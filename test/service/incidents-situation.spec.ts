import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { IncidentsService, openIncidentIds, SituationService } from '../../src/incidents/index.js';
import { incidentsQuery, reportIncident, reportSituation } from '../../src/incidents/incidents.dto.js';
import { startApp, type TestApp } from '../support/app.js';
import { expectConsoleAgrees } from '../support/console.js';

type Desk = Awaited<ReturnType<TestApp['as']>>;
type Four = [Desk, Desk, Desk, Desk];
const DESKS = ['duty.330000', 'duty.331000', 'duty.331082', 'duty.330100'];
const LINHAI = { lon: 121.14, lat: 28.862 };

describe('the situation of an incident', () => {
  let app: TestApp;
  let incidents: IncidentsService;
  let situation: SituationService;
  let province: Desk;
  let city: Desk;
  let county: Desk;
  let hangzhou: Desk;
  beforeAll(async () => {
    app = await startApp();
    incidents = app.get(IncidentsService);
    situation = app.get(SituationService);
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

  it('estimates needs for the month, and stores nothing', async () => {
    const { id } = await report(county);
    const { items } = await incidents.estimateNeeds(county, id, { sheltered: 240, days: 1 });
    expect(items.find((item) => item.itemCode === 'FK01')).toMatchObject({ low: 48, mid: 100, high: 112 });
    expect(items.map((item) => item.itemCode)).toContain('BD03');
    const winter = await incidents.estimateNeeds(county, id, { sheltered: 240, days: 1, on: '2026-12-01' });
    expect(winter.items.map((item) => item.itemCode)).not.toContain('BD03');
    expect((await incidents.incident(county, id)).version).toBe(1);
  });

  it('keeps the newest figures of Lekima, whatever comes late, and proposes levels from them', async () => {
    const { id } = await report(province, { kind: 'typhoon', severity: 'I', societyId: await societyId('330000') });
    const say = (asOf: string, figures: object, more: object = {}) =>
      situation.reportSituation(
        province,
        id,
        reportSituation.parse({ stage: 'follow-up', asOf: `2019-08-${asOf}:00+08:00`, figures, ...more }),
      );
    await agreeing(() => say('11T06:30', { dead: 28, missing: 20 }));
    const second = await agreeing(() =>
      say('11T08:00', { affected: 4_979_000, moved: 1_079_000, movedCollective: 497_000, movedDispersed: 582_000 }),
    );
    const levels = second.levelProposals.map(({ params }) => [params.by, params.level, params.value]);
    expect(levels).toEqual([['deadAndMissing', 'IV', 48], ['moved', 'II', 1_079_000]]); // prettier-ignore
    await say('11T13:30', { affected: 5_358_000, dead: 32, missing: 16, moved: 1_202_000 });
    const late = await agreeing(() => say('11T08:00', { affected: 4_979_000, moved: 1_079_000, dead: 0 }));
    expect(late).toMatchObject({
      serial: 4,
      effectiveFigures: { affected: 5_358_000, dead: 32, missing: 16, moved: 1_202_000 },
    });
    const fell = say('11T14:00', { moved: 1_200_000 });
    await expect(fell).rejects.toMatchObject({
      code: 'situation-report.figure-fell',
      params: { figure: 'moved', from: 1_202_000, to: 1_200_000 },
    });
    await say('11T14:00', { moved: 1_200_000 }, { correctionReason: '重复统计' });
    await say('12T06:00', { dead: 33, missing: 15 });
    const shown = await incidents.incident(province, id);
    expect(shown).toMatchObject({
      figures: { dead: 33, missing: 15, moved: 1_200_000 },
      figuresAsOf: '2019-08-11T22:00:00.000Z',
    });
    await expect(
      situation.reportSituation(county, id, {
        stage: 'first',
        channel: 'written',
        asOf: '2019-08-11T00:00:00Z',
        figures: {},
        note: '',
      }),
    ).rejects.toMatchObject({ code: 'incident.not-found' });
    const page = await situation.reports(province, id, { limit: 4 });
    expect(page.items.map((one) => one.serial)).toEqual([6, 5, 4, 3]);
    const rest = await situation.reports(province, id, { limit: 4, cursor: page.nextCursor! });
    expect([rest.items.map((one) => one.serial), rest.nextCursor]).toEqual([[2, 1], null]);
  });

  it('lists by status, kind, place and society, in pages that neither repeat nor leave out', async () => {
    const near = await report(county, { kind: 'chemical', location: { lon: 121.5, lat: 28.7 } });
    const far = await report(county, {
      kind: 'chemical',
      location: { lon: 120.7, lat: 28.85 },
      societyId: await societyId('331082'),
    });
    const list = async (desk: Desk, query: object) =>
      (await incidents.incidents(desk, incidentsQuery.parse(query))).items.map((one) => one.id);
    expect((await list(city, { kind: 'chemical' })).sort()).toEqual([near.id, far.id].sort());
    expect(await list(city, { kind: 'chemical', near: '121.51,28.7', withinM: '2000' })).toEqual([near.id]);
    expect(await list(city, { kind: 'chemical', bbox: '120.6,28.8,120.8,28.9' })).toEqual([far.id]);
    expect(await list(city, { kind: 'chemical', status: 'verified,closed' })).toEqual([]);
    expect(await list(city, { kind: 'chemical', societyId: await societyId('331082') })).toContain(far.id);
    expect(await list(hangzhou, { kind: 'chemical' })).toEqual([]);
    expect(await list(city, { exercise: 'true' })).toEqual([]);
    const paged: string[] = [];
    for (let cursor: string | undefined; paged.length < 200;) {
      const page = await incidents.incidents(province, incidentsQuery.parse({ limit: '7', cursor }));
      paged.push(...page.items.map((one) => one.id));
      if (!page.nextCursor) break;
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(await list(province, { limit: '500' }));
    expect(new Set(paged).size).toBe(paged.length);
    const open = await app.read(openIncidentIds);
    expect(open.sort()).toEqual(
      (
        await list(province, { status: 'reported,verified,responding,on-scene,stabilised,demobilising', limit: '500' })
      ).sort(),
    );
  });

  it('tells the story of an incident in order, to those who may hear it', async () => {
    const { id } = await report(county);
    await incidents.verifyIncident(county, id, { version: 1, occurredAt: '2026-07-20T18:00:00Z' });
    await situation.reportSituation(
      city,
      id,
      reportSituation.parse({ stage: 'first', asOf: '2026-07-20T18:30:00Z', figures: { moved: 12 } }),
    );
    await app.settled();
    const whole = await incidents.timeline(county, id, { limit: 100 });
    expect(whole.items.map((entry) => entry.kind)).toEqual([
      'incident.reported',
      'incident.verified',
      'situation.reported',
      'incident.figures-reported',
    ]);
    expect(whole.items[1]).toMatchObject({
      occurredAt: '2026-07-20T18:00:00.000Z',
      actorName: county.name,
      data: { status: 'verified' },
    });
    const first = await incidents.timeline(county, id, { limit: 3 });
    const rest = await incidents.timeline(county, id, { limit: 3, cursor: first.nextCursor! });
    expect([...first.items, ...rest.items]).toEqual(whole.items);
    await expect(incidents.timeline(hangzhou, id, { limit: 3 })).rejects.toMatchObject({ code: 'incident.not-found' });
  });

  it("answers over HTTP with the contract's paths and codes", async () => {
    const call = async (method: string, path: string, body?: object, headers: object = {}) => {
      const response = await fetch(`${app.url}/api/v1${path}`, {
        method, headers: { authorization: `Bearer ${county.token}`, 'content-type': 'application/json', ...headers },
        ...(body ? { body: JSON.stringify(body) } : {}),
      }); // prettier-ignore
      return {
        status: response.status,
        body: (await response.json()) as Record<string, never> & { id: string; version: number },
      };
    };
    const fresh = { kind: 'drowning', location: { lon: 121.05, lat: 28.9 }, placeText: '水库' };
    const key = { 'idempotency-key': 'one-call' };
    const made = await call('POST', '/incidents', fresh, key);
    expect([made.status, (await call('POST', '/incidents', fresh, key)).body]).toEqual([201, made.body]);
    expect((await call('POST', '/incidents', { ...fresh, placeText: '别处' }, key)).body).toMatchObject({
      code: 'idempotency.mismatch',
    });
    const { id } = made.body;
    expect((await call('POST', `/incidents/${id}/verify`, { version: 1 })).status).toBe(200);
    expect(await call('POST', `/incidents/${id}/verify`, { version: 1 })).toMatchObject({
      status: 409,
      body: { code: 'incident.stale' },
    });
    const again = await call('POST', `/incidents/${id}/verify`, { version: 2 });
    expect(again).toMatchObject({
      status: 409,
      body: { code: 'incident.step-not-allowed', params: { step: 'verify', status: 'verified' } },
    });
    expect((await call('PUT', `/incidents/${id}/needs`, { version: 2, capabilities: [], items: [] })).status).toBe(200);
    expect((await call('POST', `/incidents/${id}/needs/estimate`, { sheltered: 10 })).status).toBe(200);
    expect((await call('POST', `/incidents/${id}/needs/estimate`, { sheltered: 10, affected: 5 })).status).toBe(400);
    expect(
      (
        await call('POST', `/incidents/${id}/situation-reports`, {
          stage: 'first',
          asOf: '2026-07-20T18:00:00Z',
          figures: {},
        })
      ).status,
    ).toBe(201);
    for (const path of ['', '/timeline', '/situation-reports'])
      expect((await call('GET', `/incidents/${id}${path}`)).status).toBe(200);
    for (const query of [
      'status=open',
      'near=190,10',
      'bbox=3,2,1,4',
      'cursor=x',
      `cursor=${Buffer.from('[1e300,"x"]').toString('base64url')}`,
    ])
      expect(await call('GET', `/incidents?${query}`)).toMatchObject({
        status: 400,
        body: { code: 'request.invalid' },
      });
    expect((await call('GET', `/incidents?near=121,28&status=reported,verified&limit=1`)).status).toBe(200);
  });
});
