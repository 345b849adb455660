import type { Claim } from './reply-claims.rules.js';
import type { Part } from './reply-clauses.rules.js';
import {
  comesOutright,
  isAside,
  isFirm,
  isLedByAnother,
  LED,
  letsThem,
  sendsUnder,
  SET_OUT,
} from './reply-firm.rules.js';
import { turns } from './reply-turning.rules.js';
import { isUnsaidNo, LEFT_TO_OTHERS } from './reply-unsaid.rules.js';

export type Answer = 'accepted' | 'declined' | 'unclear';

const by = (parts: Part[], who: Claim['who'][], sign: Claim['sign']) => (...sorts: Claim['sort'][]): Claim[] =>
  parts.flatMap(({ claims }) => claims).filter((claim) => claim.sign === sign && who.includes(claim.who) && sorts.includes(claim.sort)); // prettier-ignore

const isOwnYes = ({ sign, sort, who }: Claim): boolean => sign === 'yes' && sort === 'plain' && who === 'self';
/** A yes that what was asked before cannot shake. */
const FIRM = /肯定|一定|反正|必|都来|都去|是要[来去]/;
const ENOUGH = /够|行|可以|成|^(?:还)?要(?:不要|吗|么)?$/;

/** Asked of what one gets or finds there. */
const ONCE_THERE = /^(?:去|来|到|过去|过来)(?:了|那边|那里|之后|以后|后)/;
/** Asked of the hour: "may we come later?" */
const LATER = /晚[点些一到]|迟[点些一到]|慢[点些]|几点/;

/** What may stand beside a "fine" for it to be a yes. */
const BESIDE_ASSENT = ['assent', 'courtesy', 'sign', 'plain', 'self', 'today'];
/** What one asks for, or sees to, who has said "fine". */
const SEES_TO = [...BESIDE_ASSENT, 'ready', 'thing', 'gear', 'task', 'soon'];
const TELLS_ON = /让|通知|联系|问|叫|喊|转|说|报|看|在/;
/** Fine, but not this time. */
const ANOTHER_TIME = /下次|下回|改天|改日|以后|来日|有机会/;
/** Hands are called together. */
const CALLS_HANDS =
  /^(?:我们?|已经?|都|正在?|在|马上|这就)*(?:叫|喊|召集|摇)(?:人|队员|兄弟|弟兄|大家|大伙)们?(?:了|起来|起床|集合)*$/;
/** What may stand in nothing that is only told beside a "fine". */
const NO_TALE: Parameters<Part['has']> = ['not', 'no', 'deny', 'maybe', 'about', 'if', 'need', 'later', 'back', 'past', 'wish', 'odd', 'reason', 'day', 'but', 'receipt', 'whether', 'part']; // prettier-ignore
const ALONG = /(?:叫|喊|带|拉|约)上/g;
/** What is not known as a whole form. */
const unknownOf = (tokens: Part['tokens']): string => tokens.filter(({ kind, text }) => kind === 'unknown' || text.length < 6).map(({ text }) => text).join(''); // prettier-ignore
/** Told beside a "fine", with words that nobody knows and that turn nothing. */
const isTale = ({ tokens, claims, condition, has }: Part): boolean =>
  condition === null &&
  !has(...NO_TALE) &&
  claims.every(({ sign, who }) => sign === 'yes' && who !== 'self') &&
  !TELLS_ON.test(unknownOf(tokens).replace(ALONG, '').replaceAll('在', '')) &&
  tokens.every(({ kind, text }) => kind !== 'unknown' || !turns(text));
/** What only who comes asks: how they look whom one seeks, what to bring, where to muster, on which channel. */
const ASKS_ON =
  /(?:穿|长)(?:的)?(?:什么|啥)|多大|多高|男的?(?:还是)?女|几岁|什么颜色|往哪|(?:什么|啥)时候(?:走|丢|不见|失踪|失联)|[带要用发](?!队)|集合|集结|在哪|哪里|哪儿|什么位置|怎么走|从哪|走哪|联系谁|找谁|电话|装备|频道|水深|多深|管饭/;
const ASKS_WHETHER = /情况|任务|为什么|为啥|怎么回事|意思|几点|多久|多少钱|谁去|[去来]不[去来]|要不要[去来人]|要人/;
const besideAssent = (part: Part): boolean => {
  const { tokens, clause, asks } = part;
  if (LEFT_TO_OTHERS.test(clause.text) || ANOTHER_TIME.test(clause.text)) return false;
  if (sendsUnder(part)) return true;
  if (
    asks === 'aside' &&
    part.claims.every(({ sign }) => sign === 'yes') &&
    ASKS_ON.test(clause.text) &&
    !ASKS_WHETHER.test(clause.text)
  )
    return true;
  return (
    (!asks && isTale(part)) ||
    tokens.every(({ kind }) => BESIDE_ASSENT.includes(kind)) ||
    (tokens.every(({ kind }) => SEES_TO.includes(kind) && kind !== 'assent') &&
      (!TELLS_ON.test(clause.text) || CALLS_HANDS.test(clause.text)))
  );
};

