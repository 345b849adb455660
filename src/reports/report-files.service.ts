import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { Actor } from '../access/index.js';
import { CONFIG, type Config } from '../config.js';
import {
  drillMark, LANDSCAPE, layoutForm, minuteOf, type OutSheet, type PaperForm, paperOf, PdfPrinter, sheetOf, type Words, wordsOf, writeWorkbook,
} from '../relief-stock/index.js'; // prettier-ignore
import { Clock } from '../shared/clock.js';
import { LIMITS } from '../shared/fields.dto.js';
import type { Locale } from '../shared/i18n.js';
import { notFound, Problem } from '../shared/problem.js';
import { fieldErrors } from '../shared/validation.js';
import {
  alarmReportQuery, comparisonReportQuery, type DutyLogDto, type LogQuery, logQuery, MOST_LOG_ROWS, MOST_PAPER_ROWS, reportQuery, type ReportName, stockReportQuery,
} from './reports.dto.js'; // prettier-ignore
import { comparisonTables } from './comparison-table.js';
import { alarmTables, incidentTables, logTables, type ReportContent, responseTables, stockTables } from './report-tables.js'; // prettier-ignore
import { ReportsService } from './reports.service.js';

type Head = Pick<DutyLogDto, 'from' | 'to' | 'society' | 'severity' | 'asOf' | 'exercise'>;
type Made = ReportContent & { head: Head };
export interface FileRequest {
  report: string;
  locale: Locale;
  filters: Record<string, unknown>;
}
const EXERCISE = 'paper.exercise';

/** Each report as a workbook and on paper: the same service, filters and scope as its page. */
@Injectable()
export class ReportFilesService {
  constructor(
    private readonly reports: ReportsService,
    private readonly printer: PdfPrinter,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** A sheet for each table, and one that says what they are. 404 `report.not-found`, and what the report refuses. */
  async workbook(actor: Actor, request: FileRequest): Promise<Readable> {
    const words = wordsOf(request.locale);
    const made = await this.made(actor, request, words);
    const facts = factsOf(made, titleOf(request.report, made, words), actor, words);
    const about: OutSheet = {
      name: words('report.about'),
      columns: [{ label: facts[0]!.label, style: 'text', width: 16 }, { label: facts[0]!.value, style: 'text', width: 70 }],
      rows: [...facts.slice(1).map(({ label, value }) => [label, value]), ...made.notes.map((note) => ['', note])],
    }; // prettier-ignore
    return writeWorkbook([...made.tables.map((table) => sheetOf(table, words)), about], drillMark(this.config));
  }

  /** On paper, with who made it and up to when it was read. 404 `report.not-found`, and what the report refuses. */
  async paper(actor: Actor, request: FileRequest): Promise<Buffer> {
    const words = wordsOf(request.locale);
    const made = await this.made(actor, request, words);
    const now = this.clock.now();
    const cut = made.tables.some(({ rows }) => rows.length > MOST_PAPER_ROWS) ? [words('report.cut', { most: MOST_PAPER_ROWS })] : []; // prettier-ignore
    const title = titleOf(request.report, made, words);
    const form: PaperForm = {
      title,
      society: made.head.society ?? words('report.all'),
      number: null,
      code: null,
      facts: factsOf(made, title, actor, words).slice(2),
      tables: made.tables.map((table) => paperOf(table, MOST_PAPER_ROWS)),
      notes: [...cut, ...made.notes],
      signatures: [],
      copies: [],
      printed: words('paper.printed', { name: actor.name, at: minuteOf(now) }),
      words: { number: words('paper.number'), page: words('paper.page'), blankBelow: words('paper.blank-below'), date: words('paper.date') },
    }; // prettier-ignore
    return this.printer.print(layoutForm(form, LANDSCAPE), now);
  }

  private async made(actor: Actor, { report, locale, filters }: FileRequest, words: Words): Promise<Made> {
    switch (report as ReportName) {
      case 'response-times': {
        const head = await this.reports.responseTimes(actor, parsed(reportQuery, filters));
        return { head, ...responseTables(head, words) };
      }
      case 'duty-log':
        return this.log(actor, parsed(logQuery, { ...filters, cursor: undefined, limit: LIMITS.page }), words);
      case 'stock': {
        const head = await this.reports.stock(actor, parsed(stockReportQuery, filters));
        return { head, ...stockTables(head, words, locale === 'en') };
      }
      case 'incidents': {
        const head = await this.reports.incidents(actor, parsed(reportQuery, filters));
        return { head, ...incidentTables(head, words) };
      }
      case 'comparison': {
        const head = await this.reports.comparison(actor, parsed(comparisonReportQuery, filters));
        return { head, ...comparisonTables(head, words, locale === 'en') };
      }
      case 'alarms': {
        const head = await this.reports.alarms(actor, parsed(alarmReportQuery, filters));
        return { head, ...alarmTables(head, words) };
      }
      default:
        throw notFound('report', report.slice(0, 80));
    }
  }

  private async log(actor: Actor, query: LogQuery, words: Words): Promise<Made> {
    const head = await this.reports.dutyLog(actor, query);
    const items = [...head.items];
    let cursor = head.nextCursor;
    while (cursor && items.length < MOST_LOG_ROWS) {
      const page = await this.reports.dutyLog(actor, { ...query, cursor });
      items.push(...page.items);
      cursor = page.nextCursor;
    }
    const shown = items.slice(0, MOST_LOG_ROWS);
    return { head, ...logTables({ items: shown, cut: cursor !== null || items.length > shown.length, most: MOST_LOG_ROWS }, words) }; // prettier-ignore
  }
}

function parsed<T>(schema: z.ZodType<T>, filters: Record<string, unknown>): T {
  const read = schema.safeParse(filters);
  if (!read.success) throw new Problem('request.invalid', {}, { errors: fieldErrors(read.error.issues) });
  return read.data;
}

const titleOf = (report: string, { head }: Made, words: Words): string =>
  `${head.exercise ? words(EXERCISE) : ''}${words(`report.${report}`)}`;

/** Title, society, period, level, moment, maker: what a table says of itself when it is handed on. */
function factsOf({ head }: Made, title: string, actor: Actor, words: Words) {
  const { from, to, society, severity, asOf, exercise } = head;
  const fact = (key: string, value: string) => ({ label: words(`report.${key}`), value });
  return [
    fact('about', title),
    fact('society', society ?? words('report.all')),
    fact('period', words('report.period-of', { from, to })),
    fact('level', severity ? words(`report.severity.${severity}`) : words('report.every-level')),
    fact('scope-of', words(exercise ? 'report.exercise' : 'report.real')),
    fact('as-of', minuteOf(asOf)),
    fact('made-by', actor.name),
  ];
}
