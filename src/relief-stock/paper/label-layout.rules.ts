import { cutText, wrapText } from './measure.rules.js';
import { mm, Page } from './page.rules.js';
import type { Drawing, PaperLabel } from './paper.types.js';

const LABEL = { width: mm(60), height: mm(40), pad: mm(2), side: mm(26), title: 10, text: 7.5, foot: 6 };
/** Labels on a sheet to be cut: three across, seven down, as many as A4 holds with a margin that every printer reaches. */
const A4 = { width: mm(210), height: mm(297), across: 3, down: 7, left: mm(15), top: mm(8.5) };
/** The logistic label of GS1 (General Specifications 6.6): A6, bars with modules of at least 0.495 mm and 31.75 mm high. */
const A6 = {
  width: mm(105),
  height: mm(148),
  pad: mm(5),
  side: mm(32),
  title: 15,
  text: 10.5,
  foot: 8,
  bars: mm(95),
  barHeight: mm(32),
};
export const LABEL_SIZES = ['60x40', 'a4', 'a6'] as const;
export type LabelSize = (typeof LABEL_SIZES)[number];

const even = (pad: number) => ({ left: pad, right: pad, top: pad, bottom: pad });

/** Sets labels of 60 × 40 mm: one a page, or on A4 sheets with lines to cut along; or A6 for boxes and pallets, with the bar code of their number. */
export function layoutLabels(labels: PaperLabel[], size: LabelSize, title: string): Drawing {
  if (size === '60x40') {
    const pages = labels.map((label) => drawn(label, new Page(), { x: 0, y: 0 }).ops);
    return { width: LABEL.width, height: LABEL.height, inset: even(LABEL.pad), title, pages };
  }
  if (size === 'a6') {
    const pages = labels.map((label) => logistic(label, new Page()).ops);
    return { width: A6.width, height: A6.height, inset: even(A6.pad), title, pages };
  }
  const perSheet = A4.across * A4.down;
  const pages: Page[] = [];
  labels.forEach((label, n) => {
    const slot = n % perSheet;
    if (slot === 0) pages.push(cutLines(new Page()));
    const x = A4.left + (slot % A4.across) * LABEL.width;
    const y = A4.top + Math.floor(slot / A4.across) * LABEL.height;
    drawn(label, pages.at(-1)!, { x, y });
  });
  const { width, height, left, top, across, down } = A4;
  const inset = {
    left,
    right: width - left - across * LABEL.width,
    top,
    bottom: height - top - down * LABEL.height,
  };
  return { width, height, inset, title, pages: pages.map((page) => page.ops) };
}

/** QR on the left with its text below, what people read on the right. */
function drawn(label: PaperLabel, page: Page, at: { x: number; y: number }): Page {
  const { width, height, pad, title, text, foot } = LABEL;
  const inner = width - 2 * pad;
  const lines = twoLines(label.title, inner, title, true);
  lines.forEach((line, n) => page.text({ text: line, x: at.x + pad, y: at.y + pad + n * title * 1.25, size: title, bold: true })); // prettier-ignore
  const top = at.y + pad + lines.length * title * 1.25 + 2;
  const bottom = at.y + height - pad - foot * 1.3;
  const side = Math.min(LABEL.side, bottom - top);
  page.code(label.code, at.x + pad, top, side);
  const [x, room] = [at.x + pad + side + pad, inner - side - pad];
  let y = top;
  for (const { label: name, value } of label.lines) {
    for (const line of twoLines(`${name}${value}`, room, text)) {
      if (y + text * 1.3 > bottom) break;
      page.text({ text: line, x, y, size: text });
      y += text * 1.3;
    }
  }
  page.text({ text: cutText(label.foot, inner, foot), x: at.x + pad, y: at.y + height - pad - foot * 1.2, size: foot });
  return page;
}

/** What it is and holds on top, the QR code beside it, and at the bottom the bars of the number with the number to read. */
function logistic(label: PaperLabel, page: Page): Page {
  const { width, height, pad, side, title, text, foot, bars, barHeight } = A6;
  const inner = width - 2 * pad;
  const lines = twoLines(label.title, inner - side, title, true);
  lines.forEach((line, n) => page.text({ text: line, x: pad, y: pad + n * title * 1.3, size: title, bold: true }));
  page.code(label.code, width - pad - side, pad, side);
  const bottom = height - pad - foot * 1.6 - (label.sscc ? barHeight + text * 2 : 0);
  let y = pad + lines.length * title * 1.3 + 4;
  for (const { label: name, value } of label.lines) {
    for (const line of wrapText(`${name}${value}`, y < pad + side ? inner - side : inner, text)) {
      if (y + text * 1.35 > bottom) break;
      page.text({ text: line, x: pad, y, size: text });
      y += text * 1.35;
    }
  }
  if (label.sscc) {
    const top = height - pad - foot * 1.6 - barHeight - text * 1.6;
    page.bars(`(00)${label.sscc}`, { x: (width - bars) / 2, y: top, width: bars, height: barHeight });
    page.text({
      text: `(00) ${label.sscc}`,
      x: pad,
      y: top + barHeight + 2,
      size: text,
      align: 'center',
      width: inner,
    });
  }
  page.text({ text: cutText(label.foot, inner, foot), x: pad, y: height - pad - foot * 1.2, size: foot });
  return page;
}

/** At most two lines; what does not fit is seen to be cut. */
function twoLines(value: string, room: number, size: number, bold = false): string[] {
  const lines = wrapText(value, room, size, bold);
  return lines.length > 2 ? [lines[0]!, cutText(lines.slice(1).join(''), room, size, bold)] : lines;
}

function cutLines(page: Page): Page {
  const [right, bottom] = [A4.left + A4.across * LABEL.width, A4.top + A4.down * LABEL.height];
  for (let n = 0; n <= A4.across; n++)
    page.line(A4.left + n * LABEL.width, A4.top, A4.left + n * LABEL.width, bottom, 0.2);
  for (let n = 0; n <= A4.down; n++)
    page.line(A4.left, A4.top + n * LABEL.height, right, A4.top + n * LABEL.height, 0.2);
  return page;
}
