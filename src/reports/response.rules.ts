import { CLOCKS } from '../settings/settings.dto.js';
import { quantile } from '../shared/quantile.rules.js';
import { type ResponseFigureDto, type ResponseRowDto, type Span, SPANS } from './reports.dto.js';

type Severity = ResponseRowDto['severity'];
const SEVERITIES: Severity[] = ['I', 'II', 'III', 'IV'];

/** The first stamps of an incident, as they stand now: what was told later or set right is in them already. */
export interface ResponseStamps {
  reportedAt: Date;
  /** The first team alerted, answer of a team, departure, arrival; null while there is none. */
  alertedAt: Date | null;
  answeredAt: Date | null;
  departedAt: Date | null;
  arrivedAt: Date | null;
  /** The stamps of one of its assignments lie in an order in which they cannot have happened. */
  orderDoubtful: boolean;
}
export type Spans = Pick<ResponseRowDto, 'dispatchS' | 'acknowledgeS' | 'departS' | 'arriveS' | 'doubtful'>;

/** NFPA 1225 (2022), as quoted: a call is dispatched within 60 s for 90 % of calls. The field has no figure for the other spans here. */
export const FIELD_S: Record<Span, number | null> = { dispatch: 60, acknowledge: null, depart: null, arrive: null };
/** Our own limits (C-07): nobody sent, an alert unanswered. Those that are usual, so that the years and the societies can be compared. */
export const OWN_LIMIT_S: Partial<Record<Span, Record<Severity, number>>> = {
  dispatch: usual('unassigned'),
  acknowledge: usual('unanswered'),
};
function usual(clock: 'unassigned' | 'unanswered'): Record<Severity, number> {
  const of = (severity: Severity) => CLOCKS[`${clock}-${severity}`].usualS;
  return { I: of('I'), II: of('II'), III: of('III'), IV: of('IV') };
}

/**
 * The spans of an incident in whole seconds: report to first alert, and from that alert to the first answer, departure and arrival. A span that
 * would be negative is doubtful; so are those of the teams when the order of a team's stamps is. Doubtful ones keep their figure and are marked.
 */
export function spansOf(stamps: ResponseStamps): Spans {
  const { reportedAt, alertedAt } = stamps;
  const values: Record<Span, number | null> = {
    dispatch: between(reportedAt, alertedAt),
    acknowledge: between(alertedAt, stamps.answeredAt),
    depart: between(alertedAt, stamps.departedAt),
    arrive: between(alertedAt, stamps.arrivedAt),
  };
  const doubtful = SPANS.filter((span) => {
    const value = values[span];
    return value !== null && (value < 0 || (stamps.orderDoubtful && span !== 'dispatch'));
  });
  const { dispatch: dispatchS, acknowledge: acknowledgeS, depart: departS, arrive: arriveS } = values;
  return { dispatchS, acknowledgeS, departS, arriveS, doubtful };
}

const between = (from: Date | null, to: Date | null): number | null =>
  from && to ? Math.round((to.getTime() - from.getTime()) / 1000) : null;

const valueOf = (row: Spans, span: Span): number | null =>
  ({ dispatch: row.dispatchS, acknowledge: row.acknowledgeS, depart: row.departS, arrive: row.arriveS })[span];

/** Percentiles and shares for each level that occurs and for all together, by nearest rank. Doubtful spans are counted apart and not measured. */
export function figuresOf(rows: readonly (Spans & { severity: Severity })[]): ResponseFigureDto[] {
  const levels = SEVERITIES.filter((level) => rows.some(({ severity }) => severity === level));
  return [null, ...levels].flatMap((severity) => {
    const those = severity ? rows.filter((row) => row.severity === severity) : rows;
    return SPANS.map((span) => figure(those, severity, span));
  });
}

function figure(
  rows: readonly (Spans & { severity: Severity })[],
  severity: Severity | null,
  span: Span,
): ResponseFigureDto {
  const sound = rows.filter((row) => !row.doubtful.includes(span) && valueOf(row, span) !== null);
  const took = sound.map((row) => valueOf(row, span)!).sort((a, b) => a - b);
  const own = OWN_LIMIT_S[span];
  const fieldS = FIELD_S[span];
  return {
    severity,
    span,
    n: took.length,
    p50S: quantile(took, 0.5),
    p90S: quantile(took, 0.9),
    limitS: severity && own ? own[severity] : null,
    withinLimit: own ? sound.filter((row) => valueOf(row, span)! <= own[row.severity]).length : 0,
    fieldS,
    withinField: fieldS === null ? 0 : took.filter((value) => value <= fieldS).length,
    doubtful: rows.filter((row) => row.doubtful.includes(span)).length,
    open: rows.filter((row) => valueOf(row, span) === null).length,
  };
}
