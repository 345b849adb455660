import type { Claim } from './reply-claims.rules.js';
import type { Token } from './reply-tokens.rules.js';
import type { Walk } from './reply-walk.rules.js';

const BESIDE_FIGURES: Token['kind'][] = [
  'plain', 'sign', 'courtesy', 'receipt', 'today', 'then', 'self', 'crew', 'soon', 'about', 'time', 'people', 'ready', 'assent', 'day', 'but',
  'back', 'first', 'now', 'will', 'can', 'thing',
]; // prettier-ignore
const AT_ONCE =
  /^(?:马上|立刻|立即|立马|即刻|这就|晚到|迟到|会迟到|快到了|很快|就到|就快|正在集[合结]|高速上|路上了?|半路上|途中|到门口了|到楼下了|(?:集结|集合|整队|准备)(?:完毕|好了?|就绪))$/;
const LATE = /^(?:晚|晚点|晚些|晚一点|晚一些|晚一会儿?|迟|迟点|迟一点|迟些)$/;
/** What is known beside a bare time of coming. */
const TOWARD =
  /导航|地图|显示|路|用时|耗时|时间|方式|程|高速|近|远|集|装|备|收拾|准备|公里|km|里|辆|艇|船|车|集结|城|区|位置|地/;
/** A part of the day, or a "by": an hour without either may be anything. */
const REAL_TIME = /[前后左右早晚凌晨上下午夜今明]/;
const WITH = /^(?:连|连同|含|包括|加|加上|算上|带|带上|和|跟|与|还有)$/;
const ONLY_NOT = /^(?:不|没办法|没有办法|不可能|没可能|没法子?|无法|[了啦的啊呀哦吧]|实在|真的?|真是|还是|就)$/;
const BESIDE_NOT: Token['kind'][] = ['self', 'sign', 'courtesy', 'receipt', 'today'];

const ENDS_WORK = /^(?:下班|放学|下课|收工|散会|睡觉|吃饭|休息)了?$/;
const BUSY_AT: Token['kind'][] = ['thing', 'task'];

/** "Five of us first search the slope." */
const GOES_AHEAD = /^(?:先|马上|直接|立即|这就|现在就)/;

/** No verb of coming: a time, people, "at once" or a bare "no" by themselves still answer; so does "fine". */
export function weakClaim(tokens: Token[], walk: Walk): Claim[] {
  const claim = (sort: Claim['sort'], { at, end }: Token, sign: Claim['sign'] = 'yes'): Claim[] => [
    { sign, who: walk.who, sort, at, end },
  ];
  const nobody = tokens.find(({ people }) => people?.count === 0);
  if (nobody) return claim('plain', nobody, 'no');
  const not = tokens.find(({ kind }) => kind === 'not');
  const onlyNot = tokens.every(({ kind, text }) => ONLY_NOT.test(text) || BESIDE_NOT.includes(kind));
  if (not && onlyNot && walk.nots % 2 === 1) return claim('plain', not, 'no');
  if (walk.denied || walk.spared || walk.nots > 0 || walk.who === 'other' || walk.who === 'you') return [];
  const late = tokens.find(({ text }) => LATE.test(text));
  if (late && tokens.some(({ kind }) => kind === 'will')) return claim('weak', late);
  // "With the driver seven."
  const counted = (n: number) => tokens[n]!.kind === 'other' && WITH.test(tokens[n - 1]?.text ?? '');
  const works = (kind: Token['kind']) => kind === 'task' && tokens.some(({ text }) => GOES_AHEAD.test(text));
  if (!tokens.every((token, n) => BESIDE_FIGURES.includes(token.kind) || works(token.kind) || counted(n))) return [];
  // "Ten people are on the dam."
  if (tokens.some(({ text }, n) => /^(?:在|都在)$/.test(text) && BUSY_AT.includes(tokens[n + 1]?.kind ?? 'sign')))
    return [];
  const figure = figureIn(tokens);
  if (figure) return claim('weak', figure);
  const assent = tokens.find(({ kind }) => kind === 'assent');
  const soon = tokens.find(({ text }) => AT_ONCE.test(text));
  if (soon && !assent && tokens.every(({ text }) => !ENDS_WORK.test(text))) return claim('weak', soon);
  return assent && !tokens.some(({ kind }) => kind === 'about') ? claim('assent', assent) : [];
}

/** The people, or the time of coming, of a part that says nothing else. */
function figureIn(tokens: Token[]): Token | undefined {
  const people = tokens.find((token) => token.people);
  if (people) return people;
  const placed = tokens.some(({ text }) => REAL_TIME.test(text));
  const toward = tokens.every(({ kind, text }) => (kind !== 'ready' && kind !== 'thing') || TOWARD.test(text));
  return toward ? tokens.find(({ time }) => time && (time.kind === 'span' || placed)) : undefined;
}
