import { deniedBehind } from './reply-cannot.rules.js';
import { PREPARES } from './reply-conditions.rules.js';
import { isOurs, textOf } from './reply-ours.rules.js';
import { GATHERS, isPlace, REACHES } from './reply-places.rules.js';
import type { Token } from './reply-tokens.rules.js';
import { fresh, type Walk, type Who } from './reply-walk.rules.js';
import { weakClaim } from './reply-weak.rules.js';
import { WORDS } from './reply-words.rules.js';

/**
 * What one stretch of words says about coming. `plain`: outright; `weak`: only a time or people; `takes`: how long it would
 * take; `assent`: only a "fine"; `then`: a no to a
 * time or a part ("not by eight"); `now`: a no to this moment; `elsewhere`: going, but not to us, or not the sender; `wish`: wanting;
 * `denied`: said to be not so; `maybe`: hedged.
 */
export interface Claim {
  sign: 'yes' | 'no';
  who: Who;
  sort: 'plain' | 'weak' | 'takes' | 'assent' | 'elsewhere' | 'then' | 'now' | 'wish' | 'denied' | 'maybe';
  at: number;
  end: number;
}
interface Journey {
  tokens: Token[];
  claims: Claim[];
  walk: Walk;
}

/** What stands behind these is somebody's company or where something is, and not who comes. */
const COMPANION =
  /^(?:和|跟|与|同|带|带上|叫上|给|向|陪|照顾|送|接|对|除了|为|看护|喊上|把|通知|帮|比|等|找|靠|在|到|连|连同|含|包括|加|加上|算上|除|还有|叫醒|喊醒|召集|组织|带领|集合|领着|催)$/;
const CONTENT: Token['kind'][] = ['unknown', 'reason', 'ready', 'gear', 'need', 'first', 'thing', 'task'];
const QUICK = new Set<string>(WORDS.quick.split(' '));
const SOON_NOT = /^(?:马上|立刻|立即|立马|准时|按时|准点|第一时间|一时半会儿?|短时间内?|这么快|那么快)$/;
/** Feared, and no refusal: that one comes too late. */
const LATE_ONLY = /^赶不(?:到|上|及)(?!了)/;
const POLITE_DOUBT = /^(?:恐怕|怕|怕是|只怕|看来|看样子)$/;
/** Words that only decline: a soft ending leaves nothing open. */
const DECLINES = /^(?:婉拒|谢绝|放弃|弃权|退出|缺席|免了|另请高明|请另请高明|找别人|换别人)$/;
const FIRM_WILL = /^(?:接受|同意|愿意|愿|肯|乐意|一定|必须|肯定|保证|坚决|绝对|一定会|肯定会)$/;
const ANSWERS_ALONE = /必须|愿|肯|乐意|接受|同意/;
const NOT_DONE = /^(?:没|没有|未|不曾)$/;
const NO_SKILL = /^(?:不行|不成|不太行|不大行|干不了|干不来|做不了|真不行)$/;
/** Abilities that offer, unlike a skill. */
const OFFERS = /^(?:可以|能|能够|可|愿意)$/;
/** What is done there: who cannot may still come. */
const ON_THE_SPOT = /^(?:下水|下河|上船|登船|上堤|上坝|进山|上山)$/;
/** "Not one is free". */
const NOT_ONE = /^(?:没?一个|全|谁)/;
const EVERYBODY = /^(?:都|全部?|全队|全体|全员)$/;

/** "Cannot": what stands before its verb is how. */
const UNABLE = /^(?:无法|没法子?|没办法|难以|无力|未能|暂无法|无法再)$/;
/** Kinds of people who are named without their number: not the sender. */
const PEOPLE_NAMED =
  /^(?:学生|学员|群众|村民|居民|员工|工人|船员|船老大|医生|护士|大夫|教师|老师们?|驾驶员|司机们?|舟手|艇手|飞手|机手|潜水员|民兵|党员|退伍兵|年轻人|小伙子|男的|女的)$/;

