import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countLots, sumOf } from './arrival.rules.js';
import { sumGoods } from './goods.rules.js';
import { INQUIRY_STATUSES, type InquiryStatus } from './inquiry.dto.js';
import { findUnits, INQUIRY_STEPS, type InquiryStepName, takeInquiryStep, unexplained } from './inquiry.rules.js';
import { TRANSFER_STATUSES, type TransferStatus } from './transfer.dto.js';
import * as transfer from './transfer.rules.js';

const AT = new Date('2026-07-21T03:00:00Z');

describe('the steps of a transfer', () => {
  const LEADS: Record<TransferStatus, Partial<Record<transfer.TransferStepName, TransferStatus>>> = {
    draft: { order: 'ordered', cancel: 'cancelled' },
    ordered: { pick: 'picking', cancel: 'cancelled' },
    picking: { load: 'loaded', cancel: 'cancelled' },
    loaded: { depart: 'departed', cancel: 'cancelled' },
    departed: { arrive: 'arrived', return: 'returned', lose: 'lost' },
    arrived: { receive: 'received', return: 'returned', lose: 'lost' },
    received: { close: 'closed' },
    'received-with-differences': { close: 'closed' },
    closed: {},
    cancelled: {},
    returned: {},
    lost: {},
  };
  const at = (status: TransferStatus): transfer.TransferProgress => ({
    status, statusSince: AT, orderedAt: null, pickingAt: null, loadedAt: null, departedAt: null, arrivedAt: null, receivedAt: null,
    closedAt: null, cancelledAt: null, returnedAt: null, lostAt: null,
  }); // prettier-ignore
  const pairs = TRANSFER_STATUSES.flatMap((from) => transfer.TRANSFER_STEPS.map((step) => [from, step] as const));
  it.each(pairs)('%s: %s', (from, step) => {
    const take = () => transfer.takeTransferStep(at(from), step, AT);
    const to = LEADS[from][step];
    if (to) expect(take()).toMatchObject({ status: to, [transfer.TRANSFER_EDGES[step].stamp]: AT });
    else expect(take).toThrow(expect.objectContaining({ code: 'transfer.step-not-allowed', status: 409 }));
  });

  it('do not let goods arrive before they left', () => {
    const underWay = { ...at('departed'), departedAt: AT };
    const arrive = (ms: number) => () => transfer.takeTransferStep(underWay, 'arrive', new Date(AT.getTime() + ms));
    expect(arrive(-60_000)).toThrow(expect.objectContaining({ code: 'transfer.before-departure', status: 422 }));
    expect(arrive(0)()).toMatchObject({ status: 'arrived' });
  });

  it('end where nothing leads on', () => {
    const ends = TRANSFER_STATUSES.filter((status) => Object.keys(LEADS[status]).length === 0);
    expect([...transfer.ENDED_TRANSFERS].sort()).toEqual([...ends].sort());
  });
});

