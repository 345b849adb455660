import { type Claim, claimsOf } from './reply-claims.rules.js';
import { conditionIn } from './reply-conditions.rules.js';
import type { Clause } from './reply-text.rules.js';
import { type Token, tokensOf } from './reply-tokens.rules.js';

/** One stretch of a clause, judged in the light of nothing but itself. */
export interface Part {
  clause: Clause;
  tokens: Token[];
  claims: Claim[];
  /** A question: on something beside ("where?"), or on the answer itself ("may I?"). */
  asks: 'aside' | 'answer' | null;
  condition: { at: number; end: number } | null;
  /** Words that leave open whether. */
  open: boolean;
  has: (...kinds: Token['kind'][]) => boolean;
}

/** The parts of a clause: "but" and words that take something back open a new one, and so does "is" after "is not". */
export function partsOf(clause: Clause, now: Date): Part[] {
  const parts: Token[][] = [[]];
  for (const token of tokensOf(clause.text, now)) {
    const last = parts.at(-1)!;
    const turnsBack = token.text === '是' && last.some(({ kind }) => kind === 'deny');
    if ((token.kind === 'but' || token.kind === 'back' || turnsBack) && last.length > 0) parts.push([token]);
    else last.push(token);
  }
  return parts.map((tokens, n) => partOf({ clause, tokens, mark: n === parts.length - 1 ? clause.mark : '' }));
}

function partOf({ clause, tokens, mark }: { clause: Clause; tokens: Token[]; mark: string }): Part {
  const has: Part['has'] = (...kinds) => tokens.some(({ kind }) => kinds.includes(kind));
  const claims = claimsOf(tokens);
  const asks = questionIn({ text: clause.text, tokens, claims, mark });
  const vague =
    has('about') && claims.length === 0 && !has('time', 'people') && !tokens.some(({ text }) => WHEN.test(text));
  // "Let the crew assemble" hands nothing over; "let Xiao Li go" does.
  const handsOver = tokens.some(
    ({ kind, text }, n) =>
      kind === 'later' &&
      !HANDED.includes(tokens[n + 1]?.kind ?? 'sign') &&
      !(
        text === '让' &&
        tokens.slice(0, n).some((one) => one.kind === 'gear') &&
        !tokens.some((one) => one.kind === 'self')
      ) &&
      !(text === '请' && SAYS_NO.includes(tokens[n + 1]?.kind ?? 'sign')),
  );
  // "But not today."
  const notNow = has('deny') && has('today', 'now') && claims.length === 0;
  const open = vague || handsOver || notNow || (has('maybe', 'odd') && !ofTheOthers(tokens));
  return { clause, tokens, claims, asks, condition: conditionIn(tokens, claims), open, has };
}

/** "The other two do not know yet": leaves open whether they come, not whether the sender does. */
const ofTheOthers = (tokens: Token[]): boolean =>
  /^(?:另外|另|还有|剩下的?|其余的?|其他的?|别的)(?:那?[\d一二两三四五六七八九十]+个?人?|几个人?|人)/.test(
    tokens.map(({ text }) => text).join(''),
  ) && tokens.every(({ kind, text }) => kind !== 'self' || text === '人');

/** A time without an hour: "about" is said of it. */
const WHEN = /天黑|天亮|[上下]午|晚上|傍晚|中午|半夜|凌晨|[晚迟慢]一?[点些]|一会|稍后/;
const HANDED: Token['kind'][] = ['crew', 'people'];
/** "Please count us out" hands nothing over. */
const SAYS_NO: Token['kind'][] = ['no', 'courtesy', 'spare', 'ready'];
/** "Is there anybody to mend it?" */
const THERE_IS = /有\p{Script=Han}{1,5}没$/u;
const ANYHOW = /无论|不管|不论|随便|(?:什么时候|几点|哪|怎么|啥时候?|啥|多久|什么).{0,3}(?:都|也)/;
const ASKS = /^[吗么伐否]$/;
const MAY_ASK = /^(?:吗|么|伐|不|没|没有|否)$/;
/** Whether something is to be brought or is there, not whether to come; and how things are. */
const ASIDE = /^(?:[带有用够要算]不[带有用够要算]|有没有?|需不需要|怎么样|.没.)$/;
const ON_THE_ANSWER: Token['kind'][] = ['can', 'move', 'assent', 'yes', 'no', 'whether'];

/** "May one get a certificate?": asked of a thing, not of coming. */
const ABOUT_A_THING: Token['kind'][] = ['unknown', 'thing', 'gear', 'ready', 'task', 'need'];

interface Asked {
  text: string;
  tokens: Token[];
  claims: Claim[];
  mark: string;
}

function questionIn(asked: Asked): Part['asks'] {
  const { text, tokens, claims, mark } = asked;
  const onlyParticle = tokens.every(({ kind }) => kind === 'part' || kind === 'sign');
  if (onlyParticle && tokens.some((token) => ASKS.test(token.text))) return 'answer';
  const what = tokens.some(({ kind }) => kind === 'ask');
  const whether = tokens.filter(({ kind }) => kind === 'whether');
  const particle = endsAsking(asked);
  if (THERE_IS.test(text) && claims.length === 0) return 'aside';
  if (what && whether.length === 0 && !particle) return ANYHOW.test(text) && mark !== '?' ? null : 'aside';
  if (whether.length === 0 && !particle && mark !== '?') return null;
  if (whether.length > 0 && whether.every((token) => ASIDE.test(token.text)) && claims.length === 0) return 'aside';
  if (claims.some(({ who }) => who === 'self')) return 'answer';
  const onAnswer = tokens.some(({ kind }) => ON_THE_ANSWER.includes(kind));
  const onThing = tokens.some(
    ({ kind, text }) => ABOUT_A_THING.includes(kind) && (kind !== 'unknown' || text.length > 1),
  );
  return claims.length === 0 && onAnswer && !onThing && tokens.every(({ kind }) => kind !== 'you') ? 'answer' : 'aside';
}

/** "Am I to bring the generator?" */
const asksToBring = (tokens: Token[], tail: Token): boolean =>
  tail.text === '不' && /^(?:还|我们?)?(?:要|用|需要|得|带)$/.test(tokens[0]!.text) &&
  tokens.some(({ kind }) => kind === 'gear' || kind === 'thing' || kind === 'ready'); // prettier-ignore

/** "… ma?", and a "not" behind what is asked. */
function endsAsking({ tokens, claims, mark }: Asked): boolean {
  const tail = tokens.findLast(({ kind }) => kind !== 'plain' && kind !== 'sign');
  if (!tail || !MAY_ASK.test(tail.text) || (tokens.length === 1 && mark !== '?')) return false;
  return ASKS.test(tail.text) || claims.some(({ end }) => end <= tail.at) || asksToBring(tokens, tail);
}
