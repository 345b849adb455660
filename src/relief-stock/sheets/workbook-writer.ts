import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { columnName } from './cells.rules.js';

/** How a column shows its values; text is text whatever it looks like. */
export type CellStyle = 'text' | 'units' | 'day' | 'instant' | 'money' | 'decimal';
export interface OutColumn {
  label: string;
  style: CellStyle;
  width: number;
  /** What may be chosen in the cells below. */
  choices?: string[];
  required?: boolean;
}
export type OutValue = string | number | null;
export interface OutSheet {
  name: string;
  columns: OutColumn[];
  rows: AsyncIterable<OutValue[]> | Iterable<OutValue[]>;
}

/** Formats by place in `cellXfs`: 0 general, 1 head, 2 required head, then these; `quoted` is text that must never become a formula. */
const FORMATS: Record<CellStyle | 'quoted', { id: number; format: number; quote?: boolean }> = {
  text: { id: 3, format: 49 },
  units: { id: 4, format: 3 },
  day: { id: 5, format: 164 },
  instant: { id: 6, format: 165 },
  money: { id: 7, format: 4 },
  decimal: { id: 8, format: 166 },
  quoted: { id: 9, format: 49, quote: true },
};
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const LONGEST_TEXT = 32_767;
const CHUNK = 64 * 1024;
/** Rows below the head that a choice is offered for. */
const CHOICE_ROWS = 10_001;

/** Excel takes such text for a formula when it is typed again, or when the sheet is saved as CSV and opened. */
const LOOKS_LIKE_FORMULA = /^[\s]*[=+\-@|%]/;

/**
 * A workbook as a stream, made row by row: rows are asked for as the reader takes them. `mark` stands before the name of each sheet and over
 * its printed pages.
 */
export function writeWorkbook(asked: OutSheet[], mark: string | null = null): Readable {
  const sheets = mark ? asked.map((sheet) => ({ ...sheet, name: mark + sheet.name })) : asked;
  const zip = new ZipFile();
  const add = (name: string, text: string) => zip.addBuffer(Buffer.from(XML + text), name);
  add('[Content_Types].xml', contentTypes(sheets.length));
  add('_rels/.rels', `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`);
  add('xl/workbook.xml', workbookXml(sheets));
  add('xl/_rels/workbook.xml.rels', relationsXml(sheets.length));
  add('xl/styles.xml', stylesXml());
  const output = zip.outputStream as Readable;
  sheets.forEach((sheet, n) => {
    const stream = Readable.from(chunked(sheetXml(sheet, mark)));
    stream.on('error', (error) => output.destroy(error));
    zip.addReadStream(stream, `xl/worksheets/sheet${n + 1}.xml`, { compressionLevel: 6 });
  });
  zip.end();
  return output;
} // prettier-ignore

/** Few large pieces: a stream of single cells would spend its time on being a stream. */
async function* chunked(parts: AsyncIterable<string>): AsyncGenerator<Buffer> {
  let text = '';
  for await (const part of parts) {
    text += part;
    if (text.length < CHUNK) continue;
    yield Buffer.from(text);
    text = '';
  }
  if (text) yield Buffer.from(text);
}

async function* sheetXml({ columns, rows }: OutSheet, mark: string | null): AsyncGenerator<string> {
  const last = columnName(columns.length);
  const widths = columns.map(({ width }, n) => `<col min="${n + 1}" max="${n + 1}" width="${width}" customWidth="1"/>`).join(''); // prettier-ignore
  yield `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths}</cols><sheetData>`;
  yield rowXml(1, columns.map(({ label, required }, n) => textCell(`${columnName(n + 1)}1`, label, required ? 2 : 1))); // prettier-ignore
  let row = 1;
  for await (const values of rows) {
    row += 1;
    yield rowXml(row, values.map((value, n) => cellXml(`${columnName(n + 1)}${row}`, value, columns[n]!.style))); // prettier-ignore
  }
  yield `</sheetData><autoFilter ref="A1:${last}${row}"/>${choicesXml(columns)}${mark ? headerXml(mark) : ''}</worksheet>`;
}

