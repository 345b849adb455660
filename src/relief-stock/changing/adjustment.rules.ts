import { Problem } from '../../shared/problem.js';
import type { Condition, LotDto, MovementReason } from '../relief-stock.dto.js';
import type { AdjustmentKind, AdjustmentStatus, StockReasonDto } from './adjustment.dto.js';

export const ADJUSTMENT_STEPS = ['rewrite', 'submit', 'approve', 'reject', 'cancel', 'replace', 'reverse'] as const;
export type AdjustmentStep = (typeof ADJUSTMENT_STEPS)[number];

interface Edge {
  from: readonly AdjustmentStatus[];
  to: AdjustmentStatus;
}
/** What waits is posted by another person, or refused; what is posted stays, and is taken back by a reversal only. */
export const ADJUSTMENT_EDGES: Record<AdjustmentStep, Edge> = {
  rewrite: { from: ['draft'], to: 'draft' },
  submit: { from: ['draft'], to: 'submitted' },
  approve: { from: ['submitted'], to: 'posted' },
  reject: { from: ['submitted'], to: 'rejected' },
  cancel: { from: ['draft', 'submitted'], to: 'cancelled' },
  replace: { from: ['posted'], to: 'posted' },
  reverse: { from: ['posted'], to: 'reversed' },
};

/** The status after a step. 409 `adjustment.step-not-allowed`. */
export function adjustmentAfter(status: AdjustmentStatus, step: AdjustmentStep): AdjustmentStatus {
  const { from, to } = ADJUSTMENT_EDGES[step];
  if (!from.includes(status)) throw new Problem('adjustment.step-not-allowed', { step, status });
  return to;
}

/** A difference above 2 % of the book or 2,000 yuan needs approval by another person (relief practice, planning value). */
export const APPROVAL = { sharePct: 2, valueFen: 200_000 };

/** What a paper changes of one item: units in and out together, and what the same warehouse changed that day without approval. */
export interface ItemChange {
  units: number;
  earlierUnits: number;
  bookUnits: number;
  /** Fair value of a unit; null when nobody knows it: then only the share counts. */
  priceFen: number | null;
}

export const valueOf = (changes: readonly Pick<ItemChange, 'units' | 'priceFen'>[]): number =>
  changes.reduce((sum, { units, priceFen }) => sum + units * (priceFen ?? 0), 0);

/**
 * Whether another person must approve: a change above the threshold as a whole or of one item, with what was posted that day without
 * approval counted in, so that many small papers are not a way round it.
 */
export function isAboveThreshold(changes: readonly ItemChange[]): boolean {
  const large = ({ units, earlierUnits, bookUnits, priceFen }: ItemChange): boolean => {
    const together = units + earlierUnits;
    return together * 100 > APPROVAL.sharePct * bookUnits || together * (priceFen ?? 0) > APPROVAL.valueFen;
  };
  return valueOf(changes) > APPROVAL.valueFen || changes.some(large);
}

/**
 * A disposal always takes two people: what is destroyed cannot be counted again. So do goods of another society, however few: their owner does not
 * stand beside the keeper.
 */
export const needsApproval = (
  kind: AdjustmentKind,
  changes: readonly ItemChange[],
  goods: { ofOthers: boolean } = { ofOthers: false },
): boolean => kind === 'disposal' || goods.ofOthers || isAboveThreshold(changes);

type Account = StockReasonDto['account'];
/** What each account does to goods: the condition in which they stay in their bin, or the account outside and the movement's word. */
export const ACCOUNTS: Record<
  Account,
  { reason: MovementReason; stays: Condition } | { reason: MovementReason; outside: OutsideKind }
> = {
  adjustment: { reason: 'adjustment', outside: 'adjustment' },
  loss: { reason: 'loss', outside: 'loss' },
  disposal: { reason: 'disposal', outside: 'disposal' },
  use: { reason: 'rotation', outside: 'recipient' },
  damage: { reason: 'damage', stays: 'damaged' },
  good: { reason: 'adjustment', stays: 'good' },
  quarantine: { reason: 'adjustment', stays: 'quarantined' },
};
type OutsideKind = 'adjustment' | 'loss' | 'disposal' | 'recipient';

/** What a line says of its goods, with the lot that it names. */
export interface ReasonedLine {
  line: number;
  reason: string;
  direction: 'in' | 'out';
  itemId: string;
  condition: Condition;
  units: number;
  lot: Pick<LotDto, 'code' | 'expiresOn' | 'state'>;
}

/**
 * Whether the lines fit their kind and reasons. 422 `adjustment.same-condition` (goods already in that condition), `adjustment.unfit-only`
 * (a disposal of goods that are neither damaged, expired nor recalled), `adjustment.undated` (a rotation of goods that do not expire),
 * `adjustment.not-balanced` (a wrong lot or item: what leaves one comes to the other), `adjustment.replacement-missing`.
 */
export function inspectLines(
  kind: AdjustmentKind,
  lines: readonly ReasonedLine[],
  known: { reasons: ReadonlyMap<string, StockReasonDto>; today: string; replacements: number },
): void {
  for (const { line, reason, condition, lot } of lines) {
    const account = ACCOUNTS[known.reasons.get(reason)!.account];
    if ('stays' in account && account.stays === condition) {
      throw new Problem('adjustment.same-condition', { line, lot: lot.code, condition });
    }
    if (kind === 'disposal' && !isUnfit(condition, lot, known.today)) {
      throw new Problem('adjustment.unfit-only', { line, lot: lot.code });
    }
    if (kind === 'rotation' && lot.expiresOn === null) throw new Problem('adjustment.undated', { line, lot: lot.code });
  }
  mustBalance(lines, 'wrong-lot', ({ itemId }) => itemId);
  mustBalance(lines, 'wrong-item', () => '');
  if (kind === 'rotation' && known.replacements === 0) throw new Problem('adjustment.replacement-missing', {});
}

const isUnfit = (condition: Condition, lot: Pick<LotDto, 'expiresOn' | 'state'>, today: string): boolean =>
  condition === 'damaged' ||
  ['damaged', 'recalled'].includes(lot.state) ||
  (lot.expiresOn !== null && lot.expiresOn < today);

function mustBalance(lines: readonly ReasonedLine[], reason: string, groupOf: (line: ReasonedLine) => string): void {
  const sums = new Map<string, { in: number; out: number }>();
  for (const line of lines.filter((one) => one.reason === reason)) {
    const sum = sums.get(groupOf(line)) ?? { in: 0, out: 0 };
    sum[line.direction] += line.units;
    sums.set(groupOf(line), sum);
  }
  for (const sum of sums.values()) {
    if (sum.in !== sum.out) throw new Problem('adjustment.not-balanced', { reason, in: sum.in, out: sum.out });
  }
}

/**
 * Which way a line goes: what the reason says, or, where it leaves that open, what the line says. 422 `adjustment.reason-unknown` for a
 * reason that is not one of the kind, `adjustment.direction` for a line that contradicts it or does not say.
 */
export function directionOf(
  asked: { line: number; reason: string; direction?: 'in' | 'out' | undefined },
  known: { kind: AdjustmentKind; reason: StockReasonDto | undefined },
): 'in' | 'out' {
  const { line, reason: code, direction } = asked;
  if (known.reason?.kind !== known.kind)
    throw new Problem('adjustment.reason-unknown', { line, reason: code, kind: known.kind });
  const { direction: told } = known.reason;
  const way = told === 'either' ? direction : told;
  if (!way || (direction && direction !== way)) throw new Problem('adjustment.direction', { line, reason: code });
  return way;
}
