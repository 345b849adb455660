import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { layoutForm } from './form-layout.rules.js';
import { cubicMetres, grouped, kilograms, minuteOf } from './format.rules.js';
import { glyphWidth } from './glyph-widths.data.js';
import { layoutLabels } from './label-layout.rules.js';
import { cutText, printable, textWidth, wrapText } from './measure.rules.js';
import { SHEET_SIZES, type SheetName } from './page.rules.js';
import type { Drawing, PaperForm } from './paper.types.js';

interface Font {
  glyphForCodePoint(code: number): { advanceWidth: number };
}
const { openSync } = createRequire(import.meta.url)('fontkit') as { openSync(path: string): Font };

const form = (over: Partial<PaperForm> = {}): PaperForm => ({
  title: '物资入库单', society: '台州市红十字会', number: '331000-RK-2026-0001', code: 'HTTPS://X/S/R0', facts: [{ label: '仓库：', value: '示范库' }],
  tables: [{
    columns: [{ label: '序', share: 1, align: 'center' }, { label: '名称', share: 5 }, { label: '数量', share: 2, align: 'right' }],
    rows: [['1', '棉被', '100']],
  }],
  notes: [], signatures: ['库管员', '复核人'], printed: '某人 打印', copies: [],
  words: { number: '编号：', page: '第 {page} 页 共 {pages} 页', blankBelow: '（以下空白）', date: '日期：' }, ...over,
}); // prettier-ignore
const manyRows = (count: number) =>
  Array.from({ length: count }, (_, n) => [String(n + 1), `物资${n + 1}`, String(n + 1)]);
const withRows = (rows: string[][], totals?: string[]) => form({ tables: [{ ...form().tables[0]!, rows, ...(totals ? { totals } : {}) }] }); // prettier-ignore
const textsOf = (drawing: Drawing, page: number) =>
  drawing.pages[page]!.flatMap((op) => (op.op === 'text' ? [op.text] : []));
const allTexts = (drawing: Drawing) => drawing.pages.flatMap((_, n) => textsOf(drawing, n));

/** What of a drawing lies outside of what a printer reaches. */
function outside(drawing: Drawing, margin: { left: number; right: number; top: number; bottom: number }): unknown[] {
  const [right, bottom] = [drawing.width - margin.right + 0.5, drawing.height - margin.bottom + 0.5];
  const isIn = (x: number, y: number) => x >= margin.left - 0.5 && y >= margin.top - 0.5 && x <= right && y <= bottom;
  return drawing.pages.flat().filter((op) => {
    if (op.op === 'text')
      return !isIn(op.x, op.y - op.size * 0.7) || !isIn(op.x + textWidth(op.text, op.size, op.bold), op.y);
    if (op.op === 'line') return !isIn(op.x1, op.y1) || !isIn(op.x2, op.y2);
    const [width, height] = op.op === 'code' ? [op.side, op.side] : [op.width, op.height];
    return !isIn(op.x, op.y) || !isIn(op.x + width, op.y + height);
  });
}

