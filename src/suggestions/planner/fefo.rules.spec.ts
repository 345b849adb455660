import { describe, expect, it } from '@jest/globals';
import { freeUnits, pickInOrder, sortLots, splitIntoLots, usableUnits } from './fefo.rules.js';
import { sampleCell, sampleLot } from './planner.samples.js';

const DAY = 24 * 60;

describe('first expired, first out', () => {
  const lots = [
    sampleLot({ lotId: 'undated', receivedOrder: 0 }),
    sampleLot({ lotId: 'late', expiresInDays: 90 }),
    sampleLot({ lotId: 'b-soon', expiresInDays: 20, receivedOrder: 2 }),
    sampleLot({ lotId: 'a-soon', expiresInDays: 20, receivedOrder: 2 }),
    sampleLot({ lotId: 'older-soon', expiresInDays: 20, receivedOrder: 1 }),
  ];

  it('orders by expiry, then receipt, then lot id, undated lots last', () => {
    const { eligible } = sortLots(lots, { arrivalMin: 60, minimumUseDays: 0 });
    expect(eligible.map(({ lotId }) => lotId)).toEqual(['older-soon', 'a-soon', 'b-soon', 'late', 'undated']);
  });

  it.each([
    { case: 'reaches arrival plus use to the day', expiresInDays: 8, arrivalMin: DAY, minimumUseDays: 7, goes: true },
    { case: 'falls a minute short', expiresInDays: 8, arrivalMin: DAY + 1, minimumUseDays: 7, goes: false },
    { case: 'expires before arrival', expiresInDays: 0, arrivalMin: 10, minimumUseDays: 0, goes: false },
    { case: 'has no date', expiresInDays: null, arrivalMin: 9 * DAY, minimumUseDays: 365, goes: true },
  ])('a lot that $case: goes = $goes', ({ expiresInDays, goes, ...use }) => {
    const { eligible, skipped } = sortLots([sampleLot({ lotId: 'lot', expiresInDays })], use);
    expect(eligible.length).toBe(goes ? 1 : 0);
    expect(skipped.map(({ reason }) => reason.code)).toEqual(goes ? [] : ['lot-expires-before-arrival']);
  });

  it('never offers held lots, and says so', () => {
    const { eligible, skipped } = sortLots([sampleLot({ lotId: 'frozen', held: true, availableUnits: 7 })], {
      arrivalMin: 0,
      minimumUseDays: 0,
    });
    expect(eligible).toEqual([]);
    expect(skipped).toEqual([{ lotId: 'frozen', units: 7, reason: { code: 'lots-held', params: { units: 7 } } }]);
  });

  it('reports what the lots could not give', () => {
    expect(pickInOrder([sampleLot({ lotId: 'a', availableUnits: 30 })], 50)).toEqual({
      picks: [{ lotId: 'a', units: 30 }],
      short: 20,
    });
  });

  it('lets the need with the longest use pick first, so that both find their lots', () => {
    const cell = sampleCell({
      warehouseId: 'w',
      lots: [
        sampleLot({ lotId: 'short', expiresInDays: 5, availableUnits: 10 }),
        sampleLot({ lotId: 'long', expiresInDays: 60, availableUnits: 10 }),
      ],
    });
    const split = splitIntoLots(cell, [
      { need: { id: 'now', minimumUseDays: 0 }, units: 12 },
      { need: { id: 'month', minimumUseDays: 30 }, units: 8 },
    ]);
    expect(split.get('month')).toEqual([{ lotId: 'long', units: 8 }]);
    expect(split.get('now')).toEqual([
      { lotId: 'short', units: 10 },
      { lotId: 'long', units: 2 },
    ]);
    expect(() => splitIntoLots(cell, [{ need: { id: 'month', minimumUseDays: 30 }, units: 11 }])).toThrow('lots-short');
  });

  it('measures the reserve on units that are neither held nor past their day', () => {
    const cell = sampleCell({
      warehouseId: 'w',
      minimumUnits: 40,
      lots: [
        sampleLot({ lotId: 'good', availableUnits: 50 }),
        sampleLot({ lotId: 'held', availableUnits: 500, held: true }),
        sampleLot({ lotId: 'past', availableUnits: 500, expiresInDays: -1 }),
      ],
    });
    expect(usableUnits(cell)).toBe(50);
    expect(freeUnits(cell)).toBe(10);
  });
});
