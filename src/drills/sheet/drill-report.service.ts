import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { type Actor, allow, findSociety } from '../../access/index.js';
import { Database, read } from '../../database/index.js';
import {
  DRILL_MARK, type Fact, LANDSCAPE, layoutForm, minuteOf, type OutSheet, type PaperForm, paperOf, PdfPrinter, type ReportTable, sheetOf, type Words,
  wordsOf, writeWorkbook,
} from '../../relief-stock/index.js'; // prettier-ignore
import { Clock } from '../../shared/clock.js';
import type { Locale } from '../../shared/i18n.js';
import type { DrillDto, ScoreDto } from '../drills.dto.js';
import { DrillsService } from '../drills.service.js';
import { scoreTable, sheetTables, wordsOfItem } from './drill-report.tables.js';
import type { DrillSheetDto } from './sheet.dto.js';
import { mayEvaluate } from './sheet.rules.js';
import { SheetService } from './sheet.service.js';

/** Rows of a table on paper; the sheet has at most 64 items and 2,000 judgements. */
const MOST_PAPER_ROWS = 2000;
interface Made {
  number: number;
  title: string;
  society: string;
  facts: Fact[];
  tables: ReportTable[];
  notes: string[];
}

/** The report of a drill: what its clocks say, what evaluators saw, what must become better. Made in reality, and marked as a drill's. */
@Injectable()
export class DrillReportService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly drills: DrillsService,
    private readonly sheets: SheetService,
    private readonly printer: PdfPrinter,
  ) {}

  /** A sheet for each table, and one that says what they are. 403 for who may not run drills there; 409 `drill.step-not-allowed` before it began. */
  async workbook(actor: Actor, id: string, locale: Locale): Promise<{ number: number; file: Readable }> {
    const words = wordsOf(locale);
    const { number, title, facts, tables, notes } = await this.made(actor, id, locale);
    const about: OutSheet = {
      name: words('report.about'),
      columns: [{ label: words('report.about'), style: 'text', width: 20 }, { label: title, style: 'text', width: 80 }],
      rows: [...facts.map(({ label, value }) => [label, value]), ...notes.map((note) => ['', note])],
    }; // prettier-ignore
    return { number, file: writeWorkbook([...tables.map((table) => sheetOf(table, words)), about], DRILL_MARK) };
  }

  /** On paper, in the hatched frame of a drill. Refuses as the workbook; 503 `busy`. */
  async paper(actor: Actor, id: string, locale: Locale): Promise<{ number: number; bytes: Buffer }> {
    const words = wordsOf(locale);
    const { number, title, society, facts, tables, notes } = await this.made(actor, id, locale);
    const now = this.clock.now();
    const form: PaperForm = {
      title, society, number: null, code: null, facts, tables: tables.map((table) => paperOf(table, MOST_PAPER_ROWS)), notes, signatures: [], copies: [],
      printed: words('paper.printed', { name: actor.name, at: minuteOf(now) }),
      words: { number: words('paper.number'), page: words('paper.page'), blankBelow: words('paper.blank-below'), date: words('paper.date') },
    }; // prettier-ignore
    return { number, bytes: await this.printer.print(layoutForm(form, LANDSCAPE), now, DRILL_MARK) };
  }

  private async made(actor: Actor, id: string, locale: Locale): Promise<Made> {
    const [words, english] = [wordsOf(locale), locale === 'en'];
    const drill = await this.drills.drill(actor, id);
    const society = (await read(this.db, (tx) => findSociety(tx, drill.societyId)))!;
    allow(actor, 'drill.run', { paths: [society.path] });
    mayEvaluate(drill, 'report');
    const sheet = await this.sheets.sheet(actor, id);
    // One that was ended while its world did not open has none.
    const score = drill.state === 'ended' && drill.score === null ? null : await this.drills.score(actor, id);
    return {
      number: drill.number,
      title: words('drill-report.title', { title: drill.title }),
      society: society.name,
      facts: factsOf(drill, score, { words, madeBy: actor.name, at: this.clock.now() }),
      tables: [...(score ? [scoreTable(score, words)] : []), ...sheetTables(sheet, words, english)],
      notes: notesOf(sheet, score, words, english),
    };
  }
}

function factsOf(
  drill: DrillDto,
  score: ScoreDto | null,
  { words, madeBy, at }: { words: Words; madeBy: string; at: Date },
): Fact[] {
  const fact = (key: string, value: string): Fact => ({ label: words(`drill-report.${key}`), value });
  return [
    fact('number', String(drill.number)),
    fact('state', words(`drill.status.${drill.state}`)),
    fact('planned-by', drill.plannedBy),
    fact('started', minuteOf(drill.startedAt)),
    fact('ended', minuteOf(drill.endedAt)),
    fact('in-time', score?.inTimePct == null ? '—' : `${score.inTimePct}%`),
    fact('as-of', minuteOf(at)),
    fact('made-by', madeBy),
  ];
}

/** The remarks line by line, and which items evaluators saw differently. */
function notesOf(sheet: DrillSheetDto, score: ScoreDto | null, words: Words, english: boolean): string[] {
  const { wentWell, mustImprove, by, at } = sheet.remarks;
  const remark = (key: string, text: string): string[] => (text === '' ? [] : [words(`drill-report.${key}`), ...text.split('\n')]); // prettier-ignore
  const apart = sheet.items.filter((item) => item.apart && !item.leftOut);
  return [
    ...remark('went-well', wentWell),
    ...remark('must-improve', mustImprove),
    ...(by ? [words('drill-report.remarks-by', { name: by, at: minuteOf(at) })] : []),
    ...apart.map((item) => words('drill-report.apart', { item: wordsOfItem(item, english) })),
    ...(score ? [] : [words('drill-report.no-score')]),
    words('drill-report.source'),
  ];
}