describe.each(Object.keys(SHEET_SIZES) as SheetName[])('a form on %s', (name) => {
  const size = SHEET_SIZES[name];

  it('has its number, QR and page on every page, its head of the table too, totals and signatures once', () => {
    const drawing = layoutForm(withRows(manyRows(200), ['', '合计', '20,100']), size);
    const last = drawing.pages.length - 1;
    expect(last).toBeGreaterThan(1);
    for (let n = 0; n <= last; n++) {
      expect(textsOf(drawing, n)).toEqual(expect.arrayContaining(['编号：331000-RK-2026-0001', '序', '名称', `第 ${n + 1} 页 共 ${last + 1} 页`]));
      expect(drawing.pages[n]!.filter((op) => op.op === 'code')).toHaveLength(1);
    }
    for (const once of ['20,100', '库管员', '（以下空白）', '仓库：示范库']) expect(allTexts(drawing).filter((text) => text === once)).toHaveLength(1);
    expect(outside(drawing, size)).toEqual([]);
  }); // prettier-ignore

  it('loses no row and no word, whatever the rows hold, and never leaves the paper', () => {
    const cell = fc.oneof(
      fc.string({ unit: fc.constantFrom(...'棉被帐篷abcXYZ019 ，。（）-/\n') , maxLength: 60 }), fc.constant(''), fc.constant('长'.repeat(400)), fc.constant('W'.repeat(90)),
    ); // prettier-ignore
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell, cell), { maxLength: 40 }),
        fc.array(cell, { maxLength: 3 }),
        (rows, notes) => {
          const drawing = layoutForm({ ...withRows(rows), notes }, size);
          const left = new Map<string, number>();
          for (const letter of allTexts(drawing).join('')) left.set(letter, (left.get(letter) ?? 0) + 1);
          for (const letter of [...rows.flat(), ...notes].join('')) left.set(letter, (left.get(letter) ?? 0) - 1);
          expect([...left].filter(([letter, count]) => count < 0 && /\S/.test(letter))).toEqual([]);
          expect(outside(drawing, size)).toEqual([]);
          expect(drawing.pages.length).toBeLessThan(200);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('cuts a row that is taller than the page, and goes on below the head of the next', () => {
    const drawing = layoutForm(withRows([['1', '长'.repeat(4000), '1']]), size);
    expect(drawing.pages.length).toBeGreaterThan(1);
    expect(allTexts(drawing).join('').match(/长/g)).toHaveLength(4000);
    expect(outside(drawing, size)).toEqual([]);
  });

  it('leaves room to write', () => {
    const table = { ...form().tables[0]!, rows: [], blankRows: 5 };
    const lines = (drawing: Drawing) => drawing.pages.flat().filter((op) => op.op === 'line').length;
    const blank = layoutForm(form({ tables: [table] }), size);
    expect(lines(blank) - lines(layoutForm(form({ tables: [{ ...table, blankRows: 0 }] }), size))).toBe(5 * 5);
    expect(allTexts(blank)).not.toContain('（以下空白）');
  });
});

describe('copies', () => {
  const copies = ['第1联 存根', '第2联 财务', '第3联 对方'];
  it('are printed one after another on plain paper, each with its name, and once with all names on carbon paper', () => {
    const plain = layoutForm(form({ copies }), SHEET_SIZES.a4);
    expect(plain.pages.map((_, n) => textsOf(plain, n).filter((text) => text.includes('联')))).toEqual(copies.map((one) => [one])); // prettier-ignore
    const carbon = layoutForm(form({ copies }), SHEET_SIZES['241x140']);
    expect(carbon.pages).toHaveLength(1);
    expect(textsOf(carbon, 0)).toContain(copies.join('   '));
  });
});

describe('labels', () => {
  const label = (over = {}) => ({ title: 'BD01 棉被', lines: [{ label: '批次 ', value: 'L1' }], foot: '扫码查看', code: 'HTTPS://X/S/L0', ...over }); // prettier-ignore
  it('stand one a page, or twenty-one a sheet', () => {
    const labels = Array.from({ length: 43 }, () => label());
    expect(layoutLabels(labels, '60x40', '标签').pages).toHaveLength(43);
    const sheets = layoutLabels(labels, 'a4', '标签');
    expect(sheets.pages.map((page) => page.filter((op) => op.op === 'code').length)).toEqual([21, 21, 1]);
  });

  it('stay on their label whatever they say', () => {
    const words = fc.string({ unit: fc.constantFrom(...'棉被帐篷ab XY019-'), maxLength: 120 });
    fc.assert(
      fc.property(words, fc.array(fc.record({ label: words, value: words }), { maxLength: 9 }), words, (title, lines, foot) => {
        const drawing = layoutLabels([label({ title, lines, foot })], '60x40', '标签');
        expect(outside(drawing, { left: 2, right: 2, top: 2, bottom: 2 })).toEqual([]);
        const [code] = drawing.pages[0]!.filter((op) => op.op === 'code');
        expect(code!.side).toBeGreaterThan(55); // 20 mm: read from an arm's length
      }),
    ); // prettier-ignore
  });
});

describe('text on paper', () => {
  it('is as wide as the font says', () => {
    const folder = new URL('../fonts/', import.meta.resolve('@embedpdf/fonts-sc'));
    for (const [file, bold] of [['NotoSansHans-Regular.otf', false], ['NotoSansHans-Bold.otf', true]] as const) {
      const font = openSync(fileURLToPath(new URL(file, folder)));
      for (const character of 'AZaz09~!Wi.棉被，（①') expect(glyphWidth(character, bold)).toBe(font.glyphForCodePoint(character.codePointAt(0)!).advanceWidth);
    }
  }); // prettier-ignore

  it('breaks between Chinese characters and at spaces, and never begins a line with a closing sign', () => {
    expect(wrapText('棉被帐篷', 20, 10)).toEqual(['棉被', '帐篷']);
    expect(wrapText('棉被，帐篷', 20, 10)).toEqual(['棉', '被，', '帐篷']);
    expect(wrapText('one two three', textWidth('one two', 10), 10)).toEqual(['one two', 'three']);
    expect(wrapText('WWWWWW', textWidth('WWW', 10), 10)).toEqual(['WWW', 'WWW']);
    expect(wrapText('a\nb', 100, 10)).toEqual(['a', 'b']);
    expect(wrapText('', 100, 10)).toEqual(['']);
    expect(printable('a\u202eb\u0000c\ufeff')).toBe('abc');
    expect(cutText('棉被帐篷', 30, 10)).toBe('棉被…');
  });

  it('writes numbers and times as people read them', () => {
    expect([grouped(0), grouped(1234), grouped(1_234_567), kilograms(2500), kilograms(12_000_100), cubicMetres(1_200_000)]).toEqual([
      '0', '1,234', '1,234,567', '2.5', '12,000.1', '1.2',
    ]); // prettier-ignore
    expect([minuteOf('2026-07-20T19:00:00Z'), minuteOf(null)]).toEqual(['2026-07-21 03:00', '']);
  });
});
