import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { distanceM } from '../shared/geo.js';
import { roadMin } from '../shared/travel.rules.js';
import {
  type Conditions,
  type Crossing,
  landOf,
  NO_CONDITIONS,
  speedTo,
  type WeatherInForce,
} from './conditions.rules.js';
import {
  crossingsBetween,
  NO_WAY,
  plansOf,
  roadMinOf,
  roadsOf,
  type Way,
  type WayLeg,
  waitMin,
  wayOf,
} from './ways.rules.js';

const at = (lon: number, lat = 30) => ({ lon, lat });
const ISLAND = '示范岛';
const AREAS = [
  { path: '/33/', terrain: 'plain' as const, island: null },
  { path: '/33/09/', terrain: null, island: ISLAND },
  { path: '/33/11/', terrain: 'mountain' as const, island: null },
];
/** Ten in the morning in China. */
const MORNING = new Date('2026-07-21T02:00:00Z');
const ferry = (over: Partial<Crossing> = {}): Crossing => ({
  id: 'f', kind: 'ferry', name: '示范渡', from: { name: '东港', point: at(122), island: null }, to: { name: '西港', point: at(122.3), island: ISLAND },
  crossingMin: 40, headwayMin: 60, firstMin: 360, lastMin: 1080, carriesVehicles: true, maxVehicleT: null, suspended: null, closes: null, ...over,
}); // prettier-ignore
const leg = (from: number, to: number, over: Partial<WayLeg> = {}): WayLeg => ({
  from: at(from), to: at(to), straightM: distanceM(at(from), at(to)), fromPath: '/33/', load: 'lorry', leavesInMin: 60, ...over,
}); // prettier-ignore
function way(one: WayLeg, toPath: string, crossings: Crossing[], when = MORNING): Way {
  const conditions: Conditions = { crossings, areas: AREAS, weather: [] };
  const [plan] = plansOf([one], toPath, conditions);
  const roads = roadsOf([plan!]);
  const known = roadMinOf(roads, roads.map((road) => roadMin(road.straightM, 60))); // prettier-ignore
  return wayOf(plan!, known, when, conditions);
}
const road = (from: number, to: number): number => roadMin(distanceM(at(from), at(to)), 60);

