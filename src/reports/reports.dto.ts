import { z } from 'zod';
import { MOST_HEALTH_DAYS } from '../alarms/alarms.dto.js';
import { comparisonDto } from '../comparison/comparison.dto.js';
import { INCIDENT_KINDS, severity } from '../incidents/incidents.dto.js';
import { day, id, instant, pageQuery } from '../shared/fields.dto.js';

/** Days of one report; the row limits are stated with what is cut. */
export const MOST_DAYS = 366;
export const MOST_INCIDENTS = 5000;
export const MOST_STOCK_ROWS = 5000;
export const MOST_COMPARED = 500;
/** Rows that a file of the duty log may have. */
export const MOST_LOG_ROWS = 5000;
/** Rows that one table of a PDF may have. */
export const MOST_PAPER_ROWS = 2000;

const daysFrom = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
const period = { from: day, to: day, societyId: id.optional(), severity: severity.optional() };
const inOrder = ({ from, to }: { from: string; to: string }) => to >= from && daysFrom(from, to) <= MOST_DAYS;

/** Days in China, both included; a year at most. societyId: that society and all below it. */
export const reportQuery = z.object(period).refine(inOrder, { path: ['to'] });
export type ReportQuery = z.infer<typeof reportQuery>;
export const logQuery = z.object({ ...period, ...pageQuery }).refine(inOrder, { path: ['to'] });
export type LogQuery = z.infer<typeof logQuery>;
/** severity is taken and says nothing here: goods have no level. */
export const stockReportQuery = z
  .object({ ...period, warehouseId: id.optional(), itemId: id.optional() })
  .refine(inOrder, { path: ['to'] });
export type StockReportQuery = z.infer<typeof stockReportQuery>;

/** incidentId: that one alone, if it was reported in the period. */
export const comparisonReportQuery = z
  .object({ ...period, incidentId: id.optional() })
  .refine(inOrder, { path: ['to'] });
export type ComparisonReportQuery = z.infer<typeof comparisonReportQuery>;

/** Alarms are those of one desk, as far back as they are looked at together. */
export const alarmReportQuery = z
  .object({ ...period, societyId: id })
  .refine((one) => inOrder(one) && daysFrom(one.from, one.to) <= MOST_HEALTH_DAYS, { path: ['to'] });
export type AlarmReportQuery = z.infer<typeof alarmReportQuery>;

/** What every report says of itself. society: null when it covers all that the reader answers for. asOf: when it was read. */
const head = {
  from: day, to: day, societyId: id.nullable(), society: z.string().nullable(), severity: severity.nullable(), asOf: instant,
  /** In a drill everything is an exercise, otherwise nothing is: the two are never in one report. */
  exercise: z.boolean(),
}; // prettier-ignore

export const SPANS = ['dispatch', 'acknowledge', 'depart', 'arrive'] as const;
export type Span = (typeof SPANS)[number];
const seconds = z.int().nullable();

/**
 * dispatch: from the report to the first team alerted; the others from that alert to the first answer, departure and arrival. A span is null while
 * nothing is told; `doubtful` names those whose stamps contradict each other.
 */
export const responseRowDto = z.object({
  incidentId: id, number: z.string(), title: z.string(), kind: z.enum(INCIDENT_KINDS), severity, societyId: id, society: z.string(), reportedAt: instant,
  dispatchS: seconds, acknowledgeS: seconds, departS: seconds, arriveS: seconds, doubtful: z.array(z.enum(SPANS)),
}); // prettier-ignore
export type ResponseRowDto = z.infer<typeof responseRowDto>;

/**
 * One span of one level, or of all (severity null). n: the spans measured; p50S and p90S by nearest rank. limitS: our own; fieldS: of the field, for
 * 90 %; within…: how many of n were no longer. doubtful and open are not among n.
 */
export const responseFigureDto = z.object({
  severity: severity.nullable(), span: z.enum(SPANS), n: z.int(), p50S: seconds, p90S: seconds, limitS: seconds, withinLimit: z.int(),
  fieldS: seconds, withinField: z.int(), doubtful: z.int(), open: z.int(),
}); // prettier-ignore
export type ResponseFigureDto = z.infer<typeof responseFigureDto>;
export const responseTimesDto = z.object({
  ...head, figures: z.array(responseFigureDto), rows: z.array(responseRowDto), cut: z.boolean(), mostRows: z.int(),
}); // prettier-ignore
export type ResponseTimesDto = z.infer<typeof responseTimesDto>;

