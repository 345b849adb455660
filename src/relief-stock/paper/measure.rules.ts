import { glyphWidth } from './glyph-widths.data.js';

const THOUSANDTHS = 1000;
/** Characters that draw nothing or turn the text around: they have no place on paper. */
const UNPRINTABLE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
/** Never at the start of a line. */
const CLOSING = /^[\uff0c\u3002\u3001\uff1b\uff1a\uff01\uff1f\uff09\u300b\u300d\u300f\u3011\u201d,.;:!?)\]}%]/;

export const printable = (text: string): string => text.replace(UNPRINTABLE, '');

export function textWidth(text: string, size: number, bold = false): number {
  let width = 0;
  for (const character of text) width += glyphWidth(character, bold);
  return (width * size) / THOUSANDTHS;
}

/** Lines that fit a width: broken at spaces and between Chinese characters, within a word only when it is wider than the line. */
export function wrapText(text: string, width: number, size: number, bold = false): string[] {
  return printable(text)
    .split('\n')
    .flatMap((paragraph) => wrapParagraph(paragraph, (part) => textWidth(part, size, bold) <= width));
}

function wrapParagraph(text: string, fits: (part: string) => boolean): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces(text)) {
    if (fits(line + piece.trimEnd())) {
      line += piece;
      continue;
    }
    if (line) lines.push(line.trimEnd());
    line = '';
    for (const character of piece) {
      if (line && !fits(line + character)) {
        lines.push(line);
        line = '';
      }
      line += character;
    }
  }
  lines.push(line.trimEnd());
  return lines;
}

/** What may not be broken: a word with the spaces after it, or one wide character with the closing signs after it. */
function pieces(text: string): string[] {
  const found: string[] = [];
  for (const [part] of text.matchAll(/[\u0021-\u024f]+ *| +|[^\u0020-\u024f]/gu)) {
    if (found.length > 0 && CLOSING.test(part)) found[found.length - 1] += part;
    else found.push(part);
  }
  return found;
}

/** The text, cut with an ellipsis where it is wider. For places that have one line only. */
export function cutText(text: string, width: number, size: number, bold = false): string {
  const whole = printable(text).replaceAll('\n', ' ');
  if (textWidth(whole, size, bold) <= width) return whole;
  let cut = '';
  for (const character of whole) {
    if (textWidth(`${cut}${character}\u2026`, size, bold) > width) break;
    cut += character;
  }
  return `${cut}\u2026`;
}
