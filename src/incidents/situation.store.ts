import type { Tx } from '../database/index.js';
import type { Figures, SituationReportDto } from './incidents.dto.js';
import { levelProposals } from './levels.rules.js';
import type { ReportedFigures } from './situation.rules.js';

export interface SituationReport {
  id: string;
  incidentId: string;
  serial: number;
  stage: SituationReportDto['stage'];
  channel: SituationReportDto['channel'];
  asOf: Date;
  figures: Figures;
  effectiveFigures: Figures;
  note: string;
  correctionReason: string | null;
  reportedBy: string;
  receivedAt: Date;
}
const REPORT = `id, incident_id as "incidentId", serial, stage, channel, as_of as "asOf", figures, effective_figures as "effectiveFigures", note,
  correction_reason as "correctionReason", reported_by as "reportedBy", received_at as "receivedAt"`;

/** Reports are final: a mistake is corrected by the next one, so the version never moves. */
export const toSituationReportDto = (report: SituationReport): SituationReportDto => ({
  ...report,
  asOf: report.asOf.toISOString(),
  receivedAt: report.receivedAt.toISOString(),
  levelProposals: levelProposals(report.effectiveFigures),
  version: 1,
});

/** Everything said about an incident so far; read under the incident's lock. */
export async function reportedFigures(tx: Tx, incidentId: string): Promise<ReportedFigures[]> {
  return tx.query<ReportedFigures>(
    `select serial, as_of as "asOf", figures from situation_report where incident_id = $1 order by serial`,
    [incidentId],
  );
}

export async function insertReport(tx: Tx, report: SituationReport): Promise<void> {
  await tx.query(
    `insert into situation_report (id, incident_id, serial, stage, as_of, figures, effective_figures, note, correction_reason, reported_by,
       received_at, channel) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      report.id, report.incidentId, report.serial, report.stage, report.asOf, JSON.stringify(report.figures),
      JSON.stringify(report.effectiveFigures), report.note, report.correctionReason, report.reportedBy, report.receivedAt, report.channel,
    ], // prettier-ignore
  );
}

/** Newest entry first, one more than the page holds. */
export async function listReports(
  tx: Tx,
  incidentId: string,
  page: { before: number | null; limit: number },
): Promise<SituationReport[]> {
  return tx.query<SituationReport>(
    `select ${REPORT} from situation_report where incident_id = $1 and ($2::bigint is null or serial < $2) order by serial desc limit $3`,
    [incidentId, page.before, page.limit + 1],
  );
}
