import { describe, expect, it } from '@jest/globals';
import { matchOffers, type LackFact, type OfferFact } from './matching.rules.js';

const offer = (itemId: string, units: number): OfferFact => ({ id: `${itemId} ${units}`, itemId, units });
const lack = (itemId: string, units: number, priority: 1 | 2 | 3 = 1): LackFact => ({
  incidentId: itemId,
  itemId,
  units,
  priority,
});

describe('offers of partners and what incidents lack', () => {
  it('meet item by item, the nearest partner first', () => {
    const matches = matchOffers([offer('tent', 50), offer('tent', 50)], [lack('tent', 60)], [[300], [60]]);
    expect(matches).toEqual([
      { offer: 0, lack: 0, units: 10, arrivalMin: 360 },
      { offer: 1, lack: 0, units: 50, arrivalMin: 120 },
    ]);
    expect(matchOffers([offer('tent', 50)], [lack('quilt', 60)], [[60]])).toEqual([]);
    expect(matchOffers([], [lack('tent', 60)], [])).toEqual([]);
  });

  it('serve what is urgent first, and equals evenly', () => {
    const offers = [offer('tent', 40)];
    const of = (lacks: LackFact[]) =>
      matchOffers(offers, lacks, [lacks.map(() => 60)]).map((one) => [one.lack, one.units]);
    expect(of([lack('tent', 30, 2), lack('tent', 30, 1)])).toEqual([[0, 10], [1, 30]]); // prettier-ignore
    expect(of([lack('tent', 30), lack('tent', 30)])).toEqual([[0, 20], [1, 20]]); // prettier-ignore
  });

  it('never go where no road leads, or come after three days', () => {
    expect(matchOffers([offer('tent', 40), offer('tent', 40)], [lack('tent', 30)], [[-1], [72 * 60]])).toEqual([]);
  });
});
