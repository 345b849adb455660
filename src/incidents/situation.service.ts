import { Injectable } from '@nestjs/common';
import { type Actor, inCommand, visibleOr404 } from '../access/index.js';
import { Database, read, type Tx } from '../database/index.js';
import { recordChange } from '../journal/index.js';
import { Clock } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { decodeCursor, toPage } from '../shared/paging.js';
import type { Incident } from './incident.entity.js';
import { factTimes, notInFuture, stepNotAllowed } from './incident-steps.rules.js';
import { lockForCommand, saveAndTell, type Telling } from './incident-steps.service.js';
import type { ReportSituation, SituationReportDto, TimelineQuery } from './incidents.dto.js';
import { findIncident } from './incidents.store.js';
import { addReport, figuresAsOf, reportedAt } from './situation.rules.js';
import * as store from './situation.store.js';

@Injectable()
export class SituationService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Records what is known of people and damage at a moment (初报, 续报, 核报). Also after closing, because the verified count comes days
   * later. 422 `situation-report.figure-fell` when a figure falls without a correction reason; 409 `incident.step-not-allowed`.
   */
  async reportSituation(actor: Actor, incidentId: string, input: ReportSituation): Promise<SituationReportDto> {
    return inCommand(this.db, actor, async (tx) => {
      const incident = await lockForCommand(tx, actor, incidentId, 'incident.step');
      if (incident.status === 'dismissed' || incident.status === 'merged')
        throw stepNotAllowed('report-situation', incident.status);
      const now = this.clock.now();
      const held = await store.reportedFigures(tx, incidentId);
      const asOf = notInFuture(input.asOf, '/asOf', now);
      const said = { serial: (held.at(-1)?.serial ?? 0) + 1, asOf, figures: input.figures };
      const effective = addReport(held, said, input.correctionReason);
      const report: store.SituationReport = {
        ...said,
        id: input.id ?? newId(),
        incidentId,
        stage: input.stage,
        channel: input.channel,
        effectiveFigures: effective,
        note: input.note,
        correctionReason: input.correctionReason ?? null,
        reportedBy: actor.name,
        receivedAt: now,
      };
      await store.insertReport(tx, report);
      const next = {
        ...incident,
        figures: effective,
        figuresAsOf: figuresAsOf([...held, said]),
        reporting: reportedAt(incident.reporting, input.channel, now),
      };
      return this.tellReport(tx, { incident: next, report, telling: { actor, ...factTimes(input, now) } });
    });
  }

  /** The report, and the incident whose figures it moves. */
  private async tellReport(
    tx: Tx,
    told: { incident: Incident; report: store.SituationReport; telling: Omit<Telling, 'kind'> },
  ): Promise<SituationReportDto> {
    const { incident, report, telling } = told;
    const data = store.toSituationReportDto(report);
    const { id, scope, version } = incident;
    const kind = 'situation.reported';
    await recordChange(tx, {
      ...telling,
      kind,
      subject: 'situation-report',
      id: data.id,
      version: 1,
      scope,
      data,
      incidentId: id,
    });
    await saveAndTell(tx, { ...incident, version: version + 1 }, { ...telling, kind: 'incident.figures-reported' });
    return data;
  }

  /** Newest entry first. */
  async reports(actor: Actor, incidentId: string, query: TimelineQuery) {
    const [before] = decodeCursor(query.cursor, ['number']) ?? [null];
    return read(this.db, async (tx) => {
      visibleOr404(actor, await findIncident(tx, incidentId), 'incident', incidentId);
      const rows = await store.listReports(tx, incidentId, { before: before as number | null, limit: query.limit });
      const page = toPage(rows, query.limit, (row) => [row.serial]);
      return { ...page, items: page.items.map(store.toSituationReportDto) };
    });
  }
}
