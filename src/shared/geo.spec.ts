import { describe, expect, it } from '@jest/globals';
import { distanceM, toWgs84 } from './geo.js';

describe('the distance between two points', () => {
  it('is known for every pair, those that lie opposite each other on the globe too', () => {
    const here = { lon: -44.88, lat: -58.22 };
    expect(distanceM(here, { lon: 135.12, lat: 58.22 })).toBe(20_015_114);
    expect(distanceM(here, here)).toBe(0);
  });

  it('is that of the mean sphere: a degree of latitude is 111.195 km', () => {
    expect(distanceM({ lon: 121, lat: 28 }, { lon: 121, lat: 29 })).toBe(111_195);
  });
});

describe('a point of another datum', () => {
  it('is brought to WGS 84; CGCS2000 passes as it is', () => {
    const given = { lon: 121.4287, lat: 28.6563 };
    expect(toWgs84({ ...given, datum: 'CGCS2000' })).toEqual(given);
    const movedM = distanceM(given, toWgs84({ ...given, datum: 'GCJ02' }));
    expect(movedM).toBeGreaterThan(300);
    expect(movedM).toBeLessThan(700);
  });
});