/** Over each printed page; `&` begins a code of Excel's own. */
const headerXml = (mark: string): string =>
  `<headerFooter><oddHeader>&amp;C${escapeXml(mark.replaceAll('&', '&&'))}</oddHeader></headerFooter>`;

const rowXml = (row: number, cells: string[]): string => `<row r="${row}">${cells.join('')}</row>`;

function cellXml(ref: string, value: OutValue, style: CellStyle): string {
  if (value === null || value === '') return '';
  if (typeof value === 'number') return `<c r="${ref}" s="${FORMATS[style].id}"><v>${value}</v></c>`;
  return textCell(ref, value, LOOKS_LIKE_FORMULA.test(value) ? FORMATS.quoted.id : FORMATS.text.id);
}

const textCell = (ref: string, text: string, style: number): string =>
  `<c r="${ref}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(text.slice(0, LONGEST_TEXT))}</t></is></c>`;

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** Characters that XML cannot hold are left out; text that Excel would read as its own escape is escaped. */
export const escapeXml = (text: string): string =>
  text
    .replace(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]|\p{Surrogate}/gu, '')
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/[&<>"]/g, (character) => ENTITIES[character]!);

function choicesXml(columns: OutColumn[]): string {
  const lists = columns.flatMap(({ choices }, n) => {
    if (!choices) return [];
    const cells = `${columnName(n + 1)}2:${columnName(n + 1)}${CHOICE_ROWS}`;
    return `<dataValidation type="list" allowBlank="1" showErrorMessage="1" sqref="${cells}"><formula1>"${escapeXml(choices.join(','))}"</formula1></dataValidation>`;
  });
  return lists.length ? `<dataValidations count="${lists.length}">${lists.join('')}</dataValidations>` : '';
}

const contentTypes = (sheets: number): string => {
  const part = (name: string, type: string) => `<Override PartName="/xl/${name}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${type}+xml"/>`; // prettier-ignore
  const sheetParts = Array.from({ length: sheets }, (_, n) => part(`worksheets/sheet${n + 1}.xml`, 'worksheet')).join(
    '',
  );
  return `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${part('workbook.xml', 'sheet.main')}${part('styles.xml', 'styles')}${sheetParts}</Types>`;
};

/** Sheet names may not hold these, nor be longer than 31. */
const sheetName = (name: string, n: number): string => name.replace(/[[\]:*?/\\']/g, ' ').trim().slice(0, 31) || `${n + 1}`; // prettier-ignore

const workbookXml = (sheets: OutSheet[]): string => {
  const named = sheets.map(({ name }, n) => `<sheet name="${escapeXml(sheetName(name, n))}" sheetId="${n + 1}" r:id="rId${n + 1}"/>`); // prettier-ignore
  return `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${named.join('')}</sheets></workbook>`;
};

const relationsXml = (sheets: number): string => {
  const relation = (id: number, type: string, target: string) => `<Relationship Id="rId${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`; // prettier-ignore
  const parts = Array.from({ length: sheets }, (_, n) => relation(n + 1, 'worksheet', `worksheets/sheet${n + 1}.xml`));
  return `<Relationships xmlns="${PACKAGE}/relationships">${parts.join('')}${relation(sheets + 1, 'styles', 'styles.xml')}</Relationships>`;
};

function stylesXml(): string {
  const head = (fill: number) => `<xf numFmtId="49" fontId="1" fillId="${fill}" borderId="0" xfId="0" applyFont="1" applyFill="1" applyNumberFormat="1"/>`; // prettier-ignore
  const cells = Object.values(FORMATS).map(({ format, quote }) => `<xf numFmtId="${format}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"${quote ? ' quotePrefix="1"' : ''}/>`); // prettier-ignore
  const solid = (color: string) => `<fill><patternFill patternType="solid"><fgColor rgb="${color}"/><bgColor indexed="64"/></patternFill></fill>`; // prettier-ignore
  return `<styleSheet xmlns="${MAIN}"><numFmts count="3"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/><numFmt numFmtId="166" formatCode="#,##0.###"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>${solid('FFE8ECF1')}${solid('FFFFE9C7')}</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${3 + cells.length}"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>${head(2)}${head(3)}${cells.join('')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
}
