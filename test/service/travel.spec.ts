import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { reportIncident } from '../../src/incidents/incidents.dto.js';
import { LOADING_MIN } from '../../src/shared/travel.rules.js';
import { hashOf } from '../../src/suggestions/facts.rules.js';
import { FactsReader } from '../../src/suggestions/facts.js';
import { type CrossingDto, MOST_CROSSINGS, MOST_WEATHER, openCrossing } from '../../src/travel/travel.dto.js';
import { CrossingsService, GroundService } from '../../src/travel/index.js';
import { audit } from '../support/auditor.js';
import { expectConsoleAgrees } from '../support/console.js';
import { type Desk, MissionWorld } from './mission-world.js';
import { PLAIN, SuggestionDesk } from './suggestion-desk.js';

const DESKS = ['duty.330900', 'duty.330000', 'duty.330903'];
const STORE = 'WH-331000-1';

describe('ways over water, on bad roads, in bad weather', () => {
  let world: MissionWorld;
  let desk: SuggestionDesk;
  let province: Desk, city: Desk, county: Desk;
  let cityId: string, countyId: string;
  beforeAll(async () => {
    world = await MissionWorld.open();
    desk = new SuggestionDesk(world.app);
    [province, city, county] = [await world.app.as('duty.330000'), await world.app.as('duty.330900'), await world.app.as('duty.330903')]; // prettier-ignore
    [cityId, countyId] = [await world.id('society', '330900'), await world.id('society', '330903')];
  }, 120_000);
  afterEach(() => audit(world.app));
  afterAll(() => world?.close());

  const crossings = () => world.app.get(CrossingsService);
  const ground = () => world.app.get(GroundService);
  const bridge = async () => (await ground().travel(province)).crossings.find(({ name }) => name === '舟山跨海大桥')!;
  const onTheIsland = async () => {
    const asked = reportIncident.parse({ kind: 'earthquake', location: { lon: 122.3, lat: 29.98 }, placeText: '沈家门', severity: 'III', societyId: countyId }); // prettier-ignore
    const reported = await world.incidents.reportIncident(province, asked);
    const incident = await world.incidents.verifyIncident(province, reported.id, { version: reported.version });
    return desk.need(province, incident, { items: [{ itemId: await world.id('item', 'BD03'), units: 30, priority: 1 }] }); // prettier-ignore
  };
  const factsOf = (incidentId: string) => world.app.get(FactsReader).gather({ incidentId, societyId: cityOfProvince, ask: PLAIN }); // prettier-ignore
  let cityOfProvince: string;
  beforeAll(async () => void (cityOfProvince = await world.id('society', '330000')));

  it('lead to an island over its bridge, and every arrival says what it is reckoned from', async () => {
    const incident = await onTheIsland();
    const plan = await desk.proposal(province, incident.id);
    expect(plan.travel!.provenance!.map(({ code }) => code)).toEqual(['way-straight', 'way-terrain-default']);
    const facts = await factsOf(incident.id);
    const store = await world.id('warehouse', STORE);
    expect(facts.ways![store]).toEqual([{ code: 'way-bridge', params: { name: '舟山跨海大桥', crossingMin: 50, waitMin: 0 } }]); // prettier-ignore
    const mission = await world.send(province, incident.id, { goods: [[STORE, 'BD03', 2]] });
    const [order] = mission.supplyOrders;
    const etaMin = (Date.parse(order!.etaAt!) - world.app.clock.now().getTime()) / 60_000;
    const cell = facts.stock.find(({ warehouseId }) => warehouseId === store)!;
    expect(Math.round(etaMin)).toBe(LOADING_MIN + cell.roadMin);
    expect(order!.etaWay).toEqual([...plan.travel!.provenance!, ...facts.ways![store]!]);
  });

  it('end where the bridge is closed: the plan says so, the order names no arrival, and all of it is asked anew', async () => {
    const incident = await onTheIsland();
    await desk.refresh().refresh(incident.id, 'needs');
    const [queued] = await desk.rows(incident.id);
    await desk.solver().solve(queued!.id);
    const before = hashOf(await factsOf(incident.id));
    const held = await bridge();
    const closed = await expectConsoleAgrees(world.app, DESKS, () =>
      crossings().suspendCrossing(city, held.id, { version: held.version, reason: '大风封桥' }),
    );
    expect(closed).toMatchObject({ suspendedReason: '大风封桥', suspendedUntil: null, version: held.version + 1 });
    expect(hashOf(await factsOf(incident.id))).not.toBe(before);
    world.app.clock.forward(1000);
    await desk.refresh().refresh(incident.id, 'travel');
    const rows = await desk.rows(incident.id);
    expect(rows.map(({ status }) => status)).toEqual(['proposed', 'queued']);
    await desk.solver().solve(rows[1]!.id);
    const plan = await desk.suggestions().suggestion(province, rows[1]!.id);
    const store = plan.excluded.find(({ reason, warehouseId }) => reason.code === 'road-blocked' && plan.ways[warehouseId!]); // prettier-ignore
    expect(plan.ways[store!.warehouseId!]).toContainEqual({ code: 'way-suspended', params: { name: '舟山跨海大桥', cause: '大风封桥' } }); // prettier-ignore
    const mission = await world.send(province, incident.id, { goods: [[STORE, 'BD03', 1]] });
    expect(mission.supplyOrders[0]).toMatchObject({ etaAt: null });
    expect(mission.supplyOrders[0]!.etaWay).toContainEqual({ code: 'way-suspended', params: { name: '舟山跨海大桥', cause: '大风封桥' } }); // prettier-ignore
    const shut = hashOf(await factsOf(incident.id));
    const open = await crossings().resumeCrossing(city, held.id, { version: closed.version });
    expect(hashOf(await factsOf(incident.id))).not.toBe(shut);
    await expect(crossings().resumeCrossing(city, held.id, { version: open.version })).rejects.toMatchObject({ code: 'crossing.step-not-allowed' }); // prettier-ignore
    await expect(crossings().suspendCrossing(city, held.id, { version: 1, reason: '再来' })).rejects.toMatchObject({ code: 'crossing.stale' }); // prettier-ignore
  });

  it('are suspended from and until a moment by themselves', async () => {
    const incident = await onTheIsland();
    const store = await world.id('warehouse', STORE);
    const roadMin = async () => (await factsOf(incident.id)).stock.find(({ warehouseId }) => warehouseId === store)!.roadMin; // prettier-ignore
    const hour = (n: number) => new Date(world.app.clock.now().getTime() + n * 3_600_000).toISOString();
    const { id, version } = await bridge();
    const usual = await roadMin();
    await crossings().suspendCrossing(city, id, { version, from: hour(1), until: hour(2), reason: '台风' });
    expect(await roadMin()).toBe(usual);
    world.app.clock.forward(3_600_000);
    expect(await roadMin()).toBe(-1);
    world.app.clock.forward(3_600_000);
    expect(await roadMin()).toBe(usual);
    await crossings().resumeCrossing(city, id, { version: version + 1 });
  });

  it('are slower in weather that the desk sets, until it is lifted or over', async () => {
    const incident = await onTheIsland();
    const before = await factsOf(incident.id);
    const set = await expectConsoleAgrees(world.app, DESKS, () =>
      ground().setWeather(city, { societyId: cityId, kind: 'snow', note: '寒潮' }),
    );
    const slow = await factsOf(incident.id);
    expect(hashOf(slow)).not.toBe(hashOf(before));
    expect(slow.travel!.provenance).toContainEqual({ code: 'way-weather-desk', params: { weather: 'snow' } });
    const own = (facts: typeof slow) => facts.stock.filter(({ warehouseId }) => !facts.ways![warehouseId]);
    for (const [n, cell] of own(slow).entries())
      expect(Math.abs(cell.roadMin - 2 * own(before)[n]!.roadMin)).toBeLessThanOrEqual(1);
    expect((await ground().travel(county)).weather).toMatchObject([{ id: set.id, note: '寒潮' }]);
    await expect(ground().liftWeather(county, set.id, { version: 1 })).rejects.toMatchObject({ code: 'access.denied' });
    await ground().liftWeather(city, set.id, { version: 1 });
    await expect(ground().liftWeather(city, set.id, { version: 2 })).rejects.toMatchObject({ code: 'road-weather.step-not-allowed' }); // prettier-ignore
    expect(hashOf(await factsOf(incident.id))).toBe(hashOf(before));
    const past = new Date(world.app.clock.now().getTime() - 60_000).toISOString();
    await expect(ground().setWeather(city, { societyId: cityId, kind: 'snow', note: '昨天', until: past })).rejects.toMatchObject({ code: 'road-weather.over' }); // prettier-ignore
  });

  it('follow the ground of the nearest society that says something, one version after another', async () => {
    const incident = await onTheIsland();
    const says = async () => (await factsOf(incident.id)).travel!.provenance![1];
    const area = { terrain: 'mountain' as const, island: '舟山岛', source: '测绘' };
    const own = await ground().setArea(county, countyId, { ...area, version: 0 });
    expect(await says()).toEqual({ code: 'way-terrain-area', params: { terrain: 'mountain', kmH: 40 } });
    await expect(ground().setArea(county, countyId, { ...area, version: 0 })).rejects.toMatchObject({ code: 'travel-area.stale' }); // prettier-ignore
    await expect(ground().setArea(county, cityId, { ...area, version: 1 })).rejects.toMatchObject({ code: 'access.denied' }); // prettier-ignore
    await ground().setArea(county, countyId, { ...area, terrain: null, version: own.version });
    expect(await says()).toMatchObject({ code: 'way-terrain-default' });
  });

  it('are kept by those who answer for them, within limits', async () => {
    const end = (lon: number, island: string | null) => ({ name: '码头', point: { lon, lat: 29.9 }, island });
    const ferry = (more: object = {}) =>
      openCrossing.parse({
        societyId: countyId, kind: 'ferry', name: '示范渡', from: end(122.3, '舟山岛'), to: end(122.4, '小岛'), crossingMin: 20, headwayMin: 30,
        firstMin: 360, lastMin: 1080, carriesVehicles: true, maxVehicleT: null, source: '示范', ...more,
      }); // prettier-ignore
    const opened: CrossingDto = await expectConsoleAgrees(world.app, DESKS, () => crossings().openCrossing(county, ferry())); // prettier-ignore
    const stranger = await world.app.as('duty.330100');
    await expect(crossings().openCrossing(stranger, ferry())).rejects.toMatchObject({ code: 'society.not-found' });
    await expect(crossings().openCrossing(county, ferry({ societyId: cityId }))).rejects.toMatchObject({ code: 'access.denied' }); // prettier-ignore
    await expect(crossings().openCrossing(county, ferry({ to: end(122.4, '舟山岛') }))).rejects.toMatchObject({ code: 'crossing.same-land' }); // prettier-ignore
    for (const bad of [
      { lastMin: null },
      { lastMin: 300 },
      { kind: 'bridge' },
      { crossingMin: 0 },
      { maxVehicleT: 201 },
    ])
      expect(() => ferry(bad)).toThrow();
    const { id: _id, societyId: _society, ...content } = ferry({ crossingMin: 25 });
    const changed = await crossings().changeCrossing(county, opened.id, { version: opened.version, ...content });
    expect(changed).toMatchObject({ crossingMin: 25, version: 2 });
    await crossings().retireCrossing(county, opened.id, { version: 2 });
    await expect(crossings().changeCrossing(county, opened.id, { version: 3, ...content })).rejects.toMatchObject({ code: 'crossing.step-not-allowed' }); // prettier-ignore
    expect((await ground().travel(county)).crossings.some(({ id }) => id === opened.id)).toBe(false);
    const there = (await ground().travel(province)).crossings.length;
    const more = await Promise.allSettled(Array.from({ length: MOST_CROSSINGS - there + 2 }, (_, n) => crossings().openCrossing(county, ferry({ name: `渡${n}` })))); // prettier-ignore
    expect(more.filter(({ status }) => status === 'rejected')).toHaveLength(2);
    const sets = await Promise.allSettled(Array.from({ length: MOST_WEATHER + 2 }, () => ground().setWeather(county, { societyId: countyId, kind: 'fair', note: '测试' }))); // prettier-ignore
    expect(sets.filter(({ status }) => status === 'rejected')).toHaveLength(2);
  });
});
