import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '../../src/access/index.js';
import { type IncidentDto, IncidentsService, SituationService } from '../../src/incidents/index.js';
import { estimateNeeds, reportIncident, reportSituation } from '../../src/incidents/incidents.dto.js';
import type { SuggestionDto } from '../../src/suggestions/suggestions.dto.js';
import { coverOf } from '../../web/src/dispatch/cover.rules.js';
import { startApp, type TestApp } from '../support/app.js';
import { audit } from '../support/auditor.js';
import { SuggestionDesk } from './suggestion-desk.js';

/** Typhoon Lekima, Zhejiang, 2019-08-11 13:30: figures as published that day. */
const FIGURES = {
  affected: 5_358_000,
  moved: 1_202_000,
  movedCollective: 538_000,
  movedDispersed: 664_000,
  dead: 32,
  missing: 16,
};
const WENLING = { lon: 121.38, lat: 28.37 };

describe('the situation of 11 August 2019, 13:30', () => {
  let app: TestApp;
  let desk: SuggestionDesk;
  let province: Actor;
  let incident: IncidentDto;
  beforeAll(async () => {
    app = await startApp();
    desk = new SuggestionDesk(app);
    province = await app.as('duty.330000');
    const [society] = await app.query<{ id: string }>(`select id from society where adcode = '330000'`);
    const report = {
      kind: 'typhoon',
      severity: 'II',
      placeText: '温岭（示范）',
      location: WENLING,
      societyId: society!.id,
    };
    const incidents = app.get(IncidentsService);
    const reported = await incidents.reportIncident(province, reportIncident.parse(report));
    incident = await incidents.verifyIncident(province, reported.id, { version: reported.version });
    const situation = reportSituation.parse({
      stage: 'follow-up',
      asOf: '2019-08-11T13:30:00+08:00',
      figures: FIGURES,
    });
    await app.get(SituationService).reportSituation(province, incident.id, situation);
    incident = await incidents.incident(province, incident.id);
  }, 180_000);
  afterEach(() => audit(app));
  afterAll(() => app?.close());

  const estimate = (special: object = {}) =>
    app.get(IncidentsService).estimateNeeds(province, incident.id, estimateNeeds.parse({ sheltered: FIGURES.movedCollective, days: 7, on: '2019-08-11', ...special })); // prettier-ignore

  it('gives needs as ranges with their rules, in season', async () => {
    const { items } = await estimate();
    const byCode = new Map(items.map((item) => [item.itemCode, item]));
    expect(byCode.get('FK01')).toMatchObject({
      low: 107_600,
      mid: 224_167,
      high: 250_233,
      rule: { params: { source: 'family-pack' } },
    });
    expect(byCode.has('BD03')).toBe(true);
    expect(byCode.has('BD01')).toBe(false);
    const supplied = [{ itemCode: 'SH07', units: 10_000, by: 'government' }];
    const beds = (await estimate({ supplied })).items.find(({ itemCode }) => itemCode === 'SH07');
    expect(beds?.mid).toBe(byCode.get('SH07')!.mid - 10_000);
  });

  it('8,000 packs reach 4.5 to 7.4 % of those in collective shelters, as published', () => {
    expect(coverOf('FK01', 8_000, FIGURES.movedCollective)).toEqual({ low: 4.5, high: 7.4 });
  });

  it('plans all that the demo has, says why no more, and what more would bring', async () => {
    const { items } = await estimate();
    const packs = items.find(({ itemCode }) => itemCode === 'FK01')!;
    const itemId = await desk.item('FK01');
    incident = await desk.need(province, incident, { items: [{ itemId, units: packs.mid, priority: 1 }] });
    const plan: SuggestionDto = await desk.proposal(province, incident.id);
    expect(plan).toMatchObject({ status: 'proposed', planStatus: 'optimal', solver: 'flow-1', gap: 0, fallback: null });
    const sent = plan.lines.reduce((sum, line) => sum + (line.kind === 'supply' ? line.units : 0), 0);
    expect(sent).toBeGreaterThan(0);
    expect(plan.unmet).toMatchObject([{ missing: packs.mid - sent }]);
    expect(plan.insight!.limits[0]).toMatchObject({ code: 'more-stock-would', params: { itemId, units: 100 } });
    expect(plan.insight!.equity.after.smallestShare).toBeCloseTo(sent / packs.mid, 9);
    expect(plan.travel).toEqual({
      source: 'straight-line',
      speedClass: 'typhoon',
      provenance: [
        { code: 'way-straight', params: { factor: 1.3 } },
        { code: 'way-terrain-default', params: { kmH: 25, terrain: 'plain' } },
        { code: 'way-weather-kind', params: { weather: 'typhoon' } },
      ],
    });
  });

  it('leaves a store out when the desk says so, and tells the price', async () => {
    const plan = await desk.proposal(province, incident.id);
    const line = plan.lines.find((one) => one.kind === 'supply')!;
    const warehouseId = line.kind === 'supply' ? line.warehouseId : '';
    const without = await desk.proposal(province, incident.id, { spares: [{ warehouseId }] });
    expect(without.lines.some((one) => one.kind === 'supply' && one.warehouseId === warehouseId)).toBe(false);
    expect(
      without.excluded.some((one) => one.warehouseId === warehouseId && one.reason.code === 'excluded-by-desk'),
    ).toBe(true);
    expect(without.insight!.bindings).toMatchObject([{ code: 'exclusion-costs', params: { warehouseId } }]);
  });

  it('answers with an empty plan and the cause when every road is cut', async () => {
    const blocked = [{ center: WENLING, radiusM: 400 }];
    const plan = await desk.proposal(province, incident.id, { blocked });
    expect(plan).toMatchObject({ status: 'proposed', lines: [], planStatus: 'optimal' });
    expect(plan.unmet[0]!.cause).toEqual({ code: 'road-blocked', params: {} });
  });

  it('shares with another incident that asks for the same', async () => {
    const county = await app.as('duty.331000');
    const itemId = await desk.item('FK01');
    const other = await desk.flood(county, { items: [{ itemId, units: 500, priority: 1 }] });
    const plan = await desk.proposal(province, incident.id);
    expect(plan.reserved.some(({ incidentId, units }) => incidentId === other.id && units > 0)).toBe(true);
    expect(plan.unmet[0]!.cause.code).toBe('stock-reserved');
  });
});
