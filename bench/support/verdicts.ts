export interface Verdict {
  what: string;
  figure: number;
  limit: number;
  /** The figure must not fall below the limit, or must not exceed it. */
  holds: 'at-least' | 'at-most';
}

export const passes = ({ figure, limit, holds }: Verdict): boolean =>
  holds === 'at-least' ? figure >= limit : figure <= limit;

/** One line a limit: what was measured, what it must hold, and whether it does. Answers how many do not. */
export function printVerdicts(verdicts: readonly Verdict[]): number {
  const width = Math.max(...verdicts.map(({ what }) => what.length));
  for (const verdict of verdicts) {
    const sign = verdict.holds === 'at-least' ? '>=' : '<=';
    const mark = passes(verdict) ? 'pass' : 'FAIL';
    console.log(`${mark}  ${verdict.what.padEnd(width)}  ${verdict.figure} ${sign} ${verdict.limit}`);
  }
  return verdicts.filter((verdict) => !passes(verdict)).length;
}
