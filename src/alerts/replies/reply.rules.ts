import type { Claim } from './reply-claims.rules.js';
import { type Part, partsOf } from './reply-clauses.rules.js';
import { clausesOf, plainOf, type Span } from './reply-text.rules.js';
import { type Values, valuesOf } from './reply-values.rules.js';
import { understood } from './reply-certainty.rules.js';

export interface Evidence extends Span {
  says: 'accept' | 'decline' | 'delay' | 'headcount' | 'condition' | 'doubt' | 'receipt';
}
/**
 * What a free-text reply to "can you come?" says. `delayMinutes`: until they come, as they put it, from `now`; `headcount`: people, the
 * sender counted in; `condition`: their words. `confidence`: 0 to 1, how much of the words is understood. Evidence points into the words
 * as they came.
 */
export interface ParsedReply {
  answer: 'accepted' | 'declined' | 'unclear';
  delayMinutes?: number;
  headcount?: number;
  condition?: string;
  confidence: number;
  evidence: Evidence[];
}

/** Every word of it understood / an answer read past words that are not / no answer. Our own figures. */
const CONFIDENCE = { whole: 0.95, partly: 0.7, none: 0.3 };
const LONGEST_REPLY = 2000;

/**
 * Reads a reply. Rules only, no guess: whatever is asked, hedged, contradictory, said of others or only acknowledged is `unclear`, and a
 * yes is never read from words that also hold a plain no. What was corrected in the text ("no, four people") counts as corrected.
 */
export function parseReply(words: string, now: Date): ParsedReply {
  if (words.length > LONGEST_REPLY) return { answer: 'unclear', confidence: 0, evidence: [] };
  const all = clausesOf(plainOf(words)).flatMap((clause) => partsOf(clause, now));
  const parts = standing(all);
  const answer = parts ? answerOf(parts) : 'unclear';
  const values = valuesOf(parts ?? []);
  const evidence = evidenceOf(parts ?? all, values);
  if (!parts || answer === 'unclear') return { answer: 'unclear', confidence: CONFIDENCE.none, evidence };
  const sure = understood(parts, answer, values);
  if (answer === 'declined') return { answer, confidence: sure ? CONFIDENCE.whole : CONFIDENCE.partly, evidence };
  const asked = parts.find((part) => part.condition && !part.asks);
  const condition = asked && words.slice(...spanOf(asked, asked.condition!)).trim();
  return {
    answer,
    ...(values.delay ? { delayMinutes: values.delay.minutes } : {}),
    ...(values.people ? { headcount: values.people.count } : {}),
    ...(condition ? { condition } : {}),
    confidence: sure ? CONFIDENCE.whole : CONFIDENCE.partly,
    evidence,
  };
}

/** Whether a reading may be acted on with nobody looking at it: an answer without a condition, every word of it understood. */
export const actsAlone = ({ answer, condition, confidence }: ParsedReply): boolean =>
  answer !== 'unclear' && condition === undefined && confidence >= CONFIDENCE.whole;

/** Words that take all back when nothing comes after them. */
const CANCELS =
  /算了|算啦|不对|[哦啊噢喔呃]不|不不|不是|撤回|作废|收回|改主意|变卦|改口|想|等等|慢着|且慢|还是|忽略|不算|有变|变化/;
const says = (parts: Part[]) => parts.some(({ claims }) => claims.length > 0);
const notPast = (parts: Part[]) =>
  parts.filter((part) => !part.has('past') || (part.has('back') && part.claims.length > 0));

/** The parts that count: after the last word that takes back, without what was said or meant before; null when the end takes all back. */
function standing(all: Part[]): Part[] | null {
  const backs = all.flatMap((part, n) => (part.has('back') && (n > 0 || part.claims.length > 0) ? [n] : []));
  for (const at of backs.toReversed()) {
    const after = notPast(all.slice(at));
    if (says(after)) return after;
    if (at > 0 && all[at]!.tokens.some(({ kind, text }) => kind === 'back' && CANCELS.test(text))) return null;
  }
  return notPast(all);
}

