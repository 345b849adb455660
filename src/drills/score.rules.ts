import { quantile } from '../shared/quantile.rules.js';
import type { MeasureDto, ScoreDto } from './drills.dto.js';

/** One thing that had to be done: since when its clock ran, when it was met (null: not yet), and in how many seconds it should be. */
export interface ScoreFact {
  code: 'first-alert' | 'answer' | 'departure' | 'arrival' | 'report-phone' | 'report-first';
  /** Whose clock it was: an officer, who was alerted, a team. Null: nobody took it up. */
  who: string | null;
  since: Date;
  metAt: Date | null;
  targetS: number | null;
}

/** From the report to the first alert handed over (NFPA 1225: 60 s for 90 %). */
export const FIRST_ALERT_S = 60;
/** In the order in which they are told. */
export const MEASURE_CODES: ScoreFact['code'][] = ['first-alert', 'answer', 'departure', 'arrival', 'report-phone', 'report-first']; // prettier-ignore

/** The score of a drill at a moment of its clock: by clock, and by who had to meet it. */
export function scoreOf(facts: ScoreFact[], now: Date): ScoreDto {
  const measures = measuresOf(facts, now);
  const judged = measures.filter(({ targetS }) => targetS !== null);
  const [due, met] = [sum(judged.map((one) => one.due - one.open)), sum(judged.map((one) => one.met))];
  const names = [...new Set(facts.flatMap(({ who }) => who ?? []))].sort();
  return {
    at: now.toISOString(),
    inTimePct: due === 0 ? null : Math.round((met * 100) / due),
    measures,
    people: names.map((name) => ({ name, measures: measuresOf(facts.filter(({ who }) => who === name), now) })), // prettier-ignore
  };
}

function measuresOf(facts: ScoreFact[], now: Date): MeasureDto[] {
  return MEASURE_CODES.flatMap((code) => {
    const those = facts.filter((fact) => fact.code === code);
    return those.length === 0 ? [] : [measure(code, those, now)];
  });
}

/** In time, late (also what is still open when its time has passed), and open. A clock without a target is told, not judged. */
function measure(code: ScoreFact['code'], facts: ScoreFact[], now: Date): MeasureDto {
  const took = facts.flatMap(({ since, metAt }) => (metAt ? [secondsBetween(since, metAt)] : [])).sort((a, b) => a - b);
  const states = facts.map((fact) => stateOf(fact, now));
  const count = (state: ReturnType<typeof stateOf>) => states.filter((each) => each === state).length;
  const targets = facts.map(({ targetS }) => targetS);
  return {
    code,
    targetS: new Set(targets).size === 1 ? targets[0]! : targets.every((each) => each === null) ? null : Math.max(...targets.map((each) => each ?? 0)), // prettier-ignore
    due: facts.length,
    met: count('met'),
    late: count('late'),
    open: count('open'),
    p50S: quantile(took, 0.5),
    p90S: quantile(took, 0.9),
  };
}

function stateOf({ since, metAt, targetS }: ScoreFact, now: Date): 'met' | 'late' | 'open' {
  const tookS = secondsBetween(since, metAt ?? now);
  if (targetS !== null && tookS > targetS) return 'late';
  return metAt ? 'met' : 'open';
}

const secondsBetween = (from: Date, to: Date): number => Math.round((to.getTime() - from.getTime()) / 1000);
const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
