import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { byExpiry, type FreeCell, pickUnits, portionLines, shortage, skipReason } from './fefo.rules.js';

const cell = (over: Partial<FreeCell> = {}): FreeCell => ({
  cellId: 'c1', lotId: 'l1', lotCode: 'L1', lotState: 'good', condition: 'good', expiresOn: null, receivedOn: '2026-01-01', freeUnits: 10,
  ...over,
}); // prettier-ignore
const use = { arrivalOn: '2026-07-21', minimumUseDays: 30 };
const asked = { warehouse: 'WH-331000-1', item: 'WF01', requested: 10 };

describe('first expired, first out', () => {
  it.each([
    [{}, undefined],
    [{ expiresOn: '2026-08-20' }, undefined],
    [{ expiresOn: '2026-08-19' }, 'life-too-short'],
    [{ expiresOn: '2026-07-21' }, 'life-too-short'],
    [{ expiresOn: '2026-07-20' }, 'expired'],
    [{ condition: 'damaged' }, 'damaged'],
    [{ lotState: 'damaged' }, 'damaged'],
    [{ lotState: 'held' }, 'held'],
    [{ lotState: 'quarantined' }, 'held'],
    [{ lotState: 'recalled' }, 'held'],
    [{ lotState: 'disposed' }, 'held'],
  ] as const)('passes over %j because of %s', (over, reason) => expect(skipReason(cell(over), use)).toBe(reason));

  it('takes a lot on its very last day when the item needs no days of use', () => {
    expect(
      skipReason(cell({ expiresOn: '2026-07-21' }), { arrivalOn: '2026-07-21', minimumUseDays: 0 }),
    ).toBeUndefined();
  });

  it('uses the earliest expiry first, undated goods last, then the oldest, then by id', () => {
    const cells = [
      cell({ cellId: 'undated-new', receivedOn: '2026-05-01' }),
      cell({ cellId: 'undated-old', receivedOn: '2025-05-01' }),
      cell({ cellId: 'late', expiresOn: '2027-12-01' }),
      cell({ cellId: 'early-b', lotId: 'l2', expiresOn: '2026-12-01' }),
      cell({ cellId: 'early-a', lotId: 'l2', expiresOn: '2026-12-01' }),
      cell({ cellId: 'early-first', lotId: 'l1', expiresOn: '2026-12-01' }),
    ];
    const order = [...cells].sort(byExpiry).map((one) => one.cellId);
    expect(order).toEqual(['early-first', 'early-a', 'early-b', 'late', 'undated-old', 'undated-new']);
  });

  it('splits over cells, and says which lots it passed over and why', () => {
    const picking = pickUnits(
      [
        cell({ cellId: 'b', expiresOn: '2027-02-01', freeUnits: 8 }),
        cell({ cellId: 'a', expiresOn: '2027-01-01', freeUnits: 5 }),
        cell({ cellId: 'old', lotCode: 'OLD', expiresOn: '2026-07-01', freeUnits: 40 }),
        cell({ cellId: 'held', lotCode: 'HELD', lotState: 'held', freeUnits: 3 }),
        cell({ cellId: 'promised', freeUnits: 0 }),
      ],
      use,
      7,
    );
    expect(picking.portions).toEqual([{ cellId: 'a', units: 5 }, { cellId: 'b', units: 2 }]); // prettier-ignore
    expect(picking.availableUnits).toBe(13);
    expect(picking.skipped.map(({ lotCode, freeUnits, reason }) => [lotCode, freeUnits, reason])).toEqual([
      ['OLD', 40, 'expired'],
      ['HELD', 3, 'held'],
    ]);
  });

  it('takes exactly what is asked when there is enough, never more than a cell has, whatever the order of the cells', () => {
    const cells = fc.uniqueArray(
      fc.record({
        cellId: fc.uuid(),
        expiresOn: fc.option(fc.constantFrom('2026-07-01', '2026-08-01', '2026-12-01', '2027-06-01'), { nil: null }),
        freeUnits: fc.nat(50),
        lotState: fc.constantFrom('good' as const, 'held' as const),
      }),
      { selector: (one) => one.cellId, maxLength: 12 },
    );
    fc.assert(
      fc.property(cells, fc.integer({ min: 1, max: 200 }), fc.nat(), (given, units, turn) => {
        const all = given.map((one) => cell(one));
        const rotated = all.map((_, n) => all[(n + turn) % all.length]!);
        const picking = pickUnits(all, use, units);
        expect(pickUnits(rotated, use, units)).toEqual(picking);
        const taken = picking.portions.reduce((sum, portion) => sum + portion.units, 0);
        expect(taken).toBe(Math.min(units, picking.availableUnits));
        for (const portion of picking.portions) {
          const from = all.find((one) => one.cellId === portion.cellId)!;
          expect(portion.units).toBeGreaterThan(0);
          expect(portion.units).toBeLessThanOrEqual(from.freeUnits);
          expect(skipReason(from, use)).toBeUndefined();
        }
        const free = all.reduce((sum, one) => sum + one.freeUnits, 0);
        const skipped = picking.skipped.reduce((sum, one) => sum + one.freeUnits, 0);
        expect(picking.availableUnits + skipped).toBe(free);
      }),
    );
  });

  describe('with goods that were given for a purpose', () => {
    const typhoon = { societyPath: '/330000/331000/', incidentKind: 'typhoon', incidentId: 'in-fa' };
    const given = (incidentKind: string, over: Partial<FreeCell> = {}) =>
      cell({
        intent: {
          societyPath: null, incidentKind, incidentId: null, untilOn: null, fund: 'JZ-1', fundName: '定向捐赠', society: null, incident: null,
        }, // prettier-ignore
        lotCode: incidentKind,
        ...over,
      });
    const forTyphoon = { ...use, purpose: typhoon };

    it('never takes what is meant for something else, and says so when nothing else is left', () => {
      const picking = pickUnits([given('flood'), cell({ cellId: 'free', freeUnits: 3 })], forTyphoon, 10);
      expect(picking.portions).toEqual([{ cellId: 'free', units: 3 }]);
      expect(picking.skipped.map(({ lotCode, reason }) => [lotCode, reason])).toEqual([['flood', 'intent']]);
      const alone = pickUnits([given('flood')], forTyphoon, 10);
      expect(shortage(alone, asked)).toMatchObject({
        code: 'stock.against-intent',
        status: 422,
        params: {
          lot: 'flood',
          fund: 'JZ-1',
          fundName: '定向捐赠',
          allowedKind: 'flood',
          allowedPlace: '—',
          allowedUntil: '—',
        },
      });
      expect(pickUnits([given('typhoon')], use, 1).skipped).toMatchObject([{ reason: 'intent' }]); // nobody says what for
    });

    it('uses what is meant for it first among equals of expiry, never before what expires sooner', () => {
      const cells = [
        cell({ cellId: 'free', expiresOn: '2027-01-01', receivedOn: '2020-01-01' }),
        given('typhoon', { cellId: 'meant', expiresOn: '2027-01-01' }),
        cell({ cellId: 'sooner', expiresOn: '2026-12-31' }),
      ];
      const order = pickUnits(cells, forTyphoon, 30).portions.map(({ cellId }) => cellId);
      expect(order).toEqual(['sooner', 'meant', 'free']);
    });
  });

  it('gives what was picked to the lines in their order', () => {
    const lines = [{ id: 'first', units: 6 }, { id: 'second', units: 4 }]; // prettier-ignore
    const shares = portionLines(lines, [{ cellId: 'a', units: 5 }, { cellId: 'b', units: 5 }]); // prettier-ignore
    expect(shares.map(({ line, cellId, units }) => [line.id, cellId, units])).toEqual([
      ['first', 'a', 5],
      ['first', 'b', 1],
      ['second', 'b', 4],
    ]);
  });

  const old = cell({ expiresOn: '2026-07-01', lotCode: 'OLD' });
  const soon = cell({ expiresOn: '2026-08-01', lotCode: 'SOON' });
  const held = cell({ lotState: 'held', lotCode: 'HELD' });
  const damaged = cell({ condition: 'damaged', lotCode: 'DAMAGED' });
  const few = cell({ freeUnits: 9 });
  it.each([
    ['nothing at all', [], 'stock.insufficient', 0],
    ['too few', [few], 'stock.insufficient', 9],
    ['too few beside old lots', [few, old], 'stock.insufficient', 9],
    ['only expired lots', [old], 'stock.lot-expired', 0],
    ['only lots too old on arrival', [soon, old], 'stock.lot-expired', 0],
    ['only held lots', [held, damaged], 'stock.lot-held', 0],
    ['old and held lots', [old, held], 'stock.insufficient', 0],
  ])('refuses %s', (_, cells, code, available) => {
    const refusal = shortage(pickUnits(cells, use, asked.requested), asked);
    expect(refusal).toMatchObject({ code, status: 422, params: { ...asked, available } });
  });
});
