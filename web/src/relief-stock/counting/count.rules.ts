import type { CountLineDto } from '../../../../src/relief-stock/counting/count.dto.js';
import type { StockAct } from '../outbox/act.rules.js';
import type { ScannedLine } from '../scan/line.rules.js';

type Jotted = Pick<StockAct, 'body' | 'state' | 'settledAtMs'>;

export type BinProgress = { binId: string; binCode: string; total: number; done: number };

/**
 * Whether this person has nothing more to do on a line: it is settled, they have counted it just now, or another person must. What the
 * server asks for again after it had their count is open again.
 */
export function isDone(line: CountLineDto, me: string, jotted: readonly Jotted[], fetchedAtMs: number): boolean {
  const own = jotted.filter(({ body }) => body.lineId === line.id);
  if (own.some(({ state }) => state === 'waiting')) return true;
  if (own.some(({ state, settledAtMs }) => state === 'delivered' && (settledAtMs ?? 0) > fetchedAtMs)) return true;
  if (line.state === 'open') return false;
  if (line.state !== 'recount') return true;
  return line.recountReason === 'second-counter' && line.counterIds.includes(me);
}

/** Bins in walking order with how far each is. */
export function binsOf(lines: readonly CountLineDto[], done: (line: CountLineDto) => boolean): BinProgress[] {
  const bins = new Map<string, BinProgress>();
  for (const line of lines) {
    if (line.state === 'dropped') continue;
    const bin = bins.get(line.binId) ?? { binId: line.binId, binCode: line.binCode, total: 0, done: 0 };
    bins.set(line.binId, { ...bin, total: bin.total + 1, done: bin.done + (done(line) ? 1 : 0) });
  }
  return [...bins.values()].sort((a, b) => a.binCode.localeCompare(b.binCode, 'en', { numeric: true }));
}

/** Where a scan leads in a count: to a bin, or to the line of a lot. `done`: nothing is left to count there; `absent`: it is not in this count. */
export function targetOf(
  lines: readonly CountLineDto[],
  { lotId, itemId, binId }: ScannedLine,
  { done, bin }: { done: (line: CountLineDto) => boolean; bin: string | null },
): { binId: string; lineId: string | null } | 'done' | 'absent' {
  const standing = lines.filter(({ state }) => state !== 'dropped');
  if (binId) {
    const there = standing.filter((line) => line.binId === binId);
    if (there.length === 0) return 'absent';
    return there.every(done) ? 'done' : { binId, lineId: null };
  }
  const named = standing.filter((line) =>
    lotId ? line.lotId === lotId : itemId !== undefined && line.itemId === itemId,
  );
  if (named.length === 0) return 'absent';
  const open = named.filter((line) => !done(line));
  // The same lot may lie in several bins: the one that is being counted comes first.
  const next = open.find((line) => line.binId === bin) ?? open[0];
  return next ? { binId: next.binId, lineId: next.id } : 'done';
}

const MOST_DIGITS = 7;
/** The figure on the pad after a key: a digit, `back` or `clear`. */
export function typed(figure: string, key: string): string {
  if (key === 'clear') return '';
  if (key === 'back') return figure.slice(0, -1);
  if (!/^\d$/.test(key)) return figure;
  return figure === '0' ? key : (figure + key).slice(0, MOST_DIGITS);
}