describe('goods that answer a request', () => {
  const asked = { id: 'l1', number: 'XQ-1', itemId: 'quilt', societyPath: '/33/3310/', warehouseId: null };
  const to = { id: 'w', code: 'WH', societyPath: '/33/3310/331082/' };
  const line = (over: object = {}) => ({ itemId: 'quilt', requestLineId: 'l1' as string | null, fund: null as string | null, ...over }); // prettier-ignore
  const serve =
    (lines: ReturnType<typeof line>[], request: object = {}) =>
    () =>
      transfer.mustServe(lines, new Map([['l1', { ...asked, ...request }]]), to);

  it('are the item asked for, on one line, to where it is asked for', () => {
    expect(serve([line(), line({ itemId: 'tent', requestLineId: null })])).not.toThrow();
    expect(serve([line()], { warehouseId: 'w' })).not.toThrow();
    expect(serve([line({ requestLineId: 'l2' })])).toThrow('stock-request.not-found');
    expect(serve([line({ itemId: 'tent' })])).toThrow('transfer.request-other-item');
    expect(serve([line(), line({ requestLineId: null })])).toThrow('transfer.request-item-twice');
    expect(serve([line({ fund: 'F' })])).toThrow('transfer.request-fund');
    expect(serve([line()], { societyPath: '/33/3303/' })).toThrow('transfer.request-elsewhere');
    expect(serve([line()], { warehouseId: 'other' })).toThrow('transfer.request-elsewhere');
  });

  it('are what is promised of each line, or the part that is named', () => {
    const lines = [{ id: 'l1', itemId: 'quilt' }, { id: 'l2', itemId: 'tent' }, { id: 'l3', itemId: 'bed' }]; // prettier-ignore
    const promised = [{ lineId: 'l1', units: 3 }, { lineId: 'l2', units: 5 }, { lineId: 'l1', units: 4 }]; // prettier-ignore
    const goods = (named?: { lineId: string; units?: number }[]) => () =>
      transfer.promisedGoods({ lines, promised, asked: named, number: 'XQ-1', warehouse: 'WH' });
    expect(goods()()).toEqual([
      { itemId: 'quilt', units: 7, requestLineId: 'l1' }, { itemId: 'tent', units: 5, requestLineId: 'l2' },
    ]); // prettier-ignore
    expect(goods([{ lineId: 'l2' }, { lineId: 'l1', units: 6 }])()).toMatchObject([{ units: 5 }, { units: 6 }]);
    expect(goods([{ lineId: 'l1', units: 8 }])).toThrow('stock-request.not-promised');
    expect(goods([{ lineId: 'l3' }])).toThrow('stock-request.nothing-promised');
    expect(goods([{ lineId: 'x' }])).toThrow(expect.objectContaining({ errors: [{ pointer: '/lines/0/lineId', code: 'unknown' }] })); // prettier-ignore
    expect(goods([{ lineId: 'l1' }, { lineId: 'l1' }])).toThrow(expect.objectContaining({ errors: [{ pointer: '/lines/1/lineId', code: 'unknown' }] })); // prettier-ignore
  });
});

describe('a load', () => {
  it('is carried when weight and volume fit, each only if the vehicle’s is told', () => {
    const load = { weightG: 5_200_001, volumeCm3: 30_000_000 };
    const over = (vehicle: transfer.Vehicle) => () => transfer.mustCarry(load, vehicle);
    expect(over({})).not.toThrow();
    expect(over({ capacityWeightG: 5_200_001, capacityVolumeCm3: 30_000_000 })).not.toThrow();
    expect(over({ capacityWeightG: 5_200_000 })).toThrow(
      expect.objectContaining({ code: 'transfer.overloaded', params: { load: '5200.01 kg', capacity: '5200 kg' } }),
    );
    expect(over({ capacityWeightG: 9_000_000, capacityVolumeCm3: 29_999_999 })).toThrow(
      expect.objectContaining({ params: { load: '30 m³', capacity: '29.99 m³' } }),
    );
  });

  it('becomes the receiver’s only where the sender gives its own', () => {
    const parties = { giving: 'a', receiving: 'b' };
    expect(transfer.ownerAfter('a', { ...parties, keepsOwner: false })).toBe('b');
    expect(transfer.ownerAfter('a', { ...parties, keepsOwner: true })).toBe('a');
    expect(transfer.ownerAfter('c', { ...parties, keepsOwner: false })).toBe('c');
  });

  it('weighs what its goods weigh; goods without a price are counted, not valued', () => {
    const item = (id: string, priceFen: number | null) => ({ id, weightG: 10, volumeCm3: 3, priceFen }) as never;
    const items = new Map([['x', item('x', 250)], ['y', item('y', null)]]); // prettier-ignore
    const goods = [{ itemId: 'x', units: 4 }, { itemId: 'y', units: 6 }]; // prettier-ignore
    expect(sumGoods(goods, items)).toEqual({
      lines: 2,
      units: 10,
      weightG: 100,
      volumeCm3: 30,
      valueFen: 1000,
      unpricedLines: 1,
    });
    expect(() => sumGoods([{ itemId: 'z', units: 1 }], items)).toThrow(
      expect.objectContaining({ code: 'item.not-found' }),
    );
  });
});

