import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PLACE_KINDS } from '../relief-stock.dto.js';
import { type Balance, traceOf } from './trace.rules.js';

const at = (kind: Balance['kind'], units: number, name: string = kind, itemId = 'quilt'): Balance => ({
  itemId, warehouseId: 'warehouse', kind, name, units,
}); // prettier-ignore

describe('the trace of a donation', () => {
  it('says where the goods went, receivers by name', () => {
    const [quilts, ...more] = traceOf([
      at('donor', -100), at('bin', 30, 'A-01'), at('bin', 5, 'B-01'), at('transit', 10), at('recipient', 20, 'Dongqiao'),
      at('recipient', 25, 'Jishigang'), at('loss', 3), at('inquiry', 1), at('disposal', 4), at('count-difference', 2),
    ]); // prettier-ignore
    expect(more).toEqual([]);
    expect(quilts).toMatchObject({
      receivedUnits: 100, inStoreUnits: 35, inTransitUnits: 10, issuedUnits: 45, lostUnits: 4, disposedUnits: 4, adjustedUnits: 2,
      issuedTo: [{ recipient: 'Dongqiao', units: 20 }, { recipient: 'Jishigang', units: 25 }],
      inStoreAt: [{ warehouseId: 'warehouse', units: 35 }],
    }); // prettier-ignore
  });

  it('S3: closes for whatever the ledger holds, and never hides what does not', () => {
    const kinds = PLACE_KINDS.filter((kind) => kind !== 'donor');
    const balances = fc.array(fc.record({ kind: fc.constantFrom(...kinds), units: fc.integer({ min: 1, max: 500 }) }));
    fc.assert(
      fc.property(balances, fc.boolean(), (rows, broken) => {
        const given = rows.reduce((sum, { units }) => sum + units, broken ? 1 : 0);
        const trace = () => traceOf([...rows.map(({ kind, units }) => at(kind, units)), at('donor', -given)]);
        if (broken) expect(trace).toThrow('S3');
        else expect(trace).not.toThrow();
      }),
    );
  });
});
