import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import { writeWorkbook, type OutValue } from '../../src/relief-stock/sheets/workbook-writer.js';

/** A workbook as the program itself writes them: a head and rows. */
export const workbook = (heads: string[], rows: OutValue[][]): Promise<Buffer> =>
  buffer(
    writeWorkbook([{ name: 'Sheet1', columns: heads.map((label) => ({ label, style: 'text', width: 12 })), rows }]),
  );

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

export interface Parts {
  sheet?: string;
  workbook?: string;
  styles?: string;
  sharedStrings?: string;
  more?: Record<string, Buffer | string>;
  leaveOut?: string[];
}

/** A workbook by hand, for what other programs write and what nobody should. `sheet` is the content of `worksheet`. */
export async function handmade(parts: Parts = {}): Promise<Buffer> {
  const zip = new ZipFile();
  const files: Record<string, Buffer | string> = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    'xl/workbook.xml':
      parts.workbook ?? `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${MAIN}">${parts.sheet ?? '<sheetData/>'}</worksheet>`,
    ...(parts.styles ? { 'xl/styles.xml': parts.styles } : {}),
    ...(parts.sharedStrings ? { 'xl/sharedStrings.xml': parts.sharedStrings } : {}),
    ...parts.more,
  }; // prettier-ignore
  for (const [name, content] of Object.entries(files)) {
    if (!parts.leaveOut?.includes(name)) zip.addBuffer(Buffer.from(content), name);
  }
  zip.end();
  return buffer(zip.outputStream);
}

export const row = (number: number, cells: string): string => `<row r="${number}">${cells}</row>`;
export const text = (ref: string, value: string): string => `<c r="${ref}" t="inlineStr"><is><t>${value}</t></is></c>`;
