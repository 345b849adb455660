import { Problem } from '../../shared/problem.js';
import type { Delivered } from './inspection.rules.js';
import type { AcceptGoods, CountGoods, ReceiptLineDto, ReceiptStatus } from './receipt.dto.js';

export const RECEIPT_STEPS = ['arrive', 'count-a', 'count-b', 'accept', 'put-away', 'cancel', 'sign'] as const;
export type ReceiptStepName = (typeof RECEIPT_STEPS)[number];

/** `to` absent: the step leaves the status. Goods enter the ledger at `accept` and nowhere else; after it nothing is cancelled. */
export const RECEIPT_EDGES: Record<ReceiptStepName, { from: readonly ReceiptStatus[]; to?: ReceiptStatus }> = {
  arrive: { from: ['announced'], to: 'arrived' },
  'count-a': { from: ['arrived'], to: 'counted-a' },
  'count-b': { from: ['counted-a'], to: 'counted-b' },
  accept: { from: ['counted-a', 'counted-b'], to: 'accepted' },
  'put-away': { from: ['accepted', 'part-rejected'], to: 'put-away' },
  cancel: { from: ['announced', 'arrived', 'counted-a', 'counted-b'], to: 'cancelled' },
  sign: { from: ['accepted', 'part-rejected', 'put-away'] },
};

/** The status after a step. 409 `goods-receipt.step-not-allowed`. */
export function takeReceiptStep(status: ReceiptStatus, step: ReceiptStepName): ReceiptStatus {
  const { from, to = status } = RECEIPT_EDGES[step];
  if (!from.includes(status)) throw new Problem('goods-receipt.step-not-allowed', { step, status });
  return to;
}

/** Which of the two counts comes next; a third is refused by the table. */
export const countStep = (status: ReceiptStatus): 'count-a' | 'count-b' =>
  status === 'counted-a' ? 'count-b' : 'count-a';

/**
 * Goods that one person counted are accepted only where there is nobody else to count: the second signature may then come later.
 * 422 `goods-receipt.second-count-needed`.
 */
export function mayDefer(status: ReceiptStatus, people: number): boolean {
  if (status !== 'counted-a') return false;
  if (people > 1) throw new Problem('goods-receipt.second-count-needed', { people });
  return true;
}

/** Two people count donated goods: who takes them in is not who counts for the donor. 422 `duty.separation`. */
export function mustBeTwo(keeper: string, countedWith: string | undefined): void {
  const plain = (name: string) => name.normalize('NFKC').replace(/\s/g, '').toLowerCase();
  if (countedWith !== undefined && plain(countedWith) === plain(keeper))
    throw new Problem('duty.separation', { first: 'accepted', second: 'donor-side' });
}

/** A line as it is kept: the two differences are worked out when it is shown. */
export type ReceiptLine = Omit<ReceiptLineDto, 'countDifferenceUnits' | 'paperDifferenceUnits'>;

/** The line as people see it: no count before both are in, so that the second is not led by the first. */
export function shownLine(line: ReceiptLine, status: ReceiptStatus): ReceiptLineDto {
  const blind = status === 'counted-a';
  const [first, second] = blind ? [null, null] : [line.countedAUnits, line.countedBUnits];
  const last = second ?? first;
  return {
    ...line, countedAUnits: first, countedBUnits: second,
    countDifferenceUnits: first !== null && second !== null ? second - first : null,
    paperDifferenceUnits: last !== null ? last - line.announcedUnits : null,
  }; // prettier-ignore
}

/** The lines with one person's count. Every line once: 422 `goods-receipt.count-incomplete`; 400 for a line that is not there or twice. */
export function countLines(
  lines: readonly ReceiptLine[],
  counted: CountGoods['lines'],
  step: 'count-a' | 'count-b',
): ReceiptLine[] {
  const told = byLine(lines, counted);
  return lines.map((line) => {
    const count = told.get(line.line);
    if (!count) throw new Problem('goods-receipt.count-incomplete', { line: line.line });
    return step === 'count-a' ? { ...line, countedAUnits: count.units } : { ...line, countedBUnits: count.units };
  });
}

function byLine<T extends { line: number }>(lines: readonly ReceiptLine[], told: readonly T[]): Map<number, T> {
  const known = new Set(lines.map(({ line }) => line));
  const found = new Map<number, T>();
  told.forEach((one, n) => {
    if (!known.has(one.line) || found.has(one.line))
      throw new Problem('request.invalid', {}, { errors: [{ pointer: `/lines/${n}/line`, code: 'unknown' }] });
    found.set(one.line, one);
  });
  return found;
}

type Entry = AcceptGoods['lines'][number];

/** A line that was decided, and the lots of it that are to be taken in. */
export interface SettledLine {
  line: ReceiptLine;
  lots: Delivered[];
}

