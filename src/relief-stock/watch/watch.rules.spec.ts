import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CALL_EDGES, CALL_STEPS, mustHaveLeft, takeCallStep } from './capacity.rules.js';
import { COVER, householdsCovered } from './cover.rules.js';
import * as notices from './notice.rules.js';
import { mustBeInOrder, type PolicyFacts, toPolicyDto } from './policy.rules.js';
import { CALL_STATUSES } from './watch.dto.js';

const TODAY = '2026-07-21';
const lot = (more: Partial<notices.LotFacts>): notices.LotFacts => ({
  warehouseId: 'w', itemId: 'i', lotId: 'l', onHandUnits: 5, expiresOn: null, receivedOn: '2026-01-01', shelfMonths: null,
  lastMovedOn: '2026-07-01', ...more,
}); // prettier-ignore

describe('households covered for 72 hours', () => {
  it.each([
    ['FK01', 100, 100], // a family pack serves one household
    ['WF01', 100, 61], // 13.2 L a carton, 3 L a person and day: 440 person-days, 146 people for three days, 2.4 a household
    ['BD01', 24, 10],
    ['SH01', 7, 10], // 12 m² at 3.5 m²
    ['WF06', 18, 10],
    ['BD02', 4, 1],
    ['FK01', 0, 0],
    ['RE01', 12, null], // boats are not handed out
  ])('%s × %i: %s', (code, units, households) => expect(householdsCovered(code, units)).toBe(households));

  it('grow with the units, and every figure names its source', () => {
    const codes = fc.constantFrom(...Object.keys(COVER));
    fc.assert(
      fc.property(codes, fc.nat(100_000), fc.nat(100), (code, units, more) =>
        expect(householdsCovered(code, units)!).toBeLessThanOrEqual(householdsCovered(code, units + more)!),
      ),
    );
    expect(Object.values(COVER).every(({ source }) => source.length > 0)).toBe(true);
  });
});

describe('the alarm for rotation', () => {
  it.each([
    ['2027-01-17', 96, 180], // quilts: 180 days before their end, not two years
    ['2026-12-01', 12, 92], // water: a quarter of its year
    ['2026-12-01', 6, 46], // noodles: a quarter of half a year
    [null, 12, 0],
  ])('of a lot to %s with %s months of life comes %i days before', (expiresOn, shelfMonths, days) => {
    expect(notices.rotationLeadDays(lot({ expiresOn, shelfMonths }))).toBe(days);
  });
  it('takes the life a lot had on receipt where the item has none', () => {
    expect(notices.rotationLeadDays(lot({ receivedOn: '2026-07-01', expiresOn: '2026-07-21' }))).toBe(5);
  });
});

describe('what is noticed', () => {
  it.each([
    [{ availableUnits: 9, onHandUnits: 9 }, ['below-minimum']],
    [{ availableUnits: 10, onHandUnits: 30 }, []],
    [{ availableUnits: 31, onHandUnits: 31 }, ['above-maximum']],
    [{ availableUnits: 9, onHandUnits: 40 }, ['below-minimum']], // much of it promised
    [{ availableUnits: 0, onHandUnits: 0, minimumUnits: 0 }, []],
  ])('of levels %j: %j', (more, kinds) => {
    const level = { warehouseId: 'w', itemId: 'i', minimumUnits: 10, maximumUnits: 30, ...more }; // prettier-ignore
    expect(notices.levelCauses([level]).map(({ kind }) => kind)).toEqual(kinds);
  });

  it.each([
    [{ expiresOn: '2026-07-20' }, 'expired'],
    [{ expiresOn: '2026-07-21', shelfMonths: 12 }, 'expiring'],
    [{ expiresOn: '2026-10-21', shelfMonths: 12 }, 'expiring'],
    [{ expiresOn: '2026-10-22', shelfMonths: 12 }, undefined],
    [{ lastMovedOn: '2025-07-21' }, 'cold'],
    [{ lastMovedOn: '2025-07-22' }, undefined],
    [{ expiresOn: '2026-07-20', lastMovedOn: '2020-01-01' }, 'expired'],
  ])('of shelves %j: %s', (more, kind) => {
    expect(notices.shelfCauses([lot(more)], TODAY)[0]?.kind).toBe(kind);
  });

  it('is opened once, changed with its figures, closed when its cause is gone, and left alone by the other look', () => {
    const cause = { kind: 'below-minimum' as const, warehouseId: 'w', itemId: 'i', lotId: null, documentId: null, documentNumber: null, figures: { availableUnits: 1, minimumUnits: 5 } }; // prettier-ignore
    const held = { id: 'n', ...cause };
    const kinds = notices.KINDS_OF.levels;
    expect(notices.differenceOf([], [cause], kinds)).toEqual({ opened: [cause], changed: [], closed: [] });
    expect(notices.differenceOf([held], [cause], kinds)).toEqual({ opened: [], changed: [], closed: [] });
    const worse = { ...cause, figures: { availableUnits: 0, minimumUnits: 5 } };
    expect(notices.differenceOf([held], [worse], kinds)).toMatchObject({ opened: [], changed: [{ notice: held, figures: worse.figures }], closed: [] }); // prettier-ignore
    expect(notices.differenceOf([held], [], kinds)).toEqual({ opened: [], changed: [], closed: [held] });
    expect(notices.differenceOf([held], [], notices.KINDS_OF.shelves).closed).toEqual([]);
  });
});

