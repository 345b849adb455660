const AT_ONCE = 8;

export interface Measured {
  perS: number;
  p99: number;
  failures: number;
}

/** Runs pieces of work with a few hands; answers the rate, the slow end of their times in milliseconds, and how many failed. */
export async function timed(count: number, piece: (n: number) => Promise<unknown>): Promise<Measured> {
  const waits: number[] = [];
  let next = 0;
  let failures = 0;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
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
  return { perS: (count * 1000) / (performance.now() - start), p99: percentile(waits, 0.99), failures };
}

/** The value below which a share of the values lie (nearest rank). */
function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
}
export const median = (values: number[]): number => percentile(values, 0.5);
export const round = (value: number, digits = 1): number => Number(value.toFixed(digits));
