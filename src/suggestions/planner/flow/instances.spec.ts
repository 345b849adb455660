import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { sampleInstance } from './instances.samples.js';
import type { SampleInstance, Scale } from './instances.samples.js';

/** Every number of an instance, in a fixed order. */
function digest(n: SampleInstance): string {
  const hash = createHash('sha256');
  const parts = [
    n.tier, n.city, n.province, n.x, n.y, n.affected, n.incidentX, n.incidentY, n.level, n.incidentCity, n.incidentProvince,
    n.incidentCounty, n.people, n.unitKg, n.unitM3, n.itemClass, n.unitsPerPerson, n.perishable, n.stock, n.reserve, n.need,
    n.travelMin, n.distanceKm, n.dockKg,
  ]; // prettier-ignore
  for (const part of parts) hash.update(Buffer.from(part.buffer));
  hash.update(
    JSON.stringify(n.lots.map((cell) => cell.map(({ units: qty, expiresInDays: expiry }) => ({ qty, expiry })))),
  );
  return hash.digest('hex').slice(0, 16);
}

describe('sample instances', () => {
  it.each([
    ['S', 1, '485411508541772a'],
    ['S', 2, 'a2c91ff4f187b353'],
    ['M', 1, '65b10937856b47bd'],
    ['M', 7, '827b93bd24b66cf3'],
    ['L', 1, '007f52171df0caa1'],
  ] as [Scale, number, string][])('%s with seed %i is the same as ever, number for number', (scale, seed, expected) => {
    expect(digest(sampleInstance(scale, seed))).toBe(expected);
  });

  it('has the sizes that the figures are quoted for', () => {
    const sizes = (['S', 'M', 'L'] as const).map((scale) => {
      const { warehouses, incidents, items } = sampleInstance(scale, 1);
      return [warehouses, incidents, items];
    });
    expect(sizes).toEqual([[20, 5, 10], [102, 20, 30], [1000, 100, 60]]); // prettier-ignore
  });
});
