import type { Claim } from './reply-claims.rules.js';
import type { Part } from './reply-clauses.rules.js';
import {
  CALLED_BACK,
  comesOutright,
  comesToo,
  hasSetOut,
  isFirm,
  isWeighed,
  lacksKit,
  letsThem,
  sendsUnder,
} from './reply-firm.rules.js';
import { GATHERS, isPlace, REACHES } from './reply-places.rules.js';
import type { Token } from './reply-tokens.rules.js';
import { turns, turnsAhead } from './reply-turning.rules.js';
import type { Values } from './reply-values.rules.js';

/** Somebody of the sender's, who is not the sender. */
const KIN = /[父母姐妹弟兄叔伯姑姨舅爷奶爸妈夫妻儿女侄孙嫂婆公友师徒事居队院站局所]/;
/** The others, told of behind one's own yes. */
const THE_REST = /^(?:其他人?|其余人?|其他队员|剩下的人?|别的队员)$/;
/** Some other house. */
const OTHERS = /[邻隔别他她兄其哥弟妹姐爸妈]/;
/** Verbs that lead to the scene, whatever is done there. */
const HITHER = /^(?:来|过来|赶来|赶过来|赶过去|赶到|过去|出动|参加|出发|这就来|马上来)$/;
const DOUBTFUL = /[试估猜谈聊玩睡歇逛打钓拜催骂领取拿晚迟早]/;
/** What only slows down whoever told how long it takes. */
const SLOWS =
  /^(?:路远|有点远|太远|远|堵车|路上堵|路上堵车|太堵|下雨|大雨|暴雨|雨大|积水|塌方|修路|限速|看不见|看不清|看不清路|天黑|雾大|雨太大|雨很大|雨大得很)$/;
const ROAD = /路|堵|树|水|雨|风|雾|雪|冰|塌|滑坡|石|桥|隧道|高速|车多|黑|远|坡|泥|坑|灯/;
const SHUT = /断|封|停|毁|过不|出不|进不|淹|不让|禁/;
/** Signs by which a yes is taken back. */
const CROSSED = /[❌🙅🚫✖😭😂🤣]/u;
/** Behind a no these may turn it round. */
const TURNS_BACK = /[才假骗不没是]/;
/** Whoever stands unknown before a no may be somebody else. */
const NICKNAME = /^[大阿]|[子哥姐叔总队拉]$/;
/** How many signs may be unknown: beside a yes, between sender and verb, as a place, behind a no, as a name. Our own figures. */
const LONGEST = { aside: 14, topic: 6, manner: 6, place: 6, object: 8, name: 3 };

/** Whether every word that bears on the answer is understood: what is not may stand beside it only where it cannot turn it. */
export function understood(parts: Part[], answer: 'accepted' | 'declined', { people, delay }: Values): boolean {
  if (answer === 'declined') return parts.every(noUnderstood);
  if (people?.count === 0) return false;
  const firm = parts.findLastIndex(({ claims, clause }) => claims.some(isFirmYes) && !/^走了?$/.test(clause.text));
  const outright = parts.findLastIndex(isFirm);
  const setOut = parts.findIndex(hasSetOut);
  const comes = parts.findIndex(comesOutright);
  const lastYes = parts.findLastIndex(({ claims }) =>
    claims.some(({ sign, sort }) => sign === 'yes' && sort !== 'denied'),
  );
  return parts.every((part, n) => {
    if (CROSSED.test(part.clause.text)) return false;
    if ((n < firm || (firm >= 0 && n > firm && BESIDE_THE_YES.test(part.clause.text))) && isOutweighed(part))
      return true;
    const strays =
      part.claims.some(({ sort }) => sort === 'elsewhere') ||
      part.has('but') ||
      CALLED_BACK.test(part.clause.text) ||
      (part.has('reason') && AWAY.test(part.clause.text));
    if ((n < outright || (setOut >= 0 && n > setOut && !strays)) && isWeighed(part, { longest: LONGEST.aside }))
      return true;
    if (outright >= 0 && n > outright && (lacksKit(part) || comesFrom(part))) return true;
    if (
      part.asks === 'aside' &&
      outright >= 0 &&
      part.claims.every(({ who, sign }) => who !== 'self' || sign === 'yes')
    )
      return n < lastYes || !WHAT_THEN.test(part.clause.text);
    if (comes >= 0 && n > comes && (letsThem(part) || comesToo(part))) return true;
    if (
      outright >= 0 &&
      THE_REST.test(part.tokens[0]!.text) &&
      !part.asks &&
      part.condition === null &&
      part.claims.every(({ who }) => who === 'crew')
    )
      return true;
    if (sendsUnder(part) || goesThere(part, parts.slice(0, n))) return true;
    if (part.claims.some(({ sort }) => sort === 'elsewhere')) return false;
    if (setOut >= 0 && n > setOut && CALLED_BACK.test(part.clause.text) && !part.claims.some(isFirmYes)) return false;
    if (part.asks) return n < lastYes || !WHAT_THEN.test(part.clause.text);
    return (
      wordsUnderstood(part, n < lastYes) &&
      !(n > lastYes && /^先/.test(part.clause.text) && part.tokens.some(isUnknown)) &&
      !softens(part) &&
      !hinders(part, { behind: n > lastYes, last: n >= lastYes, delayed: delay !== null || parts.some(isLate) })
    );
  });
}