/** Walks through a part from its first word to its last, and notes what each stretch says about coming. */
export function claimsOf(tokens: Token[]): Claim[] {
  const journey: Journey = { tokens, claims: [], walk: fresh('self') };
  tokens.forEach((token, n) => {
    turnTo(journey, token, n);
    note(journey, token, n);
    speak(journey, token, n);
  });
  endOf(journey);
  const said = journey.claims.length > 0 ? journey.claims : weakClaim(tokens, journey.walk);
  for (const claim of said) {
    if (claim.sign === 'yes' && isOurs(tokens, claim)) claim.who = 'self';
    if (claim.sign === 'yes' && claim.sort === 'plain' && deniedBehind(tokens, claim)) claim.sort = 'denied';
  }
  return said;
}

/** Who is spoken of from here on. */
function turnTo(journey: Journey, { kind, text, people }: Token, n: number): void {
  const { tokens, walk } = journey;
  const before = tokens[n - 1];
  if (text === '自己' && before && OF_SOMEBODY.includes(before.kind)) return;
  if (kind === 'self') journey.walk = { ...fresh('self'), denied: walk.denied, timed: walk.timed, now: walk.now, spared: before?.kind === 'spare', nots: BINDS.includes(before?.kind ?? 'sign') ? walk.nots : 0 }; // prettier-ignore
  if (people) {
    const some = walk.start === null && people.count > 1;
    Object.assign(walk, { who: 'self', some, nots: walk.nots + (people.count === 0 ? 1 : 0) });
  }
  if (
    kind === 'gear' &&
    !/^(?:因|因为|由于|没|缺)$/.test(before?.text ?? '') &&
    tokens.slice(0, n).every((one) => OPENS.includes(one.kind))
  )
    walk.who = 'gear';
  const next = tokens[n + 1];
  if (PEOPLE_NAMED.test(text) && n === 0 && next && !next.people && next.kind !== 'self' && kind !== 'other')
    journey.walk = fresh('crew');
  if (kind !== 'crew' && kind !== 'other' && kind !== 'you') return;
  const ours = kind === 'crew' && before?.kind === 'self';
  if (COMPANION.test(before?.text ?? '') || walk.spared || ours) return;
  journey.walk = { ...fresh(kind), denied: walk.denied, nots: before?.kind === 'not' ? walk.nots : 0 };
}

/** "Not", and what a "not" may stand before: it still holds for the sender named next. */
const BINDS: Token['kind'][] = ['not', 'can', 'will', 'quick'];
const OPENS: Token['kind'][] = ['plain', 'sign', 'courtesy', 'receipt', 'today', 'then'];

const OF_SOMEBODY: Token['kind'][] = ['other', 'you'];

/** What waits for the next verb, and what colours it. */
function note({ tokens, claims, walk }: Journey, token: Token, n: number): void {
  const { kind, text } = token;
  const last = claims.at(-1);
  if (kind === 'deny') walk.denied = true;
  if (kind === 'spare') walk.spared = true;
  if (kind === 'wish') walk.wish = true;
  // "As for going, I would like to."
  if (kind === 'wish' && last?.sign === 'yes' && last.who === 'self') last.sort = 'wish';
  if (kind === 'time') walk.timed = true;
  if (kind === 'now') walk.now = true;
  if (kind === 'reason') walk.hindered = true;
  if (kind === 'not')
    Object.assign(walk, { nots: walk.nots + 1, start: walk.start ?? token.at, undone: NOT_DONE.test(text) });
  const manner = kind === 'unknown' && UNABLE.test(tokens[n - 1]?.text ?? '') && tokens[n + 1]?.kind === 'move';
  if (walk.nots > 0 && CONTENT.includes(kind) && !manner) Object.assign(walk, { nots: 0, tangled: true, can: null });
  if (walk.nots > 0 && QUICK.has(text)) walk.quick = true;
  if (EVERYBODY.test(text)) walk.all = true;
  if (text === '也') {
    walk.hindered = false;
    if (tokens[n - 1]?.text === '了' && last?.sign === 'yes') last.sort = 'wish';
  }
  if (kind === 'then' && walk.who === 'crew' && walk.start === null) walk.who = 'self';
  if (kind === 'can') Object.assign(walk, { can: token, start: walk.start ?? token.at });
  if (kind === 'will' && (FIRM_WILL.test(text) || walk.nots > 0)) walk.firm = token;
}

