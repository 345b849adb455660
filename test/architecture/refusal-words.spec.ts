import { describe, expect, it } from '@jest/globals';
import { DRILL_ACTS } from '../../src/drills/drill.rules.js';
import { DRILL_STATES } from '../../src/drills/drills.dto.js';
import { ASPECTS, GRADES, IMPROVEMENT_STATES } from '../../src/drills/sheet/sheet.dto.js';
import { IMPROVEMENT_STEPS } from '../../src/drills/sheet/sheet.rules.js';
import { MEASURE_CODES } from '../../src/drills/score.rules.js';
import { BOX_STATUSES } from '../../src/relief-stock/boxes/box.dto.js';
import { INQUIRY_STATUSES } from '../../src/relief-stock/moving/inquiry.dto.js';
import { INQUIRY_STEPS } from '../../src/relief-stock/moving/inquiry.rules.js';
import { ISSUE_STATUSES } from '../../src/relief-stock/moving/issue.dto.js';
import { ISSUE_SIGNERS, ISSUE_STEPS } from '../../src/relief-stock/moving/issue.rules.js';
import { TRANSFER_STATUSES } from '../../src/relief-stock/moving/transfer.dto.js';
import { TRANSFER_SIGNERS, TRANSFER_STEPS } from '../../src/relief-stock/moving/transfer.rules.js';
import { RECEIPT_STATUSES } from '../../src/relief-stock/receiving/receipt.dto.js';
import { REQUEST_STATUSES } from '../../src/relief-stock/requests/requests.dto.js';
import { catalogue, refusalSentence } from '../../src/shared/i18n.js';

const roles = (signers: object) => Object.entries(signers).flatMap(([role, apart]) => [role, ...(apart as string[])]);
const TOLD: Record<string, readonly string[]> = {
  'transfer.status': TRANSFER_STATUSES, 'transfer.step': [...TRANSFER_STEPS, 'revise'], 'issue.status': ISSUE_STATUSES,
  'issue.step': ISSUE_STEPS, 'inquiry.status': INQUIRY_STATUSES, 'inquiry.step': INQUIRY_STEPS, 'goods-receipt.status': RECEIPT_STATUSES,
  'stock-request.status': REQUEST_STATUSES, 'box.status': BOX_STATUSES, 'drill.status': DRILL_STATES, 'drill.step': DRILL_ACTS,
  'drill-improvement.status': IMPROVEMENT_STATES, 'drill-improvement.step': IMPROVEMENT_STEPS, 'drill-aspect': ASPECTS, 'drill-grade': GRADES, 'drill-report.measure': MEASURE_CODES,
  'duty.role': [...roles(TRANSFER_SIGNERS), ...roles(ISSUE_SIGNERS), 'counted-a', 'counted-b', 'accepted', 'submit', 'second-signature'],
}; // prettier-ignore

describe('what a tired person reads of a refusal', () => {
  it.each(Object.entries(TOLD))('has words for every %s, in both languages', (name, codes) => {
    for (const locale of ['zh-CN', 'en'] as const) {
      const missing = codes.filter((code) => catalogue(locale)[`${name}.${code}`] === undefined);
      expect(missing).toEqual([]);
    }
  });

  it('is words, not codes; and the clock on the wall, not UTC', () => {
    const zh = (code: string, params: Record<string, string>) => refusalSentence('zh-CN', code, params);
    expect(zh('transfer.step-not-allowed', { step: 'receive', status: 'departed' })).toBe('调拨单当前状态为“在途”，不能执行“收货”');
    expect(zh('duty.separation', { first: 'counted-a', second: 'counted-b' })).toBe('同一人不能同时担任这两个环节：初点、复点');
    expect(zh('stock.too-long-ago', { earliest: '2026-10-29T03:07:17.737Z' })).toContain('2026-10-29 11:07');
    expect(refusalSentence('en', 'duty.separation', { first: 'order', second: 'pick' })).toContain('ordering');
  }); // prettier-ignore

  it('stays as it is where nobody has a word for it', () => {
    expect(refusalSentence('zh-CN', 'duty.separation', { first: 'administrator', second: 'admin.330000' })).toContain(
      'administrator、admin.330000',
    );
  });
});