/** "Eight of us, two cars, to Shagang": whither, behind who comes. */
const goesThere = ({ clause, claims }: Part, before: Part[]): boolean => {
  const place = /^(?:都|一起|直接|开车|现在|马上)*(?:去|到|往|赶往|奔)(\p{Script=Han}{2,4})$/u.exec(clause.text)?.[1];
  return (
    place !== undefined &&
    isPlace(place) &&
    !turns(place) &&
    claims.every(({ who, sign }) => who === 'self' && sign === 'yes') &&
    before.some(
      ({ has, claims: said }) =>
        has('people', 'gear') && said.some(({ who, sign }) => who === 'self' && sign === 'yes'),
    )
  );
};

/** "We come later": why, is no hindrance. */
const LATE = /[晚迟慢]一?[点些]|晚到|慢慢/;
const isLate = ({ claims, asks, clause }: Part): boolean => !asks && claims.some(isFirmYes) && LATE.test(clause.text);

/** "From Ya'an four hours": whence, behind a yes of one's own. */
const comesFrom = ({ tokens, claims, asks, condition }: Part): boolean => {
  const [from, verb] = tokens;
  const known = tokens.slice(1);
  return (
    !asks && condition === null && isUnknown(from!) && isPlace(from!.text) && !NICKNAME.test(from!.text) &&
    !OTHERS.test(from!.text) && verb !== undefined && /^(?:过来|过去|赶过来|赶过去|开过来|开过去|出发|到)$/.test(verb.text) &&
    known.some(({ time }) => time) && known.every(({ kind }) => ON_THE_WAY.includes(kind)) &&
    claims.every(({ sign, who }) => sign === 'yes' && who === 'self')
  ); // prettier-ignore
};
const ON_THE_WAY: Token['kind'][] = ['move', 'time', 'plain', 'about', 'will', 'sign', 'soon', 'quick'];

/** Where they have set out for. */
const AWAY = /^(?:是)?(?:去|回|到|往)/;
const isFirmYes = ({ who, sign, sort }: Claim): boolean => who === 'self' && sign === 'yes' && sort === 'plain';

/** "The child has nobody: what then?" */
const WHAT_THEN = /怎么办|咋办|咋整|怎么弄|如何是好/;

/** What is done there besides. */
const BESIDE_THE_YES = /^(?:帮忙|帮着|支援|协助|负责|参与|保障|顺便|顺路|并且?|另外|也可以|还可以|还能|也能)/;
/** Something not wholly understood before a plain yes of the sender's, which nothing in it could still turn. */
const isOutweighed = ({ tokens, claims, asks, has, condition }: Part): boolean =>
  !asks &&
  condition === null &&
  !has('not', 'maybe', 'odd', 'past', 'wish') &&
  claims.every(({ who, sign, sort }) =>
    sign === 'yes' ? sort === 'plain' || sort === 'elsewhere' || sort === 'weak' : who !== 'self',
  ) &&
  tokens.filter(isUnknown).every(({ text }) => text.length <= LONGEST.aside && !turns(text));

const isUnknown = ({ kind, text }: Token): boolean => kind === 'unknown' && /[\p{L}\p{N}]/u.test(text);

