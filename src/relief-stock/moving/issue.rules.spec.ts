import { describe, expect, it } from '@jest/globals';
import { type ApprovalState, ISSUE_STATUSES, type IssueStatus } from './issue.dto.js';
import * as rules from './issue.rules.js';

const AT = new Date('2026-07-21T03:00:00Z');
const issue = (status: IssueStatus, approval: ApprovalState = 'not-needed'): rules.IssueProgress => ({
  status, statusSince: AT, approval, approvalDueAt: approval === 'deferred' ? AT : null, approvedAt: null, pickingAt: null, issuedAt: null,
  signedAt: null, closedAt: null, cancelledAt: null,
}); // prettier-ignore

const LEADS: Record<IssueStatus, Partial<Record<rules.IssueStepName, IssueStatus>>> = {
  ordered: { approve: 'approved', cancel: 'cancelled' },
  approved: { pick: 'picking', cancel: 'cancelled' },
  picking: { issue: 'issued', cancel: 'cancelled' },
  issued: { sign: 'signed' },
  signed: { close: 'closed' },
  'signed-with-differences': { close: 'closed' },
  closed: {},
  cancelled: {},
};

describe('the steps of an issue', () => {
  const pairs = ISSUE_STATUSES.flatMap((from) => rules.ISSUE_STEPS.map((step) => [from, step] as const));
  it.each(pairs)('%s: %s', (from, step) => {
    const take = () => rules.takeIssueStep(issue(from), step, AT);
    const to = LEADS[from][step];
    if (to) expect(take()).toMatchObject({ status: to, [rules.ISSUE_EDGES[step].stamp]: AT });
    else expect(take).toThrow(expect.objectContaining({ code: 'issue.step-not-allowed', status: 409 }));
  });

  it.each(ISSUE_STATUSES)(
    '%s: a second signature that is owed is given until the issue has ended, and changes nothing else',
    (status) => {
      const take = () => rules.takeIssueStep(issue(status, 'deferred'), 'approve', AT);
      if (rules.ENDED_ISSUES.includes(status)) return expect(take).toThrow('issue.step-not-allowed');
      expect(take()).toEqual({ ...issue(status), approval: 'given', approvedAt: AT });
    },
  );

  it('do not end on one signature', () => {
    expect(() => rules.takeIssueStep(issue('signed', 'deferred'), 'close', AT)).toThrow('issue.approval-missing');
    expect(rules.takeIssueStep(issue('signed', 'given'), 'close', AT).status).toBe('closed');
  });
});

describe('a release order', () => {
  it.each([
    [{ valueFen: rules.APPROVAL_ABOVE_FEN, unpricedLines: 0 }, false, 'approved', 'not-needed'],
    [{ valueFen: rules.APPROVAL_ABOVE_FEN + 1, unpricedLines: 0 }, false, 'ordered', 'needed'],
    [{ valueFen: 0, unpricedLines: 1 }, false, 'ordered', 'needed'],
    [{ valueFen: rules.APPROVAL_ABOVE_FEN + 1, unpricedLines: 0 }, true, 'approved', 'deferred'],
    [{ valueFen: 1, unpricedLines: 0 }, true, 'approved', 'not-needed'],
  ])('of %j, deferred %s, begins %s with its second signature %s', (goods, deferred, status, approval) => {
    const begun = rules.begin(goods, { deferred, now: AT });
    expect(begun).toMatchObject({ status, approval });
    expect(begun.approvalDueAt).toEqual(approval === 'deferred' ? new Date(AT.getTime() + 24 * 3_600_000) : null);
  });
});

describe('a society where one person holds both desks', () => {
  it('lets that one handle what it ordered once a second signature is owed or given, and never give it itself', () => {
    for (const approval of ['deferred', 'given'] as const) {
      expect(rules.apartFor('pick', { approval }, 1)).toEqual(['approve']);
      expect(rules.apartFor('issue', { approval }, 1)).toEqual(['approve']);
      expect(rules.apartFor('approve', { approval }, 1)).toEqual(['order']);
      expect(rules.apartFor('issue', { approval }, 2)).toEqual(['order', 'approve']);
    }
    expect(rules.apartFor('pick', { approval: 'not-needed' }, 1)).toEqual(['order', 'approve']);
  });

  it('owes the second signature however little the goods are worth', () => {
    const cheap = { valueFen: 1, unpricedLines: 0 };
    expect(rules.begin(cheap, { deferred: true, alone: true, now: AT })).toMatchObject({ status: 'approved', approval: 'deferred' }); // prettier-ignore
    expect(rules.begin(cheap, { deferred: true, now: AT })).toMatchObject({ approval: 'not-needed' });
  });
});
