import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SUPPLY_ORDER_STATUSES, type SupplyOrderDto } from '../../src/dispatch/dispatch.dto.js';
import {
  belowMinimum,
  daysLeft,
  inSections,
  pickList,
  sectionOf,
  waitingFor,
} from '../../web/src/relief-stock/order.rules.js';
import {
  difference,
  receiveBody,
  wholeCount,
  withFigure,
  type Part,
} from '../../web/src/relief-stock/receive.rules.js';
import {
  EMPTY_LINE, EMPTY_RECEIPT, faultsOf, faultsOfRefusal, lineToOverride, receiptBody, type ReceiptDraft,
} from '../../web/src/relief-stock/receipt.rules.js'; // prettier-ignore

const order = (id: string, status: SupplyOrderDto['status'], statusSince: string) =>
  ({ id, status, statusSince }) as SupplyOrderDto;

describe('the orders of a keeper', () => {
  it('stand in one section each, what the keeper must do first', () => {
    const listed = inSections([
      order('shipped', 'shipped', '2026-07-01T00:00:00Z'),
      order('younger', 'approved', '2026-07-01T02:00:00Z'),
      order('older', 'approved', '2026-07-01T01:00:00Z'),
      order('gone', 'closed', '2026-07-01T00:00:00Z'),
      order('differs', 'received-with-differences', '2026-07-01T00:00:00Z'),
    ]);
    expect(listed.map(({ section, orders }) => [section, orders.map(({ id }) => id)])).toEqual([
      ['approved', ['older', 'younger']],
      ['shipped', ['shipped']],
      ['received', ['differs']],
    ]);
  });

  it('name who is waited for in every state', () => {
    expect(SUPPLY_ORDER_STATUSES.map((status) => [status, waitingFor(status), sectionOf(status)])).toEqual([
      ['reserved', 'duty', 'reserved'],
      ['approved', 'keeper', 'approved'],
      ['picking', 'keeper', 'picking'],
      ['shipped', 'driver', 'shipped'],
      ['received', 'nobody', 'received'],
      ['received-with-differences', 'differences', 'received'],
      ['closed', 'nobody', null],
      ['cancelled', 'nobody', null],
    ]);
  });

  it('are picked bin by bin in walking order, first what expires first', () => {
    const lot = (lotId: string, binCode: string, expiresOn: string | null) => ({
      lotId,
      lotCode: lotId,
      binCode,
      expiresOn,
      units: 1,
    });
    const lines = [
      { id: '1', itemId: 'a', lots: [lot('late', 'A-2', '2028-01-01'), lot('never', 'A-2', null), lot('far', 'A-10', '2026-01-01')] },
      { id: '2', itemId: 'b', lots: [lot('soon', 'A-2', '2026-12-01')] },
    ] as unknown as SupplyOrderDto['lines']; // prettier-ignore
    expect(pickList(lines).map(({ binCode, picks }) => [binCode, picks.map(({ lotCode }) => lotCode)])).toEqual([
      ['A-2', ['soon', 'late', 'never']],
      ['A-10', ['far']],
    ]);
  });

  it('count days in the time of the store', () => {
    expect(daysLeft('2026-07-22', Date.parse('2026-07-21T15:59:00Z'))).toBe(1);
    expect(daysLeft('2026-07-22', Date.parse('2026-07-22T04:00:00Z'))).toBe(0);
    expect(daysLeft('2026-07-22', Date.parse('2026-07-23T04:00:00Z'))).toBe(-1);
  });

  it('call stock short only when what is available is below a minimum', () => {
    expect(belowMinimum({ availableUnits: 9, minimumUnits: 10 })).toBe(true);
    expect(belowMinimum({ availableUnits: 10, minimumUnits: 10 })).toBe(false);
    expect(belowMinimum({ availableUnits: 0, minimumUnits: 0 })).toBe(false);
  });
});

