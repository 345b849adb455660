import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PLACE_KINDS } from '../relief-stock/relief-stock.dto.js';
import { checkOf, columnOf, flowOf, type Leg } from './stock-flow.rules.js';

const leg = (other: Leg['other'], units: number, reversal = false): Leg => ({ other, units, reversal });
const anyLeg = fc.record({
  other: fc.constantFrom(...PLACE_KINDS.filter((kind) => kind !== 'bin')),
  units: fc.integer({ min: -500, max: 500 }).filter((units) => units !== 0),
  reversal: fc.boolean(),
});

describe('the column of what moved', () => {
  it.each([
    ['donor', 5, false, 'received'],
    ['supplier', 5, false, 'received'],
    ['opening', 5, false, 'received'],
    ['transit', 5, false, 'received'],
    ['recipient', 5, false, 'received'],
    ['transit', -5, false, 'issued'],
    ['recipient', -5, false, 'issued'],
    ['supplier', -5, true, 'received'],
    ['recipient', 5, true, 'issued'],
    ['disposal', -5, false, 'adjusted'],
    ['disposal', 5, true, 'adjusted'],
    ['count-difference', 5, false, 'adjusted'],
    ['conversion', -5, false, 'adjusted'],
    ['inquiry', 5, false, 'adjusted'],
    ['bin', -5, false, null],
  ] as const)('%s %d (reversal: %s) is %s', (other, units, reversal, column) => {
    expect(columnOf(leg(other, units, reversal))).toBe(column);
  });
});

describe('a row of the stock report', () => {
  it('tells received, issued and adjusted apart, takes reversals back, and reconciles', () => {
    const legs = [leg('donor', 100), leg('donor', -20, true), leg('recipient', -30), leg('recipient', 10, true), leg('loss', -5), leg('bin', -7), leg('bin', 7)]; // prettier-ignore
    expect(flowOf({ opening: 50, closing: 105 }, legs)).toEqual({ opening: 50, received: 80, issued: 20, adjusted: -5, closing: 105, off: 0 }); // prettier-ignore
  });

  it('says by how much the books are wrong', () => {
    expect(flowOf({ opening: 50, closing: 151 }, [leg('donor', 100)]).off).toBe(1);
    expect(checkOf([flowOf({ opening: 0, closing: 1 }, []), flowOf({ opening: 1, closing: 0 }, [])])).toMatchObject({ off: 0, rowsOff: 2 }); // prettier-ignore
  });

  it('always reconciles when the balances are those that the movements make, and never otherwise', () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.array(anyLeg, { maxLength: 40 }), fc.integer({ min: -3, max: 3 }), (opening, legs, wrong) => {
        const closing = opening + legs.reduce((sum, { units }) => sum + units, 0) + wrong;
        const { off, received, issued, adjusted } = flowOf({ opening, closing }, legs);
        return off === wrong && opening + received - issued + adjusted + wrong === closing;
      }),
    );
  }); // prettier-ignore

  it('adds up over all rows', () => {
    const rows = fc.array(fc.tuple(fc.nat(1000), fc.array(anyLeg, { maxLength: 8 })), { maxLength: 12 });
    fc.assert(
      fc.property(rows, (those) => {
        const flows = those.map(([opening, legs]) =>
          flowOf({ opening, closing: opening + legs.reduce((sum, { units }) => sum + units, 0) }, legs),
        );
        const all = checkOf(flows);
        return all.rowsOff === 0 && all.opening + all.received - all.issued + all.adjusted === all.closing;
      }),
    );
  });
});
