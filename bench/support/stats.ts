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
