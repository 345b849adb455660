import { createHash } from 'node:crypto';
import { Problem } from '../../shared/problem.js';
import { factTimesOf } from '../fact-times.rules.js';
import type { CountStatus, LineState, RecountReason } from './count.dto.js';

/** A movement so near the moment of a count may have been on either side of it: clocks and hands are not more exact (stock-anchors 2.4). */
export const RECOUNT_WINDOW_MS = 2 * 60_000;
/** A difference of more than 2 % or 2,000 yuan is counted by a second person (domain 2.8). */
const LARGE_PERCENT = 2;
const LARGE_VALUE_FEN = 200_000;

export const COUNT_STEPS = ['count', 'finish', 'recount', 'explain', 'approve', 'post', 'drop', 'cancel'] as const;
export type CountStep = (typeof COUNT_STEPS)[number];
/** From where a step may be taken, and where it leads; null: where it was. A count with lines that cannot be posted stays approved. */
export const COUNT_EDGES: Record<CountStep, { from: readonly CountStatus[]; to: CountStatus | null }> = {
  count: { from: ['open'], to: null },
  finish: { from: ['open'], to: 'counted' },
  recount: { from: ['counted', 'approved'], to: 'open' },
  explain: { from: ['counted'], to: null },
  approve: { from: ['counted', 'approved'], to: 'approved' },
  post: { from: ['approved'], to: 'posted' },
  drop: { from: ['open', 'counted', 'approved'], to: null },
  cancel: { from: ['open', 'counted', 'approved'], to: 'cancelled' },
};

/** The status after a step. 409 `count.step-not-allowed`. */
export function takeCountStep(status: CountStatus, step: CountStep): CountStatus {
  const { from, to } = COUNT_EDGES[step];
  if (!from.includes(status)) throw new Problem('count.step-not-allowed', { step, status });
  return to ?? status;
}

export const LINE_STEPS = ['count', 'recount', 'explain', 'post', 'drop'] as const;
export type LineStep = (typeof LINE_STEPS)[number];
/** `count` leads to counted, or to recount when that count does not settle it. */
export const LINE_EDGES: Record<LineStep, { from: readonly LineState[]; to: LineState }> = {
  count: { from: ['open', 'counted', 'recount'], to: 'counted' },
  recount: { from: ['counted', 'recount', 'explained'], to: 'recount' },
  explain: { from: ['counted', 'explained'], to: 'explained' },
  post: { from: ['counted', 'explained'], to: 'posted' },
  drop: { from: ['open', 'counted', 'recount', 'explained'], to: 'dropped' },
};

/** The state of a line after a step. 409 `count-line.step-not-allowed`. */
export function takeLineStep(line: { line: number; state: LineState }, step: LineStep): LineState {
  const { from, to } = LINE_EDGES[step];
  if (!from.includes(line.state)) {
    throw new Problem('count-line.step-not-allowed', { step, state: line.state, line: line.line });
  }
  return to;
}

/**
 * The moment of a count by the clock of the server. A count cannot be later than its arrival, so a clock that runs a little ahead is set
 * back to it; one just before the count was opened stands for its opening. Refusals as `factTimesOf`; 422 `count.before-opened`: a cell
 * counted before may have been corrected by another count since.
 */
export function momentOf(
  counted: { countedAt: string; clockOffsetMs: number },
  at: { now: Date; openedAt: Date },
): Date {
  const corrected = new Date(Date.parse(counted.countedAt) + counted.clockOffsetMs).toISOString();
  const { occurredAt } = factTimesOf({ occurredAt: corrected }, at.now);
  if (occurredAt.getTime() < at.openedAt.getTime() - RECOUNT_WINDOW_MS) {
    throw new Problem('count.before-opened', { countedAt: corrected, openedAt: at.openedAt.toISOString() });
  }
  return new Date(Math.max(at.openedAt.getTime(), Math.min(occurredAt.getTime(), at.now.getTime())));
}

/** What somebody counted, beside what the ledger of now says of that moment. */
export interface Entry {
  id: string;
  lineId: string;
  counterId: string;
  counterName: string;
  units: number;
  moment: Date;
  bookUnits: number;
  /** A movement of the cell lies within the window around the moment. */
  movedNear: boolean;
}

export const varianceOf = ({ units, bookUnits }: Pick<Entry, 'units' | 'bookUnits'>): number => units - bookUnits;

