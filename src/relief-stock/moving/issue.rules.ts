import { Problem } from '../../shared/problem.js';
import type { ApprovalState, IssueStatus } from './issue.dto.js';

/** Above this value a release order needs a second signature: 10,000 yuan (ours, until a society sets another). */
export const APPROVAL_ABOVE_FEN = 1_000_000;
/** Goods that left on one signature get their second within a day (emergency practice: act first, sign within 24 hours). */
export const APPROVAL_DUE_MS = 24 * 3_600_000;

export const ISSUE_STEPS = ['approve', 'pick', 'issue', 'sign', 'close', 'cancel'] as const;
export type IssueStepName = (typeof ISSUE_STEPS)[number];
export const ISSUE_STAMPS = ['approvedAt', 'pickingAt', 'issuedAt', 'signedAt', 'closedAt', 'cancelledAt'] as const;
type Stamp = (typeof ISSUE_STAMPS)[number];

/** The part of an issue that steps change. */
export interface IssueProgress extends Record<Stamp, Date | null> {
  status: IssueStatus;
  statusSince: Date;
  approval: ApprovalState;
  approvalDueAt: Date | null;
}

interface Edge {
  from: readonly IssueStatus[];
  to: IssueStatus;
  stamp: Stamp;
}
/** Cancelled until the goods have left; what has left is signed for, with differences if need be. */
export const ISSUE_EDGES: Record<IssueStepName, Edge> = {
  approve: { from: ['ordered'], to: 'approved', stamp: 'approvedAt' },
  pick: { from: ['approved'], to: 'picking', stamp: 'pickingAt' },
  issue: { from: ['picking'], to: 'issued', stamp: 'issuedAt' },
  sign: { from: ['issued'], to: 'signed', stamp: 'signedAt' },
  close: { from: ['signed', 'signed-with-differences'], to: 'closed', stamp: 'closedAt' },
  cancel: { from: ['ordered', 'approved', 'picking'], to: 'cancelled', stamp: 'cancelledAt' },
};
export const ENDED_ISSUES: readonly IssueStatus[] = ['closed', 'cancelled'];

/** Who puts a name to which step, and whose name must not stand there already: who orders or approves does not issue. */
export const ISSUE_SIGNERS: Partial<Record<IssueStepName, readonly string[]>> = {
  approve: ['order'],
  pick: ['order', 'approve'],
  issue: ['order', 'approve'],
};

/**
 * Whose name must not stand there already, for a step of this issue. Where one person holds both desks of a society (`people` of duty and
 * keeping), the order goes ahead on that one's name, and the second signature is owed by somebody of a society above (D9 of the national
 * guide: separation of duties, deferred where a county has one person).
 */
export function apartFor(
  step: IssueStepName,
  issue: Pick<IssueProgress, 'approval'>,
  people: number,
): readonly string[] | undefined {
  const apart = ISSUE_SIGNERS[step];
  const second = issue.approval === 'deferred' || issue.approval === 'given';
  const alone = step !== 'approve' && people < 2 && second;
  return alone ? apart?.filter((role) => role !== 'order') : apart;
}

/**
 * The issue after a step. 409 `issue.step-not-allowed`; 422 `issue.approval-missing` when it would close on one signature. A deferred
 * second signature is given while the goods are on their way, and changes nothing else.
 */
export function takeIssueStep<T extends IssueProgress>(issue: T, step: IssueStepName, occurredAt: Date): T {
  const { from, to, stamp } = ISSUE_EDGES[step];
  const late = step === 'approve' && issue.approval === 'deferred' && !ENDED_ISSUES.includes(issue.status);
  if (late) return { ...issue, approval: 'given', approvalDueAt: null, approvedAt: occurredAt };
  if (!from.includes(issue.status)) throw new Problem('issue.step-not-allowed', { step, status: issue.status });
  if (step === 'close' && issue.approval === 'deferred') throw new Problem('issue.approval-missing');
  const after = { ...issue, status: to, statusSince: occurredAt, [stamp]: occurredAt };
  return step === 'approve' ? { ...after, approval: 'given' } : after;
}

/** Whether an order needs a second signature: by its value, or because nobody knows the value of some of its goods. */
export const needsApproval = (goods: { valueFen: number; unpricedLines: number }): boolean =>
  goods.valueFen > APPROVAL_ABOVE_FEN || goods.unpricedLines > 0;

/** How a new order begins: approved at once, waiting for a second signature, or going ahead of it; `alone`: one person does it all. */
export function begin(
  goods: { valueFen: number; unpricedLines: number },
  { deferred, alone = false, now }: { deferred: boolean; alone?: boolean; now: Date },
): Pick<IssueProgress, 'status' | 'approval' | 'approvalDueAt'> {
  const owes = needsApproval(goods) || (alone && deferred);
  if (!owes) return { status: 'approved', approval: 'not-needed', approvalDueAt: null };
  if (!deferred) return { status: 'ordered', approval: 'needed', approvalDueAt: null };
  return { status: 'approved', approval: 'deferred', approvalDueAt: new Date(now.getTime() + APPROVAL_DUE_MS) };
}
