import type { Claim } from './reply-claims.rules.js';
import type { Part } from './reply-clauses.rules.js';
import type { Token } from './reply-tokens.rules.js';
import { turnsAhead } from './reply-turning.rules.js';

/** Kinds of words that keep a yes from being outright. */
const SHAKES: Token['kind'][] = ['maybe', 'odd', 'past', 'deny', 'wish', 'if', 'need', 'later', 'not', 'ask', 'whether', 'part', 'day', 'reason', 'unknown']; // prettier-ignore

/** An outright yes of the sender's, with no word in it that is not known. */
export const isFirm = ({ asks, open, condition, claims, has }: Part): boolean =>
  !asks && !open && condition === null && !has(...SHAKES) &&
  claims.some(({ sign, who, sort }) => sign === 'yes' && who === 'self' && sort === 'plain') &&
  claims.every(({ sign }) => sign === 'yes'); // prettier-ignore

/** Under way already: a fact, and no mere intention. */
export const SET_OUT =
  /(?<!准备|正要|打算|刚要|想要?|本来要)(?:出发|动身|上路|启程|出门|上车|发车|开拔|登车|上船|开船|出动|走|起身)了(?![吗么没])|(?:在|正在?)(?:路上|赶|往|来的路|去的路|车上|集合|集结)|[上下出]了?高速了?|过了?收费站|已经?(?:都|全)?往\p{Script=Han}{1,4}?(?:走|赶|去|开)了|已经?(?:都|全)?(?:出发|动身|上路|启程|出门|上车|出动|集合|集结|在路上|开出)|(?:已经?|都|刚|我们?)(?:都)?[到在](?:达|了)?(?:现场|桥头|集[合结]点|指挥部|门口|镇上|村口|那里|那边)/u;
/** Who leads them in the sender's place. */
export const LED = /带(?:着?队|人|着|领|[\d一二两三四五六七八九十几])|领队|率队|带领/;
/** "I shall not, my deputy leads, they have left": their yes, told as a fact. */
export function isLedByAnother(parts: Part[]): boolean {
  const stays = parts.findIndex(
    ({ claims, has }) =>
      !has('if') &&
      (claims.some(({ sign, who, sort }) => sign === 'no' && who === 'self' && sort !== 'denied') ||
        (claims.length === 0 && has('self') && has('reason'))),
  );
  const behind = parts.slice(stays + 1);
  const leads = behind.findIndex(({ clause, has }) => LED.test(clause.text) && has('other', 'crew'));
  const gone = behind.findIndex(({ clause, claims }) => SET_OUT.test(clause.text) && claims.some(({ sign }) => sign === 'yes')); // prettier-ignore
  return (
    stays >= 0 &&
    leads >= 0 &&
    gone >= leads &&
    parts.every((part) => !part.asks && (!part.open || sendsUnder(part)) && part.condition === null) &&
    behind.every(({ claims }) => claims.every(({ sign }) => sign === 'yes'))
  );
}

/** Some of the sender's own, sent under somebody: "I let Xiao Ma's lot go", "my deputy brings them". */
const SENDS_UNDER =
  /(?:让|叫|派|安排|喊|由|请)(?:(?![不没])\p{Script=Han}){1,8}?(?:带(?:着?队|人|着|领|几|咱|我们|[\d一二两三四五六七八九十])|领队|率队|(?:他们|她们)(?:几个|组|队|那组|那队)?)(?:(?![不没])[^,]){0,5}?(?:去|来|上|走|出发|过去|过来|前往|参加|顶上|赶过?去)(?:了|的)?$|^(?:(?![不没])\p{Script=Han}){1,5}?带队$/u;
export const sendsUnder = ({ clause, asks, has, condition }: Part): boolean =>
  !asks && condition === null && !has('if', 'not', 'maybe', 'past', 'wish', 'need') && SENDS_UNDER.test(clause.text);

/** What somebody is told or let do beside a yes of coming: nobody is sent in the sender's place. */
const LETS = /^(?:我|我们|先|也|都|就|顺便|麻烦|你们?|大家|已经|会)*(?:让|叫|喊|通知|告诉|跟|和)/;
const IN_OUR_PLACE = /别人|其[他它]|别的|别去|[替代换问等定歇睡休缓]|再说|商量|考虑|联系你|回你|答复|告诉你|[不没]/;
export const letsThem = ({ clause, asks, has, condition, claims }: Part): boolean =>
  !asks && condition === null && LETS.test(clause.text) && !IN_OUR_PLACE.test(clause.text) &&
  !has('if', 'not', 'no', 'past', 'wish', 'need', 'but', 'day', 'odd') && (!has('maybe') || /看/.test(clause.text)) &&
  claims.every(({ sign, who }) => sign === 'yes' && ((who === 'self' && !has('reason')) || /也|先/.test(clause.text))); // prettier-ignore
/** "Jianguo comes too." */
export const comesToo = ({ clause, asks }: Part): boolean =>
  !asks &&
  /^(?:(?![不没想])\p{Script=Han}){1,5}(?:也|都|一起|一块)+(?:会|能|可以)?(?:来|去|到|参加|过来|过去|上)(?:了|的)?$/u.test(
    clause.text,
  );
/** An outright yes with its verb of coming. */
export const comesOutright = (part: Part): boolean => isFirm(part) && part.has('move', 'can', 'yes');

