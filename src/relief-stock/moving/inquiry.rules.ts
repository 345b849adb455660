import { Problem } from '../../shared/problem.js';
import type { ExplainInquiry, InquiryStatus } from './inquiry.dto.js';

export const INQUIRY_STEPS = ['explain', 'propose', 'reject', 'approve'] as const;
export type InquiryStepName = (typeof INQUIRY_STEPS)[number];

/** Units that are found are found even when somebody has proposed to give them up; only two people together give units up. */
export const INQUIRY_EDGES: Record<InquiryStepName, { from: readonly InquiryStatus[]; to: InquiryStatus }> = {
  explain: { from: ['open', 'write-off-proposed'], to: 'open' },
  propose: { from: ['open'], to: 'write-off-proposed' },
  reject: { from: ['write-off-proposed'], to: 'open' },
  approve: { from: ['write-off-proposed'], to: 'written-off' },
};

/** Nothing is left that nobody can explain. */
export const isEnded = (status: string): boolean => status === 'explained' || status === 'written-off';

/** 409 `inquiry.step-not-allowed`. */
export function takeInquiryStep(status: InquiryStatus, step: InquiryStepName): InquiryStatus {
  const { from, to } = INQUIRY_EDGES[step];
  if (!from.includes(status)) throw new Problem('inquiry.step-not-allowed', { step, status });
  return to;
}

/** Whoever proposed to write units off does not approve it. 422 `duty.separation`. */
export function mustNotBeProposer(inquiry: { proposedById: string | null }, userId: string): void {
  if (inquiry.proposedById === userId) throw new Problem('duty.separation', { first: 'propose', second: 'approve' });
}

export interface MissingLine {
  id: string;
  missingUnits: number;
  foundUnits: number;
  lostUnits: number;
}
export const unexplained = ({ missingUnits, foundUnits, lostUnits }: Omit<MissingLine, 'id'>): number =>
  missingUnits - foundUnits - lostUnits;

const invalid = (pointer: string, code: string) => new Problem('request.invalid', {}, { errors: [{ pointer, code }] });

/**
 * The lines after units were found. A line may be told more than once: some units here, some there. 400 `request.invalid` for a line of
 * another inquiry; 422 `inquiry.too-many { missing, told }` for more units than are missing.
 */
export function findUnits<T extends MissingLine>(lines: readonly T[], told: ExplainInquiry['goods']): T[] {
  const after = new Map(lines.map((line) => [line.id, { ...line }]));
  told.forEach(({ id, units }, n) => {
    const line = after.get(id);
    if (!line) throw invalid(`/goods/${n}/id`, 'unknown');
    const missing = unexplained(line);
    if (units > missing) throw new Problem('inquiry.too-many', { missing, told: units });
    line.foundUnits += units;
  });
  return [...after.values()];
}
