import { Problem } from '../shared/problem.js';
import type { Figures, IncidentDto, SituationReportDto } from './incidents.dto.js';

/** What a report says, and when that was so. `serial` is the order of entry. */
export interface ReportedFigures {
  serial: number;
  asOf: Date;
  figures: Figures;
}

type Figure = keyof Figures;

/**
 * I4: the figures that count: for each figure the report with the latest `asOf` that carries it, and among reports of one `asOf` the one
 * entered last. So a report about an earlier time, however late it is entered, changes nothing that is already known (Lekima,
 * assertion c).
 */
export function effectiveFigures(reports: readonly ReportedFigures[]): Figures {
  const byAge = [...reports].sort((a, b) => a.asOf.getTime() - b.asOf.getTime() || a.serial - b.serial);
  return Object.assign({}, ...byAge.map((report) => given(report.figures))) as Figures;
}

/** The latest moment that any of the reports speaks of. */
export function figuresAsOf(reports: readonly ReportedFigures[]): Date | null {
  return reports.reduce<Date | null>((latest, { asOf }) => (latest && latest >= asOf ? latest : asOf), null);
}

/**
 * The effective figures once a report is added. Figures count up while a disaster lasts, so one that falls is a slip of the pen unless
 * somebody says why: 422 `situation-report.figure-fell` { figure, from, to } without a correction reason. The dead and the missing
 * trade with each other, so only their sum may not fall.
 */
export function addReport(
  reports: readonly ReportedFigures[],
  report: ReportedFigures,
  correctionReason: string | undefined,
): Figures {
  const before = effectiveFigures(reports);
  const after = effectiveFigures([...reports, report]);
  const fell = fallen(before, after);
  if (fell && correctionReason === undefined) throw new Problem('situation-report.figure-fell', fell);
  return after;
}

function fallen(before: Figures, after: Figures): { figure: string; from: number; to: number } | undefined {
  for (const [figure, from] of Object.entries(before) as [Figure, number][]) {
    const to = after[figure]!;
    if (to < from && figure !== 'dead' && figure !== 'missing') return { figure, from, to };
  }
  const [from, to] = [lost(before), lost(after)];
  return to < from ? { figure: 'deadAndMissing', from, to } : undefined;
}

const lost = ({ dead = 0, missing = 0 }: Figures) => dead + missing;

const given = (figures: Figures): Figures =>
  Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== undefined));

type Reporting = IncidentDto['reporting'];
/** When reports came in, with one more that comes in now. */
export function reportedAt(before: Reporting, channel: SituationReportDto['channel'], now: Date): Reporting {
  const at = now.toISOString();
  return {
    anyAt: before.anyAt ?? at,
    writtenAt: before.writtenAt ?? (channel === 'written' ? at : null),
    lastAt: at,
  };
}
