/** A number as people say it: one value, or two between which it lies. */
export interface Said {
  low: number;
  high: number;
}

const DIGIT: Record<string, number> = {
  零: 0, 〇: 0, 一: 1, 二: 2, 两: 2, 俩: 2, 仨: 3, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9,
  壹: 1, 贰: 2, 叁: 3, 肆: 4, 伍: 5, 陆: 6, 柒: 7, 捌: 8, 玖: 9,
}; // prettier-ignore
const TEN: Record<string, number> = { 十: 10, 拾: 10, 百: 100, 佰: 100 };

const CHINESE = /[零〇一二两俩仨三四五六七八九十百壹贰叁肆伍陆柒捌玖拾佰]+/.source;
/** The source of a pattern that finds a number, in figures or in Chinese. */
export const NUMBER = `(?:\\d+(?:\\.\\d+)?|${CHINESE})`;
const BETWEEN = /[-~至到或、]/.source;
/** A number, or two with a dash or a "to" between them. */
export const NUMBERS = `${NUMBER}(?:${BETWEEN}${NUMBER})?`;

/** Reads what `NUMBERS` found; null for what is no number (two digits side by side that are no neighbours, an empty ten). */
export function readNumber(words: string): Said | null {
  const two = /^(.+)[-~至到或、](.+)$/.exec(words);
  if (two) {
    const [low, high] = [readNumber(two[1]!), readNumber(two[2]!)];
    return low && high && high.high >= low.low ? { low: low.low, high: high.high } : null;
  }
  if (/^\d/.test(words)) return { low: Number(words), high: Number(words) };
  return neighbours(words) ?? exact(words);
}

/** Two digits side by side are "two or three"; behind a ten or before one they share it. */
function neighbours(words: string): Said | null {
  const match = /^(.*[十百])?([一二两三四五六七八])([二两三四五六七八九])([十百])?$/.exec(words);
  if (!match) return null;
  const [, head, first, second, unit] = match;
  const [a, b] = [DIGIT[first!]!, DIGIT[second!]!];
  if (b <= a) return null;
  const base = head ? (exact(head)?.low ?? 0) : 0;
  const times = unit ? TEN[unit]! : 1;
  return { low: base + a * times, high: base + b * times };
}

function exact(words: string): Said | null {
  if (words.length > 1 && [...words].every((one) => one in DIGIT)) {
    const value = Number([...words].map((one) => DIGIT[one]).join(''));
    return { low: value, high: value };
  }
  let total = 0;
  let digit: number | null = null;
  for (const one of words) {
    if (one in DIGIT) digit = DIGIT[one]!;
    else {
      total += (digit ?? 1) * TEN[one]!;
      digit = null;
    }
  }
  total += digit ?? 0;
  return { low: total, high: total };
}
