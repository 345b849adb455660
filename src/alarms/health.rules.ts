import type { AlarmHealthDto, AlarmSeverity } from './alarms.dto.js';

/** One alarm as far as its health is concerned. */
export interface HealthFact {
  id: string;
  severity: AlarmSeverity;
  raisedAt: Date;
  clearedAt: Date | null;
  answeredAt: Date | null;
}
export interface ChangeFact {
  source: string;
  at: Date;
  kind: 'raised' | 'cleared';
}
export interface Span {
  from: Date;
  to: Date;
}

const MIN_MS = 60_000;
const HOUR_MS = 60 * MIN_MS;
/** More than ten alarms in ten minutes are a flood (EEMUA 191, ISA-18.2 / IEC 62682). */
export const FLOOD = { alarms: 10, withinMs: 10 * MIN_MS };
/** An alarm that stands longer than a day is stale (EEMUA 191, ISA-18.2 / IEC 62682). */
export const STALE_MS = 24 * HOUR_MS;
/** Three changes or more within a minute are chattering (EEMUA 191, ISA-18.2 / IEC 62682). */
export const CHATTER = { changes: 3, withinMs: MIN_MS };
/**
 * What the standards ask for: about 6 alarms an hour and operator are acceptable, less than 1 % of the time in floods, fewer than 5 stale, none
 * chattering, and priorities of 5, 15 and 80 % (EEMUA 191, ISA-18.2 / IEC 62682). The shares are of I, of II, of III and IV together.
 */
export const GOAL: AlarmHealthDto['goal'] = {
  perOperatorHour: 6, floodShare: 0.01, stale: 5, chattering: 0, severityShares: [0.05, 0.15, 0.8],
}; // prettier-ignore

const SEVERITIES: AlarmSeverity[] = ['I', 'II', 'III', 'IV'];
const isIn = ({ from, to }: Span, at: Date): boolean => at >= from && at < to;
const timesOf = (facts: readonly HealthFact[], span: Span): number[] =>
  facts.filter(({ raisedAt }) => isIn(span, raisedAt)).map(({ raisedAt }) => raisedAt.getTime()).sort((a, b) => a - b); // prettier-ignore

/** Hours for which the seats of a desk were manned in a span: shifts by their parts of it. Two people side by side are two operators. */
export const mannedHours = (shifts: readonly { startsAt: Date; endsAt: Date }[], { from, to }: Span): number =>
  shifts.reduce((sum, { startsAt, endsAt }) => {
    const ms = Math.min(endsAt.getTime(), to.getTime()) - Math.max(startsAt.getTime(), from.getTime());
    return sum + Math.max(0, ms) / HOUR_MS;
  }, 0);

/** Alarms an hour and operator: about 6 acceptable, 12 manageable (EEMUA 191). Null where nobody sat at the desk. */
export const rate = (raised: number, operatorHours: number): number | null =>
  operatorHours > 0 ? raised / operatorHours : null;

/** The share of the time in which more than ten alarms had been raised within the ten minutes before; below 1 % is the aim (ISA-18.2). */
export function floodShare(facts: readonly HealthFact[], span: Span): number {
  const times = timesOf(facts, span);
  let [ms, until] = [0, span.from.getTime()];
  for (let last = FLOOD.alarms; last < times.length; last += 1) {
    // With its eleventh alarm a flood is on, until the first of the eleven is ten minutes old.
    const [begins, ends] = [Math.max(times[last]!, until), Math.min(times[last - FLOOD.alarms]! + FLOOD.withinMs, span.to.getTime())]; // prettier-ignore
    if (ends <= begins) continue;
    ms += ends - begins;
    until = ends;
  }
  return ms / (span.to.getTime() - span.from.getTime());
}

/** The most alarms that were raised within any ten minutes (EEMUA 191: a flood is more than ten). */
export function mostWithin(facts: readonly HealthFact[], span: Span): number {
  const times = timesOf(facts, span);
  let [most, first] = [0, 0];
  times.forEach((at, last) => {
    while (at - times[first]! >= FLOOD.withinMs) first += 1;
    most = Math.max(most, last - first + 1);
  });
  return most;
}

/** How many had stood for more than a day at some moment of the span; fewer than five is the aim (EEMUA 191, ISA-18.2). */
export const staleCount = (facts: readonly HealthFact[], { from, to }: Span): number =>
  facts.filter(({ raisedAt, clearedAt }) => {
    const end = Math.min(clearedAt?.getTime() ?? Infinity, to.getTime());
    return end >= from.getTime() && end - raisedAt.getTime() > STALE_MS;
  }).length;

/** How many sources came or went three times within a minute; none is the aim (EEMUA 191, ISA-18.2). */
export function chatteringCount(changes: readonly ChangeFact[]): number {
  const bySource = new Map<string, number[]>();
  for (const { source, at } of changes) bySource.set(source, [...(bySource.get(source) ?? []), at.getTime()]);
  return [...bySource.values()].filter((unsorted) => {
    const times = unsorted.sort((a, b) => a - b);
    return times.some((at, n) => n >= CHATTER.changes - 1 && at - times[n - CHATTER.changes + 1]! <= CHATTER.withinMs);
  }).length;
}

/** How alarms spread over the severities; 5, 15 and 80 % are the aim (EEMUA 191, ISA-18.2). */
export function bySeverity(facts: readonly HealthFact[]): AlarmHealthDto['bySeverity'] {
  return SEVERITIES.map((severity) => {
    const raised = facts.filter((fact) => fact.severity === severity).length;
    return { severity, raised, share: facts.length === 0 ? null : raised / facts.length };
  });
}

/** The value below which a share of them lies, by nearest rank: one of the values, never one in between. */
export function percentile(values: readonly number[], p: number): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)]!;
}

export type HealthFigures = Omit<AlarmHealthDto, 'societyId' | 'from' | 'to' | 'operatorHours' | 'operatorHoursBy'>;
/** All figures of a span. `facts` may hold alarms that were raised before it and stood in it; only staleness counts those. */
export function healthOf(
  { facts, changes, operatorHours }: { facts: readonly HealthFact[]; changes: readonly ChangeFact[]; operatorHours: number },
  span: Span,
): HealthFigures {
  const raised = facts.filter(({ raisedAt }) => isIn(span, raisedAt));
  const tookS = raised.flatMap(({ raisedAt, answeredAt }) => (answeredAt ? [(answeredAt.getTime() - raisedAt.getTime()) / 1000] : [])); // prettier-ignore
  return {
    raised: raised.length, perOperatorHour: rate(raised.length, operatorHours), floodShare: floodShare(raised, span),
    mostInTenMinutes: mostWithin(raised, span), stale: staleCount(facts, span), chattering: chatteringCount(changes),
    bySeverity: bySeverity(raised), answered: tookS.length, unanswered: raised.length - tookS.length,
    acknowledgeP50S: percentile(tookS, 0.5), acknowledgeP90S: percentile(tookS, 0.9), goal: GOAL,
  };
} // prettier-ignore
