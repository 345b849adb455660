import { describe, expect, it } from '@jest/globals';
import { nearestExcluded, SHOWN_UNITS_PER_SPECIALITY, SHOWN_WAREHOUSES_PER_ITEM } from './excluded.rules.js';
import { type Facts, PLAIN_ASK } from './facts.rules.js';
import type { Excluded } from './planner/planner.types.js';

const unit = (at: number, speciality: 'water' | 'medical'): Facts['units'][number] => ({
  unitId: `${speciality}-${at}`, teamId: 't', speciality, capabilities: [speciality], headcount: 8, distanceM: 0, roadMin: 500 - at,
  departureMin: 30, tier: 'city', ready: true, notReadyReasons: [], busy: false, saidNo: false, peersReadyInCity: 0, homeCityId: '/33/3310/',
}); // prettier-ignore
const numbers = Array.from({ length: 40 }, (_, at) => at);
const facts: Facts = {
  incidentId: 'i', incidentVersion: 1, at: '2026-07-20T19:00:00.000Z', on: '2026-07-21',
  ask: { ...PLAIN_ASK, locks: [{ unitId: 'water-0', use: 'never' }] }, capabilities: [], items: [], unknownLocks: [],
  units: numbers.flatMap((at) => [unit(at, 'water'), unit(at, 'medical')]),
  stock: numbers.map((at) => ({ warehouseId: `w${at}`, itemId: 'rice', tier: 'city', distanceM: 0, roadMin: 90 - at, minimumUnits: 0, lots: [] })),
}; // prettier-ignore
const reason = { code: 'not-chosen', params: {} };
const all: Excluded[] = [
  ...facts.units.map(({ unitId }): Excluded => ({ kind: 'team', unitId, reason })),
  ...facts.stock.map(({ warehouseId, itemId }): Excluded => ({ kind: 'supply', warehouseId, itemId, reason })),
];

describe('what is listed as left out', () => {
  const { excluded, excludedMore } = nearestExcluded(facts, all);

  it('is the nearest of each kind, nearest first', () => {
    const water = excluded.flatMap(({ unitId }) => (unitId?.startsWith('water') ? [unitId] : []));
    const nearest = numbers.slice(-SHOWN_UNITS_PER_SPECIALITY).toReversed();
    expect(water).toEqual([...nearest.map((at) => `water-${at}`), 'water-0']);
    const warehouses = excluded.flatMap(({ warehouseId }) => (warehouseId ? [warehouseId] : []));
    expect(warehouses).toEqual(numbers.slice(-SHOWN_WAREHOUSES_PER_ITEM).toReversed().map((at) => `w${at}`)); // prettier-ignore
  });

  it('counts the others', () => expect(excluded.length + excludedMore).toBe(all.length));

  it('puts what no way leads to by its distance, not first, and keeps the stores that the desk named', () => {
    const cut = facts.stock.map((cell, at) => (at === 0 ? { ...cell, roadMin: -1, distanceM: 400_000 } : cell));
    const shown = (asked: Facts) =>
      nearestExcluded(asked, all).excluded.flatMap(({ warehouseId }) => warehouseId ?? []);
    expect(shown({ ...facts, stock: cut })).not.toContain('w0');
    expect(shown({ ...facts, stock: cut, ask: { ...facts.ask, spares: [{ warehouseId: 'w0' }] } })).toContain('w0');
  });

  it('is everything when there is little', () => {
    expect(nearestExcluded(facts, all.slice(0, 3)).excludedMore).toBe(0);
  });
});