describe('signing for a shipment', () => {
  it('takes what is damaged or missing off what was accepted', () => {
    const whole = wholeCount(100);
    const damaged = withFigure(whole, 'damagedUnits', 3, 100);
    expect(damaged).toEqual({ receivedUnits: 97, damagedUnits: 3, missingUnits: 0 });
    expect(withFigure(damaged, 'missingUnits', 2, 100)).toEqual({
      receivedUnits: 95,
      damagedUnits: 3,
      missingUnits: 2,
    });
  });

  it('adds up as long as nobody typed the accepted units or more than was shipped', () => {
    const typed = fc.array(
      fc.record({ part: fc.constantFrom<Part>('damagedUnits', 'missingUnits'), units: fc.nat(50) }),
    );
    fc.assert(
      fc.property(typed, (figures) => {
        const count = figures.reduce((held, { part, units }) => withFigure(held, part, units, 100), wholeCount(100));
        return difference(count, 100) === 0;
      }),
    );
  });

  it('leaves a count alone that somebody is correcting, and says what is not accounted for', () => {
    const typed = withFigure(wholeCount(100), 'receivedUnits', 90, 100);
    expect(difference(typed, 100)).toBe(10);
    expect(withFigure(typed, 'missingUnits', 10, 100)).toEqual({
      receivedUnits: 90,
      damagedUnits: 0,
      missingUnits: 10,
    });
  });

  it('names every line, untouched ones as whole', () => {
    const lines = [{ id: 'x', shippedUnits: 5 }, { id: 'y', shippedUnits: 7 }] as SupplyOrderDto['lines']; // prettier-ignore
    const counts = { y: { receivedUnits: 6, damagedUnits: 1, missingUnits: 0 } };
    expect(receiveBody({ lines, version: 3 }, ' 周村长 ', counts)).toEqual({
      version: 3,
      receiverName: '周村长',
      lines: [
        { lineId: 'x', receivedUnits: 5, damagedUnits: 0, missingUnits: 0 },
        { lineId: 'y', receivedUnits: 6, damagedUnits: 1, missingUnits: 0 },
      ],
    });
  });
});

describe('a goods receipt', () => {
  const line = { ...EMPTY_LINE, itemId: 'i', lotCode: ' L1 ', units: '200' };
  const draft: ReceiptDraft = { ...EMPTY_RECEIPT, id: 'r', sourceName: ' 某公司 ', lines: [line] };

  it('names each missing field where it stands', () => {
    expect(faultsOf(EMPTY_RECEIPT).map(({ field }) => field)).toEqual([
      'sourceName', 'lines/0/itemId', 'lines/0/lotCode', 'lines/0/units',
    ]); // prettier-ignore
    expect(faultsOf(draft)).toEqual([]);
    for (const units of ['0', '-1', '1.5', '1e3', '', 'x'])
      expect(faultsOf({ ...draft, lines: [{ ...line, units }] })).toEqual([{ field: 'lines/0/units', code: 'units' }]);
  });

  it('sends whole numbers, trimmed words and nothing that was left empty', () => {
    expect(receiptBody(draft, 'w')).toEqual({
      id: 'r', warehouseId: 'w', source: 'purchase', sourceName: '某公司', note: '',
      lines: [{ itemId: 'i', lotCode: 'L1', expiresOn: null, units: 200 }],
    }); // prettier-ignore
  });

  it('puts a refusal of the server at its field and offers an override where the rules allow one', () => {
    const refusal = (code: string, params = {}, errors: { pointer: string; code: string }[] = []) => ({
      code,
      params,
      errors,
    });
    expect(faultsOfRefusal(refusal('request.invalid', {}, [{ pointer: '/lines/1/lotCode', code: 'too_big' }]))).toEqual(
      [{ field: 'lines/1/lotCode', code: 'too_big' }],
    );
    expect(faultsOfRefusal(refusal('stock.lot-expired', { line: 2 }))).toEqual([
      { field: 'lines/1/expiresOn', code: 'stock.lot-expired' },
    ]);
    expect(faultsOfRefusal(refusal('warehouse.no-bin'))).toEqual([]);
    expect(lineToOverride(refusal('stock.life-too-short', { line: 2 }))).toBe(1);
    expect(lineToOverride(refusal('stock.lot-expired', { line: 2 }))).toBeNull();
  });
});