describe('a way over water', () => {
  it('is road, wait, crossing and road again, and says so', () => {
    const found = way(leg(121.8, 122.4), '/33/09/', [ferry()]);
    expect(found).toEqual({
      minutes: road(121.8, 122) + 30 + 40 + road(122.3, 122.4),
      over: [{ code: 'way-ferry', params: { name: '示范渡', crossingMin: 40, waitMin: 30 } }],
      boundTo: null,
    });
  });

  it('leads back as well, and by two crossings from island to island', () => {
    expect(way(leg(122.4, 121.8, { fromPath: '/33/09/09/' }), '/33/', [ferry()]).minutes).toBe(road(122.4, 122.3) + 70 + road(122, 121.8)); // prettier-ignore
    const second = ferry({ id: 'g', name: '外岛渡', from: { name: '西二港', point: at(122.5), island: ISLAND }, to: { name: '外岛', point: at(122.8), island: '外岛' }, headwayMin: 20, crossingMin: 25 }); // prettier-ignore
    const conditions = { crossings: [ferry(), second], areas: [...AREAS, { path: '/33/10/', terrain: null, island: '外岛' }], weather: [] }; // prettier-ignore
    const [plan] = plansOf([leg(121.9, 122.8)], '/33/10/', conditions);
    const roads = roadsOf([plan!]);
    const known = roadMinOf(roads, roads.map((each) => roadMin(each.straightM, 60))); // prettier-ignore
    const found = wayOf(plan!, known, MORNING, conditions);
    expect(found.over.map(({ params }) => params['name'])).toEqual(['示范渡', '外岛渡']);
    expect(found.minutes).toBe(road(121.9, 122) + 70 + road(122.3, 122.5) + 35 + road(122.8, 122.8));
  });

  it('never goes straight across to an island, and says why there is none', () => {
    expect(way(leg(121.8, 122.4), '/33/09/', [])).toEqual({ minutes: NO_WAY, over: [{ code: 'way-no-crossing', params: { island: ISLAND } }], boundTo: null }); // prettier-ignore
    const stopped = ferry({ suspended: { reason: '大风停航' } });
    expect(way(leg(121.8, 122.4), '/33/09/', [stopped]).over).toEqual([{ code: 'way-suspended', params: { name: '示范渡', cause: '大风停航' } }]); // prettier-ignore
    expect(way(leg(121.8, 122.4), '/33/09/', [ferry({ maxVehicleT: 17 })]).over).toEqual([{ code: 'way-too-heavy', params: { name: '示范渡' } }]); // prettier-ignore
  });

  it('does not lead over what will be suspended when the lorry comes to the pier, but over it before and after', () => {
    const [boards, hour] = [MORNING.getTime() + (60 + road(121.8, 122) + 30) * 60_000, 3_600_000];
    const closing = (from: number, until: number | null) => ferry({ closes: { from: new Date(from), until: until === null ? null : new Date(until), reason: '台风停航' } }); // prettier-ignore
    const found = (from: number, until: number | null) => way(leg(121.8, 122.4), '/33/09/', [closing(from, until)]);
    const usual = way(leg(121.8, 122.4), '/33/09/', [ferry()]);
    const none = { minutes: NO_WAY, over: [{ code: 'way-suspended', params: { name: '示范渡', cause: '台风停航' } }], boundTo: null }; // prettier-ignore
    expect(found(boards - hour, null)).toEqual(none);
    expect(found(boards, boards + hour)).toEqual(none);
    expect(found(boards + 60_000, null)).toEqual(usual);
    expect(found(boards - hour, boards)).toEqual(usual);
    const bridge = ferry({ id: 'b', kind: 'bridge', name: '示范桥', headwayMin: null, firstMin: null, lastMin: null, crossingMin: 90 }); // prettier-ignore
    expect(way(leg(121.8, 122.4), '/33/09/', [closing(boards, null), bridge]).over[0]!.params['name']).toBe('示范桥');
  });

  it('takes lorries up to the weight that it carries, and teams on foot where it carries none', () => {
    expect(way(leg(121.8, 122.4), '/33/09/', [ferry({ maxVehicleT: 18 })]).minutes).toBeGreaterThan(0);
    expect(way(leg(121.8, 122.4, { load: 'team' }), '/33/09/', [ferry({ maxVehicleT: 4 })]).minutes).toBe(NO_WAY);
    const foot = ferry({ carriesVehicles: false });
    expect(way(leg(121.8, 122.4), '/33/09/', [foot]).minutes).toBe(NO_WAY);
    expect(way(leg(121.8, 122.4, { load: 'team' }), '/33/09/', [foot]).over[0]!.code).toBe('way-ferry-on-foot');
  });

  it('is by the quicker of ferry and bridge, and by the ferry across a bay only where it saves time', () => {
    const bridge = ferry({ id: 'b', kind: 'bridge', name: '示范桥', headwayMin: null, firstMin: null, lastMin: null, crossingMin: 45 }); // prettier-ignore
    expect(way(leg(121.8, 122.4), '/33/09/', [ferry(), bridge]).over[0]).toEqual({ code: 'way-bridge', params: { name: '示范桥', crossingMin: 45, waitMin: 0 } }); // prettier-ignore
    const bay = (crossingMin: number) => ferry({ to: { name: '对岸', point: at(122.3), island: null }, headwayMin: 2, crossingMin }); // prettier-ignore
    expect(way(leg(121.99, 122.31), '/33/', [bay(10)]).over).toHaveLength(1);
    expect(way(leg(121.99, 122.31), '/33/', [bay(100)])).toEqual({ minutes: road(121.99, 122.31), over: [], boundTo: null }); // prettier-ignore
  });
});

describe('crossings between two lands', () => {
  const joins = (id: string, one: string | null, other: string | null) =>
    ferry({ id, from: { name: 'a', point: at(122), island: one }, to: { name: 'b', point: at(123), island: other } });
  const all = [joins('ab', null, 'B'), joins('bc', 'B', 'C'), joins('bd', 'B', 'D'), joins('ad', null, 'D'), joins('ae', null, 'E'), joins('aa', null, null)]; // prettier-ignore
  const ids = (from: string | null, to: string | null) => crossingsBetween(all, from, to).map(({ id }) => id);

  it('leave out blind alleys, and on one land all but what begins and ends there', () => {
    expect(ids(null, 'C')).toEqual(['ab', 'bc', 'bd', 'ad', 'aa']);
    expect(ids(null, 'E')).toEqual(['ab', 'bd', 'ad', 'ae', 'aa']);
    expect(ids(null, null)).toEqual(['aa']);
    expect(ids('B', 'B')).toEqual([]);
  });
});

