import { describe, expect, it } from '@jest/globals';
import { crosses } from './blocked.rules.js';

const LINHAI = { lon: 121.14, lat: 28.85 };

describe('a blocked place', () => {
  const at = (lon: number, radiusM: number) => ({ center: { lon, lat: 28.85 }, radiusM });
  const road = { from: { lon: 120.5, lat: 28.85 }, to: LINHAI };

  it('cuts the ways through it and at its ends, and no others', () => {
    expect(crosses(road, at(120.8, 500))).toBe(true);
    expect(crosses(road, at(121.14, 10))).toBe(true);
    expect(crosses(road, at(120.4, 9_000))).toBe(false);
    expect(crosses(road, { center: { lon: 120.8, lat: 28.95 }, radiusM: 11_000 })).toBe(false);
    expect(crosses(road, { center: { lon: 120.8, lat: 28.95 }, radiusM: 11_300 })).toBe(true);
  });
});