/** Others, a number, an hour: of these one may doubt beside a yes of one's own. */
const BESIDE =
  /几点|几时|何时|什么时候|啥时候|多久|多晚|几个|多少|人数|名单|后续|后面|后头|其他|其余|其它|另外|剩下|余下|队员|他们|大家|别人|兄弟们|弟兄们|(?:车|船|艇|设备|装备|物资)(?:也|都|还|能|可|要|得|$)/;
const OWN_DOUBT =
  /^(?:我|我们)?(?!.*(?:几点|什么时候|啥时候|多久)).*(?:能不能|去不去|来不来|去不去得|来不来得|出不出得|走不走得)|^(?:我|我们|本队)(?:也|还|都)?(?:不一定|不确定|不好说|说不好|再看|看看|考虑)/;
/** "As you order." */
const OBEYS =
  /^(?:一切|我们?|都|全)*听(?:从)?(?:你们|领导|组织|指挥部|队里|上级)?的?(?:统一)?(?:安排|指挥|调遣|招呼|调度)$/;
const CAN_GO = /能[不]?[走来去到出]/;
const OTHERS_WAIT =
  /^(?:其他|其余|剩下|另外|队员|大家|他们|后面|第二批)的?(?:人|队员|几个)?(?:都|先|再|在家)*(?:等|听|待)/;
const PUTS_OFF = /晚点|稍后|等我|待会|等会|等下|回头|过会|一会|再回|再答|再说|再联系|等我/;
const UNSAID: Claim['sort'][] = ['weak', 'maybe', 'elsewhere'];

/**
 * What leaves something open beside a firm yes, but not the yes: doubts of others, of the hour and the number; and before it whatever is
 * handed on, told or left to the desk.
 */
export function isAside({ clause, claims, has }: Part, { before }: { before: boolean }): boolean {
  if (has('if', 'past', 'wish') || claims.some(({ who, sort }) => who === 'self' && !UNSAID.includes(sort)))
    return false;
  if (OBEYS.test(clause.text) && (before || !/领导|组织|上级|队里/.test(clause.text))) return true;
  if (has('odd')) return before && /^都(?:可以|行)$|撤了|撤下|归队|收队/.test(clause.text);
  if (has('maybe'))
    return BESIDE.test(clause.text) && !OWN_DOUBT.test(clause.text) && (before || !CAN_GO.test(clause.text));
  return (before && !PUTS_OFF.test(clause.text)) || OTHERS_WAIT.test(clause.text);
}

/** What a "not" may have before it without being a no to coming: something that is lacking, or was not seen. */
const LACKED: Token['kind'][] = ['unknown', 'ready', 'gear', 'thing', 'task', 'reason', 'first', 'receipt'];
const lacksSomething = (tokens: Token[]): boolean =>
  tokens.every(({ kind }, n) => {
    if (kind !== 'not') return true;
    const next = tokens.slice(n + 1).find((one) => one.kind !== 'plain' && one.kind !== 'soon');
    return next !== undefined && LACKED.includes(next.kind);
  });

const isUnknown = ({ kind, text }: Token): boolean => kind === 'unknown' && /[\p{L}\p{N}]/u.test(text);

/** Called back on the way. */
export const CALLED_BACK = /叫住|叫停|拦[下住]|不让|取消|撤|返|掉头|回来了|回去|回老?家|回单位|停在|等[市县镇领上]/;

/** Before an outright yes, or behind one who has set out: weighed already, whatever stood in the way. */
export function isWeighed({ tokens, claims, asks, condition, has }: Part, { longest }: { longest: number }): boolean {
  return (
    !asks && condition === null && !has('maybe', 'odd', 'past', 'wish', 'if', 'deny') && lacksSomething(tokens) &&
    claims.every(({ who, sign, sort }) => sign === 'yes' ? who !== 'you' && sort !== 'denied' && sort !== 'maybe' : who !== 'self') &&
    tokens.filter(isUnknown).every(({ text }) => text.length <= longest && !turnsAhead(text))
  ); // prettier-ignore
}

export const hasSetOut = (part: Part): boolean => isFirm(part) && SET_OUT.test(part.clause.text);

/** What one cannot come without. */
const MEANS = /[车船艇舟油钱人]|救生|头盔|安全|防护|雨衣|司机|驾驶|保险|钥匙|帮手|向导|假|时间|空/;
/** Machines that work there, and carry nobody. */
const MACHINES = /(?:铲雪|除雪|扫雪|清障|照明|排水|云梯|洒水|供水|发电|铲|吊)车/g;
const KIT: Token['kind'][] = ['gear', 'thing', 'ready', 'task'];
const LACK =
  /^(?:没带|没有?|缺|少|不|全|齐|不够|够|不太|太|没电了?|坏了|没了|没配|未带|只有|只剩|就是|就|但|但是|不过|只是|可|可是|大|小|长|短|粗|厚|新|的|了|也|还|我们?|这边|暂时|目前|现在)$/;
/** Kit that is lacking behind a yes: they come without. */
export const lacksKit = ({ tokens, claims, clause, condition }: Part): boolean =>
  condition === null && claims.length === 0 && !MEANS.test(clause.text.replace(MACHINES, '')) && /没|缺|少|不够|坏|不[全齐]/.test(clause.text) &&
  tokens.some(({ kind }) => KIT.includes(kind)) && tokens.every(({ kind, text }) => kind === 'sign' || KIT.includes(kind) || LACK.test(text)); // prettier-ignore
