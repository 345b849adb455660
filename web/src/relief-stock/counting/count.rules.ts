import type { CountLineDto } from '../../../../src/relief-stock/counting/count.dto.js';
import type { StockAct } from '../outbox/act.rules.js';

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

const MOST_DIGITS = 7;
/** The figure on the pad after a key: a digit, `back` or `clear`. */
export function typed(figure: string, key: string): string {
  if (key === 'clear') return '';
  if (key === 'back') return figure.slice(0, -1);
  if (!/^\d$/.test(key)) return figure;
  return figure === '0' ? key : (figure + key).slice(0, MOST_DIGITS);
}