/** A word that says a yes or a no. What follows a claim closely belongs to it. */
function speak(journey: Journey, token: Token, n: number): void {
  const { tokens, claims, walk } = journey;
  const last = claims.at(-1);
  const belongs = last && last.end === endBefore(tokens, n) && walk.nots === 0 && !walk.can;
  const odd = walk.nots % 2 === 1;
  if (token.kind === 'move') {
    if (token.text === '到' && tokens[n + 1]?.kind === 'time') walk.start = null;
    else if (belongs) last.end = token.end;
    else if (!walk.spared) say(journey, token, { sign: odd ? 'no' : 'yes', sort: whereTo(tokens, n, walk) });
  } else if (token.kind === 'task') {
    const offered = walk.can && OFFERS.test(walk.can.text) && walk.nots === 0 && walk.who === 'self' && !walk.spared;
    if (offered && tokens.slice(0, n).some(({ kind, text }) => kind === 'self' && text !== '人'))
      say(journey, token, { sign: 'yes', sort: null });
  } else if (token.kind === 'yes' || token.kind === 'no') {
    const kept = token.kind === 'no' && tokens[n - 1]?.kind === 'spare';
    const spared = token.kind === 'yes' && tokens[n - 1]?.kind === 'spare';
    if (odd || kept || spared)
      claims.push({ sign: spared ? 'yes' : 'no', who: walk.who, sort: 'denied', at: token.at, end: token.end });
    else if (token.kind === 'yes' && belongs && last.sign === 'yes') last.end = token.end;
    else {
      if (token.kind === 'no' && SOON_NOT.test(tokens[n - 1]?.text ?? '')) walk.quick = true;
      say(journey, token, { sign: token.kind, sort: token.kind === 'yes' && walk.tangled ? 'elsewhere' : null });
    }
  }
}

function say(
  { tokens, claims, walk }: Journey,
  token: Token,
  { sign, sort }: { sign: Claim['sign']; sort: Claim['sort'] | null },
): void {
  const wished = walk.wish && (sign === 'yes' || walk.nots % 2 === 0);
  const coloured =
    walk.denied || (sign === 'no' && walk.undone)
      ? 'denied'
      : wished
        ? 'wish'
        : isHedged(tokens, { sign, end: token.end })
          ? 'maybe'
          : null;
  // "Rowing I cannot."
  const there = sign === 'no' && ON_THE_SPOT.test(token.text);
  const skill =
    there || (NO_SKILL.test(token.text) && tokens.some(({ kind, end }) => kind === 'task' && end <= token.at));
  const bounded =
    skill || walk.quick || (walk.some && !walk.all && !NOT_ONE.test(token.text)) || (walk.timed && !walk.hindered);
  const scope = sign === 'yes' ? null : bounded ? 'then' : walk.now ? 'now' : null;
  claims.push({
    sign,
    who: walk.who,
    sort:
      coloured ??
      (walk.who === 'gear' && walk.hindered && sign === 'yes' ? 'elsewhere' : null) ??
      sort ??
      scope ??
      'plain',
    at: walk.start ?? token.at,
    end: token.end,
  });
  Object.assign(walk, { nots: 0, can: null, firm: null, wish: false, quick: false, start: null });
}

/** "Perhaps", and "about" where neither a time nor a number of people is what it is about. "I fear" is only polite before a no. */
function isHedged(tokens: Token[], { sign, end }: Pick<Claim, 'sign' | 'end'>): boolean {
  const has = (...kinds: Token['kind'][]) => tokens.some(({ kind }) => kinds.includes(kind));
  const politely = tokens.some(({ text }) => POLITE_DOUBT.test(text));
  if (has('maybe') || (tokens.some(({ text }) => text === '最好') && !has('need'))) return true;
  const declines = tokens.some(({ text }) => DECLINES.test(text));
  if (sign === 'no' && tokens.some(({ text }, n) => text === '怕' && LATE_ONLY.test(tokens[n + 1]?.text ?? '')))
    return true;
  if (sign === 'no') return (has('about') && !politely) || (!declines && tokens.some(({ text, at }) => text === '吧' && at >= end)); // prettier-ignore
  const when = tokens.some(
    ({ kind, text }) => kind === 'time' || kind === 'people' || (kind === 'soon' && !/^已经?$/.test(text)),
  );
  return has('about') && (politely || !when);
}

