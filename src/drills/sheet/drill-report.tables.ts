import type { ReportColumn, ReportTable, Words } from '../../relief-stock/index.js';
import type { ScoreDto } from '../drills.dto.js';
import { type DrillSheetDto, GRADES, type SheetItemDto } from './sheet.dto.js';

type ColumnOf = (key: string, style: ReportColumn['style'], width: number) => ReportColumn;
const columnsIn =
  (words: Words): ColumnOf =>
  (key, style, width) => ({ label: words(`drill-report.column.${key}`), style, width });

/** The score, clock by clock: of everybody, then person by person. */
export function scoreTable({ measures, people }: ScoreDto, words: Words): ReportTable {
  const column = columnsIn(words);
  return {
    name: words('drill-report.table.score'),
    columns: [
      column('who', 'text', 22), column('measure', 'text', 20), column('target', 'duration', 12), column('met', 'units', 8), column('late', 'units', 8),
      column('open', 'units', 8), column('p50', 'duration', 10), column('p90', 'duration', 10),
    ],
    rows: [{ name: words('drill-report.everybody'), measures }, ...people].flatMap(({ name, measures: all }) =>
      all.map((one) => [name, words(`drill-report.measure.${one.code}`), one.targetS, one.met, one.late, one.open, one.p50S, one.p90S]),
    ),
  };
} // prettier-ignore

/** What evaluators saw: the sums by aspect, every item with every word that was said about it, and what must become better. */
export function sheetTables(sheet: DrillSheetDto, words: Words, english: boolean): ReportTable[] {
  const items = sheet.items.filter(({ leftOut }) => !leftOut);
  return [sumTable(sheet, words), judgementTable(items, words, english), improvementTable(sheet, words, english)];
}

function sumTable({ sums }: DrillSheetDto, words: Words): ReportTable {
  const column = columnsIn(words);
  return {
    name: words('drill-report.table.sums'),
    columns: [
      column('aspect', 'text', 22), column('items', 'units', 8), column('unjudged', 'units', 8),
      ...GRADES.map((grade): ReportColumn => ({ label: words(`drill-grade.${grade}`), style: 'units', width: 8 })), column('good-pct', 'units', 12),
    ],
    rows: sums.map(({ aspect, items, unjudged, grades, goodPct }) => [
      words(aspect ? `drill-aspect.${aspect}` : 'drill-report.all'), items, unjudged, ...GRADES.map((grade) => grades[grade] ?? 0), goodPct,
    ]),
  };
} // prettier-ignore

export const wordsOfItem = (item: Pick<SheetItemDto, 'words' | 'wordsEn'>, english: boolean): string =>
  english && item.wordsEn !== null ? item.wordsEn : item.words;

function judgementTable(items: SheetItemDto[], words: Words, english: boolean): ReportTable {
  const column = columnsIn(words);
  const gradeOf = (grade: string, stands: boolean): string =>
    words(`drill-grade.${grade}`) + (stands ? '' : words('drill-report.former'));
  return {
    name: words('drill-report.table.judgements'),
    columns: [
      column('aspect', 'text', 16), column('item', 'text', 40), column('grade', 'text', 12), column('note', 'text', 36), column('evaluator', 'text', 14),
      column('at', 'instant', 17),
    ],
    rows: items.flatMap((item) => {
      const [aspect, said] = [words(`drill-aspect.${item.aspect}`), wordsOfItem(item, english)];
      if (item.judgements.length === 0) return [[aspect, said, words('drill-report.unjudged'), '', '', '']];
      return item.judgements.map(({ grade, note, by, at, stands }) => [aspect, said, gradeOf(grade, stands), note, by, at]);
    }),
  };
} // prettier-ignore

function improvementTable({ improvements, items }: DrillSheetDto, words: Words, english: boolean): ReportTable {
  const column = columnsIn(words);
  const about = (key: string | null): string => {
    const item = items.find((one) => one.key === key);
    return item ? wordsOfItem(item, english) : '';
  };
  return {
    name: words('drill-report.table.improvements'),
    columns: [
      column('what', 'text', 40), column('owner', 'text', 16), column('due', 'day', 12), column('state', 'text', 10), column('done', 'text', 30),
      column('item', 'text', 30),
    ],
    rows: improvements.map(({ what, owner, dueOn, state, doneNote, doneBy, item }) => [
      what, owner, dueOn, words(`drill-improvement.status.${state}`), [doneBy, doneNote].filter(Boolean).join(' '), about(item),
    ]),
  };
} // prettier-ignore
