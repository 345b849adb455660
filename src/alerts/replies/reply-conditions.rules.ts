import type { Claim } from './reply-claims.rules.js';
import type { Token } from './reply-tokens.rules.js';

const UNDOUBTED: Token['kind'][] = [
  'then', 'first', 'soon', 'time', 'people', 'self', 'plain', 'sign', 'now', 'today', 'receipt', 'courtesy', 'assent', 'can', 'will', 'move',
  'yes', 'but', 'about', 'crew', 'back', 'day',
]; // prettier-ignore
/** Had or given before: what the desk or somebody else must see to. */
const GIVEN = /(?:^| )(?:有|来|派|给|发|送|借|批)(?: |$)/;
/** What the sender sees to alone before setting out. */
export const PREPARES =
  /澡|下课|放学|送|完毕|收拾|准备|装|带|拿|取|领(?!导)|集合|集结|齐|衣服|加油|加满|饭|洗|起床|备好|靠岸|靠了|充好|充满|打好|卸|关|锁|收|睡醒|睡好|歇|吃|弄|办好|办完|安顿|停好|忙|处理|查完|看完|做完|开完|喂|放好|交接|交班|下班|回|穿|结束|人数|请好假|安排好/;
/** What others must do or grant first. */
const BY_OTHERS = /凑|有人|托|同意|批|准(?!备)|放行|答应|点头|支持|[妈爸婆公奶爷邻媳妹姐岳].*[带看照接管]/;
const MIGHT_BE: Token['kind'][] = ['reason', 'no', 'not', 'unknown', 'need'];

/** Better with it: they come without. */
const WISHED = /最好|更好/;

/** "If …", what the desk must give first, and "once …" with something before that is not sure to come; null without any. */
export function conditionIn(tokens: Token[], claims: Claim[]): { at: number; end: number } | null {
  const whole = { at: tokens[0]!.at, end: tokens.at(-1)!.end };
  if (tokens.some(({ text }) => WISHED.test(text)) && !tokens.some(({ kind }) => kind === 'if')) return null;
  if (tokens.some(({ kind }) => kind === 'if') || asksFor(tokens)) return whole;
  const then = tokens.findIndex(({ kind }) => kind === 'then');
  if (then <= 0 || claims.length === 0) return null;
  const before = tokens.slice(0, then);
  if (claims.every(({ sign }) => sign === 'no')) return isFact(before) ? null : whole;
  // "Can come, we set out in a moment" hangs on nothing; "can, then come" does.
  const ahead = claims.filter(({ at }) => at < tokens[then]!.at);
  if (ahead.some(({ who }) => who !== 'self')) return whole;
  const said = ahead.at(-1);
  const since = said ? before.filter(({ at }) => at >= said.end) : before;
  if (said && !since.some(({ kind }) => kind === 'self' || kind === 'people')) return whole;
  return isSure(since) ? null : whole;
}

/** What must be given; not what is not needed, what is there already ("leave is granted"), nor time ("give me ten minutes"). */
function asksFor(tokens: Token[]): boolean {
  const [spared, then] = [tokens.some(({ kind }) => kind === 'spare'), tokens.some(({ kind }) => kind === 'then')];
  return tokens.some(({ kind, text }, n) => {
    const next = tokens[n + 1];
    return (
      kind === 'need' &&
      !spared &&
      !(text === '给' && next && TO_OTHERS.includes(next.kind)) &&
      next?.kind !== 'time' &&
      (next?.text !== '了' || then)
    );
  });
}

/** "Once there are enough, I stay". */
const ENOUGH = /再[大下涨这]|够|满|不缺|有人|不需要|不用/;
const TO_OTHERS: Token['kind'][] = ['other', 'crew'];

/** "Ill, so I stay" tells what is; "no leave, then I stay" what might be. */
const isFact = (before: Token[]): boolean =>
  !before.some(({ text }) => ENOUGH.test(text)) &&
  (before.some(({ text }) => /(?<!不)了|太/.test(text)) || !before.some(({ kind }) => MIGHT_BE.includes(kind)));

const SLOWS = /^(?:路|有点|比较|太|路上)?(?:远|堵|慢|滑|堵车)了?$/;
/** What comes before "then" is sure to come: a time, or what the sender does alone. */
function isSure(before: Token[]): boolean {
  if (before.some(({ kind, text }) => kind === 'ready' && BY_OTHERS.test(text))) return false;
  const prepares = before.some(({ kind, text }) => kind === 'ready' && PREPARES.test(text));
  const known = before.every(({ kind, text }) =>
    kind === 'reason' && SLOWS.test(text)
      ? true
      : kind === 'gear' || kind === 'ready'
        ? prepares || PREPARES.test(text)
        : UNDOUBTED.includes(kind),
  );
  const given = before.filter(({ text }, n) => text !== '有' || before[n + 1]?.kind !== 'time');
  return known && !GIVEN.test(given.map(({ text }) => text).join(' '));
}