const by = (parts: Part[], who: Claim['who'][], sign: Claim['sign']) => (...sorts: Claim['sort'][]): Claim[] =>
  parts.flatMap(({ claims }) => claims).filter((claim) => claim.sign === sign && who.includes(claim.who) && sorts.includes(claim.sort)); // prettier-ignore

const isOwnYes = ({ sign, sort, who }: Claim): boolean => sign === 'yes' && sort === 'plain' && who === 'self';
/** A yes that what was asked before cannot shake. */
const FIRM = /肯定|一定|反正|必|都来|都去|是要[来去]/;
const ENOUGH = /够|行|可以|成/;

/** What may stand beside a "fine" for it to be a yes. */
const BESIDE_ASSENT = ['assent', 'courtesy', 'sign', 'plain', 'self', 'today'];

function answerOf(all: Part[]): ParsedReply['answer'] {
  const doubts = (part: Part) =>
    part.asks === 'answer' ||
    (part.asks && part.condition && part.has('whether')) ||
    (part.asks && part.claims.some(({ sign }) => sign === 'no'));
  const answered = all.filter((part, n) => !answersItself(part, all[n + 1]));
  if (answered.length < all.length) return answerOf(answered);
  const firm = all.findLastIndex(({ tokens, claims, asks }) => !asks && FIRM.test(tokens.map(({ text }) => text).join('')) && claims.some(isOwnYes)); // prettier-ignore
  if (all.some((part, n) => doubts(part) && !(n < firm && part.claims.every(({ sort }) => sort === 'assent')))) return 'unclear'; // prettier-ignore
  const parts = all.filter(({ asks }) => !asks);
  // "Only four: are we enough?"
  const enough = all.some(({ asks, clause }) => asks && ENOUGH.test(clause.text));
  const [yes, no] = [
    by(parts, ['self'], 'yes'),
    by(
      parts.filter((part, n) => !KIN_STAYS.test(part.clause.text) && !isKinsfolks(part, parts.slice(n + 1))),
      ['self'],
      'no',
    ),
  ];
  const othersCome =
    by(parts, ['other', 'crew'], 'yes')('plain').length > 0 ||
    parts.some(lendsGear) ||
    by(parts, ['crew', 'other'], 'yes')('maybe', 'wish').length > 0 ||
    by(parts, ['you'], 'yes')('plain').length > 0;
  const plainYes = yes('plain').length > 0;
  const notNow = no('now').length > 0;
  if (
    yes('plain', 'weak', 'takes', 'maybe', 'wish').length === 0 &&
    all.every(({ asks, open }) => !asks && !open) &&
    isForbidden(all)
  )
    return 'declined';
  if (no('plain', 'weak').length > 0 || (notNow && !plainYes)) {
    const last = parts.findLastIndex(({ claims }) => claims.some(({ sign, who }) => sign === 'no' && who === 'self'));
    const namesWho = parts
      .slice(last + 1)
      .some(({ tokens, has }) => tokens[0]!.kind === 'other' && has('assent', 'can') && !has('not'));
    const asksAfter =
      namesWho ||
      all
        .slice(all.indexOf(parts[last]!))
        .some((part) => part.asks && (part.open || part.claims.some(({ sign }) => sign === 'yes')));
    const hangs =
      asksAfter ||
      parts.some((part, n) => hangsOn(part) || (n >= last && leavesOpen(part)) || isAnotherDay(part) || putsOff(part));
    // "Not that we cannot: I fear we are late."
    const feared = no('denied').length > 0 && parts[last]!.tokens.some(({ text }) => FEARS.test(text));
    const left = [...yes('maybe'), ...parts.flatMap((part, n) => (n < last && weighed(part) ? [] : part.claims.filter(isWeakYes)))]; // prettier-ignore
    const sent = parts.slice(last + 1).some(({ has, clause }) => has('people') && SENT.test(clause.text));
    return plainYes || othersCome || sent || hangs || feared || left.length > 0 ? 'unclear' : 'declined';
  }
  const settled = all.findLastIndex(({ claims, has, asks }) => !asks && has('self') && claims.some(isOwnYes));
  if (
    all.some(
      ({ open, asks, claims, clause }, n) =>
        !(n < settled && claims.length === 0 && OF_OTHERS.test(clause.text)) &&
        open &&
        (!asks || claims.some(({ sort }) => sort === 'maybe')),
    ) ||
    [...no('maybe'), ...yes('maybe')].length > 0
  )
    return 'unclear';
  if (parts.some(isAnotherDay)) return 'unclear';
  if (enough && !plainYes) return 'unclear';
  if (plainYes || yes('weak', 'takes').length > 0) return lacksOwnYes(parts) ? 'unclear' : 'accepted';
  const onlyAssent =
    yes('assent').length > 0 && all.every(({ tokens }) => tokens.every(({ kind }) => BESIDE_ASSENT.includes(kind)));
  return onlyAssent && no('then', 'denied', 'wish').length === 0 && yes('wish', 'denied').length === 0
    ? 'accepted'
    : 'unclear';
}

