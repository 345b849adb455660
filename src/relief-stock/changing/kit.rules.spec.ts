import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fundOfKit, type KitPart, kitRuns, mustMakeKits, type TakenPart } from './kit.rules.js';

const taken = (itemId: string, lotId: string, units: number, more: Partial<TakenPart> = {}): TakenPart => ({
  cellId: `${itemId}-${lotId}`, itemId, lotId, units, expiresOn: null, source: 'purchase', fund: null, ...more,
}); // prettier-ignore
const SOAP: KitPart = { itemId: 'soap', units: 2 };
const TOWEL: KitPart = { itemId: 'towel', units: 1 };

describe('kits from parts', () => {
  it('makes one lot of kits that hold the same, wherever their parts lay', () => {
    const parts = [taken('soap', 'a', 4), taken('soap', 'a', 6, { cellId: 'other bin' }), taken('towel', 'x', 5)];
    expect(kitRuns([SOAP, TOWEL], parts, 5)).toEqual([
      {
        kits: 5, expiresOn: null, source: 'purchase',
        contains: [{ lotId: 'a', fund: null, units: 2 }, { lotId: 'x', fund: null, units: 1 }],
      },
    ]); // prettier-ignore
  });

  it('makes a lot of its own for the kit in which one lot ends and the next begins', () => {
    const parts = [
      taken('soap', 'a', 3, { expiresOn: '2027-01-01' }), taken('soap', 'b', 5, { expiresOn: '2028-01-01' }), taken('towel', 'x', 4),
    ]; // prettier-ignore
    const runs = kitRuns([SOAP, TOWEL], parts, 4);
    expect(
      runs.map(({ kits, expiresOn, contains }) => [
        kits,
        expiresOn,
        contains.map(({ lotId, units }) => `${lotId}${units}`),
      ]),
    ).toEqual([
      [1, '2027-01-01', ['a2', 'x1']],
      [1, '2027-01-01', ['a1', 'b1', 'x1']],
      [2, '2028-01-01', ['b2', 'x1']],
    ]);
  });

  it('says where kits came from only when all of their parts came from there', () => {
    const [donated] = kitRuns([TOWEL], [taken('towel', 'x', 1, { source: 'donation' })], 1);
    expect(donated!.source).toBe('donation');
    const parts = [taken('towel', 'x', 1, { source: 'donation' }), taken('soap', 'a', 2)];
    expect(kitRuns([SOAP, TOWEL], parts, 1)[0]!.source).toBe('other');
  });

  const world = fc
    .record({
      kits: fc.integer({ min: 1, max: 60 }),
      parts: fc.uniqueArray(fc.record({ itemId: fc.constantFrom('a', 'b', 'c', 'd'), units: fc.integer({ min: 1, max: 7 }) }), {
        selector: ({ itemId }) => itemId, minLength: 1,
      }),
      cuts: fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 40, maxLength: 40 }),
      lots: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 40, maxLength: 40 }),
    })
    .map(({ kits, parts, cuts, lots }) => {
      let n = 0;
      const held = parts.flatMap(({ itemId, units }) => {
        const cells: TakenPart[] = [];
        for (let missing = units * kits; missing > 0; n++) {
          const some = Math.min(missing, cuts[n % 40]!);
          const lot = lots[n % 40]!;
          cells.push(taken(itemId, `${itemId}${lot}`, some, { cellId: `cell ${n}`, expiresOn: lot === 0 ? null : `202${lot}-01-01` }));
          missing -= some;
        }
        return cells;
      });
      return { kits, parts, held };
    }); // prettier-ignore

  it('S7: every unit taken is in exactly one kit, and every kit is whole', () => {
    fc.assert(
      fc.property(world, ({ kits, parts, held }) => {
        const runs = kitRuns(parts, held, kits);
        expect(runs.reduce((sum, run) => sum + run.kits, 0)).toBe(kits);
        const lots = new Map<string, number>();
        for (const { lotId, units } of held) lots.set(lotId, (lots.get(lotId) ?? 0) + units);
        const inKits = new Map<string, number>();
        for (const run of runs) {
          for (const { lotId, units } of run.contains) inKits.set(lotId, (inKits.get(lotId) ?? 0) + units * run.kits);
          for (const { itemId, units } of parts) {
            const own = run.contains.filter(({ lotId }) => lotId.startsWith(itemId));
            expect(own.reduce((sum, part) => sum + part.units, 0)).toBe(units);
          }
          const days = run.contains.flatMap(({ lotId }) => held.find((part) => part.lotId === lotId)!.expiresOn ?? []);
          expect(run.expiresOn).toBe(days.sort()[0] ?? null);
        }
        expect(inKits).toEqual(lots);
      }),
    );
  });

  it('S7: no two lots of one assembly hold the same', () => {
    fc.assert(
      fc.property(world, ({ kits, parts, held }) => {
        const contents = kitRuns(parts, held, kits).map(({ contains }) => contains.map((part) => JSON.stringify(part)).sort().join()); // prettier-ignore
        expect(new Set(contents).size).toBe(contents.length);
      }),
    );
  });
});

describe('the purpose of kits', () => {
  it.each([
    ['none of any part', [null, null], undefined, null],
    ['that which all parts share', ['flood', 'flood'], undefined, 'flood'],
    ['the one asked for, of parts that have none', [null, null], 'flood', 'flood'],
    ['the one asked for, of parts that have it or none', ['flood', null], 'flood', 'flood'],
    ['none, asked for as none', [null], null, null],
  ] as const)('is %s', (_, parts, asked, fund) => {
    expect(fundOfKit(parts, asked)).toBe(fund);
  });

  it.each([
    ['two purposes', ['flood', 'quake'], undefined],
    ['two purposes under one of them', ['flood', 'quake'], 'flood'],
    ['a purpose and none, when nobody said so', ['flood', null], undefined],
    ['goods of one purpose for another', ['flood'], 'quake'],
    ['goods of a purpose for none', ['flood'], null],
  ] as const)('refuses %s', (_, parts, asked) => {
    expect(() => fundOfKit(parts, asked)).toThrow(expect.objectContaining({ code: 'kit.mixed-funds' }));
  });
});

describe('named parts', () => {
  const check = (named: { itemId: string; units: number }[]) => () =>
    mustMakeKits([SOAP, TOWEL], named, { kits: 3, codeOf: (id) => id.toUpperCase() });
  it('make exactly the kits', () => {
    expect(check([{ itemId: 'soap', units: 4 }, { itemId: 'soap', units: 2 }, { itemId: 'towel', units: 3 }])).not.toThrow(); // prettier-ignore
  });
  it.each([
    ['too few', [{ itemId: 'soap', units: 5 }, { itemId: 'towel', units: 3 }], { item: 'SOAP', needed: 6, named: 5 }],
    ['too many', [{ itemId: 'soap', units: 6 }, { itemId: 'towel', units: 4 }], { item: 'TOWEL', needed: 3, named: 4 }],
    ['none', [{ itemId: 'soap', units: 6 }], { item: 'TOWEL', needed: 3, named: 0 }],
    ['a stranger', [{ itemId: 'soap', units: 6 }, { itemId: 'towel', units: 3 }, { itemId: 'tent', units: 1 }], { item: 'TENT', needed: 0, named: 1 }],
  ])('are refused when there are %s', (_, named, params) => {
    expect(check(named)).toThrow(expect.objectContaining({ code: 'kit.parts-differ', params }));
  }); // prettier-ignore
});