describe('counting a load in', () => {
  const sent = [{ id: 'a', units: 100 }, { id: 'b', units: 20 }]; // prettier-ignore
  const told = (lot: object) => ({ lots: [{ id: 'a', acceptedUnits: 0, damagedUnits: 0, missingUnits: 0, damagedTo: 'bin' as const, reason: '压坏', ...lot }] }); // prettier-ignore

  it('takes lots left out as whole, into the bin that was named for all', () => {
    const lots = countLots(sent, { lots: [], binId: 'bin' });
    expect(sumOf(lots)).toEqual({ acceptedUnits: 120, damagedUnits: 0, missingUnits: 0 });
    expect(lots.every(({ binId, damagedTo }) => binId === 'bin' && damagedTo === null)).toBe(true);
  });

  it('accepts a count only when good, damaged and missing make up what was sent', () => {
    const unit = fc.integer({ min: 0, max: 120 });
    fc.assert(
      fc.property(unit, unit, unit, (acceptedUnits, damagedUnits, missingUnits) => {
        const count = () => countLots(sent, told({ acceptedUnits, damagedUnits, missingUnits }));
        const adds = acceptedUnits + damagedUnits + missingUnits === 100;
        if (!adds)
          return expect(count).toThrow(expect.objectContaining({ code: 'stock.delivery-differs', status: 422 }));
        expect(sumOf(count())).toEqual({ acceptedUnits: acceptedUnits + 20, damagedUnits, missingUnits });
      }),
    );
  });

  it('refuses a lot that was not sent, one counted twice, a difference without a reason', () => {
    const whole = told({ acceptedUnits: 100 }).lots[0]!;
    const faults = (lots: object[]) => () => countLots(sent, { lots: lots as never });
    const at = (pointer: string) =>
      expect.objectContaining({ code: 'request.invalid', errors: [expect.objectContaining({ pointer })] });
    expect(faults([{ ...whole, id: 'c' }])).toThrow(at('/lots/0/id'));
    expect(faults([whole, whole])).toThrow(at('/lots/1/id'));
    expect(faults([{ ...whole, acceptedUnits: 99, missingUnits: 1, reason: undefined }])).toThrow(at('/lots/0/reason'));
  });
});

describe('an inquiry', () => {
  const LEADS: Record<InquiryStatus, Partial<Record<InquiryStepName, InquiryStatus>>> = {
    open: { explain: 'open', propose: 'write-off-proposed' },
    'write-off-proposed': { explain: 'open', reject: 'open', approve: 'written-off' },
    explained: {},
    'written-off': {},
  };
  const pairs = INQUIRY_STATUSES.flatMap((from) => INQUIRY_STEPS.map((step) => [from, step] as const));
  it.each(pairs)('%s: %s', (from, step) => {
    const to = LEADS[from][step];
    if (to) expect(takeInquiryStep(from, step)).toBe(to);
    else
      expect(() => takeInquiryStep(from, step)).toThrow(
        expect.objectContaining({ code: 'inquiry.step-not-allowed', status: 409 }),
      );
  });

  it('never finds more than is missing, however it is told', () => {
    const line = { id: 'a', missingUnits: 10, foundUnits: 2, lostUnits: 0 };
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 5 }), (units) => {
        const find = () => findUnits([line], units.map((each) => ({ id: 'a', units: each, at: 'sender' as const }))); // prettier-ignore
        const sum = units.reduce((a, b) => a + b, 0);
        if (sum > 8) return expect(find).toThrow(expect.objectContaining({ code: 'inquiry.too-many' }));
        expect(unexplained(find()[0]!)).toBe(8 - sum);
      }),
    );
    expect(() => findUnits([line], [{ id: 'b', units: 1, at: 'sender' }])).toThrow('request.invalid');
  });
});
