import { createHash } from 'node:crypto';

const SEED = 'chiyuan-demo-1';

/** A seeded source of chance. Each table throws its own dice, so one table can grow without moving another. */
export interface Dice {
  /** At least 0, below 1. */
  next(): number;
  /** Whole number, both ends included. */
  between(low: number, high: number): number;
  pick<T>(choices: readonly T[]): T;
  shuffled<T>(list: readonly T[]): T[];
}

/** Mulberry32: a full-period 32-bit generator, small and fast, good enough for made-up data and nothing else. */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Dice for one table, seeded by its name. */
export function diceFor(table: string): Dice {
  const next = mulberry32(createHash('sha256').update(`${SEED}/${table}`).digest().readUInt32BE(0));
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    between,
    pick: <T>(choices: readonly T[]) => choices[between(0, choices.length - 1)] as T,
    shuffled: <T>(list: readonly T[]) => {
      const cards = [...list];
      for (let last = cards.length - 1; last > 0; last -= 1) {
        const other = between(0, last);
        [cards[last], cards[other]] = [cards[other] as T, cards[last] as T];
      }
      return cards;
    },
  };
}

/**
 * Deals labels in exact shares: of `count` cards, `Math.round(count * share)` carry each label and the rest carry
 * `otherwise`, in shuffled order. Exact, so a percentage promised by the demonstration is a percentage a test can check.
 */
export function deal<T extends string>(
  dice: Dice,
  { count, shares, otherwise }: { count: number; shares: [T, number][]; otherwise: T },
): T[] {
  const cards = shares.flatMap(([label, share]) => Array<T>(Math.round(count * share)).fill(label));
  if (cards.length > count) throw new RangeError('shares add up to more than the whole');
  return dice.shuffled([...cards, ...Array<T>(count - cards.length).fill(otherwise)]);
}
