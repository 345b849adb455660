import { hidesNo } from './reply-cannot.rules.js';
import { type SaidHeads, peopleIn } from './reply-heads.rules.js';
import { type Kind, LEXICON, LONGEST_WORD } from './reply-lexicon.rules.js';
import { OPAQUE } from './reply-opaque.rules.js';
import { COST, PATTERNS } from './reply-patterns.rules.js';
import { inContext } from './reply-senses.rules.js';
import { type SaidTime, clocksOf, spansOf } from './reply-times.rules.js';

/** One word of a clause, where it stands and what it does; figures carry what they say. */
export interface Token {
  kind: Kind | 'time' | 'people' | 'first' | 'sign' | 'unknown';
  text: string;
  at: number;
  end: number;
  time?: SaidTime;
  people?: SaidHeads;
}

interface Step {
  cost: number;
  token: Token | null;
}

/** The words of a clause: of all ways to part it the one that leaves least unknown and takes the fewest words. */
export function tokensOf(text: string, now: Date): Token[] {
  const figures = figuresOf(text, now);
  const forms = PATTERNS.filter((_, n) => FOUND_AT_ALL[n]!.test(text));
  const best: Step[] = [{ cost: 0, token: null }];
  for (let at = 0; at < text.length; at++) {
    const so = best[at];
    if (!so) continue;
    for (const [token, cost] of [
      ...figures.filter((one) => one.at === at).map((one) => [one, COST.figure] as const),
      ...wordsAt(text, at, forms),
    ]) {
      const known = best[token.end];
      if (!known || so.cost + cost < known.cost) best[token.end] = { cost: so.cost + cost, token };
    }
  }
  const tokens: Token[] = [];
  for (let end = text.length; end > 0; end = tokens[0]!.at) tokens.unshift(best[end]!.token!);
  return inContext(joined(tokens));
}

const figuresOf = (text: string, now: Date): Token[] => [
  ...[...spansOf(text), ...clocksOf(text, now)].map((time) => ({ kind: 'time' as const, text: text.slice(time.at, time.end), at: time.at, end: time.end, time })),
  ...peopleIn(text).map((people) => ({ kind: 'people' as const, text: text.slice(people.at, people.end), at: people.at, end: people.end, people })),
]; // prettier-ignore

/** The patterns without their place: most are nowhere in a clause, which is asked once and not at each sign. */
const FOUND_AT_ALL = PATTERNS.map(([pattern]) => new RegExp(pattern.source, pattern.flags.replace('y', '')));

function wordsAt(text: string, at: number, forms: typeof PATTERNS): (readonly [Token, number])[] {
  const token = (kind: Token['kind'], length: number): Token => ({
    kind,
    text: text.slice(at, at + length),
    at,
    end: at + length,
  });
  const found: (readonly [Token, number])[] = [
    [token('unknown', String.fromCodePoint(text.codePointAt(at)!).length), COST.unknown],
  ];
  for (let length = 1; length <= Math.min(LONGEST_WORD, text.length - at); length++) {
    const word = text.slice(at, at + length);
    const kind = LEXICON.get(word);
    if (!kind && OPAQUE.has(word)) found.push([token('unknown', length), COST.opaque]);
    if (kind && !cutsLatin(text, { at, end: at + length }))
      found.push([token(kind, length), COST.word - (length * length) / 200]);
  }
  for (const [pattern, kind, cost] of forms) {
    pattern.lastIndex = at;
    const said = pattern.exec(text);
    if (said && !hidesNo(kind, said[0])) found.push([token(kind, said[0].length), cost]);
  }
  return found;
}

/** Whether a stretch begins or ends within a Latin word: "no" is not in "note". */
const cutsLatin = (text: string, { at, end }: { at: number; end: number }): boolean =>
  [at, end].some((edge) => /^[a-z]{2}$/.test(text.slice(edge - 1, edge + 1)) && edge > 0);

/** Unknown signs side by side are one unknown word. */
function joined(tokens: Token[]): Token[] {
  const result: Token[] = [];
  for (const token of tokens) {
    const last = result.at(-1);
    if (last && last.kind === 'unknown' && token.kind === 'unknown')
      result[result.length - 1] = { ...last, text: last.text + token.text, end: token.end };
    else result.push(token);
  }
  return result;
}
