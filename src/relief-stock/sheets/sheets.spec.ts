import { readFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { handmade, row, text, workbook } from '../../../test/support/workbook.js';
import { Problem } from '../../shared/problem.js';
import { columnName, columnOf, dayOfSerial, isDateFormat, serialOfDay } from './cells.rules.js';
import { IMPORT_COLUMNS, IMPORT_KINDS, type ImportKind } from './import-columns.data.js';
import { acceptedBy } from './import-words.js';
import { readRows } from './rows.rules.js';
import { readSheet } from './sheet-reader.js';
import { FLAW_CODES } from './sheets.types.js';
import { escapeXml, writeWorkbook } from './workbook-writer.js';

const read = async (bytes: Buffer, kind: ImportKind = 'items') => {
  const sheet = readRows(await readSheet(bytes, 10_001), IMPORT_COLUMNS[kind], acceptedBy(kind));
  return { ...sheet, told: sheet.flaws.map(({ cell, code }) => `${cell} ${code}`) };
};
const refusal = (bytes: Buffer) => readSheet(bytes, 10_001).then(() => 'read', (error: Problem) => error.code); // prettier-ignore

describe('a workbook that is none, or should not be opened', () => {
  const zipped = async (name: string, size: number, more: object = {}) => handmade({ more: { [name]: Buffer.alloc(size, 'a') }, ...more }); // prettier-ignore
  it.each([
    ['nothing', Buffer.alloc(0), 'sheet.not-xlsx'],
    ['text', Buffer.from('编码,名称'), 'sheet.not-xlsx'],
    ['a workbook of old Excel', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2000)]), 'sheet.old-or-locked'],
    ['the beginning of a zip', Buffer.from('PK\u0003\u0004 and no more'), 'sheet.broken'],
  ])('refuses %s', async (_, bytes, code) => expect(await refusal(bytes)).toBe(code)); // prettier-ignore

  it('refuses a zip that is no workbook, macros, a sheet cut off, XML that is broken or explodes', async () => {
    expect(await refusal(await handmade({ leaveOut: ['xl/workbook.xml'] }))).toBe('sheet.not-xlsx');
    expect(await refusal(await handmade({ leaveOut: ['xl/_rels/workbook.xml.rels'] }))).toBe('sheet.not-xlsx');
    expect(await refusal(await handmade({ leaveOut: ['xl/worksheets/sheet1.xml'] }))).toBe('sheet.broken');
    expect(await refusal(await handmade({ more: { 'xl/vbaProject.bin': 'x' } }))).toBe('sheet.macros');
    expect(await refusal(await handmade({ sheet: '<sheetData><row>' }))).toBe('sheet.broken');
    const bomb = `<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><workbook><sheets><sheet name="&b;"/></sheets></workbook>`;
    expect(await refusal(await handmade({ workbook: bomb }))).toBe('sheet.broken');
    const whole = await workbook(['编码'], [['A1']]);
    expect(await refusal(whole.subarray(0, whole.length - 30))).toBe('sheet.broken');
  });

  it('refuses a zip bomb by what it says of itself, before anything is unpacked', async () => {
    expect(await refusal(await zipped('xl/media/a', 3_000_000))).toBe('sheet.packed-too-much');
    expect(await refusal(lyingZip('xl/media/a', Buffer.from('a'), 60_000_000))).toBe('sheet.packed-too-much');
    expect(await refusal(await handmade({ more: Object.fromEntries(Array.from({ length: 600 }, (_, n) => [`x/${n}`, 'x'])) }))).toBe('sheet.packed-too-much'); // prettier-ignore
  });

  it('refuses a zip that lies about how much it holds', async () => {
    const bytes = lyingZip('xl/worksheets/sheet1.xml', Buffer.alloc(10_000_000, 'a'), 1000);
    const start = performance.now();
    expect(await refusal(bytes)).toBe('sheet.broken');
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it('refuses what would fill the memory: nesting, attributes, one cell again and again', async () => {
    const attributes = Array.from({ length: 100 }, (_, n) => `a${n}="1"`).join(' ');
    expect(await refusal(await handmade({ sheet: `${'<a>'.repeat(100)}${'</a>'.repeat(100)}` }))).toBe('sheet.broken');
    expect(await refusal(await handmade({ sheet: `<a ${attributes}/>` }))).toBe('sheet.broken');
    expect(await refusal(await handmade({ sheet: `<row>${'<c r="A1"><v>1</v></c>'.repeat(61)}</row>` }))).toBe('sheet.broken'); // prettier-ignore
  });

  it('cuts a text that many cells share, and names each of them as too long', async () => {
    const sharedStrings = `<sst><si><t>编码</t></si><si><t> ${'1'.repeat(500_000)}</t></si></sst>`;
    const cell = (ref: string, n: number) => `<c r="${ref}" t="s"><v>${n}</v></c>`;
    const sheet = row(1, cell('A1', 0)) + row(2, cell('A2', 1));
    const { rows } = await readSheet(await handmade({ sharedStrings, sheet }), 10);
    expect(rows[1]!.cells[0]!.text).toBe('1'.repeat(1000));
    const inline = await readSheet(await handmade({ sheet: row(1, text('A1', ' '.repeat(2000))) }), 10);
    expect(inline.rows).toEqual([]);
    const { told } = await read(await handmade({ sheet: row(1, text('A1', '物资编码')) + row(2, text('A2', '1'.repeat(2000))) })); // prettier-ignore
    expect(told).toContain('A2 cell.too-long');
  });

  it('stops at too many rows', async () => {
    const rows = Array.from({ length: 10_002 }, (_, n) => [`A${n}`]);
    expect(await refusal(await workbook(['编码'], rows))).toBe('sheet.too-many-rows');
  });

  it('never does anything to garbage but refuse it with a code', async () => {
    const good = await workbook(['编码', '名称'], [['A1', '名称']]);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 }), async (changes) => {
        const bytes = Buffer.from(good);
        for (const [at, value] of changes) bytes[at] = value;
        try {
          await read(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(Problem);
          expect((error as Problem).code).toMatch(/^sheet\./);
        }
      }),
      { numRuns: 300 },
    );
  }); // prettier-ignore
});

