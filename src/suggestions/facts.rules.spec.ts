import { describe, expect, it } from '@jest/globals';
import {
  dayInChina, type Facts, hashOf, homeCityOf, isMissingAnything, PLAIN_ASK, tierOf, toPlannerInput,
} from './facts.rules.js'; // prettier-ignore
import { LOADING_MIN, speedClassOf } from '../shared/travel.rules.js';
import { explainHorizon, inputWithinHorizon } from './horizon.rules.js';
import { greedyPlan } from './planner/planner.rules.js';

const unit = (unitId: string, special: Partial<Facts['units'][number]> = {}): Facts['units'][number] => ({
  unitId, teamId: 't', speciality: 'water', capabilities: ['water'], headcount: 8, distanceM: 20_000, roadMin: 30, departureMin: 30,
  tier: 'county', ready: true, notReadyReasons: [], busy: false, saidNo: false, peersReadyInCity: 2, homeCityId: '/33/3310/', ...special,
}); // prettier-ignore
const cell = (warehouseId: string, special: Partial<Facts['stock'][number]> = {}): Facts['stock'][number] => ({
  warehouseId, itemId: 'rice', tier: 'county', distanceM: 9000, roadMin: 15, minimumUnits: 0,
  lots: [{ lotId: `lot-${warehouseId}`, expiresOn: '2026-08-20', receivedOn: '2026-01-02', availableUnits: 100, held: false }], ...special,
}); // prettier-ignore
const facts = (special: Partial<Facts> = {}): Facts => ({
  incidentId: 'i', incidentVersion: 3, at: '2026-07-20T19:00:00.000Z', on: '2026-07-21', ask: PLAIN_ASK,
  capabilities: [{ id: 'n1', speciality: 'water', headcount: 8, priority: 1, neededBy: '2026-07-20T21:00:30.000Z', alreadyHeadcount: 0 }],
  items: [{ id: 'n2', itemId: 'rice', units: 60, priority: 1, neededBy: null, alreadyUnits: 0, minimumUseDays: 5 }],
  units: [unit('u1')], stock: [cell('w1')], unknownLocks: [], ...special,
}); // prettier-ignore

describe('how a holder relates to an incident', () => {
  const incident = '/33/3310/331082/';
  it.each([
    ['/33/3310/331082/', 'county'],
    ['/33/3310/331082/33108201/', 'county'],
    ['/33/3310/', 'city'],
    ['/33/3310/331081/', 'city'],
    ['/33/', 'province'],
    ['/33/3301/', 'other'],
    ['/33/3301/330106/', 'other'],
    ['/9/', 'other'],
  ])('%s is %s', (holder, tier) => expect(tierOf(holder, incident)).toBe(tier));

  it('knows no county for an incident of a city, and no city for one of a province', () => {
    expect(['/33/3310/', '/33/3310/331082/', '/33/', '/33/3301/'].map((holder) => tierOf(holder, '/33/3310/'))).toEqual([
      'city', 'city', 'province', 'other',
    ]); // prettier-ignore
    expect(['/33/', '/33/3310/'].map((holder) => tierOf(holder, '/33/'))).toEqual(['province', 'other']);
    expect(tierOf('/33/3310/331082/', '/33/3310/331082/33108201/')).toBe('county');
  });

  it('counts a unit to the city it stands in', () => {
    expect(['/33/3310/331082/', '/33/3310/', '/33/'].map(homeCityOf)).toEqual(['/33/3310/', '/33/3310/', '/33/']);
  });

  it('takes the roads as the incident leaves them', () => {
    expect(['typhoon', 'snow', 'landslide', 'drowning'].map(speedClassOf)).toEqual([
      'typhoon',
      'typhoon',
      'mountain',
      'plain',
    ]);
  });
});

describe('the hash of the facts', () => {
  const base = hashOf(facts());
  const differs = (special: Partial<Facts>) => hashOf(facts(special)) !== base;

  it('does not follow the clock, the incident version, or how keys are ordered', () => {
    expect(differs({ at: '2026-07-20T19:31:00.000Z', incidentVersion: 9 })).toBe(false);
    const { lotId, ...lot } = cell('w1').lots[0]!;
    expect(differs({ stock: [cell('w1', { lots: [{ ...lot, lotId }] })] })).toBe(false);
    expect(hashOf(JSON.parse(JSON.stringify(facts())) as Facts)).toBe(base);
  });

  it('does not follow where a unit is that cannot go', () => {
    const busy = (roadMin: number) =>
      hashOf(facts({ units: [unit('u1', { busy: true, roadMin, distanceM: roadMin * 1000 })] }));
    expect(busy(10)).toBe(busy(50));
    expect(busy(10)).not.toBe(base);
  });

  it('follows the arrival, not the minutes, where a timetable fixes it', () => {
    const bound = (roadMin: number, boundTo: string) => hashOf(facts({ stock: [cell('w1', { roadMin, boundTo })] }));
    expect(bound(90, '2026-07-21T00:30:00.000Z')).toBe(bound(60, '2026-07-21T00:30:00.000Z'));
    expect(bound(90, '2026-07-21T00:30:00.000Z')).not.toBe(bound(90, '2026-07-21T00:31:00.000Z'));
    expect(differs({ stock: [cell('w1', { roadMin: -1 })] })).toBe(true);
  });

  it.each([
    ['a need', { capabilities: [] }],
    ['a promise', { items: [{ ...facts().items[0]!, alreadyUnits: 20 }] }],
    ['a unit that left', { units: [] }],
    ['a unit that became busy', { units: [unit('u1', { busy: true })] }],
    ['a nearer unit', { units: [unit('u1', { roadMin: 29 })] }],
    ['a held lot', { stock: [cell('w1', { lots: [{ ...cell('w1').lots[0]!, held: true }] })] }],
    ['a shipment', { stock: [cell('w1', { lots: [{ ...cell('w1').lots[0]!, availableUnits: 99 }] })] }],
    ['a lock', { ask: { ...PLAIN_ASK, locks: [{ unitId: 'u1', use: 'must' as const }] } }],
    ['a new day', { on: '2026-07-22' }],
  ])('follows %s', (_, special) => expect(differs(special)).toBe(true));
});