export function answerOf(said: Part[]): Answer {
  const all = said.filter((part, n) => !answersItself(part, said[n + 1]));
  if (isDoubted(all)) return 'unclear';
  const parts = all.filter(({ asks }) => !asks);
  const [yes, no] = [by(parts, ['self'], 'yes'), by(parts.filter((part, n) => !isOfKin(part, parts.slice(n + 1)) && !isAnotherDays(part, parts)), ['self'], 'no')]; // prettier-ignore
  const plainYes = yes('plain').length > 0;
  const anyYes = yes('plain', 'weak', 'takes', 'maybe', 'wish').length > 0;
  if (!anyYes && all.every(({ asks, open }) => !asks && !open) && isUnsaidNo(all)) return 'declined';
  if (isLedByAnother(all)) return 'accepted';
  if (no('plain', 'weak').length > 0 || (no('now').length > 0 && !plainYes)) {
    const last = parts.findLastIndex(({ claims }) => claims.some(({ sign, who }) => sign === 'no' && who === 'self'));
    // "Not that we cannot: I fear we are late."
    const feared = no('denied').length > 0 && parts[last]!.tokens.some(({ text }) => FEARS.test(text));
    const told =
      by(
        parts.filter((part) => !isStory(part)),
        ['self'],
        'yes',
      )('plain').length > 0;
    return told || yes('maybe').length > 0 || feared || isWeakened(all, parts, last) ? 'unclear' : 'declined';
  }
  if (isLeftOpen(all) || [...no('maybe'), ...yes('maybe')].length > 0 || comesAnotherDay(parts)) return 'unclear';
  // "Only four: are we enough?"
  const enough = all.some(({ asks, clause }) => asks && ENOUGH.test(clause.text));
  if (enough && !plainYes) return 'unclear';
  if (plainYes || yes('weak', 'takes').length > 0) return lacksOwnYes(parts) ? 'unclear' : 'accepted';
  const onlyAssent = yes('assent').length > 0 && all.every(besideAssent);
  return onlyAssent && no('then', 'denied', 'wish').length === 0 && yes('wish', 'denied').length === 0
    ? 'accepted'
    : 'unclear';
}

/** A question on the answer itself, which no firm yes behind it settles. */
function isDoubted(all: Part[]): boolean {
  const doubts = ({ asks, condition, claims, has }: Part) =>
    asks === 'answer' || (asks && ((condition && has('whether')) || claims.some(({ sign }) => sign === 'no')));
  const firm = all.findLastIndex(({ tokens, claims, asks }) => !asks && FIRM.test(tokens.map(({ text }) => text).join('')) && claims.some(isOwnYes)); // prettier-ignore
  const outright = all.findLastIndex(isFirm);
  return all.some(
    (part, n) => doubts(part) && !(n < outright && ONCE_THERE.test(part.clause.text)) && !(n < firm && (part.claims.every(({ sort }) => sort === 'assent') || LATER.test(part.clause.text))),
  ); // prettier-ignore
}

/** Where they are at work, or what happened before: told beside a no, it is the reason. */
const STORY =
  /(?:^|都|全|正|还|人|队|们)在(?!路上|现场|集合|集结|这|门口|等|车|赶)|^(?:昨|前天|(?:这会儿?|现在|我们?)?刚|早上|上午|中午|下午|白天|上周|前几天|今早)/;
const isStory = ({ clause, has }: Part): boolean =>
  !has('can', 'will', 'but', 'assent') && (/^昨/.test(clause.text) || !has('time')) && (has('reason') || STORY.test(clause.text)) && !SET_OUT.test(clause.text) && !/马上|这就|立刻|立即|还是|出发/.test(clause.text); // prettier-ignore

/** "Which way round?": who asks so still tries. */
const BY_WHICH_WAY = /绕|^走|怎么走|怎么进|走哪|哪条|从哪|哪边/;
/** How few there are, told beside a no. */
const ALONE = /^(?:就|只有|只)?我?(?:一个人|1个人|自己)(?:在)?$/;
/** They have left, and not for us. */
const GONE =
  /放假|走光|下班|回家|毕业|散了|散伙|^(?:听说|据说)|(?:别的|其他|兄弟|友邻|隔壁)\p{Script=Han}{0,3}队.{0,4}(?:已|到了)|已经?有.{1,3}(?:队|组|支|批|个队).{0,3}(?:去|到|在|过去|上)了?/u;
