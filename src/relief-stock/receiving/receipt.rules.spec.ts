import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RECEIPT_STATUSES, type ReceiptStatus } from './receipt.dto.js';
import * as rules from './receipt.rules.js';

const LEADS: Record<ReceiptStatus, Partial<Record<rules.ReceiptStepName, ReceiptStatus>>> = {
  announced: { arrive: 'arrived', cancel: 'cancelled' },
  arrived: { 'count-a': 'counted-a', cancel: 'cancelled' },
  'counted-a': { 'count-b': 'counted-b', accept: 'accepted', cancel: 'cancelled' },
  'counted-b': { accept: 'accepted', cancel: 'cancelled' },
  accepted: { 'put-away': 'put-away', sign: 'accepted' },
  'part-rejected': { 'put-away': 'put-away', sign: 'part-rejected' },
  'put-away': { sign: 'put-away' },
  cancelled: {},
};

describe('the steps of a goods receipt', () => {
  const pairs = RECEIPT_STATUSES.flatMap((from) => rules.RECEIPT_STEPS.map((step) => [from, step] as const));
  it.each(pairs)('%s: %s', (from, step) => {
    const take = () => rules.takeReceiptStep(from, step);
    const to = LEADS[from][step];
    if (to) expect(take()).toBe(to);
    else expect(take).toThrow(expect.objectContaining({ code: 'goods-receipt.step-not-allowed', status: 409 }));
  });

  it('counts first, then second; a third count is refused', () => {
    expect(RECEIPT_STATUSES.map(rules.countStep).filter((step) => step === 'count-b')).toHaveLength(1);
    expect(rules.countStep('counted-a')).toBe('count-b');
    expect(() => rules.takeReceiptStep('counted-b', rules.countStep('counted-b'))).toThrow();
  });

  it('takes in what one person counted only where there is nobody else', () => {
    expect(rules.mayDefer('counted-a', 1)).toBe(true);
    expect(rules.mayDefer('counted-b', 1)).toBe(false);
    expect(rules.mayDefer('counted-b', 5)).toBe(false);
    expect(() => rules.mayDefer('counted-a', 2)).toThrow(
      expect.objectContaining({ code: 'goods-receipt.second-count-needed', status: 422 }),
    );
  });
});

const line = (over: Partial<rules.ReceiptLine> = {}): rules.ReceiptLine => ({
  ...rules.announcedLine(
    { line: 1, itemId: 'item', lotCode: 'L1', expiresOn: '2027-06-01', fund: null, unitValueFen: 6000, valueBasis: 'invoice' },
    100,
  ),
  ...over,
}); // prettier-ignore
const lot = (units: number, over: object = {}) => ({ units, condition: 'good' as const, ...over });
const entry = (over: object) => ({ line: 1, lots: [], rejectedUnits: 0, shortUnits: 0, ...over });

describe('counting', () => {
  it('shows no count before both are in, and both differences after', () => {
    const once = rules.countLines([line()], [{ line: 1, units: 98 }], 'count-a');
    expect(rules.shownLine(once[0]!, 'counted-a')).toMatchObject({
      countedAUnits: null, countedBUnits: null, countDifferenceUnits: null, paperDifferenceUnits: null,
    }); // prettier-ignore
    const twice = rules.countLines(once, [{ line: 1, units: 97 }], 'count-b');
    expect(rules.shownLine(twice[0]!, 'counted-b')).toMatchObject({
      countedAUnits: 98, countedBUnits: 97, countDifferenceUnits: -1, paperDifferenceUnits: -3,
    }); // prettier-ignore
    expect(rules.shownLine(once[0]!, 'accepted')).toMatchObject({ countedAUnits: 98, paperDifferenceUnits: -2 });
  });

  it('covers every line once', () => {
    const two = [line(), line({ line: 2 })];
    const count = (lines: { line: number; units: number }[]) => () => rules.countLines(two, lines, 'count-a');
    expect(count([{ line: 1, units: 100 }])).toThrow(expect.objectContaining({ code: 'goods-receipt.count-incomplete', params: { line: 2 } })); // prettier-ignore
    expect(count([{ line: 1, units: 1 }, { line: 1, units: 1 }])).toThrow('request.invalid'); // prettier-ignore
    expect(count([{ line: 3, units: 1 }])).toThrow('request.invalid');
    expect(count([{ line: 1, units: 0 }, { line: 2, units: 100 }])()).toHaveLength(2); // prettier-ignore
  });
});

