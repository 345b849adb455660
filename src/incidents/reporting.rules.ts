import type { IncidentDto } from './incidents.dto.js';
import type { ResponseLevel } from './response/plans.dto.js';

const MINUTE_MS = 60_000;
/** A clock of reporting upwards: `afterMin` minutes from its start. Sources are explained in README.md. */
export interface ReportClockRule {
  code: 'phone' | 'first' | 'follow-up-12' | 'follow-up-24';
  afterMin: number;
  source: string;
}
/** Defaults of the reporting clocks: by telephone, in writing, then again every so often until the situation is stable. */
export const REPORT_CLOCKS: Record<'phone' | 'first' | 'grave' | 'ordinary', ReportClockRule> = {
  phone: { code: 'phone', afterMin: 30, source: 'common-knowledge' },
  first: { code: 'first', afterMin: 120, source: 'disaster-statistics-2020' },
  grave: { code: 'follow-up-12', afterMin: 12 * 60, source: 'own-rule' },
  ordinary: { code: 'follow-up-24', afterMin: 24 * 60, source: 'relief-regulation' },
};

export interface ReportClock extends ReportClockRule {
  /** From when it counts. */
  since: string;
  dueAt: string;
  /** When it was met; null while a report is owed. */
  metAt: string | null;
}
type Facts = Pick<IncidentDto, 'kind' | 'status' | 'reportedAt' | 'reporting'>;
/** Kinds that the disaster statistics ask for; other incidents are reported once a response runs. */
const DISASTERS = new Set<IncidentDto['kind']>(['typhoon', 'flood', 'landslide', 'earthquake', 'snow', 'chemical']);
const UNSTABLE = new Set<IncidentDto['status']>(['reported', 'verified', 'responding', 'on-scene']);

/**
 * The clocks of an incident, counted from when it was reported to us, the follow-up from the newest report. Any report meets the telephone's
 * clock, a written one the first report's. `level` is the gravest running response: I and II shorten the follow-up to 12 hours.
 */
export function reportClocks(incident: Facts, level: ResponseLevel | null): ReportClock[] {
  const { kind, status, reportedAt, reporting } = incident;
  if (status === 'dismissed' || status === 'merged') return [];
  if (!DISASTERS.has(kind) && level === null) return [];
  const { anyAt, writtenAt, lastAt } = reporting;
  const clocks = [clock(REPORT_CLOCKS.phone, reportedAt, anyAt), clock(REPORT_CLOCKS.first, reportedAt, writtenAt)];
  if (writtenAt === null || lastAt === null || !UNSTABLE.has(status)) return clocks;
  const rule = level === 'I' || level === 'II' ? REPORT_CLOCKS.grave : REPORT_CLOCKS.ordinary;
  return [...clocks, clock(rule, lastAt, null)];
}

const clock = (rule: ReportClockRule, since: string, metAt: string | null): ReportClock => ({
  ...rule,
  since,
  dueAt: new Date(Date.parse(since) + rule.afterMin * MINUTE_MS).toISOString(),
  metAt,
});