describe('a second signature', () => {
  it('is asked for once it is late, paper by paper', () => {
    const now = new Date('2026-07-21T08:00:00Z');
    const paper = { warehouseId: 'w', paper: 'issue' as const, documentId: 'd', documentNumber: '331000-DY-2026-0001' };
    expect(notices.signatureCauses([{ ...paper, dueAt: now }], now)).toEqual([]);
    const dueAt = new Date('2026-07-21T07:59:59Z');
    expect(notices.signatureCauses([{ ...paper, dueAt }], now)).toEqual([
      {
        kind: 'signature-overdue', warehouseId: 'w', itemId: null, lotId: null, documentId: 'd', documentNumber: '331000-DY-2026-0001',
        figures: { paper: 'issue', dueAt: dueAt.toISOString() },
      },
    ]); // prettier-ignore
  });
});

describe('a policy', () => {
  it('goes up from minimum to maximum', () => {
    const size = fc.nat(5);
    fc.assert(
      fc.property(size, size, size, (minimumUnits, targetUnits, maximumUnits) => {
        const set = () => mustBeInOrder({ minimumUnits, targetUnits, maximumUnits });
        if (minimumUnits <= targetUnits && targetUnits <= maximumUnits) expect(set).not.toThrow();
        else expect(set).toThrow(expect.objectContaining({ code: 'stock-policy.out-of-order', status: 422 }));
      }),
    );
  });

  it.each([
    [0, 0, 0, 'unset'],
    [9, 9, 30, 'below'],
    [10, 31, 30, 'above'],
    [10, 30, 30, 'within'],
  ] as const)(
    'with %i available of %i on hand and at most %i is %s',
    (availableUnits, onHandUnits, maximumUnits, standing) => {
      const facts: PolicyFacts = {
      id: 'l', warehouseId: 'w', itemId: 'i', itemCode: 'BD01', minimumUnits: maximumUnits ? 10 : 0, targetUnits: maximumUnits, maximumUnits,
      onHandUnits, availableUnits, setBy: null, setAt: null, version: 1,
    }; // prettier-ignore
      expect(toPolicyDto(facts).standing).toBe(standing);
    },
  );
});

describe('a call of capacity', () => {
  const pairs = CALL_STATUSES.flatMap((from) => CALL_STEPS.map((step) => [from, step] as const));
  it.each(pairs)('%s: %s', (from, step) => {
    const take = () => takeCallStep(from, step);
    if (from === 'called') expect(take()).toBe(CALL_EDGES[step].to);
    else expect(take).toThrow(expect.objectContaining({ code: 'capacity-call.step-not-allowed', status: 409 }));
  });

  it('fits into what the day has left', () => {
    const ask = { day: TODAY, today: TODAY, capacity: 100, called: 70, units: 30 };
    expect(() => mustHaveLeft(ask)).not.toThrow();
    expect(() => mustHaveLeft({ ...ask, units: 31 })).toThrow(expect.objectContaining({ code: 'capacity.exceeded', params: { day: TODAY, left: 30, requested: 31 } })); // prettier-ignore
    expect(() => mustHaveLeft({ ...ask, day: '2026-07-20' })).toThrow('capacity.in-past');
  });
});
