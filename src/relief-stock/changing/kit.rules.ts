import { ensure, Problem } from '../../shared/problem.js';
import type { LotDto } from '../relief-stock.dto.js';

/** Units of an item in every kit. */
export interface KitPart {
  itemId: string;
  units: number;
}
/** Parts taken from a cell, in the order of use. */
export interface TakenPart {
  cellId: string;
  itemId: string;
  lotId: string;
  expiresOn: string | null;
  source: LotDto['source'];
  fund: string | null;
  units: number;
}
/** Kits that all hold the same: what one of them contains of which lot and purpose. */
export interface KitRun {
  kits: number;
  expiresOn: string | null;
  source: LotDto['source'];
  contains: { lotId: string; fund: string | null; units: number }[];
}

/**
 * Kits from parts: the first kit takes the first units of every part, and so on. Kits next to each other that hold the same make one
 * run, which becomes one lot; so every kit of a lot can be opened again without asking which one it was, and a recall hits no kit too many.
 */
export function kitRuns(parts: readonly KitPart[], taken: readonly TakenPart[], kits: number): KitRun[] {
  const rest = parts.map(({ itemId, units }) => ({
    units, queue: taken.filter((part) => part.itemId === itemId).map((part) => ({ ...part })),
  })); // prettier-ignore
  const runs: KitRun[] = [];
  for (let missing = kits; missing > 0;) {
    const alike = Math.min(missing, ...rest.map(({ units, queue }) => Math.floor((queue[0]?.units ?? 0) / units)));
    const run = Math.max(1, alike);
    const held = rest.flatMap(({ units, queue }) => takeFrom(queue, units * run));
    addRun(runs, runOf(held, run));
    missing -= run;
  }
  ensure(rest.every(({ queue }) => queue.length === 0), 'S3 every part taken is in a kit'); // prettier-ignore
  return runs;
}

function takeFrom(queue: TakenPart[], wanted: number): TakenPart[] {
  const held: TakenPart[] = [];
  for (let missing = wanted; missing > 0;) {
    const first = queue[0];
    ensure(first !== undefined, 'S3 a kit is whole');
    const units = Math.min(missing, first.units);
    held.push({ ...first, units });
    first.units -= units;
    missing -= units;
    if (first.units === 0) queue.shift();
  }
  return held;
}

/** What one kit of a run holds: bins do not matter, lots and purposes do. */
function runOf(held: readonly TakenPart[], kits: number): KitRun {
  const sums = new Map<string, { lotId: string; fund: string | null; units: number }>();
  for (const { lotId, fund, units } of held) {
    const key = JSON.stringify([lotId, fund]);
    const sum = sums.get(key) ?? { lotId, fund, units: 0 };
    sum.units += units;
    sums.set(key, sum);
  }
  const contains = [...sums.values()].map((sum) => ({ ...sum, units: sum.units / kits }));
  ensure(contains.every(({ units }) => Number.isInteger(units)), 'S3 kits of a run hold the same'); // prettier-ignore
  const days = held.flatMap(({ expiresOn }) => (expiresOn === null ? [] : [expiresOn]));
  const sources = new Set(held.map(({ source }) => source));
  const source = sources.size === 1 ? held[0]!.source : 'other';
  return { kits, contains, source, expiresOn: days.length === 0 ? null : days.reduce((a, b) => (a < b ? a : b)) };
}

function addRun(runs: KitRun[], next: KitRun): void {
  const content = ({ contains }: KitRun) =>
    contains.map(({ lotId, fund, units }) => JSON.stringify([lotId, fund, units])).sort().join(); // prettier-ignore
  const same = runs.find((run) => content(run) === content(next));
  if (same) same.kits += next.kits;
  else runs.push(next);
}

/**
 * The purpose of kits: that of their parts when all share it. Goods without a purpose may be bound to one that is asked for; goods of a
 * purpose never serve another. 422 `kit.mixed-funds`.
 */
export function fundOfKit(parts: readonly (string | null)[], asked: string | null | undefined): string | null {
  const bound = [...new Set(parts.filter((fund) => fund !== null))];
  const mixed = new Problem('kit.mixed-funds', { funds: bound.join(', ') });
  if (bound.length > 1) throw mixed;
  const [own = null] = bound;
  const alike = parts.every((fund) => fund === own);
  if (asked === undefined || asked === null) {
    if (!alike || (asked === null && own !== null)) throw mixed;
    return own;
  }
  if (own !== null && own !== asked) throw mixed;
  return asked;
}

/**
 * Whether named parts make exactly the kits. 422 `kit.parts-differ { item, needed, named }` for too many or too few units of a part, or an
 * item that is no part.
 */
export function mustMakeKits(
  parts: readonly KitPart[],
  named: readonly { itemId: string; units: number }[],
  ask: { kits: number; codeOf: (itemId: string) => string },
): void {
  const itemIds = new Set([...parts, ...named].map(({ itemId }) => itemId));
  for (const itemId of itemIds) {
    const needed = (parts.find((part) => part.itemId === itemId)?.units ?? 0) * ask.kits;
    const units = named.filter((one) => one.itemId === itemId).reduce((sum, one) => sum + one.units, 0);
    if (units !== needed) throw new Problem('kit.parts-differ', { item: ask.codeOf(itemId), needed, named: units });
  }
}
