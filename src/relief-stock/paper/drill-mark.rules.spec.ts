import { describe, expect, it } from '@jest/globals';
import { markDrill } from './drill-mark.rules.js';
import { LABEL_SIZES, layoutLabels } from './label-layout.rules.js';
import { textWidth } from './measure.rules.js';
import { mm, SHEET_SIZES, type SheetName } from './page.rules.js';
import { layoutForm } from './form-layout.rules.js';
import type { Drawing, DrawOp, PaperForm } from './paper.types.js';

const MARK = '【演练】 [EXERCISE]';
/** What printers of forms, of labels for boxes and of small labels leave blank at the edge. */
const BLANK = { form: mm(4), box: mm(1.5), label: mm(0.3) };
const BLANK_OF = { '60x40': BLANK.label, a6: BLANK.box, a4: BLANK.form };

const form: PaperForm = {
  title: '物资出库单', society: '示范市红十字会', number: 'CK-1', code: 'HTTPS://X/S/R0', facts: [], notes: [], signatures: ['库管员'], copies: ['存根', '回执'],
  tables: [{ columns: [{ label: '名称', share: 1 }], rows: Array.from({ length: 90 }, (_, n) => [`物资${n}`]) }],
  printed: '某人', words: { number: '编号：', page: '{page}/{pages}', blankBelow: '（以下空白）', date: '日期：' },
}; // prettier-ignore
const label = { title: '棉被', lines: [{ label: '批次：', value: 'A1' }], foot: '示范库', code: 'HTTPS://X/S/L0' };

const drawings: [string, Drawing, number][] = [
  ...(Object.keys(SHEET_SIZES) as SheetName[]).map((name): [string, Drawing, number] => [name, layoutForm(form, SHEET_SIZES[name]), BLANK.form]),
  ...LABEL_SIZES.map((name): [string, Drawing, number] => [name, layoutLabels([label, label], name, '标签'), BLANK_OF[name]]),
]; // prettier-ignore

/** The corners of what an op covers. */
function boxOf(op: DrawOp): { x1: number; y1: number; x2: number; y2: number } {
  if (op.op === 'line') return { x1: Math.min(op.x1, op.x2), x2: Math.max(op.x1, op.x2), y1: Math.min(op.y1, op.y2), y2: Math.max(op.y1, op.y2) }; // prettier-ignore
  if (op.op === 'text') return { x1: op.x, x2: op.x + textWidth(op.text, op.size, op.bold), y1: op.y - op.size * 0.88, y2: op.y }; // prettier-ignore
  throw new Error(`no ${op.op} in a frame`);
}

describe.each(drawings)('the mark of a drill on %s', (_, drawing, blank) => {
  const marked = markDrill(drawing, MARK);

  it('stands on every page and moves nothing', () => {
    expect(marked.pages).toHaveLength(drawing.pages.length);
    marked.pages.forEach((ops, n) => {
      expect(ops.filter((op) => op.op === 'text' && op.text === MARK)).toHaveLength(1);
      expect(ops.slice(-drawing.pages[n]!.length)).toEqual(drawing.pages[n]);
    });
    expect(marked.title).toContain(MARK);
  });

  it('lies on all four sides, in the margins, where printers reach', () => {
    const { width, height, inset } = drawing;
    const frame = marked.pages[0]!.slice(0, -drawing.pages[0]!.length).map(boxOf);
    const sides = { left: 0, right: 0, top: 0, bottom: 0 };
    for (const { x1, x2, y1, y2 } of frame) {
      expect(Math.min(x1, y1, width - x2, height - y2)).toBeGreaterThanOrEqual(blank - 0.01);
      if (x2 <= inset.left) sides.left += 1;
      else if (x1 >= width - inset.right) sides.right += 1;
      else if (y2 <= inset.top) sides.top += 1;
      else if (y1 >= height - inset.bottom) sides.bottom += 1;
      else throw new Error(`within what is printed: ${JSON.stringify({ x1, y1, x2, y2 })}`);
    }
    for (const count of Object.values(sides)) expect(count).toBeGreaterThan(8);
  });
});
