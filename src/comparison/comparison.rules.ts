import type { ComparedItem, FactorSuggestion } from './comparison.dto.js';

type Estimate = ComparedItem['estimates'][number];
/** What the records say of one item of one incident, in units. */
export interface ItemFacts {
  asked: number;
  sent: number;
  received: number;
  returned: number;
  /** In the order in which they were taken over. */
  estimates: readonly Estimate[];
}
export type Compared = Pick<ComparedItem, 'low' | 'mid' | 'high' | 'used' | 'unmet' | 'ratioPct' | 'impliedPct'>;

/** A factor is retuned from so many incidents at least: with four the median hangs on two (own rule). */
export const LEAST_INCIDENTS = 5;
/** One acceptance moves a factor up to a quarter up, or down to four fifths: the one undoes the other (own rule). */
const MOST_UP = 1.25;
const MOST_DOWN = 0.8;
/** Less than this many points from what counts is no reason for a new version (own rule). */
const NEAR_PCT = 5;
/** Bounds of every factor, also in the table. */
const LEAST_PCT = 20;
const MOST_PCT = 500;

const suppliedOf = ({ rule: { params } }: Estimate): number =>
  Number(params['present'] ?? 0) + Number(params['government'] ?? 0);

/**
 * Used is what was signed for as good less what came back; unmet is what was asked for and never received. The need as it turned out is the
 * two together. The ratio holds it against the middle of the last estimate; the implied factor also counts what was there already or came
 * from the government, and the factor that the estimate was made with, so that estimates of different versions can be compared. Where
 * nothing was asked for and nothing sent, the records say nothing of the need: no ratio, not zero.
 */
export function compareItem({ asked, sent, received, returned, estimates }: ItemFacts): Compared {
  const used = received - returned;
  const unmet = Math.max(0, asked - received);
  const last = estimates.at(-1);
  if (!last) return { low: null, mid: null, high: null, used, unmet, ratioPct: null, impliedPct: null };
  const need = used + unmet;
  const { low, mid, high, grossMid, factor } = last;
  const isTold = asked > 0 || sent > 0;
  return {
    low,
    mid,
    high,
    used,
    unmet,
    ratioPct: isTold && mid > 0 ? Math.round((100 * need) / mid) : null,
    impliedPct: isTold && grossMid > 0 ? Math.round((factor.valuePct * (need + suppliedOf(last))) / grossMid) : null,
  };
}

/** The middle of the sorted figures, or the whole number nearest to the mean of the two middle ones. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return Math.round((sorted[Math.ceil(half) - 1]! + sorted[Math.floor(half)]!) / 2);
}

type Learned = FactorSuggestion['incidents'][number];

/**
 * What a factor should be by closed incidents of its hazard: the median of the factors that they imply, because one incident with a wrong
 * count must not move it; from five incidents on; not further in one step than a quarter up or a fifth down; nothing when it is within five
 * points of what counts. Only suggested: a person accepts it or leaves it.
 */
export function suggestFactor(inForcePct: number, incidents: readonly Learned[]): FactorSuggestion {
  const told = { incidents: [...incidents], leastIncidents: LEAST_INCIDENTS };
  if (incidents.length < LEAST_INCIDENTS)
    return { ...told, verdict: 'few', medianPct: null, suggestedPct: null, bounded: false };
  const medianPct = median(incidents.map(({ impliedPct }) => impliedPct));
  const least = Math.max(LEAST_PCT, Math.ceil(inForcePct * MOST_DOWN));
  const most = Math.min(MOST_PCT, Math.floor(inForcePct * MOST_UP));
  const suggestedPct = Math.min(most, Math.max(least, medianPct));
  if (Math.abs(suggestedPct - inForcePct) < NEAR_PCT)
    return { ...told, verdict: 'keep', medianPct, suggestedPct: null, bounded: false };
  return { ...told, verdict: 'change', medianPct, suggestedPct, bounded: suggestedPct !== medianPct };
}
