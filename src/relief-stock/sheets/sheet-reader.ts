import { Problem } from '../../shared/problem.js';
import { columnName, columnOf, dayOfSerial, isDateFormat } from './cells.rules.js';
import type { SheetCell, SheetRow, SheetTable } from './sheets.types.js';
import { openWorkbook, type WorkbookZip } from './workbook-zip.js';
import { readXml } from './workbook-xml.js';

export const MOST_COLUMNS = 60;
const MOST_MERGED = 200;
/** Longer than anything a column takes: a text is looked at once a cell, and one text may stand in every cell of a sheet. */
const LONGEST_TEXT = 1000;
/** Cell formats of one workbook: the limit of Excel. */
const MOST_FORMATS = 65_490;

/** A text as the importer sees it; what is cut off here is refused there as too long. */
const cut = (text: string): string => (text.length > LONGEST_TEXT ? text.trim().slice(0, LONGEST_TEXT) : text);

/**
 * The first sheet of an uploaded workbook as rows of cells. Formulas, merged cells and error values are marked, not refused here: the
 * importer names each. 422 `sheet.too-many-rows`, and what `openWorkbook` and `readXml` refuse.
 */
export async function readSheet(bytes: Buffer, mostRows: number): Promise<SheetTable> {
  const zip = await openWorkbook(bytes);
  const book = await readBook(zip);
  const isDate = await readStyles(zip);
  const texts = await readTexts(zip);
  return new SheetReader({ name: book.name, since1904: book.since1904, isDate, texts, mostRows }).read(zip, book.part);
}

/** Name and part of the first sheet that is not hidden. */
async function readBook(zip: WorkbookZip): Promise<{ name: string; part: string; since1904: boolean }> {
  const sheets: { name: string; rel: string }[] = [];
  let since1904 = false;
  await readXml(await zip.read('xl/workbook.xml'), {
    open: (name, { state, ...attributes }) => {
      if (name === 'workbookPr') since1904 = ['1', 'true'].includes(attributes.date1904 ?? '');
      if (name === 'sheet' && (state ?? 'visible') === 'visible') {
        sheets.push({ name: (attributes.name ?? '').slice(0, 80), rel: attributes['r:id'] ?? relOf(attributes) });
      }
    },
  });
  const [first] = sheets;
  if (!first) throw new Problem('sheet.not-xlsx');
  const targets = new Map<string, string>();
  await readXml(await zip.read('xl/_rels/workbook.xml.rels'), {
    open: (name, { Id, Target }) => void (name === 'Relationship' && Id && Target && targets.set(Id, Target)),
  });
  const target = targets.get(first.rel) ?? '';
  const part = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
  if (!zip.has(part)) throw new Problem('sheet.broken');
  return { name: first.name, part, since1904 };
}

/** The relation's id under whatever prefix the writer chose. */
const relOf = (attributes: Record<string, string>): string =>
  Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1] ?? '';

/** For each cell format whether it shows a date. */
async function readStyles(zip: WorkbookZip): Promise<boolean[]> {
  const part = 'xl/styles.xml';
  if (!zip.has(part)) return [];
  const dates = new Map<string, boolean>();
  const formats: boolean[] = [];
  let inCells = false;
  await readXml(await zip.read(part), {
    open: (name, attributes) => {
      if (name === 'numFmt') dates.set(attributes.numFmtId ?? '', isDateFormat(0, attributes.formatCode ?? ''));
      if (name === 'cellXfs') inCells = true;
      const id = attributes.numFmtId ?? '0';
      if (name !== 'xf' || !inCells) return;
      if (formats.length >= MOST_FORMATS) throw new Problem('sheet.broken');
      formats.push(dates.get(id) ?? isDateFormat(Number(id), undefined));
    },
    close: (name) => void (name === 'cellXfs' && (inCells = false)),
  });
  return formats;
}

/** Texts that cells share; what is said about their pronunciation is left out. */
async function readTexts(zip: WorkbookZip): Promise<string[]> {
  const part = 'xl/sharedStrings.xml';
  if (!zip.has(part)) return [];
  const texts: string[] = [];
  let [text, inText, inPhonetic] = ['', false, false];
  await readXml(await zip.read(part), {
    open: (name) => {
      if (name === 'si') text = '';
      if (name === 'rPh') inPhonetic = true;
      inText = name === 't' && !inPhonetic;
    },
    text: (more) => void (inText && (text += more)),
    close: (name) => {
      inText = false;
      if (name === 'rPh') inPhonetic = false;
      if (name === 'si') texts.push(cut(text));
    },
  });
  return texts;
}