/** What keeps a no from being one: others who come, gear that is lent, a substitute, a condition, another day. */
function isWeakened(all: Part[], parts: Part[], last: number): boolean {
  const others =
    by(
      parts.filter(({ clause }) => !GONE.test(clause.text)),
      ['other', 'crew'],
      'yes',
    )('plain', 'maybe', 'wish').length > 0;
  const behind = parts.slice(last + 1);
  const named = behind.some(({ tokens, has }) => tokens[0]!.kind === 'other' && has('assent', 'can') && !has('not'));
  const offered = all
    .slice(all.indexOf(parts[last]!))
    .some(
      ({ asks, open, claims, clause }) =>
        asks && (open || BY_WHICH_WAY.test(clause.text) || claims.some(({ sign }) => sign === 'yes')),
    );
  const hangs = parts.some(
    (part, n) => hangsOn(part) || (n >= last && leavesOpen(part)) || isAnotherDay(part) || putsOff(part),
  );
  const left = parts.some(
    (part, n) =>
      !(n < last && weighed(part)) &&
      !(FEW.test(part.clause.text) && !parts[last]!.has('people')) &&
      !ALONE.test(part.clause.text) &&
      part.claims.some(isWeakYes),
  );
  const sent = behind.some(({ has, clause }) => has('people') && SENT.test(clause.text));
  // "Not tomorrow, the day after is fine."
  const later = parts.some(({ tokens, claims }) =>
    claims.some(({ sign, end }) => sign === 'no' && tokens.some((one) => one.kind === 'day' && one.at >= end)),
  );
  const led = parts.some(({ clause, has }) => LED.test(clause.text) && has('other', 'crew'));
  const yours = by(parts, ['you'], 'yes')('plain').length > 0;
  return others || led || yours || later || parts.some(lendsGear) || named || offered || hangs || left || sent;
}

/** Words that leave open whether, but for what others have not yet said before a yes of the sender's own. */
function isLeftOpen(all: Part[]): boolean {
  const settled = all.findLastIndex(({ claims, has, asks }) => !asks && has('self') && claims.some(isOwnYes));
  const firm = all.findLastIndex(isFirm);
  const comes = all.findIndex(comesOutright);
  return all.some((part, n) => {
    const { open, asks, claims, clause } = part;
    return (
      open &&
      !(n < settled && claims.length === 0 && OF_OTHERS.test(clause.text)) &&
      !(comes >= 0 && n > comes && letsThem(part)) &&
      !(firm >= 0 && (sendsUnder(part) || isAside(part, { before: n < firm }))) &&
      !(sendsUnder(part) && all.some(({ claims }) => claims.some(({ sort }) => sort === 'assent'))) &&
      (!asks || claims.some(({ sort }) => sort === 'maybe'))
    );
  });
}

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
const isOfKin = (part: Part, after: Part[]): boolean => KIN_STAYS.test(part.clause.text) || isKinsfolks(part, after);
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

const FEW = /(?:就|只有|才|仅)剩?(?:下)?[一两二三俩123]个?人?$/;
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
  has('day') && !has('time') && claims.some(({ sign, sort, who }) => sign === 'yes' && sort !== 'elsewhere' && who !== 'crew'); // prettier-ignore

const LEAVES = /走|撤|回/;
/** Another day, but for the day on which they leave again. */
const comesAnotherDay = (parts: Part[]): boolean => {
  const firm = parts.findIndex(isFirm);
  return parts.some(
    (part, n) =>
      isAnotherDay(part) &&
      !(firm >= 0 && n > firm && LEAVES.test(part.clause.text) && !/[才再能]/.test(part.clause.text)),
  );
};

/** "Not tomorrow; tonight we can": a no to another day, beside a yes to this one. */
const isAnotherDays = (part: Part, parts: Part[]): boolean =>
  part.has('day') &&
  !part.has('today', 'now') &&
  parts.some((one) => one !== part && isFirm(one) && one.has('today', 'now'));

/** Nothing but another day. */
const putsOff = ({ has, tokens }: Part): boolean =>
  has('day') && tokens.every(({ kind }) => kind === 'day' || kind === 'plain' || kind === 'sign');

/** A yes only in the part that hangs on something, and a no to what it hangs on. */
const lacksOwnYes = (parts: Part[]): boolean =>
  parts.some(({ claims, condition }) => condition && claims.some(({ sign }) => sign === 'no'));