/** A "can" or a firm will that no verb followed answers by itself: "I cannot". */
function endOf(journey: Journey): void {
  const { tokens, walk } = journey;
  const left = walk.can ?? walk.firm;
  if (!left || walk.spared) return;
  const ends = tokens.every(({ kind, text, at }) => at <= left.at || CLOSES.includes(kind) || PARTICLES.test(text));
  const odd = walk.nots % 2 === 1;
  // "Shall as fast as I can": what, is not said.
  if (left.text === '会' && /^(?:尽快|尽早|抓紧|尽量)$/.test(tokens.at(-1)!.text)) return;
  if (ends && (walk.can || odd || ANSWERS_ALONE.test(left.text)))
    say(journey, left, { sign: odd ? 'no' : 'yes', sort: null });
}

const CLOSES: Token['kind'][] = ['sign', 'soon', 'courtesy', 'today', 'now', 'day', 'part', 'will', 'then'];
const PARTICLES = /^[的了啊呀哦吧哈嘛啦噢喔滴哒呢]+$/;

/** Verbs of joining and reaching: what stands behind them is where the alert is. */
const TO = /^(?:到|去|来|到达|赶到)$/;

/** Whether a verb of going leads to us: not to a meal, to the bank, nor somebody of the family, nor after a "not" that meant something else. */
function whereTo(tokens: Token[], n: number, { nots, can, hindered, tangled }: Walk): Claim['sort'] | null {
  const here = tokens[n]!;
  if (here.text === '去' && tokens[n + 1]?.kind === 'ready' && PREPARES.test(tokens[n + 1]!.text)) return 'wish';
  if (nots % 2 === 1) return null;
  if (ONCE_GONE.test(textOf(tokens, here.at))) return 'elsewhere';
  const rest = tokens.slice(n + 1).filter(({ kind }) => kind !== 'sign');
  if (takesTime(rest) && !can) return 'takes';
  const attribute =
    rest[0]?.text === '的' &&
    rest[1]?.kind !== 'people' &&
    rest.slice(1).some(({ kind, text }) => kind !== 'then' && !PARTICLES.test(text));
  if (attribute || tangled) return 'elsewhere';
  if (REACHES.test(here.text)) return null;
  const next = rest.find(({ kind, text }) => kind !== 'move' && text !== '了');
  const has = (...kinds: Token['kind'][]) => tokens.some(({ kind }) => kinds.includes(kind));
  const stray = !GATHERS.test(here.text) && has('unknown') && !has('self', 'soon', 'people', 'time');
  const toPlace = next?.kind === 'unknown' && has('time') && TO.test(here.text) && isPlace(next.text);
  const strange =
    next?.kind === 'unknown' &&
    !toPlace &&
    !(
      LEADS_HERE.test(here.text) &&
      tokens.slice(0, n).some(({ kind, text }) => (kind === 'self' && text !== '人') || kind === 'people')
    );
  return next?.kind === 'reason' || (!can && (stray || hindered || strange)) ? 'elsewhere' : null;
}

/** "Once I am gone, nobody minds the pumps"; "when I am there, you give me one". */
const ONCE_GONE = /^(?:走|去|来)了(?:这边|这里|家里|店里|村里|厂里|谁|就没|没人|要|会)|^到了(?:你们|再|请|就|怎么)/;

/** Who speaks of "coming" comes to us, whatever for. */
const LEADS_HERE = /^(?:来|过来|一起来|一块来|前来|跟着?来|带队来|就来|马上来|也来|都来|赶来|赶过来|赶过去|过去)$/;
/** "Takes three hours" behind a verb of going. */
const takesTime = (rest: Token[]): boolean =>
  rest.some(({ kind, text }, n) => kind === 'time' && /^(?:要|得|需|需要|还要|还得|也得|也要|怎么也得)$/.test(rest[n - 1]?.text ?? '') && rest.slice(0, n - 1).every((one) => one.kind !== 'move' || n > 0) && text !== ''); // prettier-ignore

const PASSED: Token['kind'][] = ['plain', 'then', 'sign', 'soon', 'today', 'time', 'people'];

/** Where the word before the n-th ends, particles and times passed over. */
const endBefore = (tokens: Token[], n: number): number =>
  tokens.slice(0, n).findLast(({ kind }) => !PASSED.includes(kind))?.end ?? 0;