describe('the wait for a ferry', () => {
  it.each([
    [359, 1, true],
    [360, 30, false],
    [1050, 30, false],
    [1051, 29, true],
    [1080, 0, true],
    [1081, 719, true],
    [0, 360, true],
  ])('at minute %d of the day is %d', (minute, wait, isBound) => {
    expect(waitMin(ferry(), minute)).toEqual({ wait, isBound });
  });

  it('is half of the headway around the clock, and none at a bridge', () => {
    expect(waitMin(ferry({ firstMin: null, lastMin: null, headwayMin: 25 }), 3)).toEqual({ wait: 13, isBound: false });
    expect(waitMin(ferry({ kind: 'bridge', firstMin: null, lastMin: null, headwayMin: null }), 3)).toEqual({ wait: 0, isBound: false }); // prettier-ignore
  });

  it('of the night ends with the first one: the arrival is one instant, whenever it is asked', () => {
    const night = (minutes: number) => way(leg(121.99, 122.31), '/33/09/', [ferry()], new Date(Date.parse('2026-07-20T15:00:30Z') + minutes * 60_000)); // prettier-ignore
    const [early, later] = [night(0), night(90)];
    expect([early.boundTo, later.minutes]).toEqual([later.boundTo, early.minutes - 90]);
    expect(early.boundTo).toBe(new Date(Date.parse('2026-07-20T22:00:00Z') + (40 + road(122.3, 122.31)) * 60_000).toISOString()); // prettier-ignore
  });

  it('never lets who comes later leave earlier', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1438 }), fc.integer({ min: 1, max: 400 }), (minute, headwayMin) => {
        const leaves = (m: number) => m + waitMin(ferry({ headwayMin }), m).wait;
        return leaves(minute) <= leaves(minute + 1);
      }),
    );
  });
});

describe('a way on land', () => {
  it('is its road and nothing else, asked of the router as it is', () => {
    const legs = [leg(120, 120.5), leg(120.2, 120.5)];
    const roads = roadsOf(plansOf(legs, '/33/', NO_CONDITIONS));
    expect(roads).toEqual(legs.map(({ from, to, straightM }) => ({ from, to, straightM })));
    expect(way(leg(120, 120.5), '/33/11/', [ferry()])).toEqual({ minutes: road(120, 120.5), over: [], boundTo: null });
  });

  it('lies where the nearest society with a row says', () => {
    expect([landOf('/33/', AREAS), landOf('/33/09/0903/', AREAS), landOf('/99/', AREAS)]).toEqual([null, ISLAND, null]);
    expect(landOf('/33/09/0903/', [...AREAS, { path: '/33/09/0903/', terrain: null, island: null }])).toBeNull();
  });
});

describe('the speed to a place', () => {
  const set = (kind: WeatherInForce['kind'], path = '/33/', hour = 1): WeatherInForce => ({ kind, path, setAt: new Date(hour * 3_600_000) }); // prettier-ignore
  const to = (path: string, kind: string, weather: WeatherInForce[] = []) => speedTo({ path, kind }, { crossings: [], areas: AREAS, weather }); // prettier-ignore

  it.each([
    ['/33/', 'drowning', 60, 'area', 'default'],
    ['/99/', 'drowning', 60, 'default', 'default'],
    ['/33/11/01/', 'drowning', 40, 'area', 'default'],
    ['/33/', 'landslide', 40, 'kind', 'default'],
    ['/33/', 'typhoon', 25, 'area', 'kind'],
    ['/33/11/', 'flood', 25, 'area', 'kind'],
  ] as const)(
    '%s of a %s is %d km/h, as it always was without a word of the desk',
    (path, kind, kmH, terrainBy, weatherBy) => {
      expect(to(path, kind)).toMatchObject({ kmH, terrainBy, weatherBy });
    },
  );

  it('is the ground times the weather of the desk, the nearest and the newest', () => {
    expect(to('/33/11/', 'drowning', [set('heavy-rain')])).toMatchObject({ kmH: 28, weather: 'heavy-rain', weatherBy: 'desk' }); // prettier-ignore
    expect(to('/33/11/', 'drowning', [set('snow'), set('fair', '/33/11/')])).toMatchObject({
      kmH: 40,
      weather: 'fair',
    });
    expect(to('/33/', 'drowning', [set('snow', '/33/', 1), set('typhoon', '/33/', 2)])).toMatchObject({ kmH: 25 });
    expect(to('/33/', 'typhoon', [set('fair')])).toMatchObject({ kmH: 60, weatherBy: 'desk' });
    expect(to('/99/', 'drowning', [set('snow')])).toMatchObject({ kmH: 60 });
  });
});
