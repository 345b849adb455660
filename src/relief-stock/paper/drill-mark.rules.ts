import { textWidth } from './measure.rules.js';
import { mm, Page } from './page.rules.js';
import type { Drawing, DrawOp } from './paper.types.js';

/** Of the frame, in points: how broad at most, how far from what is printed, how far apart and how thick its strokes. */
const BAND = mm(2);
const AWAY = mm(0.4);
const APART = mm(2.5);
const STROKE = 0.5;
/** The frame stays where the printer of such a sheet reaches: it takes this share of the margin. */
const SHARE = 0.6;
/** Letters of the mark: what can be read, or what the margin has room for; a small label has the mark in its title too. */
const LETTERS = { most: 9, share: 0.75 };

/**
 * A page that leaves a drill: a hatched frame in its margins with the mark in the middle of the upper one (C-29). Nothing else moves, so a form
 * of a drill is set as the real one.
 */
export function markDrill(drawing: Drawing, mark: string): Drawing {
  const frame = frameOf(drawing, mark);
  return { ...drawing, title: `${mark} ${drawing.title}`, pages: drawing.pages.map((ops) => [...frame, ...ops]) };
}

function frameOf({ width, height, inset }: Drawing, mark: string): DrawOp[] {
  const page = new Page();
  const band = (margin: number): number => Math.min(BAND, margin * SHARE);
  const [left, top] = [inset.left - AWAY, inset.top - AWAY];
  const [right, bottom] = [width - inset.right + AWAY, height - inset.bottom + AWAY];
  const size = Math.min(LETTERS.most, top * LETTERS.share);
  const half = textWidth(mark, size, true) / 2 + APART;
  const [up, down] = [band(inset.top), band(inset.bottom)];
  for (let x = left; x + up <= right; x += APART) {
    if (Math.abs(x + up / 2 - width / 2) > half) page.line(x, top, x + up, top - up, STROKE);
    page.line(x, bottom + down, x + down, bottom, STROKE);
  }
  const [before, behind] = [band(inset.left), band(inset.right)];
  for (let y = top; y + before <= bottom; y += APART) {
    page.line(left - before, y + before, left, y, STROKE);
    page.line(right, y + behind, right + behind, y, STROKE);
  }
  page.text({ text: mark, x: 0, y: top - size, size, bold: true, align: 'center', width });
  return page.ops;
}
