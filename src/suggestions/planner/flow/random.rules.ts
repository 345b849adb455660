/** A small seeded generator (mulberry32): the same seed gives the same numbers on every machine. */
export interface Random {
  /** 0 (included) to 1 (left out). */
  unit(): number;
  /** Standard normal (Box-Muller, two draws). */
  normal(): number;
  /** Log-normal round a median. */
  logNormal(median: number, spread: number): number;
  /** A whole number, both ends included. */
  whole(from: number, to: number): number;
}

export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const unit = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const normal = (): number => {
    const radius = Math.sqrt(-2 * Math.log(Math.max(unit(), 1e-12)));
    return radius * Math.cos(2 * Math.PI * unit());
  };
  return {
    unit,
    normal,
    logNormal: (median, spread) => median * Math.exp(spread * normal()),
    whole: (from, to) => from + Math.floor(unit() * (to - from + 1)),
  };
}
