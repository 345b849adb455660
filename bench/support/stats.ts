/** The value below which a share of the values lie (nearest rank); NaN of nothing. */
export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export const median = (values: number[]): number => percentile(values, 0.5);
export const round = (value: number, digits = 1): number => Number(value.toFixed(digits));

export interface BenchContext {
  databaseUrl: string;
  redisUrl: string;
  args: string[];
}

/** The number after a flag, or the default. */
export function numberOf(args: string[], flag: string, otherwise: number): number {
  const at = args.indexOf(flag);
  return at < 0 ? otherwise : Number(args[at + 1]);
}

export interface Measured {
  perS: number;
  p50: number;
  p99: number;
  failures: number;
}

/** Runs pieces of work with a few hands at once; answers the rate, the middle and the slow end of their times (ms), and how many failed. */
export async function timed(
  count: number,
  piece: (n: number) => Promise<unknown>,
  { hands = 8 } = {},
): Promise<Measured> {
  const waits: number[] = [];
  let next = 0;
  let failures = 0;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: hands }, async () => {
      for (let n = next++; n < count; n = next++) {
        const began = performance.now();
        try {
          await piece(n);
        } catch (error) {
          if (failures++ === 0) console.error(error);
        }
        waits.push(performance.now() - began);
      }
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  return { perS: count / seconds, p50: median(waits), p99: percentile(waits, 0.99), failures };
}
