import type { ResponseLevel } from '../../../../src/incidents/response/plans.dto.js';

const RANK = { I: 0, II: 1, III: 2, IV: 3 };
/** Which of the four acts leads from one level to another; null is no response. */
export function stepTo(from: ResponseLevel | null, to: ResponseLevel | null): 'approve' | 'raise' | 'lower' | 'end' {
  if (to === null) return 'end';
  if (from === null) return 'approve';
  return RANK[to] < RANK[from] ? 'raise' : 'lower';
}
