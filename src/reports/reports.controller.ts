import { Controller, Get, Headers, Inject, Param, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { type Actor, CurrentActor, MayDo } from '../access/index.js';
import { CONFIG, type Config } from '../config.js';
import { readerLocale } from '../relief-stock/index.js';
import { dispositionOf, sendFile } from '../shared/download.js';
import { ReportFilesService } from './report-files.service.js';
import * as dto from './reports.dto.js';
import { ReportsService } from './reports.service.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const FILE = { schema: { type: 'string' as const, format: 'binary' } };

/** What the records say of a period, to read, to take as a workbook and to print. */
@ApiTags('reports')
@Controller('reports')
export class ReportsController {
  constructor(
    private readonly reports: ReportsService,
    private readonly files: ReportFilesService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** A report as a workbook. Takes the filters of the report's own route. */
  @Get(':report.xlsx')
  @MayDo('report.stock')
  @ApiOkResponse({ content: { [XLSX]: FILE } })
  async workbook(
    @CurrentActor() actor: Actor,
    @Param('report') report: string,
    @Query() filters: Record<string, unknown>,
    @Res() response: Response,
    @Headers('accept-language') asked?: string,
  ): Promise<void> {
    const file = await this.files.workbook(actor, { report, filters, locale: localeOf(filters, asked, actor) });
    const disposition = dispositionOf('attachment', `${report}.xlsx`, this.config.drill);
    response.type(XLSX).setHeader('Content-Disposition', disposition);
    await sendFile(file, response);
  }

  /** A report on paper. Takes the filters of the report's own route. */
  @Get(':report.pdf')
  @MayDo('report.stock')
  @ApiOkResponse({ content: { 'application/pdf': FILE } })
  async paper(
    @CurrentActor() actor: Actor,
    @Param('report') report: string,
    @Query() filters: Record<string, unknown>,
    @Headers('accept-language') asked?: string,
  ): Promise<StreamableFile> {
    const bytes = await this.files.paper(actor, { report, filters, locale: localeOf(filters, asked, actor) });
    const disposition = dispositionOf('inline', `${report}.pdf`, this.config.drill);
    return new StreamableFile(bytes, { disposition, type: 'application/pdf' });
  }

  /** How long teams took, against our limits and those of the field. */
  @Get('response-times')
  @MayDo('report.read')
  responseTimes(@CurrentActor() actor: Actor, @Query({ schema: dto.reportQuery }) query: dto.ReportQuery) {
    return this.reports.responseTimes(actor, query);
  }

  /** The record of the period, newest first. */
  @Get('duty-log')
  @MayDo('report.read')
  dutyLog(@CurrentActor() actor: Actor, @Query({ schema: dto.logQuery }) query: dto.LogQuery) {
    return this.reports.dutyLog(actor, query);
  }

  /** What the shelves held, took in and gave out, by warehouse and item. */
  @Get('stock')
  @MayDo('report.stock')
  stock(@CurrentActor() actor: Actor, @Query({ schema: dto.stockReportQuery }) query: dto.StockReportQuery) {
    return this.reports.stock(actor, query);
  }

  /** How many incidents there were, by time, kind, level and society. */
  @Get('incidents')
  @MayDo('report.read')
  incidents(@CurrentActor() actor: Actor, @Query({ schema: dto.reportQuery }) query: dto.ReportQuery) {
    return this.reports.incidents(actor, query);
  }

  /** What was estimated, sent, used and left unmet, incident by incident. */
  @Get('comparison')
  @MayDo('report.read')
  comparison(
    @CurrentActor() actor: Actor,
    @Query({ schema: dto.comparisonReportQuery }) query: dto.ComparisonReportQuery,
  ) {
    return this.reports.comparison(actor, query);
  }

  /** How the alarms of one desk did. */
  @Get('alarms')
  @MayDo('report.read')
  alarms(@CurrentActor() actor: Actor, @Query({ schema: dto.alarmReportQuery }) query: dto.AlarmReportQuery) {
    return this.reports.alarms(actor, query);
  }
}

/** A link cannot ask by a header: `locale` in the address comes first. */
const localeOf = (filters: Record<string, unknown>, asked: string | undefined, actor: Actor) =>
  readerLocale(typeof filters.locale === 'string' ? filters.locale : asked, actor);