function wordsUnderstood(part: Part, ahead: boolean): boolean {
  const unknown = part.tokens.filter(isUnknown);
  const ours = part.claims.some(({ who, sign }) => who === 'self' || who === 'you' || sign === 'no');
  if (ours) return unknown.every((token) => isHarmless(token, part));
  const turning = ahead || (part.has('spare') && !part.has('self')) ? turnsAhead : turns;
  return unknown.every(({ text }) => text.length <= LONGEST.aside && !turning(text));
}

/** An unknown word in a yes is a manner between the sender and the verb, or the place behind a verb of reaching; nothing else. */
function isHarmless({ text, at }: Token, { tokens, claims }: Part): boolean {
  if (turns(text) || /\d/.test(text)) return false;
  // "The shop sends six".
  const sends = tokens.some(
    (one, n) => one.kind === 'move' && /^[出派抽调来]$/.test(one.text) && tokens[n + 1]?.people,
  );
  if (sends && tokens[0]!.at === at && text.length <= LONGEST.topic && !OTHERS.test(text)) return true;
  if (KIN.test(text)) return false;
  const claim = claims.find(({ who, sign }) => who === 'self' && sign === 'yes');
  const self = tokens.find(({ kind }) => kind === 'self' || kind === 'people');
  if (claim && self && self.at < at && at < claim.at) return text.length <= LONGEST.manner;
  // Behind "at once" or "can" nobody is named any more: "can take turns and come".
  const led = tokens.some(({ kind, text, end }) => LEADS_IN.includes(kind) && text.length > 1 && end <= at);
  if (claim && led && !self && at < claim.end && !OTHERS.test(text)) return text.length <= LONGEST.manner;
  if (claim && isPlace(text) && tokens.some((one) => one.at >= at && GATHERS.test(one.text))) return true;
  // A topic before "I can": "the cooking I can do".
  const can = tokens.find((one) => one.kind === 'can' && one.at >= (claim?.at ?? 0));
  if (claim && tokens.some((one) => WE_TAKE_IT.test(one.text) && one.end === claim.end && one.at > at))
    return text.length <= LONGEST.topic;
  if (claim && self && can && at < self.at && tokens[0]!.at === at) return text.length <= LONGEST.topic;
  const verb = tokens.findLast(({ kind, end }) => end <= at && kind === 'move');
  if (verb !== undefined && verb.text !== '去' && tokens.some(({ time }) => time) && isPlace(text)) return true;
  // "We come over to fill bags."
  if (verb !== undefined && HITHER.test(verb.text) && claim && !OTHERS.test(text) && !DOUBTFUL.test(text))
    return text.length <= LONGEST.topic;
  return verb !== undefined && REACHES.test(verb.text) && text.length <= LONGEST.place;
}

/** "The shoring, that I do." */
const WE_TAKE_IT = /^交给(?:我|我们|咱|咱们|俺|俺们)|^(?:我|我们|咱|咱们|俺|俺们)(?:来|上|包|干|弄|负责)$/;
const LEADS_IN: Token['kind'][] = ['soon', 'can', 'will', 'now', 'time'];

const speaksAgain = ({ tokens }: Part, claim: Claim): boolean =>
  tokens.some(
    ({ kind, text, at }) =>
      kind === 'self' && text !== '人' && !/^(?![我咱俺本]).*[队组]$/.test(text) && at >= claim.end,
  );

/** A yes that is told by somebody, put as a proposal, or followed by more about the sender. */
function softens(part: Part): boolean {
  const own = part.claims.findLast(({ who }) => who === 'self');
  if (!own) return false;
  const says = part.tokens.findIndex(({ text }) => text === '说');
  const byOthers = part.tokens.slice(0, Math.max(says, 0)).some(({ kind }) => kind === 'other' || kind === 'crew');
  const told = says >= 0 && (byOthers || !part.has('self'));
  const proposed = part.tokens.some(({ text, at }) => text === '吧' && at >= own.end) && part.tokens.length > 2;
  const firm = part.has('self', 'time', 'people') || part.tokens.some(({ text }) => text === '那');
  return told || (proposed && !firm) || (own.sort !== 'weak' && speaksAgain(part, own));
}