/** Nobody lets them go, and they are sorry: a no without its word. */
const BARRED = /离不[开得]人|不同意|不放人?|不让|不批|不准|没批/;
const SORRY = /抱歉|对不[住起]|不好意思|见谅|遗憾|包涵|谅解|歉意/;
const isForbidden = (parts: Part[]): boolean =>
  parts.some(({ clause, has }) => BARRED.test(clause.text) && !has('if', 'then', 'whether')) &&
  parts.some(({ clause, has }) => SORRY.test(clause.text) && has('courtesy'));

/** Told on, or not yet heard from others: leaves nothing of the sender's open. */
const OF_OTHERS =
  /^(?!.*(?:我不|我没|如果|要是|领导|单位|老婆|家里|批))(?:听说.*|.*(?:转发|转告|转达|已转|通知)(?:了|给|到|过)?(?:群里?|大家|队员们?|他们|队里|兄弟们|其他人)?了?|(?:其他人?|别人|他们|队员|几个人|有的|有几个)?(?:都|也)?还?(?:没回|没回信|没消息|没回复|没回音|没联系上|没接|联系不上|没回我|没接电话))$/;
/** "Go or not? Go.": asked and answered in one breath. */
function answersItself({ asks, clause }: Part, next: Part | undefined): boolean {
  const verb = /^(?:能|可)?([去来上到中行能干])(?:不\1|还是不\1)?(?:啊|呀|呢)?$/.exec(clause.text)?.[1];
  return (
    asks === 'answer' &&
    verb !== undefined &&
    new RegExp(`^(?:当然|肯定|必须|那必须)?(?:不|没)?${verb}[^吗么]{0,2}$`).test(next?.clause.text ?? '') &&
    !next!.asks
  );
}

/** "The wife cannot leave, I come": a no of the family's before a yes of the sender's own. */
const KIN = /^(?:我?(?:老婆|媳妇|爱人|老公|老伴|我?妈|我?爸|爸妈|父母|儿子|女儿|老人|弟|哥|弟弟|哥哥|同事|徒弟))/;
/** "My father cannot come": said of him, and no answer. */
const KIN_STAYS =
  /^我?(?:老婆|媳妇|爱人|老公|老伴|爸爸?|妈妈?|爸妈|父母|儿子|女儿|弟弟?|哥哥?|医生|大夫|家里人)(?:他|她|他们)?(?:也|都|今天|今晚|现在|这次|说)*(?:[去来到]不[了成得到]|不[去来能]|没时间|没空|无法|没法|参加不了|过不[来去])/;
const isKinsfolks = (part: Part, after: Part[]): boolean =>
  KIN.test(part.clause.text) &&
  !part.has('self') &&
  after.some(({ has, claims }) => has('self') && claims.some(isOwnYes)) &&
  after.every(({ claims }) => claims.every(({ sign }) => sign === 'yes'));