/** A zip whose directory says that its one large part unpacks to `said` bytes. */
function lyingZip(name: string, content: Buffer, said: number): Buffer {
  const files: [string, Buffer, number][] = [
    ['[Content_Types].xml', Buffer.from('<Types/>'), 8],
    ['xl/workbook.xml', Buffer.from('<workbook xmlns:r="x"><sheets><sheet name="a" r:id="r1"/></sheets></workbook>'), -1],
    ['xl/_rels/workbook.xml.rels', Buffer.from('<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>'), -1],
    [name, content, said],
  ]; // prettier-ignore
  const locals: Buffer[] = [];
  const heads: Buffer[] = [];
  let offset = 0;
  for (const [file, data, told] of files) {
    const packed = deflateRawSync(data);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(told < 0 ? data.length : told, 18);
    common.writeUInt16LE(file.length, 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, Buffer.from(file), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    heads.push(Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), common, tail, Buffer.from(file)]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(heads);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, Buffer.from('PK\u0005\u0006'), end]);
}

describe('a sheet', () => {
  const HEADS = ['物资编码 *', '名称', 'English name', 'gbClass', '单位', '单重KG', '单体积m³', '适用月份', '单价元'];
  const GOOD = ['SH99', '帐篷', 'tent', 1, '顶', 65.5, 0.3, '10-4', 45.7];

  it('is read by its heads in any order and either language, scaled numbers as whole ones', async () => {
    const { rows, told } = await read(await workbook(HEADS, [GOOD]));
    expect(told).toEqual([]);
    expect(rows[0]!.values).toMatchObject({
      code: 'SH99', nameEn: 'tent', gbClass: 1, weightKg: 65_500, volumeM3: 300_000, priceYuan: 4570, seasonMonths: [1, 2, 3, 4, 10, 11, 12],
    }); // prettier-ignore
    const turned = await read(await workbook([...HEADS].reverse(), [[...GOOD].reverse()]));
    expect(turned.rows[0]!.values).toEqual(rows[0]!.values);
    const narrow = await read(
      await workbook(HEADS, [['SH99', '帐篷', 'tent', '１', '顶', '1,065.5 ', '0.3', '10、11 12', null]]),
    );
    expect(narrow.told).toEqual([]);
    expect(narrow.rows[0]!.values).toMatchObject({ gbClass: 1, weightKg: 1_065_500, seasonMonths: [10, 11, 12], priceYuan: null }); // prettier-ignore
  });

  it('names every bad cell', async () => {
    const heads = [
      '物资编码',
      '名称',
      '英文名称',
      '国标大类',
      '单位',
      '单重kg',
      '单体积m³',
      '保质期月',
      '说明',
      '名称',
      '适用月份',
    ];
    const { told } = await read(await workbook(heads, [
      ['bad code', '帐篷', 'tent', 4, '顶', 'x', 0.0000001, 0.5, null, null, '13'],
      [null, 'a'.repeat(81), '', 1, '顶', -1, 1e12, 601],
    ])); // prettier-ignore
    expect(told).toEqual([
      'I1 column.unknown', 'J1 column.twice', 'A2 cell.bad-text', 'D2 cell.out-of-range', 'F2 cell.not-number', 'G2 cell.not-whole',
      'H2 cell.not-whole', 'K2 cell.not-months', 'A3 cell.required', 'B3 cell.too-long', 'C3 cell.required', 'F3 cell.out-of-range',
      'G3 cell.out-of-range', 'H3 cell.out-of-range',
    ]); // prettier-ignore
    expect((await read(await workbook(['名称'], [['a']]))).told.filter((one) => one.includes('missing'))).toHaveLength(
      6,
    );
  });

  it('takes no formula, no merged cell, no error value, whoever wrote them', async () => {
    const cells = `${text('A2', 'B-01')}`;
    const sheet = `<sheetData>${row(1, text('A1', '货位编码'))}${row(2, cells)}${row(3, '<c r="A3" t="str"><f>"B-"&amp;"02"</f><v>B-02</v></c>')}${row(4, '<c r="A4" t="e"><v>#N/A</v></c>')}${row(5, '<c r="A5"><f>1+1</f></c>')}</sheetData><mergeCells count="1"><mergeCell ref="A6:B7"/></mergeCells>`;
    const { told, rows } = await read(await handmade({ sheet }), 'bins');
    expect(told).toEqual(['A6:B7 cell.merged', 'A3 cell.formula', 'A4 cell.error-value', 'A5 cell.formula']);
    expect(rows[0]!.values.binCode).toBe('B-01');
  });

  it('reads what other programs write: shared and rich text, no addresses, prefixes, dates of both calendars, hidden sheets', async () => {
    const head = ['物资编码', '批次', '有效期', '数量', '入库日期'];
    const shared = `<sst xmlns="x">${head.map((one) => `<si><r><t>${one.slice(0, 1)}</t></r><r><t>${one.slice(1)}</t></r><rPh sb="0" eb="1"><t>reading</t></rPh></si>`).join('')}<si><t>WF01</t></si><si><t xml:space="preserve"> L1 </t></si></sst>`;
    const styles = `<styleSheet><numFmts><numFmt numFmtId="180" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="180"/><xf numFmtId="31"/></cellXfs></styleSheet>`;
    const cell = (at: number) => `<x:c t="s"><x:v>${at}</x:v></x:c>`;
    const sheet = `<x:sheetData xmlns:x="y"><x:row>${head.map((_, n) => cell(n)).join('')}</x:row><x:row>${cell(5)}${cell(6)}<x:c s="1"><x:v>46568</x:v></x:c><x:c><x:v>1.2E2</x:v></x:c><x:c s="2"><x:v>46224.75</x:v></x:c></x:row><x:row/></x:sheetData>`;
    const { rows, told } = await read(await handmade({ sheet, styles, sharedStrings: shared }), 'opening');
    expect(told).toEqual([]);
    expect(rows).toEqual([
      {
        row: 2,
        values: { itemCode: 'WF01', lotCode: 'L1', expiresOn: '2027-06-30', units: 120, receivedOn: '2026-07-21' },
      },
    ]);
    const book = `<workbook xmlns:r="r"><workbookPr date1904="1"/><sheets><sheet name="藏" state="hidden" r:id="rId9"/><sheet name="表" r:id="rId1"/></sheets></workbook>`;
    const later = await read(await handmade({ sheet, styles, sharedStrings: shared, workbook: book }), 'opening');
    expect(later.rows[0]!.values.expiresOn).toBe('2031-07-01');
  });

  it('takes dates as people write them, and choices in either language', async () => {
    const written = ['2027-06-30', '2027/6/30', '2027.6.30', '2027年6月30日', '20270630', '２０２７-０６-３０'];
    const rows = written.map((day, n) => ['WF01', `L${n}`, day, 1, ['捐赠', 'donation', 'Donation'][n % 3]!]);
    const good = await read(await workbook(['物资编码', '批次', '有效期', '数量', '来源'], rows), 'opening');
    expect(good.told).toEqual([]);
    expect(good.rows.map(({ values }) => values.expiresOn)).toEqual(written.map(() => '2027-06-30'));
    expect(new Set(good.rows.map(({ values }) => values.source))).toEqual(new Set(['donation']));
    const bad = ['30/06/2027', '2027-02-29', '2027-13-01', '明年', 46568];
    const refused = await read(await workbook(['物资编码', '批次', '有效期', '数量', '来源'], bad.map((day) => ['WF01', 'L', day, 1, '偷'])), 'opening'); // prettier-ignore
    expect(refused.told).toEqual(bad.flatMap((_, n) => [`C${n + 2} cell.not-day`, `E${n + 2} cell.not-choice`]));
  });
});