export function isLarge(variance: number, line: { bookUnits: number; priceFen: number | null }): boolean {
  const size = Math.abs(variance);
  return size * 100 > LARGE_PERCENT * Math.max(0, line.bookUnits) || size * (line.priceFen ?? 0) > LARGE_VALUE_FEN;
}

export type Verdict =
  | { state: 'open'; entry: null; recountReason: null }
  | { state: 'recount'; entry: null; recountReason: RecountReason }
  | { state: 'counted'; entry: Entry; recountReason: null };

const settled = (entry: Entry): Verdict => ({ state: 'counted', entry, recountReason: null });
const again = (recountReason: RecountReason): Verdict => ({ state: 'recount', entry: null, recountReason });

/**
 * What the counts of one line say together. It depends on which counts there are, not on the order in which they arrived. Counts near a
 * movement or from before a recount was asked for do not matter. A large difference stands when two people agree on it; it falls when
 * another person than who found it finds no large one.
 */
export function judge(entries: readonly Entry[], line: { priceFen: number | null; recountFrom: Date | null }): Verdict {
  const fresh = entries.filter(({ moment }) => !line.recountFrom || moment >= line.recountFrom);
  const valid = fresh.filter((entry) => !entry.movedNear).sort(byMoment);
  const last = valid.at(-1);
  if (!last) {
    if (fresh.length > 0) return again('movement-near');
    return line.recountFrom ? again('asked') : { state: 'open', entry: null, recountReason: null };
  }
  const large = valid.filter((entry) => isLarge(varianceOf(entry), { ...line, bookUnits: entry.bookUnits }));
  if (large.length === 0) return settled(last);
  if (!large.some(({ counterId }) => counterId === last.counterId)) return settled(last);
  const others = [...new Map(valid.map((entry) => [entry.counterId, entry])).values()].filter(
    ({ counterId }) => counterId !== last.counterId,
  );
  if (others.length === 0) return again('second-counter');
  return others.some((other) => varianceOf(other) === varianceOf(last)) ? settled(last) : again('counts-differ');
}

const byMoment = (a: Entry, b: Entry): number =>
  a.moment.getTime() - b.moment.getTime() || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** A line as approval and posting see it. */
export interface SettledLine {
  id: string;
  line: number;
  state: LineState;
  varianceUnits: number | null;
}

/** The same for the same figures: who approves names what they saw. */
export function figuresOf(lines: readonly (SettledLine & { bookUnits: number | null })[]): string {
  const content = [...lines]
    .sort((a, b) => a.line - b.line)
    .map(({ id, state, bookUnits, varianceUnits }) => `${id} ${state === 'dropped'} ${bookUnits} ${varianceUnits}`);
  return createHash('sha256').update(content.join('\n')).digest('hex').slice(0, 32);
}

/** 409 `count.lines-open` for lines that nobody has settled; 409 `count.unexplained` for a difference without a cause. */
export function mustBeReady(lines: readonly SettledLine[]): void {
  const open = lines.filter(({ state }) => state === 'open' || state === 'recount');
  if (open.length > 0) throw new Problem('count.lines-open', { lines: open.length, first: open[0]!.line });
  const unexplained = lines.filter(({ state, varianceUnits }) => state === 'counted' && varianceUnits !== 0);
  if (unexplained.length > 0) {
    throw new Problem('count.unexplained', { lines: unexplained.length, first: unexplained[0]!.line });
  }
}

/** Why a difference cannot be posted now: a code and its figures. */
export interface Block {
  code: 'count.book-changed' | 'count.units-reserved' | 'count.goods-left';
  params: Record<string, number>;
}

/**
 * What stands against posting an approved difference, under the lock of the cell; null when nothing does. Units that are promised stay
 * covered, and a cell never falls below zero: then people release or count again.
 */
export function blockOf(
  line: { approvedUnits: number; varianceUnits: number },
  cell: { onHand: number; reserved: number },
): Block | null {
  const { approvedUnits: approved, varianceUnits: now } = line;
  if (approved !== now) return { code: 'count.book-changed', params: { approved, now } };
  const { onHand, reserved } = cell;
  if (onHand + approved < 0) return { code: 'count.goods-left', params: { onHand, missing: -approved } };
  if (onHand + approved < reserved && approved < 0) {
    return { code: 'count.units-reserved', params: { onHand, reserved, missing: -approved } };
  }
  return null;
}
