import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SUPPLY_ORDER_STATUSES, type SupplyOrderStatus } from './dispatch.dto.js';
import * as rules from './supply-order.rules.js';

const AT = new Date('2026-07-21T03:00:00Z');
const order = (status: SupplyOrderStatus): rules.OrderProgress => ({
  status, statusSince: AT, reservedUntil: AT, approvedById: 'officer', approvedAt: null, pickingAt: null, shippedAt: null,
  receivedAt: null, closedAt: null, cancelledAt: null,
}); // prettier-ignore
const times = { occurredAt: AT, now: AT };

const LEADS: Record<SupplyOrderStatus, Partial<Record<rules.SupplyStepName, SupplyOrderStatus>>> = {
  reserved: { approve: 'approved', cancel: 'cancelled', expire: 'cancelled', 'take-over': 'cancelled' },
  approved: { pick: 'picking', cancel: 'cancelled', 'take-over': 'cancelled' },
  picking: { ship: 'shipped', cancel: 'cancelled', 'take-over': 'cancelled' },
  shipped: { receive: 'received' },
  received: { close: 'closed' },
  'received-with-differences': { close: 'closed' },
  closed: {},
  cancelled: {},
};

describe('the steps of a supply order', () => {
  const pairs = SUPPLY_ORDER_STATUSES.flatMap((from) => rules.SUPPLY_STEPS.map((step) => [from, step] as const));
  it.each(pairs)('%s: %s', (from, step) => {
    const take = () => rules.takeSupplyStep(order(from), step, times);
    const to = LEADS[from][step];
    if (to) expect(take()).toMatchObject({ status: to, reservedUntil: null, [rules.SUPPLY_EDGES[step].stamp]: AT });
    else expect(take).toThrow(expect.objectContaining({ code: 'supply-order.step-not-allowed', status: 409 }));
  });

  it('keeps the one who approved from sending the goods out', () => {
    const asked = (userId: string) => () => rules.mustNotBeApprover(order('picking'), userId);
    expect(asked('officer')).toThrow(expect.objectContaining({ code: 'duty.separation', status: 422 }));
    expect(asked('keeper')).not.toThrow();
  });

  it('refuses a step of the future', () => {
    const then = new Date(AT.getTime() + 6 * 60_000);
    expect(() => rules.takeSupplyStep(order('picking'), 'ship', { occurredAt: then, now: AT })).toThrow(
      'fact.in-future',
    );
  });
});

describe('counting in', () => {
  const line = (id: string, shippedUnits: number): rules.OrderLine => ({
    id, itemId: id, units: shippedUnits, shippedUnits, receivedUnits: 0, damagedUnits: 0, missingUnits: 0,
  }); // prettier-ignore
  const lines = [line('a', 100), line('b', 20)];

  it('takes lines left out as received whole', () => {
    const { lines: counted, differs } = rules.countIn(lines, []);
    expect(differs).toBe(false);
    expect(counted.map((each) => each.receivedUnits)).toEqual([100, 20]);
  });

  it('accepts a count only when good, damaged and missing make up what was shipped', () => {
    const unit = fc.integer({ min: 0, max: 120 });
    fc.assert(
      fc.property(unit, unit, unit, (receivedUnits, damagedUnits, missingUnits) => {
        const count = () => rules.countIn(lines, [{ lineId: 'a', receivedUnits, damagedUnits, missingUnits }]);
        if (receivedUnits + damagedUnits + missingUnits !== 100)
          return expect(count).toThrow(expect.objectContaining({ code: 'supply-order.count-mismatch', status: 422 }));
        expect(count().differs).toBe(damagedUnits + missingUnits > 0);
      }),
    );
  });

  it('refuses a line of another order, or one counted twice', () => {
    const whole = { receivedUnits: 100, damagedUnits: 0, missingUnits: 0 };
    const twice = () =>
      rules.countIn(lines, [
        { lineId: 'a', ...whole },
        { lineId: 'a', ...whole },
      ]);
    expect(() => rules.countIn(lines, [{ lineId: 'c', ...whole }])).toThrow('request.invalid');
    expect(twice).toThrow('request.invalid');
  });
});