/** Decides what becomes of every line: see `settleLine`. Lines left out came whole. */
export function settleLines(
  lines: readonly ReceiptLine[],
  input: Pick<AcceptGoods, 'lines' | 'binId'>,
  noLot: string,
): SettledLine[] {
  const told = byLine(lines, input.lines);
  return lines.map((line) => {
    const whole: Entry = {
      line: line.line,
      lots: [{ units: line.announcedUnits, condition: 'good' }],
      rejectedUnits: 0,
      shortUnits: 0,
    };
    const entry = told.get(line.line) ?? whole;
    mustAddUp(line, entry);
    const lots = entry.lots.map(({ units, condition, lotCode, expiresOn, binId, overrideReason }) => ({
      line: line.line, itemId: line.itemId, lotCode: lotCode ?? line.lotCode ?? noLot,
      expiresOn: expiresOn === undefined ? line.expiresOn : expiresOn, units, condition, fund: line.fund,
      unitValueFen: line.unitValueFen, valueBasis: line.valueBasis, binId: binId ?? input.binId, overrideReason: overrideReason ?? null,
    })); // prettier-ignore
    return { line: decided(line, entry), lots };
  });
}

const decided = (line: ReceiptLine, entry: Entry): ReceiptLine => ({
  ...line, rejectedUnits: entry.rejectedUnits, rejectReason: entry.rejectedUnits > 0 ? entry.rejectReason! : null,
  shortUnits: entry.shortUnits, overReason: entry.overReason ?? null, settledReason: entry.settledReason ?? null,
}); // prettier-ignore

/**
 * accepted + rejected = counted, and accepted + rejected + short = announced unless more came than was announced. 422
 * `goods-receipt.count-differs` where the two counts differ and nobody says why, `goods-receipt.outside-counts` where what is taken in lies
 * beyond both (a third count may lie between), `goods-receipt.sums-differ`,
 * `goods-receipt.over-unexplained`, `goods-receipt.reject-unexplained`.
 */
function mustAddUp(line: ReceiptLine, entry: Entry): void {
  const { announcedUnits: announced, countedAUnits, countedBUnits } = line;
  const accepted = entry.lots.reduce((sum, lot) => sum + lot.units, 0);
  const found = accepted + entry.rejectedUnits;
  const [first, second] = [countedAUnits ?? found, countedBUnits ?? countedAUnits ?? found];
  const params = { line: line.line, announced, accepted, rejected: entry.rejectedUnits, short: entry.shortUnits };
  if (first !== second) {
    if (!entry.settledReason) throw new Problem('goods-receipt.count-differs', { line: line.line, first, second });
    const [least, most] = [Math.min(first, second), Math.max(first, second)];
    if (found < least || found > most)
      throw new Problem('goods-receipt.outside-counts', { line: line.line, least, most, found });
  } else if (found !== second) throw new Problem('goods-receipt.sums-differ', { ...params, counted: second });
  if (entry.shortUnits !== Math.max(0, announced - found))
    throw new Problem('goods-receipt.sums-differ', { ...params, counted: second });
  if (found > announced && !entry.overReason) throw new Problem('goods-receipt.over-unexplained', params);
  if (entry.rejectedUnits > 0 && !entry.rejectReason) throw new Problem('goods-receipt.reject-unexplained', params);
}

/** What a lot became in the ledger. */
export interface Stored {
  line: number;
  lotId: string;
  lotCode: string;
  expiresOn: string | null;
  binId: string;
  units: number;
  condition: ReceiptLine['condition'];
  overrideReason: string | null;
}

/** The lines with the lots that were taken in: the first lot of a line stands on it, each further one on a line of its own at the end. */
export function withLotsOnLines(lines: readonly ReceiptLine[], stored: readonly Stored[]): ReceiptLine[] {
  const first = new Map<number, Stored>();
  const further: Stored[] = [];
  for (const lot of stored) {
    if (first.has(lot.line)) further.push(lot);
    else first.set(lot.line, lot);
  }
  const placed = (line: ReceiptLine, { line: _, ...lot }: Stored): ReceiptLine => ({ ...line, ...lot });
  const whole = lines.map((line) => (first.has(line.line) ? placed(line, first.get(line.line)!) : line));
  const byNumber = new Map(lines.map((line) => [line.line, line]));
  const extra = further.map((lot, n) => {
    const of = byNumber.get(lot.line)!;
    const bare: ReceiptLine = {
      ...of, line: lines.length + n + 1, ofLine: lot.line, announcedUnits: 0, countedAUnits: null, countedBUnits: null,
      rejectedUnits: 0, rejectReason: null, shortUnits: 0, overReason: null, settledReason: null,
    }; // prettier-ignore
    return placed(bare, lot);
  });
  return [...whole, ...extra];
}

/**
 * How a receipt stands after acceptance: `part-rejected` as soon as one unit was refused.
 */
export const acceptedStatus = (lines: readonly ReceiptLine[]): ReceiptStatus =>
  lines.some((line) => line.rejectedUnits > 0) ? 'part-rejected' : 'accepted';

/** A line of a receipt as it is announced, or told on the spot. */
export function announcedLine(
  line: Pick<ReceiptLine, 'line' | 'itemId' | 'lotCode' | 'expiresOn' | 'fund' | 'unitValueFen' | 'valueBasis'>,
  announcedUnits: number,
): ReceiptLine {
  return {
    ...line, ofLine: null, announcedUnits, countedAUnits: null, countedBUnits: null, units: 0, condition: 'good', lotId: null, binId: null,
    rejectedUnits: 0, rejectReason: null, shortUnits: 0, overReason: null, settledReason: null, overrideReason: null,
  }; // prettier-ignore
}