/** What stands in the way, at or behind the last yes: before it, the yes has weighed it already. */
function hinders(part: Part, { behind, last, delayed }: { behind: boolean; last: boolean; delayed: boolean }): boolean {
  const { claims, has, tokens } = part;
  const ending = tokens.findLast(({ kind, text }) => kind !== 'sign' && !/^[了的啊呀吧～]$/.test(text));
  // A "not" that nothing followed.
  if (claims.length === 0 && ending?.kind === 'not') return true;
  // "The others cannot be reached."
  if (claims.length === 0 && tokens[0]!.kind === 'crew' && !has('self', 'other')) return false;
  if (behind && claims.some(({ who, sign }) => who === 'gear' && sign === 'no')) return true;
  // "However far, we come": "too" before the verb; behind it, it tells what comes of going.
  const verb = claims.find(({ sign }) => sign === 'yes')?.end ?? Infinity;
  const although = tokens.some(({ text, at }) => text === '也' && at < verb);
  // "Others cannot, I too …": "too" joins like with like; a word may be missing.
  if (although && claims.some(({ who, sign }) => who !== 'self' && sign === 'no')) return true;
  const othersOnly = claims.length > 0 && claims.every(({ who }) => who !== 'self');
  if (claims.some(({ who, sign, sort }) => who === 'you' && sign === 'yes' && sort === 'plain')) return true;
  if (THE_REST.test(tokens[0]!.text) && !has('self', 'other') && claims.every(({ who }) => who === 'crew'))
    return false;
  if (behind && (has('not') || claims.some(({ who, sign }) => who === 'crew' && sign === 'no'))) return true;
  if (!has('reason')) return false;
  if (
    delayed &&
    tokens.every(({ kind, text }) => kind !== 'reason' || SLOWS.test(text) || (ROAD.test(text) && !SHUT.test(text)))
  )
    return false;
  const despite = although && claims.length > 0 && claims.every(({ sign, sort }) => sign === 'yes' && sort === 'plain');
  if (despite) return false;
  if (last && !has('spare') && !othersOnly) return true;
  return claims.length > 0 && !although && claims.some(({ sign }) => sign === 'yes');
}

const NOBODY = /^(?:没人|没有人|无人|没谁|没啥|没什么|没有谁|没一个|没有一个)$/;
const ANY = /^(?:任何|什么|啥|谁|一|哪|半)/;
/** What not going would be: "not to go is a shame". */
const SHAME =
  /^了?就?(?:对不[起住](?=.)|良心|心里|是(?!真|因|实在|由于|没)|太?可惜|太?遗憾|亏|丢人|没脸|不够意思|不甘|不放心|不踏实|不像|后悔|怎么|谁|枉|算什么|还算|不配)/;

/** A second "not", or a "nobody", before the no, or a shame behind it: it may mean the reverse. */
function isTurned({ tokens, clause }: Part, no: Claim): boolean {
  const verb = tokens.findLast(({ end }) => end <= no.end)!;
  const nots = tokens.filter(({ kind, at }) => kind === 'not' && at < no.end);
  const others = verb.kind === 'no' ? nots : nots.slice(0, -1);
  const next = (one: Token) => tokens[tokens.indexOf(one) + 1]?.text ?? '';
  const doubled = others.some((one) => one.text.startsWith('不') || ANY.test(next(one)));
  const nobody = tokens.some((one, n) => NOBODY.test(one.text) && tokens[n + 1] === verb);
  return doubled || nobody || (verb.kind !== 'no' && SHAME.test(clause.text.slice(no.end)));
}

/** What one says of oneself behind a no: why. */
const TELLS_WHY: Token['kind'][] = [
  'self',
  'reason',
  'plain',
  'today',
  'now',
  'sign',
  'soon',
  'courtesy',
  'ready',
  'receipt',
];

function noUnderstood(part: Part): boolean {
  const no = part.claims.find(({ sign, who, sort }) => sign === 'no' && who === 'self' && sort !== 'denied');
  if (!no) return true;
  if (isTurned(part, no)) return false;
  if (speaksAgain(part, no) && !part.tokens.every(({ kind, at }) => at < no.end || TELLS_WHY.includes(kind)))
    return part.claims.some(({ sign, at }) => sign === 'no' && at > no.at);
  const unknown = part.tokens.filter(isUnknown);
  const behind = unknown.filter(({ at }) => at >= no.end);
  const nicknamed =
    /^[大阿]/.test(part.clause.text) && unknown.some(({ at, end }) => at === 1 && end <= no.at && end <= 3);
  const named =
    nicknamed || unknown.some(({ at, text }) => at === 0 && text.length <= LONGEST.name && NICKNAME.test(text));
  return (
    behind.every(({ text }) => text.length <= LONGEST.object && !TURNS_BACK.test(text)) &&
    (!named || part.has('self', 'reason'))
  );
}
