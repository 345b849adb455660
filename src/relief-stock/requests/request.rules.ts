import { Problem } from '../../shared/problem.js';
import type { RequestLineState, RequestStatus } from './requests.dto.js';

/** The five quantities of a line, as the ledger and the reservations have them. */
export interface Quantities {
  requestedUnits: number;
  committedUnits: number;
  reservedUnits: number;
  inTransitUnits: number;
  receivedUnits: number;
}
export interface LineFacts extends Quantities {
  id: string;
  line: number;
  itemId: string;
  state: RequestLineState;
}

export const LINE_STEPS = ['commit', 'take-back', 'pass-up', 'withdraw', 'close', 'recount'] as const;
export type LineStep = (typeof LINE_STEPS)[number];

const WAITING: readonly RequestLineState[] = ['open', 'part-filled', 'passed-up'];
const LIVE: readonly RequestLineState[] = [...WAITING, 'filled'];
/** From where each step may be taken, and the end that it leads to; without one the quantities say the state. */
export const LINE_EDGES: Record<LineStep, { from: readonly RequestLineState[]; to?: 'withdrawn' | 'closed' }> = {
  commit: { from: WAITING },
  'take-back': { from: LIVE },
  'pass-up': { from: WAITING },
  recount: { from: LIVE },
  withdraw: { from: LIVE, to: 'withdrawn' },
  close: { from: LIVE, to: 'closed' },
};

export const isWaiting = (line: { state: RequestLineState }): boolean => WAITING.includes(line.state);
export const isLive = (line: { state: RequestLineState }): boolean => LIVE.includes(line.state);
/** What nobody has promised yet. */
export const unmetUnits = (line: Pick<Quantities, 'requestedUnits' | 'committedUnits'>): number =>
  line.requestedUnits - line.committedUnits;

/** The state of a line after a step, by its quantities after it. 409 `stock-request.step-not-allowed`. */
export function lineStateAfter(
  line: Pick<LineFacts, 'line' | 'state' | 'requestedUnits' | 'committedUnits'>,
  step: LineStep,
  passedUp: boolean,
): RequestLineState {
  const { from, to } = LINE_EDGES[step];
  if (!from.includes(line.state))
    throw new Problem('stock-request.step-not-allowed', { step, status: line.state, line: line.line });
  if (to) return to;
  if (unmetUnits(line) <= 0) return 'filled';
  if (passedUp) return 'passed-up';
  return line.committedUnits > 0 ? 'part-filled' : 'open';
}

export const REQUEST_STEPS = ['answer', 'pass-up', 'ask', 'decline', 'take-back', 'withdraw', 'close'] as const;
export type RequestStep = (typeof REQUEST_STEPS)[number];
const ASKING: readonly RequestStatus[] = ['open', 'answered'];
/** Only while something is still asked for can it be passed on; what is promised can be taken back as long as the request lives. */
export const REQUEST_EDGES: Record<RequestStep, readonly RequestStatus[]> = {
  answer: ['open'],
  'pass-up': ['open'],
  ask: ['open'],
  decline: ['open'],
  'take-back': ASKING,
  withdraw: ASKING,
  close: ASKING,
};

/** 409 `stock-request.step-not-allowed`. */
export function mustAllow(step: RequestStep, status: RequestStatus): void {
  if (!REQUEST_EDGES[step].includes(status)) throw new Problem('stock-request.step-not-allowed', { step, status });
}

/** A request is answered when none of its lines waits any more; it ends as its lines have ended. */
export function statusOf(lines: readonly { state: RequestLineState }[]): RequestStatus {
  if (lines.some(isWaiting)) return 'open';
  if (lines.some(({ state }) => state === 'filled')) return 'answered';
  return lines.every(({ state }) => state === 'withdrawn') ? 'withdrawn' : 'closed';
}

/** What is given to lines of a request, summed by line. 422 `stock-request.over-committed`; 400 `request.invalid` for a foreign line. */
export function mustBeWanted(lines: readonly LineFacts[], given: readonly { lineId: string; units: number }[]): void {
  const byId = new Map(lines.map((line) => [line.id, line]));
  const sums = new Map<string, number>();
  for (const [n, { lineId, units }] of given.entries()) {
    const line = byId.get(lineId);
    if (!line) throw unknownAt(`/lines/${n}/lineId`);
    lineStateAfter(line, 'commit', false);
    const sum = (sums.get(lineId) ?? 0) + units;
    if (sum > unmetUnits(line))
      throw new Problem('stock-request.over-committed', { line: line.line, unmet: unmetUnits(line), given: sum });
    sums.set(lineId, sum);
  }
}

/** The lines that a step names, or all that still live. 400 `request.invalid` for one of another request. */
export function namedLines(lines: readonly LineFacts[], lineIds: readonly string[] | undefined): LineFacts[] {
  if (!lineIds) return lines.filter(isLive);
  return lineIds.map((id, n) => {
    const line = lines.find((one) => one.id === id);
    if (!line || lineIds.indexOf(id) !== n) throw unknownAt(`/lineIds/${n}`);
    return line;
  });
}

const unknownAt = (pointer: string) => new Problem('request.invalid', {}, { errors: [{ pointer, code: 'unknown' }] });

export interface Desk {
  societyId: string;
  outcome: 'passed-up' | 'declined' | null;
}

/** A society may answer once the request has come to its desk, also after passing the rest on. 422 `stock-request.not-asked`. */
export function mustBeAsked(desks: readonly Desk[], society: { id: string; shortName: string }): void {
  if (!desks.some((desk) => desk.societyId === society.id))
    throw new Problem('stock-request.not-asked', { society: society.shortName });
}

/** Only an open desk passes on or declines. 422 `stock-request.not-asked`, 409 `stock-request.step-not-allowed`. */
export function openDesk<T extends Desk>(
  desks: readonly T[],
  society: { id: string; shortName: string },
  step: RequestStep,
): T {
  mustBeAsked(desks, society);
  const desk = desks.find(({ societyId }) => societyId === society.id)!;
  if (desk.outcome) throw new Problem('stock-request.step-not-allowed', { step, status: desk.outcome });
  return desk;
}

/** A society is asked once. 409 `stock-request.asked-already`; 422 `stock-request.asks-itself`. */
export function mustBeNew(desks: readonly Desk[], society: { id: string; shortName: string }, needingId: string): void {
  if (society.id === needingId) throw new Problem('stock-request.asks-itself', { society: society.shortName });
  if (desks.some(({ societyId }) => societyId === society.id))
    throw new Problem('stock-request.asked-already', { society: society.shortName }, { status: 409 });
}