/** A change of the record, as the timeline of an incident has it. */
export const logRowDto = z.object({
  seq: z.int(), kind: z.string(), subject: z.string(), subjectId: id, incidentId: id.nullable(), at: instant, occurredAt: instant,
  actorName: z.string().nullable(), data: z.record(z.string(), z.unknown()),
}); // prettier-ignore
export type LogRowDto = z.infer<typeof logRowDto>;
export const dutyLogDto = z.object({ ...head, items: z.array(logRowDto), nextCursor: z.string().nullable() });
export type DutyLogDto = z.infer<typeof dutyLogDto>;

/** Units on the shelves of one warehouse. opening + received − issued + adjusted = closing, and `off` is what is missing from that: 0, or the ledger is wrong. */
const flow = {
  opening: z.int(),
  received: z.int(),
  issued: z.int(),
  adjusted: z.int(),
  closing: z.int(),
  off: z.int(),
};
export const stockRowDto = z.object({
  warehouseId: id, warehouseCode: z.string(), warehouse: z.string(), itemId: id, itemCode: z.string(), item: z.string(), itemEn: z.string(), unit: z.string(), ...flow,
}); // prettier-ignore
export type StockRowDto = z.infer<typeof stockRowDto>;
/** check: all rows together, whatever their units; it reconciles when `off` is 0 in every row. */
export const stockReportDto = z.object({
  ...head, warehouseId: id.nullable(), itemId: id.nullable(), rows: z.array(stockRowDto), check: z.object({ ...flow, rowsOff: z.int() }),
  cut: z.boolean(), mostRows: z.int(),
}); // prettier-ignore
export type StockReportDto = z.infer<typeof stockReportDto>;

const bySeverity = { I: z.int(), II: z.int(), III: z.int(), IV: z.int(), total: z.int() };
export const STEPS = ['day', 'week', 'month'] as const;
/** over: by day, week (from Monday) or month of the report, none left out; left: dismissed or merged ones, which are not counted. */
export const incidentFiguresDto = z.object({
  ...head, step: z.enum(STEPS), over: z.array(z.object({ from: day, ...bySeverity })),
  kinds: z.array(z.object({ kind: z.enum(INCIDENT_KINDS), ...bySeverity })),
  societies: z.array(z.object({ societyId: id, society: z.string(), ...bySeverity })), total: z.object(bySeverity), left: z.int(),
}); // prettier-ignore
export type IncidentFiguresDto = z.infer<typeof incidentFiguresDto>;

export const ALARM_MEASURES = [
  'raised', 'per-operator-hour', 'flood-share', 'most-in-ten-minutes', 'stale', 'chattering', 'share-I', 'share-II', 'share-rest', 'answered',
  'unanswered', 'acknowledge-p50', 'acknowledge-p90',
] as const; // prettier-ignore
/** percent: 0 to 100; duration: seconds. met: null where nothing is asked for, or nothing could be measured. */
export const alarmMeasureDto = z.object({
  code: z.enum(ALARM_MEASURES), kind: z.enum(['count', 'rate', 'percent', 'duration']), value: z.number().nullable(), goal: z.number().nullable(),
  met: z.boolean().nullable(),
}); // prettier-ignore
export type AlarmMeasureDto = z.infer<typeof alarmMeasureDto>;
export const alarmReportDto = z.object({
  ...head, measures: z.array(alarmMeasureDto), operatorHours: z.number(), operatorHoursBy: z.enum(['roster', 'span']),
}); // prettier-ignore
export type AlarmReportDto = z.infer<typeof alarmReportDto>;

/** Incidents from stabilised on: what was estimated, sent, used and left unmet, by item. */
export const comparisonReportDto = z.object({
  ...head, incidentId: id.nullable(), rows: z.array(comparisonDto), cut: z.boolean(), mostRows: z.int(),
}); // prettier-ignore
export type ComparisonReportDto = z.infer<typeof comparisonReportDto>;

export const REPORTS = ['response-times', 'duty-log', 'stock', 'incidents', 'comparison', 'alarms'] as const;
export type ReportName = (typeof REPORTS)[number];