describe('the snapshot for the planner', () => {
  it('counts from its moment: minutes to the deadline, days of shelf life, loading and departure', () => {
    const input = toPlannerInput(facts({ stock: [cell('w1', { lots: [
      { lotId: 'b', expiresOn: '2026-07-20', receivedOn: '2026-02-01', availableUnits: 1, held: false },
      { lotId: 'a', expiresOn: null, receivedOn: '2026-01-01', availableUnits: 1, held: true },
    ] })] })); // prettier-ignore
    expect(input.capabilities[0]!.neededByMin).toBe(120);
    expect(input.units[0]!.etaMin).toBe(60);
    expect(input.stock[0]!.etaMin).toBe(LOADING_MIN + 15);
    expect(input.stock[0]!.lots.map((lot) => [lot.lotId, lot.expiresInDays, lot.receivedOrder, lot.held])).toEqual([
      ['b', -1, 2, false],
      ['a/held', null, 1, true],
    ]);
    expect(toPlannerInput(facts({ at: '2026-07-21T19:00:00.000Z' })).capabilities[0]!.neededByMin).toBe(0);
  });

  it('names the days of China', () => {
    expect(dayInChina(new Date('2026-07-20T16:00:00Z'))).toBe('2026-07-21');
    expect(dayInChina(new Date('2026-07-20T15:59:59Z'))).toBe('2026-07-20');
  });

  it('sees nothing missing once everything is promised', () => {
    const [people] = facts().capabilities;
    const [goods] = facts().items;
    const promised = { capabilities: [{ ...people!, alreadyHeadcount: 8 }], items: [{ ...goods!, alreadyUnits: 70 }] };
    expect(isMissingAnything(facts())).toBe(true);
    expect(isMissingAnything(promised)).toBe(false);
  });
});

describe('how far ahead the asker looks', () => {
  const far = facts({
    ask: { ...PLAIN_ASK, horizon: 2, locks: [{ unitId: 'u3', use: 'must' }, { unitId: 'ghost', use: 'never' }] },
    units: [unit('u1', { headcount: 2 }), unit('u2', { roadMin: 200 }), unit('u3', { roadMin: 300, headcount: 1 })],
    stock: [cell('w1', { roadMin: 100 })],
    unknownLocks: ['ghost'],
  }); // prettier-ignore

  it('keeps what is too far away out of the plan, but not the unit that was asked for by name', () => {
    const input = inputWithinHorizon(far);
    expect(input.units.map(({ unitId }) => unitId)).toEqual(['u1', 'u3']);
    expect(input.stock).toEqual([]);
    expect(inputWithinHorizon(facts()).stock).toHaveLength(1);
  });

  it('says so, as reason and as cause', () => {
    const told = explainHorizon(far, greedyPlan(inputWithinHorizon(far)));
    const reason = (etaMin: number) => ({ code: 'beyond-horizon', params: { etaMin, horizonMin: 120 } });
    expect(told.excluded).toEqual(
      expect.arrayContaining([
        { kind: 'team', unitId: 'u2', reason: reason(230) },
        { kind: 'supply', warehouseId: 'w1', itemId: 'rice', reason: reason(LOADING_MIN + 100) },
        { kind: 'team', unitId: 'ghost', reason: { code: 'outside-authority', params: {} } },
      ]),
    );
    expect(told.unmet.map(({ needId, cause }) => [needId, cause])).toEqual([
      ['n1', reason(230)],
      ['n2', reason(LOADING_MIN + 100)],
    ]);
  });

  it('leaves other causes alone', () => {
    const short = facts({ stock: [] });
    const plan = greedyPlan(inputWithinHorizon(short));
    expect(explainHorizon(short, plan).unmet).toEqual(plan.unmet);
    expect(plan.unmet.map(({ cause }) => cause.code)).toEqual(['no-stock']);
  });
});