describe('settling', () => {
  const settle = (of: rules.ReceiptLine, told?: object) =>
    rules.settleLines([of], { lines: told ? [entry(told)] : [] }, 'RK-1');
  it.each([
    ['whole, untold', [100, 100], undefined, null],
    ['short, untold', [98, 98], undefined, 'sums-differ'],
    ['short, told', [98, 98], { lots: [lot(98)], shortUnits: 2 }, null],
    ['short, told as if it were there', [98, 98], { lots: [lot(100)] }, 'sums-differ'],
    ['short not told', [98, 98], { lots: [lot(98)] }, 'sums-differ'],
    ['some rejected', [100, 100], { lots: [lot(90)], rejectedUnits: 10, rejectReason: 'damaged' }, null],
    ['rejected for no reason', [100, 100], { lots: [lot(90)], rejectedUnits: 10 }, 'reject-unexplained'],
    ['all rejected', [100, 100], { rejectedUnits: 100, rejectReason: 'expired' }, null],
    ['rejected and short', [98, 98], { lots: [lot(90)], rejectedUnits: 8, rejectReason: 'quality', shortUnits: 2 }, null],
    ['more than announced', [105, 105], { lots: [lot(105)], overReason: 'a box more' }, null],
    ['more for no reason', [105, 105], { lots: [lot(105)] }, 'over-unexplained'],
    ['more and short at once', [105, 105], { lots: [lot(105)], shortUnits: 1, overReason: 'x' }, 'sums-differ'],
    ['counts differ', [98, 97], { lots: [lot(98)], shortUnits: 2 }, 'count-differs'],
    ['counts differ, settled', [98, 97], { lots: [lot(98)], shortUnits: 2, settledReason: 'third count' }, null],
    ['counts differ, settled between', [98, 90], { lots: [lot(95)], shortUnits: 5, settledReason: 'third count' }, null],
    ['counts differ, settled above both', [98, 90], { lots: [lot(5000)], overReason: 'x', settledReason: 'x' }, 'outside-counts'],
    ['counts differ, settled below both', [98, 90], { lots: [lot(80)], shortUnits: 20, settledReason: 'x' }, 'outside-counts'],
    ['counts differ, untold', [100, 97], undefined, 'count-differs'],
    ['two lots and a broken one', [100, 100], { lots: [lot(60), lot(30, { lotCode: 'L2' }), lot(10, { condition: 'damaged' })] }, null],
  ] as const)('%s', (_, [countedAUnits, countedBUnits], told, code) => {
    const act = () => settle(line({ countedAUnits, countedBUnits }), told);
    if (code) expect(act).toThrow(expect.objectContaining({ code: `goods-receipt.${code}`, status: 422 }));
    else expect(act).not.toThrow();
  }); // prettier-ignore

  it('names a lot by the paper where nobody names it', () => {
    const [settled] = settle(line({ lotCode: null, expiresOn: null }));
    expect(settled!.lots[0]).toMatchObject({ lotCode: 'RK-1', expiresOn: null, units: 100, condition: 'good' });
  });

  it('keeps the sums: accepted, rejected and short make what was announced and what came over it', () => {
    const few = fc.integer({ min: 0, max: 40 });
    fc.assert(
      fc.property(few, few, few, few, (good, damaged, rejected, announced) => {
        fc.pre(announced > 0);
        const found = good + damaged + rejected;
        const lots = [lot(good), lot(damaged, { condition: 'damaged' })].filter(({ units }) => units > 0);
        const told = { lots, rejectedUnits: rejected, rejectReason: 'quality', shortUnits: Math.max(0, announced - found), overReason: 'x' };
        const of = line({ announcedUnits: announced, countedAUnits: found, countedBUnits: found });
        const [settled] = settle(of, told);
        const accepted = settled!.lots.reduce((sum, { units }) => sum + units, 0);
        const over = Math.max(0, found - announced);
        expect(accepted + settled!.line.rejectedUnits + settled!.line.shortUnits).toBe(announced + over);
        expect(() => settle(of, { ...told, shortUnits: told.shortUnits + 1 })).toThrow('goods-receipt.sums-differ');
      }),
    );
  }); // prettier-ignore

  it('writes a further lot of a line on a line of its own, that was not announced', () => {
    const stored = (units: number, lotId: string, condition: 'good' | 'damaged') => ({
      line: 1, lotId, lotCode: lotId, expiresOn: null, binId: 'bin', units, condition, overrideReason: null,
    }); // prettier-ignore
    const lines = rules.withLotsOnLines(
      [line(), line({ line: 2 })],
      [stored(60, 'a', 'good'), stored(40, 'b', 'damaged')],
    );
    expect(lines.map(({ line: n, ofLine, announcedUnits, units, lotId, condition }) => [n, ofLine, announcedUnits, units, lotId, condition])).toEqual([
      [1, null, 100, 60, 'a', 'good'], [2, null, 100, 0, null, 'good'], [3, 1, 0, 40, 'b', 'damaged'],
    ]); // prettier-ignore
    expect(rules.acceptedStatus(lines)).toBe('accepted');
    expect(rules.acceptedStatus([line({ rejectedUnits: 1 })])).toBe('part-rejected');
  });
});
