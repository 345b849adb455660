import type { IncidentFiguresDto } from './reports.dto.js';

type Severity = 'I' | 'II' | 'III' | 'IV';
type Counts = IncidentFiguresDto['total'];
export interface CountedIncident {
  day: string;
  kind: IncidentFiguresDto['kinds'][number]['kind'];
  severity: Severity;
  societyId: string;
  society: string;
  units: number;
}

const DAY_MS = 86_400_000;
/** Up to here a step is a day, then a week; beyond, a month: at most about thirty steps stand side by side. */
const MOST_BY_DAY = 31;
const MOST_BY_WEEK = 190;

const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
const text = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

export function stepOf(from: string, to: string): IncidentFiguresDto['step'] {
  const days = daysBetween(from, to);
  return days <= MOST_BY_DAY ? 'day' : days <= MOST_BY_WEEK ? 'week' : 'month';
}

/** The first day of the step in which a day lies: itself, the Monday before, the first of its month. */
export function stepStart(day: string, step: IncidentFiguresDto['step']): string {
  if (step === 'day') return day;
  if (step === 'month') return `${day.slice(0, 7)}-01`;
  const ms = Date.parse(day);
  return text(ms - ((new Date(ms).getUTCDay() + 6) % 7) * DAY_MS);
}

const none = (): Counts => ({ I: 0, II: 0, III: 0, IV: 0, total: 0 });

/** How many incidents there were by step, kind and society, each by level. Steps without one stand with zero. */
export function countIncidents(
  rows: readonly CountedIncident[],
  period: { from: string; to: string },
): Pick<IncidentFiguresDto, 'step' | 'over' | 'kinds' | 'societies' | 'total'> {
  const step = stepOf(period.from, period.to);
  const over = new Map<string, Counts>();
  for (let ms = Date.parse(period.from); ms <= Date.parse(period.to); ms += DAY_MS) over.set(stepStart(text(ms), step), none());
  const kinds = new Map<CountedIncident['kind'], Counts>();
  const societies = new Map<string, Counts & { society: string }>();
  const total = none();
  for (const row of rows) {
    add(total, row);
    add(held(over, stepStart(row.day, step), none()), row);
    add(held(kinds, row.kind, none()), row);
    add(held(societies, row.societyId, { ...none(), society: row.society }), row);
  }
  const most = (a: Counts, b: Counts) => b.total - a.total;
  return {
    step,
    over: [...over].map(([from, counts]) => ({ from, ...counts })).sort((a, b) => (a.from < b.from ? -1 : 1)),
    kinds: [...kinds].map(([kind, counts]) => ({ kind, ...counts })).sort(most),
    societies: [...societies].map(([societyId, counts]) => ({ societyId, ...counts })).sort(most),
    total,
  };
} // prettier-ignore

function held<Key, Value>(map: Map<Key, Value>, key: Key, fresh: Value): Value {
  const found = map.get(key) ?? fresh;
  map.set(key, found);
  return found;
}

function add(counts: Counts, { severity, units }: CountedIncident): void {
  counts[severity] += units;
  counts.total += units;
}
