import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { condition } from '../../src/relief-stock/relief-stock.dto.js';
import {
  acceptGoods, announceGoods, RECEIPT_STATUSES, REJECT_REASONS, type ReceiptDto, type ReceiptLineDto,
} from '../../src/relief-stock/receiving/receipt.dto.js'; // prettier-ignore
import { EMPTY_RECEIPT, announceBody, receiptBody } from '../../web/src/relief-stock/receipt.rules.js';
import {
  acceptBody, hasSigned, lacks, type LineVerdict, openVerdict, sectionOf, sumsOf,
} from '../../web/src/relief-stock/receiving/accept.rules.js'; // prettier-ignore

const ID = '018f5e00-0000-7000-8000-000000000001';
const line = (over: Partial<ReceiptLineDto> = {}): ReceiptLineDto => ({
  line: 1, ofLine: null, itemId: ID, lotCode: 'L1', expiresOn: null, fund: null, unitValueFen: null, valueBasis: null, announcedUnits: 100,
  countedAUnits: 100, countedBUnits: 100, countDifferenceUnits: 0, paperDifferenceUnits: 0, units: 0, condition: 'good', lotId: null,
  binId: null, rejectedUnits: 0, rejectReason: null, shortUnits: 0, overReason: null, settledReason: null, overrideReason: null, ...over,
}); // prettier-ignore
const verdict = (of: ReceiptLineDto, over: Partial<LineVerdict>): LineVerdict => ({ ...openVerdict(of), ...over });

describe('accepting goods on the keeper page', () => {
  it('takes a line as counted for good until somebody says otherwise', () => {
    const short = line({ countedAUnits: 98, countedBUnits: 98, paperDifferenceUnits: -2 });
    expect(sumsOf(short, openVerdict(short))).toEqual({ accepted: 98, rejected: 0, short: 2, over: 0 });
    expect(lacks(short, openVerdict(short))).toEqual([]);
  });

  it.each([
    ['not what was counted', {}, { good: '90' }, ['good']],
    ['some rejected', {}, { good: '90', rejected: '10' }, ['rejectReason']],
    ['rejected with a reason', {}, { good: '90', rejected: '10', rejectReason: 'damaged' }, []],
    ['counts apart', { countedBUnits: 97, countDifferenceUnits: -3 }, {}, ['settledReason']],
    [
      'counts apart, settled',
      { countedBUnits: 97, countDifferenceUnits: -3 },
      { good: '99', settledReason: 'third' },
      [],
    ],
    ['more than announced', { announcedUnits: 90 }, {}, ['overReason']],
  ] as const)('asks for what is missing: %s', (_, of, said, missing) => {
    const known = line(of);
    expect(lacks(known, verdict(known, said))).toEqual(missing);
  });

  it('sends what the server takes, and sums that close', () => {
    const few = fc.integer({ min: 0, max: 60 }).map(String);
    fc.assert(
      fc.property(few, few, few, few, (good, damaged, quarantined, rejected) => {
        const receipt = { version: 4, lines: [line()] } as ReceiptDto;
        const said = verdict(line(), {
          good,
          damaged,
          quarantined,
          rejected,
          rejectReason: 'quality',
          overReason: 'x',
        });
        const { lines } = acceptGoods.parse(acceptBody(receipt, { 1: said }, ID));
        const accepted = lines[0]!.lots.reduce((sum, { units }) => sum + units, 0);
        const found = accepted + lines[0]!.rejectedUnits;
        expect(found + lines[0]!.shortUnits).toBe(Math.max(100, found));
      }),
    );
  });

  it('lists first what somebody has to do', () => {
    const row = (status: (typeof RECEIPT_STATUSES)[number], due: string | null = null, signed: string | null = null) =>
      sectionOf({ status, secondSignatureDueAt: due, secondSignedAt: signed });
    expect(RECEIPT_STATUSES.map((status) => row(status))).toEqual([
      'todo', 'todo', 'todo', 'todo', 'to-put-away', 'to-put-away', 'done', 'done',
    ]); // prettier-ignore
    expect([row('accepted', 'x'), row('put-away', 'x'), row('accepted', 'x', 'y')]).toEqual([
      'unsigned',
      'unsigned',
      'to-put-away',
    ]);
    const signatures = [{ role: 'counted-a', userId: 'lin', name: '', occurredAt: '', signedAt: '' }];
    expect([hasSigned({ signatures }, 'lin', ['counted-a']), hasSigned({ signatures }, 'chen', ['counted-a'])]).toEqual(
      [true, false],
    );
  });

  it('announces without bins, and names who counted for the donor only of donated goods', () => {
    const lines = [{ itemId: ID, lotCode: 'L1', expiresOn: '', units: '5', binId: ID, overrideReason: 'x' }];
    const draft = { ...EMPTY_RECEIPT, id: ID, sourceName: '某企业', countedWith: '捐方', lines };
    expect(announceGoods.parse(announceBody(draft, ID)).lines[0]).toEqual({
      itemId: ID,
      lotCode: 'L1',
      expiresOn: null,
      units: 5,
    });
    expect(receiptBody(draft, ID)).not.toHaveProperty('countedWith');
    expect(receiptBody({ ...draft, source: 'donation' }, ID)).toMatchObject({ countedWith: '捐方' });
  });

  it('has words for every status, reason and condition', () => {
    const words = JSON.parse(readFileSync('web/src/i18n/stock-receiving.zh-CN.json', 'utf8')) as Record<string, string>;
    const wanted = [
      ...RECEIPT_STATUSES.map((status) => `receiving.status.${status}`), ...REJECT_REASONS.map((reason) => `receiving.reject.${reason}`),
      ...condition.options.map((one) => `receiving.piece.${one}`),
      ...['counted-a', 'counted-b', 'accepted', 'second-signature'].map((role) => `receiving.role.${role}`),
    ]; // prettier-ignore
    expect(wanted.filter((key) => !(key in words))).toEqual([]);
  });
});