describe('what the program writes', () => {
  it('is read back, whatever the text, and never as a formula', async () => {
    const anything = fc.string({ unit: 'grapheme', maxLength: 30 }).map((one) => one.replace(/\p{Cc}|[\ufffe\uffff]|\p{Surrogate}/gu, '')); // prettier-ignore
    const hostile = fc.constantFrom(
      '=1+1',
      "=cmd|' /C calc'!A0",
      '+1',
      '-1',
      '@SUM(A1)',
      '\t=1',
      '_x000D_',
      '<t>&amp;',
      ']]>',
      '"',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(anything, hostile), { minLength: 1, maxLength: 8 }), async (values) => {
        const bytes = await workbook(['head'], values.map((value) => [value])); // prettier-ignore
        const { rows } = await readSheet(bytes, 1000);
        const cells = rows.slice(1).flatMap(({ cells: all }) => all);
        expect(cells.map((cell) => cell.text.replaceAll('_x005F_', '_'))).toEqual(values.filter((value) => value.trim() !== '')); // prettier-ignore
        expect(cells.every((cell) => !cell.hasFormula && cell.number === null)).toBe(true);
      }),
      { numRuns: 100 },
    );
    expect(escapeXml('a\u0000b\ud800c')).toBe('abc');
  });

  it('marks text that looks like a formula, so that it stays text when the sheet is saved again', async () => {
    const sheet = writeWorkbook([{ name: 'a', columns: [{ label: 'x', style: 'text', width: 9 }], rows: [['=1+1'], ['plain']] }]); // prettier-ignore
    const { rows } = await readSheet(await buffer(sheet), 10);
    expect(rows.map(({ cells }) => cells[0]!.text)).toEqual(['x', '=1+1', 'plain']);
  });

  it('keeps days as days', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('1900-03-01'), max: new Date('2200-01-01'), noInvalidDate: true }), (date) => {
        const day = date.toISOString().slice(0, 10);
        expect(dayOfSerial(serialOfDay(day), false)).toBe(day);
      }),
    ); // prettier-ignore
    expect([dayOfSerial(1, false), dayOfSerial(59, false), dayOfSerial(61, false), dayOfSerial(0, false)]).toEqual([
      '1900-01-01', '1900-02-28', '1900-03-01', null,
    ]); // prettier-ignore
  });

  it('counts columns as Excel does', () => {
    for (let n = 1; n <= 16_384; n += 7) expect(columnOf(`${columnName(n)}5`)).toBe(n);
    expect([columnName(1), columnName(26), columnName(27), columnName(16_384), columnOf('a1'), columnOf('')]).toEqual(['A', 'Z', 'AA', 'XFD', 0, 0]); // prettier-ignore
  });

  it('tells formats of dates from others', () => {
    for (const code of ['yyyy-mm-dd', 'd/m/yy', '[$-804]yyyy"年"m"月"', 'h:mm'])
      expect(isDateFormat(170, code)).toBe(true);
    for (const code of ['General', '0.00', '#,##0 "dozen"', '[Red]0', '@', '0\\d'])
      expect(isDateFormat(170, code)).toBe(false);
    // Takes hours where every opening looks for an end of its own.
    for (const open of ['[', '"']) expect(isDateFormat(170, `${open}x`.repeat(1_000_000))).toBe(false);
    expect([isDateFormat(14, undefined), isDateFormat(31, undefined), isDateFormat(0, undefined)]).toEqual([true, true, false]); // prettier-ignore
  });
});

describe('the words of sheets', () => {
  it.each(['zh-CN', 'en'])('has a sentence for every flaw and a head for every column in %s', (locale) => {
    const files = ['relief-paper', 'relief-boxes'].map((name) => `src/shared/i18n/${name}.${locale}.json`);
    const words: Record<string, string> = Object.assign(
      {},
      ...files.map((file) => JSON.parse(readFileSync(file, 'utf8'))),
    );
    const heads = IMPORT_KINDS.flatMap((kind) => IMPORT_COLUMNS[kind].map(({ key }) => `import.${kind}.${key}`));
    expect([...FLAW_CODES, ...heads].filter((key) => !words[key])).toEqual([]);
  });
});
