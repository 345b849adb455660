import { Inject, Injectable } from '@nestjs/common';
import { type Action, type Actor, may } from '../access/index.js';
import { AlarmHealthService } from '../alarms/index.js';
import { ComparisonService } from '../comparison/index.js';
import { CONFIG, type Config } from '../config.js';
import { Database, inSnapshot, type Tx } from '../database/index.js';
import { addDays } from '../relief-stock/index.js';
import { Clock } from '../shared/clock.js';
import { decodeCursor, toPage } from '../shared/paging.js';
import { notFound } from '../shared/problem.js';
import { measuresOf } from './alarm-measures.rules.js';
import { countIncidents } from './incident-figures.rules.js';
import { type Reach, reachOf } from './reach.js';
import {
  type AlarmReportDto, type AlarmReportQuery, type ComparisonReportDto, type ComparisonReportQuery, type DutyLogDto, type IncidentFiguresDto, type LogQuery, MOST_COMPARED, MOST_INCIDENTS, MOST_STOCK_ROWS, type ReportQuery, type ResponseTimesDto,
  type StockReportDto, type StockReportQuery,
} from './reports.dto.js'; // prettier-ignore
import * as store from './reports.store.js';
import { figuresOf, spansOf } from './response.rules.js';
import { checkOf, flowOf } from './stock-flow.rules.js';
import { type ReportedWarehouse, stockRows, warehousesSeen } from './stock-flow.store.js';

const startOf = (day: string): Date => new Date(`${day}T00:00:00+08:00`);

/** What the records say of a period. Reads only; a report holds what its reader may see and answers for, and says up to when it was read. */
@Injectable()
export class ReportsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly alarmHealth: AlarmHealthService,
    private readonly comparisons: ComparisonService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** How long teams took, incident by incident and in percentiles. 404 `society.not-found`. */
  async responseTimes(actor: Actor, query: ReportQuery): Promise<ResponseTimesDto> {
    return this.report(actor, 'report.read', query, async (tx, reach) => {
      const found = await store.responseRows(tx, this.cover(actor, query, reach), MOST_INCIDENTS + 1);
      const rows = found.slice(0, MOST_INCIDENTS).map((row) => {
        const { incidentId, number, title, kind, severity, societyId, society } = row;
        const reportedAt = row.reportedAt.toISOString();
        return { incidentId, number, title, kind, severity, societyId, society, reportedAt, ...spansOf(row) };
      });
      return { figures: figuresOf(rows), rows, cut: found.length > MOST_INCIDENTS, mostRows: MOST_INCIDENTS };
    });
  }

  /** The record of the period, newest first, page by page. 404 `society.not-found`. */
  async dutyLog(actor: Actor, query: LogQuery): Promise<DutyLogDto> {
    const [before = null] = (decodeCursor(query.cursor, ['number']) ?? []) as number[];
    return this.report(actor, 'report.read', query, async (tx, reach) => {
      const rows = await store.logBefore(tx, this.cover(actor, query, reach), { before, limit: query.limit + 1 });
      return toPage(rows, query.limit, ({ seq }) => [seq]);
    });
  }

  /** What the shelves held, took in and gave out. 404 `society.not-found`, `warehouse.not-found`. */
  async stock(actor: Actor, query: StockReportQuery): Promise<StockReportDto> {
    const { warehouseId = null, itemId = null } = query;
    return this.report(actor, 'report.stock', query, async (tx, { society }) => {
      const within = ({ path, id }: ReportedWarehouse) =>
        may(actor, 'report.stock', { paths: [path], warehouseId: id }) && (!society || path.startsWith(society.path));
      const seen = (await warehousesSeen(tx, actor.keys)).filter(within);
      if (warehouseId && !seen.some(({ id }) => id === warehouseId)) throw notFound('warehouse', warehouseId);
      const warehouseIds = warehouseId ? [warehouseId] : seen.map(({ id }) => id);
      const period = { from: startOf(query.from), until: startOf(addDays(query.to, 1)) };
      const found = await stockRows(tx, { warehouseIds, itemId, ...period }, MOST_STOCK_ROWS + 1);
      const rows = found.slice(0, MOST_STOCK_ROWS).map(({ legs, opening, closing, ...row }) => ({
        ...row,
        ...flowOf({ opening, closing }, legs),
      }));
      const cut = found.length > MOST_STOCK_ROWS;
      return { warehouseId, itemId, rows, check: checkOf(rows), cut, mostRows: MOST_STOCK_ROWS };
    });
  }

  /** How many incidents there were, by time, kind, level and society. 404 `society.not-found`. */
  async incidents(actor: Actor, query: ReportQuery): Promise<IncidentFiguresDto> {
    return this.report(actor, 'report.read', query, async (tx, reach) => {
      const found = await store.incidentCounts(tx, this.cover(actor, query, reach));
      const left = found.filter((row) => row.left).reduce((sum, { units }) => sum + units, 0);
      return { ...countIncidents(found.filter((row) => !row.left), query), left }; // prettier-ignore
    });
  }

  /** What was estimated, sent, used and left unmet, incident by incident. 404 `society.not-found`. */
  async comparison(actor: Actor, query: ComparisonReportQuery): Promise<ComparisonReportDto> {
    const { incidentId = null } = query;
    return this.report(actor, 'report.read', query, async (tx, reach) => {
      const of = { ...this.cover(actor, query, reach), ended: false, incidentId };
      const found = await this.comparisons.within(tx, of, MOST_COMPARED + 1);
      return { incidentId, rows: found.slice(0, MOST_COMPARED), cut: found.length > MOST_COMPARED, mostRows: MOST_COMPARED };
    });
  } // prettier-ignore

  /** How the alarms of one desk did, beside what the standards ask for (C-18). 404 `society.not-found`. */
  async alarms(actor: Actor, query: AlarmReportQuery): Promise<AlarmReportDto> {
    const head = await this.report(actor, 'report.read', query, async () => ({}));
    const span = { from: startOf(query.from).toISOString(), to: startOf(addDays(query.to, 1)).toISOString() };
    const health = await this.alarmHealth.health(actor, { societyId: query.societyId, ...span });
    const { operatorHours, operatorHoursBy } = health;
    return { ...head, measures: measuresOf(health), operatorHours, operatorHoursBy };
  }

  /** One moment for all of a report, and what it says of itself. */
  private async report<T extends object>(
    actor: Actor,
    action: Action,
    query: ReportQuery,
    body: (tx: Tx, reach: Reach) => Promise<T>,
  ) {
    const { from, to, severity = null } = query;
    return inSnapshot(this.db, async (tx) => {
      const reach = await reachOf(tx, actor, action, query.societyId);
      const asOf = this.clock.now().toISOString();
      const { id: societyId = null, name: society = null } = reach.society ?? {};
      const head = { from, to, severity, societyId, society, asOf, exercise: this.config.drill !== null };
      return { ...head, ...(await body(tx, reach)) };
    });
  }

  private cover(actor: Actor, { from, to, severity }: ReportQuery, { paths }: Reach): store.Cover {
    return {
      keys: actor.keys, paths, from: startOf(from), until: startOf(addDays(to, 1)), severity: severity ?? null, exercise: this.config.drill !== null,
    }; // prettier-ignore
  }
}