const SENT = /派了|派出|安排了|叫了|能[去来]|可以[去来]/;
const FEARS = /^(?:怕|就怕|只怕|怕是|恐怕)$/;
const isWeakYes = ({ sign, sort, who }: Claim): boolean => sign === 'yes' && sort === 'weak' && who === 'self';
/** How long it takes, or how few there are, told before a no: its reason. */
const weighed = ({ clause, tokens }: Part): boolean =>
  /只有|就(?:我一|俩|仨|[一两三123]个)|就剩|才[\d一二两三]|凑不|不够/.test(clause.text) ||
  tokens.some(
    ({ kind }, n) => kind === 'time' && /^(?:要|得|需|需要|还要|还得|至少|起码)$/.test(tokens[n - 1]?.text ?? ''),
  );

/** What a no waits for. */
const ORDERS = /^(?:调令|调函|派遣令|命令|公函)$/;

/** Gear that comes or may be had though nobody brings it. */
const lendsGear = ({ claims, has, tokens }: Part): boolean =>
  !has('reason', 'not') &&
  (claims.some(({ who, sign }) => who === 'gear' && sign === 'yes') ||
    (tokens[0]!.kind === 'gear' && tokens.some(({ text }) => /^(?:可以|能|可)$/.test(text)) && !has('no')));

/** A no that hangs on something. */
const hangsOn = ({ has, condition, claims, tokens }: Part): boolean =>
  has('if') ||
  (has('not') && tokens.some(({ text }) => ORDERS.test(text)) && claims.some(({ sign }) => sign === 'no')) ||
  (condition !== null && has('then') && claims.some(({ sign }) => sign === 'no'));

/** After the no: a hand-over, a "we shall see", a word that turns it round. */
const leavesOpen = ({ open, has, claims }: Part): boolean =>
  open && !(has('you', 'spare') && claims.every(({ sort }) => sort !== 'maybe'));

/** Coming on another day without an hour. */
const isAnotherDay = ({ has, claims }: Part): boolean =>
  has('day') && !has('time') && claims.some(({ sign }) => sign === 'yes');

/** Nothing but another day. */
const putsOff = ({ has, tokens }: Part): boolean =>
  has('day') && tokens.every(({ kind }) => kind === 'day' || kind === 'plain' || kind === 'sign');

/** A yes only in the part that hangs on something, and a no to what it hangs on. */
const lacksOwnYes = (parts: Part[]): boolean =>
  parts.some(({ claims, condition }) => condition && claims.some(({ sign }) => sign === 'no'));

const spanOf = ({ clause }: Part, { at, end }: { at: number; end: number }): [number, number] => [
  clause.places[at]!,
  clause.places[end]!,
];

const DOUBTS: Claim['sort'][] = ['maybe', 'then', 'wish', 'denied'];

function evidenceOf(parts: Part[], { delay, people }: Values): Evidence[] {
  const at = (part: Part, span: { at: number; end: number }, what: Evidence['says']): Evidence[] => {
    const [start, end] = spanOf(part, span);
    return start < end ? [{ start, end, says: what }] : [];
  };
  const found = parts.flatMap((part) => [
    ...part.claims.filter(({ sort }) => sort !== 'weak').flatMap((claim) =>
      at(part, claim, DOUBTS.includes(claim.sort) ? 'doubt' : claim.sign === 'yes' ? 'accept' : 'decline'),
    ),
    ...part.tokens.filter(({ kind }) => kind === 'receipt').flatMap((token) => at(part, token, 'receipt')),
    ...(part.condition ? at(part, part.condition, 'condition') : []),
  ]); // prettier-ignore
  const times = (delay?.from ?? []).flatMap(({ part, time }) => at(part, time, 'delay'));
  const heads = people ? at(people.part, people, 'headcount') : [];
  return [...found, ...times, ...heads].sort((a, b) => a.start - b.start || a.end - b.end);
}
