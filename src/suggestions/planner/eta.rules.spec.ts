import { describe, expect, it } from '@jest/globals';
import { travelMin } from '../../shared/travel.rules.js';
import { DEPARTURE_MIN, etaMin } from './eta.rules.js';

describe('arrival times', () => {
  it.each([
    { speedClass: 'plain', distanceM: 60_000, minutes: 78 },
    { speedClass: 'mountain', distanceM: 40_000, minutes: 78 },
    { speedClass: 'typhoon', distanceM: 25_000, minutes: 78 },
    { speedClass: 'typhoon', distanceM: 128_000, minutes: 400 },
    { speedClass: 'plain', distanceM: 0, minutes: 0 },
    { speedClass: 'plain', distanceM: 1, minutes: 1 },
  ] as const)('takes $minutes min for $distanceM m on $speedClass roads', ({ speedClass, distanceM, minutes }) => {
    expect(travelMin(distanceM, speedClass)).toBe(minutes);
  });

  it('adds departure and ferry to the road', () => {
    const water = { distanceM: 60_000, speedClass: 'plain', departureMin: DEPARTURE_MIN.water } as const;
    expect(etaMin(water)).toBe(30 + 78);
    expect(etaMin({ ...water, ferryMin: 45 })).toBe(30 + 78 + 45);
  });
});