interface Context {
  name: string;
  since1904: boolean;
  isDate: boolean[];
  texts: string[];
  mostRows: number;
}

class SheetReader {
  private readonly rows: SheetRow[] = [];
  private readonly merged: string[] = [];
  private row: SheetRow = { row: 0, cells: [] };
  private column = 0;
  private cell: { attributes: Record<string, string>; value: string; inline: string; hasFormula: boolean } | null =
    null;
  private reading: 'value' | 'inline' | null = null;
  private inPhonetic = false;

  constructor(private readonly context: Context) {}

  async read(zip: WorkbookZip, part: string): Promise<SheetTable> {
    await readXml(await zip.read(part), {
      open: (name, attributes) => this.open(name, attributes),
      text: (text) => this.text(text),
      close: (name) => this.close(name),
    });
    return { name: this.context.name, rows: this.rows, merged: this.merged };
  }

  private open(name: string, attributes: Record<string, string>): void {
    if (name === 'row') {
      this.row = { row: Number(attributes.r) || this.row.row + 1, cells: [] };
      this.column = 0;
    } else if (name === 'c') this.cell = { attributes, value: '', inline: '', hasFormula: false };
    else if (name === 'f' && this.cell) this.cell.hasFormula = true;
    else if (name === 'v') this.reading = 'value';
    else if (name === 't' && !this.inPhonetic) this.reading = 'inline';
    else if (name === 'rPh') this.inPhonetic = true;
    else if (name === 'mergeCell' && this.merged.length < MOST_MERGED) this.merged.push((attributes.ref ?? '').slice(0, 20)); // prettier-ignore
  }

  private text(text: string): void {
    if (!this.cell || !this.reading) return;
    if (this.reading === 'value') this.cell.value += text;
    else this.cell.inline += text;
  }

  private close(name: string): void {
    if (name === 'v' || name === 't') this.reading = null;
    else if (name === 'rPh') this.inPhonetic = false;
    else if (name === 'c') this.endCell();
    else if (name === 'row' && this.row.cells.length > 0) {
      if (this.rows.length > this.context.mostRows) {
        throw new Problem('sheet.too-many-rows', { most: this.context.mostRows });
      }
      this.rows.push(this.row);
    }
  }

  private endCell(): void {
    const { attributes, value, inline, hasFormula } = this.cell!;
    this.cell = null;
    const column = attributes.r ? columnOf(attributes.r) : this.column + 1;
    this.column = column;
    if (column < 1 || column > MOST_COLUMNS) return;
    const read = this.valueOf(attributes, cut(value), cut(inline));
    if (read.text.trim() === '' && !hasFormula) return;
    if (this.row.cells.length >= MOST_COLUMNS) throw new Problem('sheet.broken'); // a cell twice
    this.row.cells.push({ ...read, column, ref: `${columnName(column)}${this.row.row}`, hasFormula });
  }

  private valueOf(
    attributes: Record<string, string>,
    value: string,
    inline: string,
  ): Pick<SheetCell, 'text' | 'number' | 'day' | 'isError'> {
    const { t: type = 'n', s: style = '0' } = attributes;
    const plain = { number: null, day: null, isError: false };
    if (type === 's') return { ...plain, text: this.context.texts[Number(value)] ?? '' };
    if (type === 'inlineStr' || type === 'str') return { ...plain, text: type === 'str' ? value : inline };
    if (type === 'e') return { ...plain, text: value, isError: true };
    if (type === 'd') return { ...plain, text: value, day: /^\d{4}-\d{2}-\d{2}/.exec(value)?.[0] ?? null };
    const number = value.trim() === '' ? Number.NaN : Number(value);
    if (!Number.isFinite(number)) return { ...plain, text: value };
    const day = this.context.isDate[Number(style)] ? dayOfSerial(number, this.context.since1904) : null;
    return { text: value, number, day, isError: false };
  }
}
